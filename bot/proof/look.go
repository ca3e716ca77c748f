package proof

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
)

// painter draws what a lane meets and looks at it.
type painter struct {
	*lane
	book *book.Book // tells which sentences are asked for
}

// look draws a state as this person meets it and tests the promises. What was
// drawn for the same person and the same answers that matter is not drawn
// again.
func (w *painter) look(p flow.Position) {
	key := w.key(p)
	if w.drawn[key] {
		return
	}
	w.drawn[key] = true
	s := w.graph.State(p.State)
	w.screen(s, p, bot.Spot{State: p.State, Answers: p.Answers})
	if s.Card {
		screen.Draw(w.book, bot.Delivery{Asker: p.Asker, Spot: p.Spot(), Door: "terminal", Away: true}, times[0])
	}
	if s.Final {
		w.promises(s, p)
	}
	if group := w.person(p); s.Final && !s.Card && !w.drawn[group] {
		w.drawn[group] = true
		w.behind(s, p)
	}
	if why := string(s.ID) + ".why"; s.Asks() && !s.Final {
		w.book.Phrases.Say(p.Asker, why, nil)
	}
}

func (w *painter) person(p flow.Position) string {
	return fmt.Sprintf("%s|%s|%s|%s", p.State, p.Country, p.Audience, p.Age)
}

// key names what a screen depends on: the person, and the answers that
// conditions of this state, of its country or of the contact line look at. One
// bank looks like another.
func (w *painter) key(p flow.Position) string {
	var b strings.Builder
	b.WriteString(w.person(p))
	here := w.graph.State(p.State)
	topic := string(here.Topic) + "."
	for _, a := range p.Answers {
		switch s := w.graph.State(a.State); {
		case s.Pick != "" && a.Code != bot.Skipped:
			b.WriteString("|picked")
		case strings.HasPrefix(string(a.State), topic) && s.Pick == "", a.State == "main.start" && !here.Final:
			b.WriteString("|" + string(a.State) + "=" + string(a.Code))
		}
	}
	if len(p.Answers) == 0 {
		b.WriteString("|first")
	}
	return b.String()
}

func (w *painter) draw(p flow.Position, spot bot.Spot) bot.Message {
	return screen.Draw(w.book, bot.Delivery{Asker: p.Asker, Spot: spot, Door: "terminal"}, times[0])
}

// screen measures one screen.
func (w *painter) screen(s *flow.State, p flow.Position, spot bot.Spot) {
	m := w.draw(p, spot)
	where := fmt.Sprintf("%s, %s, %s, %s", w.lang, p.Country, p.Audience, spot.View)
	limit := bot.MaxBubble
	if !s.Final && !s.Card {
		limit = bot.MaxQuestion
	}
	for _, b := range m.Bubbles {
		if n := b.Size(); n > limit {
			w.add(finding(s, "too-long", "a bubble of %s has more than %d characters", s.ID, limit), fmt.Sprintf("%s: %d", where, n))
		}
	}
	if len(m.Bubbles) > bot.MaxBubbles {
		w.add(finding(s, "too-many-bubbles", "%s takes more than %d bubbles", s.ID, bot.MaxBubbles), where)
	}
	if len(m.Choices) > bot.MaxChoices {
		w.add(finding(s, "too-many-choices", "%s offers %d choices, more than %d", s.ID, len(m.Choices), bot.MaxChoices), where)
	}
	danger := slices.ContainsFunc(m.Nav, func(c bot.Choice) bool { return c.Code == bot.CmdDanger || c.Code == bot.CmdLeave })
	if !danger {
		w.dead(finding(s, "no-danger", "%s has no danger button (SG01)", s.ID), where)
	}
	if len(m.Bubbles) == 0 {
		w.dead(finding(s, "empty-screen", "%s shows nothing", s.ID), where)
		return
	}
	if first := firstLine(m); !w.graph.State(s.ID).Card {
		for _, bad := range revealing[w.lang] {
			if strings.Contains(strings.ToLower(first), bad) {
				w.add(finding(s, "not-neutral", "%s gives something away in its first 40 characters: %q (PR08)", s.ID, bad), where)
			}
		}
	}
}

func firstLine(m bot.Message) string {
	r := []rune(m.Bubbles[0].Blocks[0].Text)
	return string(r[:min(len(r), 40)])
}

