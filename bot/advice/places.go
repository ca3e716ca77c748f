package advice

import (
	"slices"
	"sort"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// lines are the roles where a person listens, by who asks; the promise of an
// answering line looks among them when the outcome's own are closed.
func lines(a bot.Audience) []bot.Role {
	switch a {
	case bot.Child, bot.YoungPerson:
		return []bot.Role{bot.RoleChildLine, "missing-children-line"}
	case bot.Parent, bot.Teacher:
		return []bot.Role{bot.RoleParentLine, bot.RoleAdultLine, bot.RoleVictimSupport, bot.RoleChildLine}
	case bot.Senior:
		return []bot.Role{bot.RoleSeniorLine, bot.RoleAdultLine, bot.RoleVictimSupport}
	case "", bot.Unknown: // perhaps a child
		return []bot.Role{bot.RoleChildLine, bot.RoleAdultLine, bot.RoleVictimSupport}
	}
	return []bot.Role{bot.RoleAdultLine, bot.RoleVictimSupport, "domestic-abuse-line"}
}

// places fills in the ranked places and keeps the promises.
func (f *finder) places(r *Result) {
	list := f.rounds(f.turns(f.state.TurnTo))
	f.preferWritten(list)
	if !slices.ContainsFunc(list, func(p Place) bool { return p.Phone() != nil }) {
		list = f.lastResort(list)
	}
	first := MaxFirst
	if f.state.Card {
		first = MaxCard
	}
	list = f.childLine(list, first)
	if f.promised() {
		var open bool
		list, open = f.answering(list, first)
		if !open {
			r.NoLine = true
			r.Next = f.next()
		}
	}
	r.Shown = min(first, len(list))
	for i := range list[:r.Shown] {
		list[i].Shown = true
	}
	r.Places = list
}

// lastResort is for packs that know nobody to call for the topic: the emergency
// numbers, the police and whoever lists lines of all countries come after what
// there is.
func (f *finder) lastResort(out []Place) []Place {
	q := f.query
	q.Topic, q.Audience, q.Age = "danger-now", bot.Unknown, ""
	for _, role := range []bot.Role{bot.RoleEmergency, bot.RolePolice, bot.RoleAdultLine} {
		for _, m := range f.book.Places.Rank(role, q) {
			if !slices.ContainsFunc(out, func(p Place) bool { return p.ID == m.ID }) {
				out = append(out, Place{Match: m})
			}
		}
	}
	return out
}

// preferWritten puts places that answer in writing now first. Somebody who
// cannot speak aloud also gets those that can be written to before the rest;
// somebody who would rather write keeps the order of the lines.
func (f *finder) preferWritten(list []Place) {
	least := 3
	if f.query.Written {
		least = 1
	}
	rank := func(p Place) int {
		if n := writtenRank(p); n >= least {
			return n
		}
		return 0
	}
	if f.query.Written || f.query.Prefer {
		sort.SliceStable(list, func(i, j int) bool { return rank(list[i]) > rank(list[j]) })
	}
}

// writtenRank is 3 for a place that answers in writing now, 2 for people who
// can be written to, 1 for a form or an app.
func writtenRank(p Place) int {
	n := 0
	for _, c := range p.Channels {
		if !c.Type.Written() {
			continue
		}
		n = max(n, 1)
		if p.Staffed {
			n = max(n, 2)
		}
		if p.Staffed && c.IsOpen() && c.Type.Live() {
			n = 3
		}
	}
	return n
}

// promised tells whether somebody must answer at this minute: urgent topics,
// and everyone under 18 whatever the topic.
func (f *finder) promised() bool {
	return f.query.Topic.IsUrgent() || f.query.Audience.Minor()
}

// childLine makes sure that a minor has a child line among the first.
func (f *finder) childLine(list []Place, first int) []Place {
	if !f.query.Audience.Minor() {
		return list
	}
	if i := slices.IndexFunc(list, func(p Place) bool { return p.Is(bot.RoleChildLine) }); i >= 0 {
		return promote(list, i, first, "child-line")
	}
	if found := f.book.Places.Rank(bot.RoleChildLine, f.query); len(found) > 0 {
		return promote(append(list, Place{Match: found[0]}), len(list), first, "child-line")
	}
	return list
}

// answering makes sure that a line that answers now is among the first, and
// tells whether there is one at all.
func (f *finder) answering(list []Place, first int) ([]Place, bool) {
	now := func(p Place) bool { return p.Answers && !p.Is(bot.RolePolice) }
	if i := slices.IndexFunc(list, now); i >= 0 {
		return promote(list, i, first, "answers-now"), true
	}
	for _, role := range lines(f.query.Audience) {
		for _, m := range f.anyTopic(role) {
			p := Place{Match: m}
			if now(p) && !slices.ContainsFunc(list, func(x Place) bool { return x.ID == p.ID }) {
				return promote(append(list, p), len(list), first, "answers-now"), true
			}
		}
	}
	return list, false
}

// anyTopic ranks the places of a role for this person whatever the topic: a
// crisis line listens to somebody who lost money, too.
func (f *finder) anyTopic(role bot.Role) []place.Match {
	found := f.book.Places.Rank(role, f.query)
	q := f.query
	q.Topic = "other"
	return append(found, f.book.Places.Rank(role, q)...)
}

// promote moves place i among the first, to the last seat there, with the
// reason; one that is there already stays where it is.
func promote(list []Place, i, first int, reason string) []Place {
	p := list[i]
	if i < first {
		list[i].Reasons = append(slices.Clip(p.Reasons), reason)
		return list
	}
	p.Reasons = append(slices.Clip(p.Reasons), reason)
	list = slices.Delete(list, i, i+1)
	return slices.Insert(list, first-1, p)
}

// next finds the line that opens first, when none is open.
func (f *finder) next() *Opening {
	var best *Opening
	zone := f.book.Places.Pack(f.query.Country).Zone
	for _, role := range lines(f.query.Audience) {
		for _, m := range f.anyTopic(role) {
			for _, c := range m.Channels {
				if !m.Staffed || !c.Type.Live() || c.Open == nil || *c.Open || c.Next.IsZero() {
					continue
				}
				if best == nil || c.Next.Before(best.At) {
					best = &Opening{Place: m.Place, At: c.Next.In(zone)}
				}
			}
		}
	}
	return best
}

func (f *finder) emergency() *place.Match {
	q := f.query
	q.Topic, q.Written, q.Picked = "danger-now", false, ""
	for _, m := range f.book.Places.Rank(bot.RoleEmergency, q) {
		if m.Phone() != nil {
			return &m
		}
	}
	return nil
}
