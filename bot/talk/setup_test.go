package talk_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/fold"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
)

// noon is a working day, when most lines are open.
var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

// shipped are the books inside the binary; a Book is immutable, so all tests
// read the same one.
var shipped = sync.OnceValue(func() *book.Book {
	b, findings := book.Load(book.Embedded())
	if b == nil {
		panic(findings[0].String())
	}
	return b
})

// chat is one conversation. Every event is taken as an engine takes it (the
// session is written and read back) and every screen is looked at: it says
// something, and danger is one press away (SG01).
type chat struct {
	t     testing.TB
	book  *book.Book
	s     bot.Session
	shown bot.Delivery
	drawn *bot.Message
	blind bool // nobody looks: for walks that draw each screen once
}

// start begins a conversation in a language, in the country it suggests.
func start(t testing.TB, lang bot.Lang) *chat { return startIn(t, lang, "") }

func startIn(t testing.TB, lang bot.Lang, country bot.Country) *chat {
	t.Helper()
	c := &chat{t: t, book: shipped()}
	c.event(bot.Event{Text: bot.CmdRestart, Read: &bot.Reading{Code: bot.CmdRestart}, Lang: lang, Country: country})
	return c
}

// at goes on from a session, whatever was said to get there, and looks only
// when asked to.
func at(t testing.TB, s bot.Session) *chat {
	return &chat{t: t, book: shipped(), s: s.Clone(), shown: talk.Screen(s), blind: true}
}

func (c *chat) event(e bot.Event) *chat {
	c.t.Helper()
	e.At, e.Door = noon, "terminal"
	given := c.s.Clone()
	next, out := talk.Step(c.book, c.s, e)
	if !reflect.DeepEqual(spot(c.s.Spot), spot(given.Spot)) || !reflect.DeepEqual(c.s.Resume, given.Resume) {
		c.t.Fatalf("Step changed the session it was given:\n%+v\n%+v", given, c.s)
	}
	if len(out) != 1 {
		c.t.Fatalf("%d screens, want 1", len(out))
	}
	if c.s.Version == 0 {
		c.s.Step = 0 // a new conversation
	}
	if next.Step != c.s.Step+1 || next.Last != c.s.Last+1 || next.Version != bot.SessionVersion {
		c.t.Fatalf("screen %d, delivery %d, version %d after %d, %d", next.Step, next.Last, next.Version, c.s.Step, c.s.Last)
	}
	c.s, c.shown, c.drawn = next, out[0], nil
	if !c.blind {
		c.s = read(c.t, written(c.t, next))
	}
	if c.shown.Seq != c.s.Last || c.shown.Step != c.s.Step || !reflect.DeepEqual(spot(c.shown.Spot), spot(c.s.Spot)) {
		c.t.Fatalf("the screen shows %+v, the session stands at %+v", c.shown, c.s)
	}
	if !c.blind {
		c.look()
	}
	return c
}

// msg is the screen as it is drawn.
func (c *chat) msg() bot.Message {
	if c.drawn == nil {
		m := screen.Draw(c.book, c.shown, noon)
		c.drawn = &m
	}
	return *c.drawn
}

// look draws the screen and finds fault with it.
func (c *chat) look() {
	c.t.Helper()
	m := c.msg()
	if len(m.Bubbles) == 0 || len(m.Bubbles[0].Blocks) == 0 {
		c.t.Fatalf("an empty screen at %s %s", c.s.State, c.s.View)
	}
	switch onCard := c.s.State == c.book.Flow.Danger && c.s.View == bot.ViewMain; {
	case c.means("0") != bot.CmdDanger:
		c.t.Fatalf("0 does not mean danger at %s %s", c.s.State, c.s.View)
	case !onCard && c.s.View != bot.ViewHidden && !c.offers(bot.CmdDanger):
		c.t.Fatalf("no way to the danger card from %s %s", c.s.State, c.s.View)
	}
}

// press hands in codes, one after another, as buttons of the screen at hand.
func (c *chat) press(codes ...string) *chat {
	c.t.Helper()
	for _, code := range codes {
		c.event(bot.Event{Press: &bot.Press{Step: c.s.Step, Code: code}})
	}
	return c
}

// tap presses buttons that must be there.
func (c *chat) tap(codes ...string) *chat {
	c.t.Helper()
	for _, code := range codes {
		if !c.offers(code) {
			c.t.Fatalf("no button %q at %s %s; there are %v", code, c.s.State, c.s.View, c.codes())
		}
		c.press(code)
	}
	return c
}

// say types.
func (c *chat) say(text string) *chat {
	c.t.Helper()
	return c.event(bot.Event{Text: bot.Text(text), Read: c.reading(text)})
}

func (c *chat) reading(text string) *bot.Reading {
	return talk.Read(c.book, c.s, bot.Text(text), noon)
}

// means is what a typed text means on the screen at hand.
func (c *chat) means(text string) string { return c.reading(text).Code }

func (c *chat) codes() []string {
	var out []string
	for _, b := range buttons(c.msg()) {
		out = append(out, b.Code)
	}
	return out
}

func (c *chat) offers(code string) bool { return slices.Contains(c.codes(), code) }

func (c *chat) label(code string) string {
	c.t.Helper()
	for _, b := range buttons(c.msg()) {
		if b.Code == code {
			return b.Label
		}
	}
	c.t.Fatalf("no button %q at %s %s", code, c.s.State, c.s.View)
	return ""
}

// wantAt expects a state in its main view.
func (c *chat) wantAt(id bot.StateID) *chat {
	c.t.Helper()
	if c.s.State != id || c.s.View != bot.ViewMain {
		c.t.Fatalf("at %s %q, want %s; notes %v", c.s.State, c.s.View, id, c.notes())
	}
	return c
}