// behind draws every view behind a result, once for each kind of person.
func (w *painter) behind(s *flow.State, p flow.Position) {
	r := advice.For(w.book, advice.Query{Asker: p.Asker, Spot: p.Spot(), Now: times[0]})
	parts := advice.Regions(w.book, advice.Query{Asker: p.Asker, Spot: p.Spot(), Now: times[0]})
	canCall := slices.ContainsFunc(r.Places, func(x advice.Place) bool { return x.Phone() != nil })
	for _, v := range []bot.View{
		bot.ViewPlaces, bot.ViewCall, bot.ViewSilent, bot.ViewNobody, bot.ViewAfraid, bot.ViewMore, bot.ViewOptions,
		bot.ViewWhy, bot.ViewKeep, bot.ViewBank, bot.ViewRegion,
	} {
		if calling[v] && !canCall || v == bot.ViewRegion && len(parts) == 0 {
			continue // not offered
		}
		w.screen(s, p, bot.Spot{State: p.State, Answers: p.Answers, View: v})
	}
	for _, part := range parts { // and for those who have said where they live
		there := p
		there.Region = part
		w.screen(s, there, bot.Spot{State: p.State, Answers: p.Answers, View: bot.ViewRegion})
		w.screen(s, there, bot.Spot{State: p.State, Answers: p.Answers, View: bot.ViewPlaces})
	}
	for n := range r.Steps {
		w.screen(s, p, bot.Spot{State: p.State, Answers: p.Answers, N: n})
	}
	for _, pl := range r.Places[:r.Shown] {
		w.screen(s, p, bot.Spot{State: p.State, Answers: p.Answers, View: bot.ViewCall, Place: pl.ID})
	}
	for n := 0; n*screen.PerPage < len(r.Places)-r.Shown; n++ {
		w.screen(s, p, bot.Spot{State: p.State, Answers: p.Answers, View: bot.ViewMore, N: n})
	}
}

// calling are the views about a call.
var calling = map[bot.View]bool{bot.ViewCall: true, bot.ViewAfraid: true, bot.ViewNobody: true}

// notes says every sentence that stands above a screen, to everybody.
func (w *painter) notes() {
	for _, a := range append([]bot.Audience{"", bot.Unknown}, bot.Audiences...) {
		who := bot.Asker{Lang: w.lang, Country: "CZ", Audience: a}
		for _, n := range talk.Notes() {
			w.book.Phrases.Say(who, n.Key, n.Data)
		}
		for _, v := range []bot.View{bot.ViewLanguage, bot.ViewCountry, bot.ViewErase} {
			screen.Draw(w.book, bot.Delivery{Asker: who, Spot: bot.Spot{State: "main.start", View: v}, Door: "terminal"}, times[0])
		}
	}
	for _, key := range talk.Typed() {
		w.book.Phrases.Say(bot.Asker{Lang: w.lang}, key, nil)
	}
	for _, key := range screen.Rare() {
		w.book.Phrases.Say(bot.Asker{Lang: w.lang, Audience: bot.Adult}, key, rareData)
	}
}

// rareData fills the placeholders of sentences that only some minutes show.
var rareData = map[string]string{"day": "1", "month": "2", "time": "9:00", "when": "x", "name": "x", "number": "1", "min": "1", "max": "2", "date": "x", "languages": "x"}

func (w *painter) dead(f bot.Finding, where string) {
	w.mu.Lock()
	w.deadEnds++
	w.mu.Unlock()
	w.add(f, where)
}

// promises tests an outcome at several times of the week.
func (w *painter) promises(s *flow.State, p flow.Position) {
	for _, now := range times {
		r := advice.For(w.book, advice.Query{Asker: p.Asker, Spot: p.Spot(), Now: now})
		where := fmt.Sprintf("%s, %s, %s", p.Country, p.Audience, now.Format(time.RFC3339))
		w.kept(s, p, r, where)
	}
}

func (w *painter) kept(s *flow.State, p flow.Position, r advice.Result, where string) {
	first := r.Places[:r.Shown]
	switch {
	case r.Shown == 0:
		w.dead(finding(s, "nobody", "%s turns to nobody", s.ID), where)
	case r.Emergency == nil:
		w.dead(finding(s, "no-emergency", "%s has no emergency number", s.ID), where)
	}
	if !s.Card && (len(r.Steps) < advice.MinSteps || len(r.Steps) > advice.MaxSteps) {
		w.add(finding(s, "steps", "%s has %d steps, it should have %d to %d", s.ID, len(r.Steps), advice.MinSteps, advice.MaxSteps), where+" "+answers(p))
	}
	if p.Audience.Minor() && w.childLines(p) && !slices.ContainsFunc(first, func(x advice.Place) bool { return x.Is(bot.RoleChildLine) }) {
		w.dead(finding(s, "no-child-line", "%s shows a minor no child line", s.ID), where)
	}
	if !s.Topic.IsUrgent() && !p.Audience.Minor() {
		return
	}
	if !r.NoLine && !slices.ContainsFunc(first, func(x advice.Place) bool { return x.Answers }) {
		w.dead(finding(s, "closed-door", "%s shows no line that answers, and does not say so", s.ID), where)
	}
}

func (w *painter) childLines(p flow.Position) bool {
	return len(w.book.Places.Filling(p.Country, bot.RoleChildLine)) > 0
}

func answers(p flow.Position) string {
	var parts []string
	for _, a := range p.Answers {
		parts = append(parts, string(a.State)+"="+string(a.Code))
	}
	return strings.Join(parts, " ")
}
