// Package advicetest is what the tests of results and of screens share: who
// asks, every position somebody can come to, and texts compared with files.
package advicetest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
)

// Everybody are the people the flow tells apart.
var Everybody = []bot.Asker{
	{}, {Audience: bot.Unknown}, {Audience: bot.Child, Age: "under-15"}, {Audience: bot.YoungPerson, Age: "15-17"}, {Audience: bot.Adult},
	{Audience: bot.Senior, Age: "60-plus"}, {Audience: bot.Parent}, {Audience: bot.Teacher}, {Audience: bot.Relative}, {Audience: bot.Business},
}

// Positions returns what somebody in a country can come to, by every answer and
// by the danger card, which is open to everybody; of the banks the first stands
// for all. Positions of one key are visited once.
func Positions(b *book.Book, lang bot.Lang, country bot.Country, key func(flow.Position) string) []flow.Position {
	w := &walk{book: b, key: key, seen: map[string]bool{}}
	who := bot.Asker{Lang: lang, Country: country}
	if p, err := b.Flow.Start(who); err == nil {
		w.from(p)
	}
	for _, a := range Everybody {
		who.Audience, who.Age = a.Audience, a.Age
		if p, err := b.Flow.Enter(flow.Position{Asker: who}, b.Flow.Danger); err == nil {
			w.from(p)
		}
	}
	return w.found
}

type walk struct {
	book  *book.Book
	key   func(flow.Position) string
	seen  map[string]bool
	found []flow.Position
}

func (w *walk) from(p flow.Position) {
	key, s := w.key(p), w.book.Flow.State(p.State)
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	w.found = append(w.found, p)
	var codes []bot.Code
	for _, on := range s.Offered(&p) {
		codes = append(codes, on.Code)
	}
	if banks := advice.Pickable(w.book, p.Asker, s.Pick); s.Pick != "" && len(banks) > 0 {
		codes = append(codes, bot.Code(banks[0].ID))
	}
	if s.Skip != nil {
		codes = append(codes, bot.Skipped)
	}
	for _, c := range codes {
		if next, err := w.book.Flow.Step(p, c); err == nil {
			w.from(next)
		}
	}
}

// Golden compares a text with testdata/name and tells which lines are new, or
// writes the file when update is set.
func Golden(t *testing.T, name, got string, update bool) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; read what is new, and run go test -update:\n%s", path, changed(string(want), got))
	}
}

// changed lists the lines of got that want does not have.
func changed(want, got string) string {
	var out []string
	for _, l := range strings.Split(got, "\n") {
		if !strings.Contains(want, l+"\n") {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}
