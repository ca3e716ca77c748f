// Package talk is the conversation: a user's event and a session in, the next
// session and its deliveries out.
//
// Step is pure session arithmetic: no I/O, clock, randomness or text analysis,
// so it may run twice. What a typed text means is found before, by Read, and
// rides on the event. Words are chosen as keys; screens are drawn by others.
//
// Start reading at Step, then read.go.
package talk

import (
	"errors"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
)

// Begin returns the session of somebody who was never here: their client's
// language, or English, and the country that language suggests, if it does.
func Begin(b *book.Book, lang bot.Lang, country bot.Country) bot.Session {
	s := bot.Session{Version: bot.SessionVersion}
	s.Lang = lang
	if !known(bot.Languages, lang) {
		s.Lang = "en"
	}
	s.Country = country
	if !known(bot.Countries, country) {
		s.Country = suggested[s.Lang]
	}
	s.Origin = s.Country
	start(b, &s)
	return s
}

// suggested are the countries shown without asking. English and Albanian
// speakers are asked: they live in several.
var suggested = map[bot.Lang]bot.Country{"cs": "CZ", "pl": "PL"}

// start puts a session at the first question; language and country stay.
func start(b *book.Book, s *bot.Session) {
	p, err := b.Flow.Start(bot.Asker{Lang: s.Lang, Country: s.Country})
	if err != nil {
		p = flow.Position{Asker: bot.Asker{Lang: s.Lang, Country: s.Country}, State: b.Flow.Initial}
	}
	s.Asker, s.Spot, s.Resume, s.Misses = p.Asker, p.Spot(), nil, 0
}

// Step applies an event to a session and returns the next session and the
// screens to send. A session of version 0 is new. It never fails: whatever is
// wrong becomes a note above a screen that helps.
func Step(b *book.Book, s bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	c := &call{book: b, s: s.Clone(), event: e}
	c.mend()
	switch {
	case s.Version == 0:
		seen, last := c.s.Seen, c.s.Last
		c.s = Begin(b, e.Lang, e.Country)
		c.s.Seen, c.s.Last = seen, last
		c.unseen()
	case c.s.State == "": // the answers were forgotten for their age
		c.restart()
		c.unseen()
	case b.Flow.State(c.s.State) == nil:
		c.restart()
		c.note("talk.flow_changed")
		c.unseen()
	case e.Press != nil && e.Press.Step != c.s.Step && !evergreen(e.Press.Code):
		c.note("talk.stale")
	default:
		c.do(c.code())
	}
	if !c.s.View.Covers() {
		c.s.Under = ""
	}
	c.s.Version = bot.SessionVersion
	c.s.Step++
	c.s.Last++
	d := Screen(c.s)
	d.Seq, d.Door, d.Notes = c.s.Last, e.Door, c.notes
	d.Urgent = c.s.Resume != nil
	return c.s, []bot.Delivery{d}
}

// Screen is the delivery that shows where a session stands.
func Screen(s bot.Session) bot.Delivery {
	return bot.Delivery{Asker: s.Asker, Spot: s.Spot, Step: s.Step, Away: s.Resume != nil}
}

// call is one step on its way.
type call struct {
	book  *book.Book
	s     bot.Session
	event bot.Event
	notes []bot.Note
}

// mend puts something sensible in place of what another version of the bot
// knew, or left out, and this one does not know.
func (c *call) mend() {
	if !known(bot.Languages, c.s.Lang) {
		c.s.Lang = "en"
	}
	if c.s.Country != "" && !known(bot.Countries, c.s.Country) {
		c.s.Country = bot.Elsewhere
	}
	if v := c.s.View; v != bot.ViewMain && !v.Covers() && !known(views, v) {
		c.s.View = bot.ViewMain
	}
	c.s.N = max(c.s.N, 0)
}

func (c *call) note(key string, data ...string) {
	n := bot.Note{Key: key}
	for i := 0; i+1 < len(data); i += 2 {
		if n.Data == nil {
			n.Data = map[string]string{}
		}
		n.Data[data[i]] = data[i+1]
	}
	c.notes = append(c.notes, n)
}

// code is what the event means on this screen, "" when it means nothing.
func (c *call) code() string {
	switch e := c.event; {
	case e.Press != nil:
		return e.Press.Code
	case e.Read != nil && (e.Read.Step == c.s.Step || evergreen(e.Read.Code)):
		return e.Read.Code
	}
	return ""
}

// evergreen tells whether a code means the same on every screen, so that an
// old button of it still works. Danger is the first of them (SG01).
func evergreen(code string) bool {
	switch word, _, _ := strings.Cut(code, " "); word {
	case bot.CmdBack, bot.CmdSkip, bot.CmdLeave, bot.CmdWhy:
		return false
	default:
		return strings.HasPrefix(word, "/")
	}
}

