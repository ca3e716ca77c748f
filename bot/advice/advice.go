// Package advice says what to do now and where to turn: the result.
//
// For takes an outcome of the flow and who asks, and returns steps and places
// in order, each place with the reasons for its rank and what is open at this
// minute. Chat, command line and, later, booklet and signpost pages all show
// this one thing. It writes no sentence and draws no screen.
//
// The promises of the product are kept here: never a closed door alone, a
// child line for every child, a bank before the police when money moves (the
// outcome's order). Start reading at For.
package advice

import (
	"slices"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
)

// Limits of a result (design §4).
const (
	MaxSteps = 6 // steps in a result
	MinSteps = 3
	MaxFirst = 3 // places shown first
	MaxCard  = 5 // numbers on a danger card
)

// Query is an outcome and who stands there, at a time. Of the Spot, the state
// and the answers count.
type Query struct {
	bot.Asker
	bot.Spot
	Now     time.Time
	Written bool // cannot speak aloud
}

// Result is the advice.
type Result struct {
	Topic  bot.Topic
	Steps  []Step
	Places []Place // ranked; the first Shown of them stand on the first screen
	Shown  int
	// NoLine is true when a line that answers at this minute was promised and
	// the country has none; Next is then the next one to open, if known.
	NoLine bool
	Next   *Opening
	// Emergency is the country's emergency number.
	Emergency *place.Match
	Partial   bool // the country's pack is partial
	Written   bool // ways in writing come first
}

// Step is one thing to do: the key is "step.<ID>".
type Step struct {
	ID   string
	Data map[string]string
	Role bot.Role // the place it speaks of
}

// Place is a ranked place; Shown tells whether it stands on the first screen.
type Place struct {
	place.Match
	Shown bool
}

// Opening is when a place opens next.
type Opening struct {
	Place *place.Place
	At    time.Time // in the place's zone
}

// For returns the advice for an outcome or card. A state that is gone gets the
// contacts everybody gets, a question nobody but the lines that were promised
// and the last resort.
func For(b *book.Book, q Query) Result {
	s := b.Flow.State(q.State)
	if s == nil {
		s = b.Flow.State("other.contacts")
	}
	f := finder{book: b, state: s, asker: q, pos: flow.Position{Asker: q.Asker, State: q.State, Answers: q.Answers}}
	f.query = place.Query{
		Asker: q.Asker, Topic: s.TopicOf(), Now: q.Now,
		Written: q.Written || (s.Card && s.Mode == flow.Written), Prefer: s.Mode == flow.Written, Picked: picked(b, q),
	}
	r := Result{Topic: f.query.Topic, Written: f.query.Written || f.query.Prefer, Partial: b.Places.Pack(q.Country).Partial}
	r.Steps = f.steps()
	r.Emergency = f.emergency()
	f.places(&r)
	return r
}

// Contact returns the places for the contact line of a question, the bank or
// who answers now first; none where the state has no such line or the country
// nobody to call. The first one is what counts: where it answers, nobody looks
// further.
func Contact(b *book.Book, q Query) []Place {
	s := b.Flow.State(q.State)
	if s == nil || len(s.Contact) == 0 {
		return nil
	}
	f := finder{book: b, state: s, asker: q, pos: flow.Position{Asker: q.Asker, State: q.State, Answers: q.Answers}}
	f.query = place.Query{Asker: q.Asker, Topic: s.TopicOf(), Now: q.Now, Picked: picked(b, q)}
	list := slices.DeleteFunc(f.rounds(f.turns(s.Contact, answersFirst)), func(p Place) bool { return !p.speakable() })
	slices.SortStableFunc(list, func(a, b Place) int { return contactRank(b) - contactRank(a) })
	return list
}

// answersFirst tells whether the best place of a turn answers at this minute. A
// bank does not: the police stand beside it.
func answersFirst(found []place.Match) bool {
	return len(found) > 0 && found[0].Answers && Place{Match: found[0]}.speakable()
}

// speakable tells whether one can call or chat there, rather than read a page.
func (p Place) speakable() bool {
	return slices.ContainsFunc(p.Channels, func(c place.Reach) bool {
		return p.Staffed && (c.Type == place.Phone || c.Type == place.Chat)
	})
}

