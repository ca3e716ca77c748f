package advice

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// lines are the roles where a person listens, by who asks; the promise of an
// answering line looks among them when the outcome's own are closed.
func lines(a bot.Audience) []bot.Role {
	switch a {
	case bot.Child:
		return []bot.Role{bot.RoleChildLine, "missing-children-line"}
	case bot.YoungPerson: // some lines for adults take them, too
		return []bot.Role{bot.RoleChildLine, "missing-children-line", bot.RoleAdultLine}
	case bot.Parent, bot.Teacher:
		return []bot.Role{bot.RoleParentLine, bot.RoleAdultLine, bot.RoleVictimSupport, bot.RoleChildLine}
	case bot.Senior:
		return []bot.Role{bot.RoleSeniorLine, bot.RoleAdultLine, bot.RoleVictimSupport}
	case "", bot.Unknown: // perhaps a child
		return []bot.Role{bot.RoleChildLine, bot.RoleAdultLine, bot.RoleVictimSupport}
	}
	return []bot.Role{bot.RoleAdultLine, bot.RoleVictimSupport, "domestic-abuse-line"}
}

// places fills in the ranked places and keeps the promises: who is missing is
// added, then everybody is put in order, then the promised ones are seated.
func (f *finder) places(r *Result) {
	list := f.rounds(f.turns(f.state.TurnTo, nil))
	nobody := !slices.ContainsFunc(list, func(p Place) bool { return p.Phone() != nil })
	if f.query.Audience.Minor() {
		list = f.add(list, f.book.Places.Rank(bot.RoleChildLine, f.query), childLine, 1)
	}
	if f.promised() {
		list = f.addLines(list, answersNow, 1, lines(f.query.Audience))
	}
	if f.query.Audience.Minor() {
		// Half of the calls to a busy child line do not get through at first
		// (design §11): "nobody answers" has a second place that is open.
		list = f.addLines(list, Place.open, 2, append(lines(f.query.Audience), bot.RolePolice))
	}
	f.preferWritten(list)
	if nobody {
		list = f.lastResort(list)
	}
	f.seat(r, list)
}

// seat gives the promised places a seat among the first.
func (f *finder) seat(r *Result, list []Place) {
	first := MaxFirst
	if f.state.Card {
		first = MaxCard
	}
	if f.query.Audience.Minor() {
		f.seatForMinors(list, first)
	}
	if f.promised() {
		if i := slices.IndexFunc(list, answersNow); i >= 0 {
			promote(list, i, first, "answers-now")
		} else {
			r.NoLine, r.Next = true, f.next()
		}
	}
	if here := func(p Place) bool { return p.Scope == place.Region && p.Region == f.query.Region }; f.query.Region != "" {
		if i := slices.IndexFunc(list, here); i >= 0 { // they asked for it
			promote(list, i, first, "")
		}
	}
	r.Shown = min(first, len(list))
	for i := range list[:r.Shown] {
		list[i].Shown = true
	}
	r.Places = list
}

// seatForMinors puts a child line among the first; where the country has none,
// somebody who takes a call at this minute, so that no child stands before
// offices and pages alone (design §4).
func (f *finder) seatForMinors(list []Place, first int) {
	if i := slices.IndexFunc(list, childLine); i >= 0 {
		promote(list, i, first, "child-line")
	} else if i := slices.IndexFunc(list, Place.open); i >= 0 {
		promote(list, i, first, "")
	}
}

func childLine(p Place) bool { return p.Is(bot.RoleChildLine) }

// answersNow tells whether a line answers at this minute. The police do not
// count: they are no line to talk to.
func answersNow(p Place) bool { return p.Answers && !p.Is(bot.RolePolice) }

// open tells whether people take a call or a chat there at this minute, about
// more than an emergency: a police line does, the bank does not count.
func (p Place) open() bool {
	return p.Staffed && p.Roles[0] != bot.RoleEmergency && !p.Is(bot.RoleBank) &&
		slices.ContainsFunc(p.Channels, func(c place.Reach) bool {
			return c.IsOpen() && (c.Type == place.Phone || c.Type == place.Chat)
		})
}

// addLines adds, from the roles in their order, as many places as are missing
// for n of the kind.
func (f *finder) addLines(list []Place, kind func(Place) bool, n int, roles []bot.Role) []Place {
	for _, role := range roles {
		if count(list, kind) >= n {
			break
		}
		list = f.add(list, f.anyTopic(role), kind, n)
	}
	return list
}

// add adds as many of the found as are missing for n of the kind.
func (f *finder) add(list []Place, found []place.Match, kind func(Place) bool, n int) []Place {
	for _, m := range found {
		p := Place{Match: m}
		if count(list, kind) >= n {
			break
		}
		if kind(p) && !f.never(p) && !slices.ContainsFunc(list, func(x Place) bool { return x.ID == p.ID }) {
			list = append(list, p)
		}
	}
	return list
}

// never tells whether the topic keeps a place out of what promises add.
func (f *finder) never(p Place) bool {
	t := f.book.Flow.Topic(f.state.Topic)
	return t != nil && slices.Contains(t.Never, p.Roles[0])
}

func count(list []Place, kind func(Place) bool) int {
	n := 0
	for _, p := range list {
		if kind(p) {
			n++
		}
	}
	return n
}

// lastResort is for packs that know nobody to call for the topic: the emergency
// numbers, the police and whoever lists lines of all countries come after what
// there is.
func (f *finder) lastResort(out []Place) []Place {
	q := f.query
	q.Topic, q.Audience, q.Age = "danger-now", bot.Unknown, ""
	for _, role := range []bot.Role{bot.RoleEmergency, bot.RolePolice, bot.RoleAdultLine} {
		for _, m := range f.book.Places.Rank(role, q) {
			if p := (Place{Match: m}); !f.never(p) && !slices.ContainsFunc(out, func(p Place) bool { return p.ID == m.ID }) {
				out = append(out, p)
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
		slices.SortStableFunc(list, func(a, b Place) int { return rank(b) - rank(a) })
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

// anyTopic ranks the places of a role for this person whatever the topic: a
// crisis line listens to somebody who lost money, too.
func (f *finder) anyTopic(role bot.Role) []place.Match {
	found := f.book.Places.Rank(role, f.query)
	q := f.query
	q.Topic = "other"
	return append(found, f.book.Places.Rank(role, q)...)
}

// promote moves place i to the last seat among the first that no other promise
// holds, with the reason; one that is there already stays where it is.
func promote(list []Place, i, first int, reason string) {
	p := list[i]
	if reason != "" {
		p.Reasons = append(slices.Clip(p.Reasons), reason)
	}
	if i < first {
		list[i] = p
		return
	}
	seat := first - 1
	for seat > 0 && slices.Contains(list[seat].Reasons, "child-line") {
		seat--
	}
	list[seat], p = p, list[seat]
	copy(list[first+1:i+1], list[first:i])
	list[first] = p
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
