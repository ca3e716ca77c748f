package advice_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
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

// of asks for the advice there.
func (e end) query() advice.Query { return advice.Query{Asker: e.Asker, Spot: e.Spot} }

// ends walks every way of the flow in a language and a country, and the danger
// card for everybody, and returns each outcome once for the people and answers
// that make a difference there.
func ends(tb testing.TB, b *book.Book, lang bot.Lang, country bot.Country) []end {
	tb.Helper()
	w := &walk{book: b, seen: map[string]bool{}}
	who := bot.Asker{Lang: lang, Country: country}
	p, err := b.Flow.Start(who)
	if err != nil {
		tb.Fatal(err)
	}
	w.from(p, 0)
	for _, a := range everybody {
		who.Audience, who.Age = a.Audience, a.Age
		p, err := b.Flow.Enter(flow.Position{Asker: who}, b.Flow.Danger)
		if err != nil {
			tb.Fatal(err)
		}
		w.from(p, 0)
	}
	return w.ends
}

// everybody are the people the flow tells apart.
var everybody = []bot.Asker{
	{}, {Audience: bot.Unknown}, {Audience: bot.Child, Age: "under-15"}, {Audience: bot.YoungPerson, Age: "15-17"}, {Audience: bot.Adult},
	{Audience: bot.Senior, Age: "60-plus"}, {Audience: bot.Parent}, {Audience: bot.Teacher}, {Audience: bot.Relative}, {Audience: bot.Business},
}

type walk struct {
	book *book.Book
	seen map[string]bool
	ends []end
}

func (w *walk) from(p flow.Position, depth int) {
	s := w.book.Flow.State(p.State)
	if key := w.key(p); w.seen[key] || depth > 12 {
		return
	} else {
		w.seen[key] = true
	}
	if s.Final || s.Card {
		w.ends = append(w.ends, end{p.Asker, p.Spot(), s})
	}
	var codes []bot.Code
	for _, on := range s.Offered(&p) {
		codes = append(codes, on.Code)
	}
	for i, pl := range advice.Pickable(w.book, p.Asker, s.Pick) {
		if s.Pick != "" && i == 0 {
			codes = append(codes, bot.Code(pl.ID))
		}
	}
	if s.Skip != nil {
		codes = append(codes, bot.Skipped)
	}
	for _, c := range codes {
		if next, err := w.book.Flow.Step(p, c); err == nil {
			w.from(next, depth+1)
		}
	}
}

// key names what differs from here on: everything but the way through main,
// of which only the quick way to the bank is looked at again.
func (w *walk) key(p flow.Position) string {
	var b strings.Builder
	fmt.Fprint(&b, p.State, p.Audience, p.Age)
	for _, a := range p.Answers {
		s := w.book.Flow.State(a.State)
		switch {
		case s.Pick != "" && a.Code != bot.Skipped:
			b.WriteString(" picked")
		case s.Topic != flow.Main || (a.State == "main.start" && !s.Final):
			fmt.Fprint(&b, " ", a.State, "=", a.Code)
		}
	}
	return b.String()
}
