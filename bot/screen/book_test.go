package screen_test

import (
	"flag"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"wheretoturn/bot"
	"wheretoturn/bot/advice/advicetest"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/screen"
)

var update = flag.Bool("update", false, "write the golden files")

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

// small loads the real flows and sentences with one line in all countries
// together: a child line in Czechia with these channels.
func small(tb testing.TB, channels string) *book.Book {
	tb.Helper()
	src := book.Embedded()
	files := fstest.MapFS{}
	for _, c := range bot.Countries {
		services := "services: []\n"
		if c == "CZ" {
			services = "services:\n- {id: line, name: The Line, roles: [child-helpline], audiences: [child], topics: [all], staffed: true, channels: [" + channels +
				"], verified: {date: 2026-11-21, how: call}, sources: [{url: \"https://example.org\", seen: x}]}\n"
		}
		text := fmt.Sprintf("country: %s\nnames: {cs: x, en: x, pl: x, sq: x}\nlanguages: [cs, en]\ntimezone: Europe/Prague\nholidays: []\nsteps: {}\n%s", c, services)
		files["places/"+strings.ToLower(string(c))+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	b, findings := book.Load(book.Source{Flows: overlay{files, src.Flows}, Locales: src.Locales})
	if b == nil {
		tb.Fatalf("the small book does not load: %v", findings)
	}
	return b
}

// overlay shows the flows of one file system with the packs of another.
type overlay struct {
	packs fstest.MapFS
	flows fs.FS
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == "places" || strings.HasPrefix(name, "places/") {
		return o.packs.Open(name)
	}
	return o.flows.Open(name)
}

// at is a minute by the clocks of Prague.
func at(tb testing.TB, when string) time.Time {
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

var everybody = advicetest.Everybody

// views are all screens of a state.
var views = []bot.View{
	bot.ViewMain, bot.ViewPlaces, bot.ViewCall, bot.ViewSilent, bot.ViewNobody, bot.ViewAfraid, bot.ViewMore, bot.ViewOptions, bot.ViewWhy,
	bot.ViewKeep, bot.ViewBank, bot.ViewLanguage, bot.ViewCountry, bot.ViewErase, bot.ViewHidden,
}

// reached are the positions somebody can come to in a country, each once for
// the people and the answers that make a difference there. They are walked once
// for all tests: the language changes no way.
func reached(tb testing.TB, b *book.Book, lang bot.Lang, country bot.Country) []flow.Position {
	tb.Helper()
	var out []flow.Position
	for i, p := range everyPosition()[country] {
		if p.Lang = lang; !slow || i%5 == 0 {
			out = append(out, p)
		}
	}
	if len(out) < 50 {
		tb.Fatalf("only %d positions: the walk is lame", len(out))
	}
	return out
}

var everyPosition = sync.OnceValue(func() map[bot.Country][]flow.Position {
	b, _ := shipped()
	out := map[bot.Country][]flow.Position{}
	for _, country := range bot.Countries {
		out[country] = advicetest.Positions(b, "en", country, func(p flow.Position) string { return samePosition(b, p) })
	}
	return out
})

// samePosition names what screens may differ by: who it is, and the answers
// within the topic.
func samePosition(b *book.Book, p flow.Position) string {
	s := b.Flow.State(p.State)
	key := fmt.Sprint(p.State, p.Audience, p.Age)
	for _, a := range p.Answers {
		if strings.HasPrefix(string(a.State), string(s.Topic)+".") && s.Topic != flow.Main {
			key += fmt.Sprint("|", a.State, a.Code)
		}
	}
	return key
}

// spot is the delivery that shows a position.
func spot(p flow.Position, v bot.View) bot.Delivery {
	d := bot.Delivery{Asker: p.Asker, Spot: p.Spot(), Door: "terminal"}
	d.View = v
	return d
}

// plain prints a message as a reader meets it, with what a tap would dial.
func plain(m bot.Message) string {
	var out strings.Builder
	for i, bubble := range m.Bubbles {
		if i > 0 {
			out.WriteString("--\n")
		}
		for _, block := range bubble.Blocks {
			switch block.Kind {
			case bot.BlockStep:
				fmt.Fprintf(&out, "%d. ", block.Number)
			case bot.BlockTitle:
				out.WriteString("# ")
			case bot.BlockQuote:
				out.WriteString("> ")
			}
			out.WriteString(block.Text + "\n")
			for _, l := range block.Lines {
				out.WriteString("    " + line(l) + "\n")
			}
		}
	}
	for _, c := range m.Choices {
		fmt.Fprintf(&out, "[%s]\n", c.Label)
	}
	var nav []string
	for _, c := range m.Nav {
		nav = append(nav, c.Label)
	}
	return out.String() + "(" + strings.Join(nav, " · ") + ")\n"
}

func line(l bot.Line) string {
	s := l.Text
	if l.Label != "" {
		s = l.Label + ": " + s
	}
	if l.Facts != "" {
		s += " · " + l.Facts
	}
	if l.Dial != "" {
		s += " <tel:" + l.Dial + ">"
	}
	return s
}

// words are the sentences of a message, without choices.
func words(m bot.Message) string {
	var out []string
	for _, bubble := range m.Bubbles {
		for _, block := range bubble.Blocks {
			out = append(out, block.Text)
			for _, l := range block.Lines {
				out = append(out, l.Label, l.Text, l.Facts)
			}
		}
	}
	return strings.Join(out, "\n")
}

// places are the names of the places a message shows.
func places(m bot.Message) []string {
	var out []string
	for _, bubble := range m.Bubbles {
		for _, block := range bubble.Blocks {
			if block.Kind == bot.BlockPlace || block.Kind == bot.BlockContact {
				out = append(out, block.Text)
			}
		}
	}
	return out
}

func codes(choices []bot.Choice) string {
	var out []string
	for _, c := range choices {
		out = append(out, c.Code)
	}
	return strings.Join(out, " ")
}

// limits tells what is wrong with the size of a message (LN03).
func limits(m bot.Message, question bool) string {
	most := bot.MaxBubble
	if question {
		most = bot.MaxQuestion
	}
	if n := len(m.Bubbles); n == 0 || n > bot.MaxBubbles {
		return fmt.Sprintf("%d bubbles", n)
	}
	for _, b := range m.Bubbles {
		if n := b.Size(); n > most {
			return fmt.Sprintf("a bubble of %d characters, more than %d", n, most)
		}
	}
	if n := len(m.Choices); n > bot.MaxChoices {
		return fmt.Sprintf("%d choices", n)
	}
	for _, c := range append(m.Choices[:len(m.Choices):len(m.Choices)], m.Nav...) {
		if n := utf8.RuneCountInString(c.Label); n > bot.MaxLabel || c.Label == "" || c.Code == "" {
			return fmt.Sprintf("the button %q (%s)", c.Label, c.Code)
		}
	}
	return ""
}

// say returns a sentence, which must exist.
func say(tb testing.TB, b *book.Book, who bot.Asker, key string, data map[string]string) string {
	tb.Helper()
	s, ok := b.Phrases.Say(who, key, data)
	if !ok {
		tb.Fatalf("%s has no words in %s", key, who.Lang)
	}
	return s
}

func golden(t *testing.T, name, got string) { t.Helper(); advicetest.Golden(t, name, got, *update) }

func draw(b *book.Book, d bot.Delivery, now time.Time) bot.Message { return screen.Draw(b, d, now) }