func (c *chat) wantView(v bot.View) *chat {
	c.t.Helper()
	if c.s.View != v {
		c.t.Fatalf("view %q of %s, want %q", c.s.View, c.s.State, v)
	}
	return c
}

// wantSame expects the place, and who asks, of an earlier session.
func (c *chat) wantSame(was bot.Session) *chat {
	c.t.Helper()
	if c.s.Asker != was.Asker || !reflect.DeepEqual(spot(c.s.Spot), spot(was.Spot)) || (c.s.Resume == nil) != (was.Resume == nil) {
		c.t.Fatalf("now  %s\nwant %s", place(c.s), place(was))
	}
	return c
}

func (c *chat) notes() []string {
	var out []string
	for _, n := range c.shown.Notes {
		out = append(out, n.Key)
	}
	return out
}

// wantNotes expects exactly these sentences above the screen, and that they exist.
func (c *chat) wantNotes(keys ...string) *chat {
	c.t.Helper()
	if !slices.Equal(c.notes(), keys) {
		c.t.Fatalf("notes %q at %s, want %q", c.notes(), c.s.State, keys)
	}
	for _, n := range c.shown.Notes {
		if s, ok := c.book.Phrases.Say(c.s.Asker, n.Key, n.Data); !ok || s == "" {
			c.t.Fatalf("nothing to say for %s", n.Key)
		}
	}
	return c
}

func buttons(m bot.Message) []bot.Choice { return slices.Concat(m.Choices, m.Nav) }

// spot makes two spots comparable: no answers are no answers.
func spot(s bot.Spot) bot.Spot {
	if len(s.Answers) == 0 {
		s.Answers = nil
	}
	return s
}

func place(s bot.Session) string {
	return fmt.Sprintf("%+v %+v away=%t", s.Asker, s.Spot, s.Resume != nil)
}

func written(t testing.TB, s bot.Session) string {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func read(t testing.TB, data string) bot.Session {
	t.Helper()
	var s bot.Session
	if err := json.Unmarshal([]byte(data), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// visit is called for every place a walk comes to; prev is the place before it
// and code what was pressed there.
type visit func(prev, s bot.Session, code string)

// everywhere walks all questions and outcomes in a language and a country, for
// all audiences, by pressing buttons. Of the ways to one place for one asker
// it goes those that lead on to different places. Each walk is gone once and
// remembered.
func everywhere(t testing.TB, lang bot.Lang, country bot.Country, f visit) {
	t.Helper()
	walk, _ := walks.LoadOrStore(string(lang)+string(country), sync.OnceValue(func() []stop {
		w := &walker{book: shipped(), seen: map[string]bool{}}
		hello := bot.Event{Press: &bot.Press{Code: bot.CmdRestart}, Lang: lang, Country: country, At: noon}
		s, _ := talk.Step(w.book, bot.Session{}, hello)
		w.from(bot.Session{}, s, bot.CmdRestart)
		return w.stops
	}))
	for _, p := range walk.(func() []stop)() {
		f(p.prev, p.s, p.code)
	}
}

var walks sync.Map

type stop struct {
	prev, s bot.Session
	code    string
}

// eachScreen comes to every state once for each audience.
func eachScreen(t testing.TB, lang bot.Lang, country bot.Country, f func(s bot.Session)) {
	t.Helper()
	seen := map[string]bool{}
	everywhere(t, lang, country, func(_, s bot.Session, _ string) {
		if key := fmt.Sprint(s.State, s.Audience); !seen[key] {
			seen[key] = true
			f(s.Clone())
		}
	})
}

type walker struct {
	book  *book.Book
	seen  map[string]bool
	stops []stop
}

// turns are the answers on which the way depends later.
var turns = []bot.StateID{"main.country", "main.start", "phishing.done", "danger-now.threatened"}

func (w *walker) from(prev, s bot.Session, code string) {
	key := fmt.Sprintf("%s|%v", s.State, s.Asker)
	for _, id := range turns {
		key += "|" + string(s.Answer(id))
	}
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	w.stops = append(w.stops, stop{prev, s, code})
	picked := false
	for _, code := range answers(w.book, s) {
		if w.book.Flow.State(s.State).Pick != "" && code != bot.CmdSkip {
			if picked {
				continue // one bank leads where the other leads
			}
			picked = true
		}
		next, _ := talk.Step(w.book, s, bot.Event{Press: &bot.Press{Step: s.Step, Code: code}, At: noon})
		w.from(s, next, code)
	}
}

// answers are the codes of the answers a screen offers.
func answers(b *book.Book, s bot.Session) []string {
	var out []string
	for _, c := range buttons(screen.Draw(b, talk.Screen(s), noon)) {
		if c.Code == bot.CmdSkip || !strings.ContainsAny(c.Code[:1], "/*") {
			out = append(out, c.Code)
		}
	}
	return out
}

// eachLanguage runs a test in the four languages, each in a country of its own.
func eachLanguage(t *testing.T, f func(t *testing.T, lang bot.Lang, country bot.Country)) {
	t.Helper()
	for lang, country := range map[bot.Lang]bot.Country{"cs": "", "pl": "", "en": "EU", "sq": "AL"} {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			f(t, lang, country)
		})
	}
}

// typed are the words of a list of what people type.
func typed(b *book.Book, lang bot.Lang, key string) []string {
	list, _ := b.Phrases.Say(bot.Asker{Lang: lang}, "typed."+key, nil)
	var out []string
	for _, w := range strings.Split(list, ",") {
		if fold.Phrase(w) != "" {
			out = append(out, strings.TrimSpace(w))
		}
	}
	return out
}
