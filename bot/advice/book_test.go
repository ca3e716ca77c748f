package advice_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/advice/advicetest"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
)

// shipped loads the books of the binary, once for all tests: they are
// immutable.
var shipped = sync.OnceValues(func() (*book.Book, []bot.Finding) { return book.Load(book.Embedded()) })

func setup(tb testing.TB) *book.Book {
	tb.Helper()
	b, findings := shipped()
	if b == nil {
		tb.Fatalf("the books do not load: %v", findings)
	}
	return b
}

// small loads a book with one topic, "sextortion", whose only outcome is
// sextortion.advice, and one pack that is not empty, that of Czechia. The
// sentences are the real ones.
func small(tb testing.TB, outcome, services, steps string) *book.Book {
	tb.Helper()
	files := fstest.MapFS{}
	add := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	add("main.yaml", "topic: main\ninitial: start\nstates:\n  start: {on: {go: sextortion.bank}, skip: other.contacts}\n")
	add("topics/danger-now.yaml", "topic: danger-now\ninitial: what\nstates:\n  what: {card: true, turn_to: [{role: emergency, all: true}], on: {go: sextortion.advice}}\n")
	add("topics/other.yaml", "topic: other\ninitial: contacts\nstates:\n  contacts: {final: true, turn_to: [{role: emergency}]}\n")
	add("topics/sextortion.yaml", "topic: sextortion\ninitial: bank\nstates:\n  bank: {pick: bank, target: what, skip: what}\n"+
		"  what: {on: {a: advice, b: advice}, skip: advice}\n  advice:\n    final: true\n"+outcome)
	for _, c := range bot.Countries {
		own, cs := "services: []\n", "steps: {}\n"
		if c == "CZ" {
			own, cs = "services:\n"+services, "steps:\n"+steps
		}
		if services == "" {
			own = "services: []\n"
		}
		if steps == "" {
			cs = "steps: {}\n"
		}
		add("places/"+strings.ToLower(string(c))+".yaml", fmt.Sprintf("country: %s\nnames: {cs: x, en: x, pl: x, sq: x}\nlanguages: [cs]\n"+
			"timezone: Europe/Prague\nholidays: [{date: \"12-24\"}, {date: \"12-25\"}]\n%s%s", c, cs, own))
	}
	b, findings := book.Load(book.Source{Flows: files, Locales: book.Embedded().Locales})
	if b == nil {
		tb.Fatalf("the small book does not load: %v", findings)
	}
	return b
}

// service writes a service of a small book.
func service(id, roles, audiences, channels, more string) string {
	return fmt.Sprintf("- {id: %s, name: x, roles: [%s], audiences: [%s], topics: [all], staffed: true, channels: [%s], "+
		"verified: {date: 2026-11-21, how: call}, sources: [{url: \"https://example.org\", seen: x}]%s}\n", id, roles, audiences, channels, more)
}

// phone writes a channel that is open at the hours.
func phone(hours string) string {
	if hours != "" {
		hours = fmt.Sprintf(", hours: %q", hours)
	}
	return fmt.Sprintf(`{type: phone, value: "116 111"%s, cost: free}`, hours)
}

// prague is a minute by the clocks of Prague.
func prague(tb testing.TB, when string) time.Time {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		tb.Fatal(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", when, zone)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// langOf is the language most people of a country write in.
var langOf = map[bot.Country]bot.Lang{"CZ": "cs", "PL": "pl", "AL": "sq", "XK": "sq", "EU": "en"}

var everybody = advicetest.Everybody

// end is an outcome or card as somebody reaches it.
type end struct {
	bot.Asker
	bot.Spot
	state *flow.State
}

func (e end) String() string {
	var given []string
	for _, a := range e.Answers {
		given = append(given, fmt.Sprintf("%s=%s", a.State, a.Code))
	}
	return fmt.Sprintf("%s %s %s %s (%s)", e.Country, e.State, e.Audience, e.Age, strings.Join(given, " "))
}

// at asks for the advice there.
func (e end) at(now time.Time) advice.Query {
	return advice.Query{Asker: e.Asker, Spot: e.Spot, Now: now}
}

func (e end) position() *flow.Position {
	return &flow.Position{Asker: e.Asker, State: e.State, Answers: e.Answers}
}

// minor tells whether a child or young person asks.
func (e end) minor() bool { return e.Audience.Minor() }

// ends are the outcomes and cards of a country, each once for the people and
// the answers that make a difference there. They are walked once for all tests.
func ends(tb testing.TB, country bot.Country) []end {
	tb.Helper()
	setup(tb)
	return everyEnd()[country]
}

var everyEnd = sync.OnceValue(func() map[bot.Country][]end {
	b, _ := shipped()
	out := map[bot.Country][]end{}
	for _, country := range bot.Countries {
		all := advicetest.Positions(b, langOf[country], country, func(p flow.Position) string { return sameEnd(b, p) })
		for _, p := range all {
			if s := b.Flow.State(p.State); s.Final || s.Card {
				out[country] = append(out[country], end{p.Asker, p.Spot(), s})
			}
		}
	}
	return out
})

// sameEnd names what differs from here on: who it is, and every answer but the way
// through main, of which only the quick ways are looked at again.
func sameEnd(book *book.Book, p flow.Position) string {
	var b strings.Builder
	fmt.Fprint(&b, p.State, "|", p.Audience, "|", p.Age)
	for _, a := range p.Answers {
		s := book.Flow.State(a.State)
		switch {
		case s.Pick != "" && a.Code != bot.Skipped:
			b.WriteString("|picked")
		case s.Topic != flow.Main || (a.State == "main.start" && !s.Final):
			fmt.Fprint(&b, "|", a.State, "=", a.Code)
		}
	}
	return b.String()
}

// kinds are the ends of a country that turn to different roles.
func kinds(tb testing.TB, b *book.Book, country bot.Country) []end {
	tb.Helper()
	var out []end
	seen := map[string]bool{}
	for _, e := range ends(tb, country) {
		key := fmt.Sprint(e.State, e.Audience, e.Age, picked(b, e), e.Answer("sextortion.happened") == "money")
		for _, t := range e.state.TurnTo {
			key += fmt.Sprint(t.When.Holds(e.position()))
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, e)
		}
	}
	return out
}

// picked is the bank chosen on the way, or "".
func picked(b *book.Book, e end) bot.PlaceID {
	for _, a := range e.Answers {
		if s := b.Flow.State(a.State); s.Pick != "" && a.Code != bot.Skipped {
			return bot.PlaceID(a.Code)
		}
	}
	return ""
}

func names(list []advice.Place) string {
	var out []string
	for _, p := range list {
		out = append(out, string(p.ID))
	}
	return strings.Join(out, " ")
}

func ids(steps []advice.Step) string {
	var out []string
	for _, s := range steps {
		out = append(out, s.ID)
	}
	return strings.Join(out, " ")
}