// unseen carries out what means the same on every screen, above all danger, on
// a screen nobody has seen yet: it cannot be answered, skipped or gone back from.
//
// The country question is the exception: it is the last screen of an erased
// conversation and the first of the next.
func (c *call) unseen() {
	code := c.code()
	if evergreen(code) && code != bot.CmdRestart {
		c.do(code)
		return
	}
	if c.event.Press != nil && known(bot.Countries, bot.Country(code)) {
		c.s.Country, c.s.Origin = "", ""
		start(c.book, &c.s)
		c.answer(bot.Code(code))
	}
}

func (c *call) do(code string) {
	if code != "" {
		c.s.Misses = 0
	}
	switch {
	case code == "":
		c.missed()
	case strings.HasPrefix(code, "/"):
		c.command(code)
	case strings.HasPrefix(code, bot.ActionPrefix):
		c.action(strings.TrimPrefix(code, bot.ActionPrefix))
	default:
		c.answer(bot.Code(code))
	}
}

// missed answers a text that was not understood: kindly, and from the second
// time on with lines to call. Danger stays in reach on every screen.
func (c *call) missed() {
	c.s.Misses++
	if r := c.event.Read; r != nil && r.Issue != "" {
		c.note(r.Issue)
		return
	}
	if c.s.Misses < 2 {
		c.note("talk.not_understood")
		return
	}
	c.note("talk.not_understood_twice")
	c.notes[len(c.notes)-1].Contacts = true
}

// answer answers the question on the screen.
func (c *call) answer(code bot.Code) {
	if role := c.book.Flow.State(c.s.State).Pick; role != "" && code != bot.Skipped && !c.pickable(role, code) {
		c.note("talk.stale")
		return
	}
	leaving := c.leaves(code)
	next, err := c.book.Flow.Step(flow.Position{Asker: c.s.Asker, State: c.s.State, Answers: c.s.Answers}, code)
	if err != nil {
		if !errors.Is(err, flow.ErrNoAnswer) {
			c.restart()
			c.note("talk.flow_changed")
			return
		}
		c.note("talk.stale")
		return
	}
	if leaving {
		next = c.leaveFor(next)
	}
	next = advice.PassEmptyPicks(c.book, next)
	c.s.Asker, c.s.Spot = next.Asker, next.Spot()
}

// pickable tells whether a place is among those one can pick in this country.
func (c *call) pickable(role bot.Role, code bot.Code) bool {
	for _, p := range advice.Pickable(c.book, c.s.Asker, role) {
		if p.ID == bot.PlaceID(code) {
			return true
		}
	}
	return false
}

// leaves tells whether an answer leads out of the danger card for good.
func (c *call) leaves(code bot.Code) bool {
	return c.s.Resume != nil && code != bot.Skipped && c.book.Flow.State(c.s.State).Final
}

// leaveFor goes on from the danger card: what was answered on the card but its
// last word is forgotten, what was answered before it stays and is not asked
// again.
func (c *call) leaveFor(next flow.Position) flow.Position {
	last := next.Answers[len(next.Answers)-1]
	next.Answers = append(without(c.s.Resume.Spot.Answers, last.State), last)
	c.s.Resume = nil
	p, err := c.book.Flow.Enter(next, next.State)
	for err == nil && !c.book.Flow.State(p.State).Final {
		code := p.Answer(p.State)
		if code == "" {
			break
		}
		p.Answers = without(p.Answers, p.State)
		p, err = c.book.Flow.Step(p, code)
	}
	if err != nil {
		return next
	}
	return p
}

// without returns a copy of the answers but for those given in a state.
func without(answers []bot.Answer, id bot.StateID) []bot.Answer {
	var out []bot.Answer
	for _, a := range answers {
		if a.State != id {
			out = append(out, a)
		}
	}
	return out
}

func (c *call) restart() {
	c.s.Origin = c.s.Country
	start(c.book, &c.s)
}

func known[T comparable](set []T, v T) bool {
	for _, s := range set {
		if s == v {
			return true
		}
	}
	return false
}

// Notes lists every note a step can make, with sample data, for the checker.
func Notes() []bot.Note {
	var out []bot.Note
	for _, key := range []string{
		"talk.not_understood", "talk.not_understood_twice", "talk.too_long", "talk.stale", "talk.flow_changed",
		"talk.language_changed", "talk.erased", "talk.person_not_yet", "talk.why_default", "talk.help", "talk.no_back",
		"talk.welcome_back", "talk.trouble", "talk.no_pictures", "talk.hidden", "about.text", "privacy.text", "export.text", "export.nothing",
	} {
		out = append(out, bot.Note{Key: key})
	}
	return append(out,
		bot.Note{Key: "talk.country_changed", Data: map[string]string{"country": "Česko"}},
		bot.Note{Key: "privacy.operator", Data: map[string]string{"operator": "Helpline"}},
		bot.Note{Key: "talk.wipe_left", Data: map[string]string{"count": "3"}},
		bot.Note{Key: "export.line", Data: map[string]string{"codes": "main.start=money"}})
}