// contactRank puts lines that answer now first; banks keep their place.
func contactRank(p Place) int {
	switch {
	case p.Role == bot.RoleBank:
		return 2
	case p.Answers:
		return 1
	}
	return 0
}

// picked returns the bank chosen on the way, or "" when none was or when it is
// none of this country: people change the country, and packs change.
func picked(b *book.Book, q Query) bot.PlaceID {
	for i := len(q.Answers) - 1; i >= 0; i-- {
		a := q.Answers[i]
		s := b.Flow.State(a.State)
		if s == nil || s.Pick == "" || a.Code == bot.Skipped {
			continue
		}
		for _, p := range b.Places.Filling(q.Country, s.Pick) {
			if p.ID == bot.PlaceID(a.Code) {
				return p.ID
			}
		}
		return ""
	}
	return ""
}

// Pickable returns the places a question of this kind offers: those of the
// role that are no stand-in and whose number is more than hearsay.
func Pickable(b *book.Book, who bot.Asker, role bot.Role) []*place.Place {
	var out []*place.Place
	for _, p := range b.Places.Filling(who.Country, role) {
		if p.Generic == "" && p.Evidence != "unverified" {
			out = append(out, p)
		}
	}
	return out
}

// PassEmptyPicks skips questions that would offer nothing to pick: "which
// bank" in a country whose banks' numbers are not known.
func PassEmptyPicks(b *book.Book, p flow.Position) flow.Position {
	for range flow.MaxPasses {
		s := b.Flow.State(p.State)
		if s == nil || s.Pick == "" || len(Pickable(b, p.Asker, s.Pick)) > 0 {
			return p
		}
		next, err := b.Flow.Step(p, bot.Skipped)
		if err != nil {
			return p
		}
		p = next
	}
	return p
}

type finder struct {
	book  *book.Book
	state *flow.State
	asker Query
	query place.Query
	pos   flow.Position
}

// turns ranks the places of each turn that holds for this person, up to the one
// that is enough (nil: all of them).
func (f *finder) turns(turns []flow.Turn, enough func(found []place.Match) bool) []ranked {
	out := make([]ranked, 0, len(turns))
	for _, t := range turns {
		if !t.When.Holds(&f.pos) {
			continue
		}
		found := f.book.Places.Rank(t.Role, f.query)
		if t.Role == bot.RoleBank {
			found = f.banks(found)
		}
		if out = append(out, ranked{t, found}); enough != nil && enough(found) {
			break
		}
	}
	return out
}

type ranked struct {
	flow.Turn
	found []place.Match
}

// banks keeps the bank they picked or "your bank", and services for all banks.
// The first of these stands there whatever topics and people the pack lists:
// where an outcome turns to the bank, money has moved.
func (f *finder) banks(found []place.Match) []place.Match {
	out := []place.Match{}
	for _, p := range f.book.Places.Filling(f.query.Country, bot.RoleBank) {
		if p.ID == f.query.Picked || (f.query.Picked == "" && standIn(p)) {
			out = append(out, f.book.Places.Match(p, bot.RoleBank, f.query))
		}
	}
	for _, m := range found {
		if m.Generic != "" && !standIn(m.Place) {
			out = append(out, m)
		}
	}
	return out
}

// standIn tells whether a place stands for a bank that is not known.
func standIn(p *place.Place) bool { return p.Generic == bot.RoleBank && p.Channels[0].Text != "" }

// rounds takes the best of every turn, then the second of every turn, and so
// on: so that the first screen shows different kinds of help.
func (f *finder) rounds(turns []ranked) []Place {
	n := 0
	for _, t := range turns {
		n += len(t.found)
	}
	out := make([]Place, 0, n)
	seen := func(m place.Match) bool { return slices.ContainsFunc(out, func(p Place) bool { return p.ID == m.ID }) }
	add := func(m place.Match) {
		if !seen(m) {
			out = append(out, Place{Match: m})
		}
	}
	for round, more := 0, true; more; round++ {
		more = false
		for _, t := range turns {
			if t.All && round == 0 {
				for _, m := range t.found {
					add(m)
				}
				continue
			}
			// a place already shown for another role gives way to the next one
			if round == 0 && len(t.found) > 1 && seen(t.found[0]) && !seen(t.found[1]) {
				t.found = t.found[1:]
			}
			if round < len(t.found) {
				add(t.found[round])
				more = true
			}
		}
	}
	return out
}
