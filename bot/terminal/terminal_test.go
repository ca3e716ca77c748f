package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/synctest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/talk"
	"wheretoturn/bot/terminal"
)

var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

var shipped = sync.OnceValue(func() *book.Book {
	b, findings := book.Load(book.Embedded())
	if b == nil {
		panic(findings[0].String())
	}
	return b
})

// line is one line said, with what was shown.
type line struct {
	said  string
	shown []bot.Message
}

// bench is a terminal at which somebody sits.
type bench struct {
	t      *testing.T
	engine terminal.Engine
	shelf  *book.Shelf
	out    bytes.Buffer
	lines  []line
	opts   terminal.Options
}

func setup(t *testing.T, b *book.Book) *bench {
	t.Helper()
	st := memory.New()
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	be := &bench{t: t, shelf: book.NewShelf(b)}
	be.engine = engine.New(st, talk.Room{Shelf: be.shelf}, engine.Options{})
	be.opts = terminal.Options{Lang: "cs", Now: func() time.Time { return noon }}
	be.opts.Record = func(said string, shown []bot.Message) { be.lines = append(be.lines, line{said, shown}) }
	return be
}

func (b *bench) run(ctx context.Context, in io.Reader) error {
	b.t.Helper()
	return terminal.New(b.engine, b.shelf, &b.out, b.opts).Run(ctx, in)
}

// talk says lines to the end and returns the state of the conversation.
func (b *bench) talk(in string) bot.Delivery {
	b.t.Helper()
	if err := b.run(b.t.Context(), strings.NewReader(in)); err != nil {
		b.t.Fatal(err)
	}
	log, err := b.engine.Log(b.t.Context(), "terminal", 0)
	if err != nil || len(log) == 0 {
		b.t.Fatal("no screens", err)
	}
	return log[len(log)-1]
}

// TestAShortConversationAsItIsPrinted uses a book of its own, so that editors
// may change every sentence.
func TestAShortConversationAsItIsPrinted(t *testing.T) {
	t.Parallel()
	b := setup(t, tiny(t))
	b.opts.Lang, b.opts.Country, b.opts.Prompt = "en", "CZ", "> "
	b.talk("1\nback\nwhat\n0\n")
	want := `
It is a tiny book.
Which one?

  1  The first
  2  The second

  Skip · Language · 0 Danger
> 
Do this
1. First, do it.

Turn to

112
   Helps.
   Phone: 112 · always

  Back · Again · Language · Country · 0 Danger
> 
It is a tiny book.
Which one?

  1  The first
  2  The second

  Skip · Language · 0 Danger
> 
Pardon?
Which one?

  1  The first
  2  The second

  Skip · Language · 0 Danger
> 
112: 112 · always

What happens?

  1  Somebody is here

  Leave · Language · Country
> `
	if got := b.out.String(); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

func TestRecordIsToldEveryLineAndScreen(t *testing.T) {
	t.Parallel()
	b := setup(t, shipped())
	b.talk("něco se stalo\n\n   \n16\n  zpět \n")
	var said []string
	for _, l := range b.lines {
		said = append(said, l.said)
		if len(l.shown) != 1 || len(l.shown[0].Bubbles) == 0 || !strings.Contains(b.out.String(), terminal.Plain(l.shown[0])) {
			t.Errorf("%q: recorded %+v", l.said, l.shown)
		}
	}
	if want := []string{"/start", "něco se stalo", "16", "  zpět "}; !slices.Equal(said, want) {
		t.Errorf("recorded %q, want %q", said, want)
	}
}

func TestLinesAsTheyCome(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		state    bot.StateID
		screens  int
	}{
		{"no input", "", "main.start", 1},
		{"the last line has no end", "1", "main.who", 2},
		{"lines of Windows", "1\r\n16\r\n", "main.group", 3},
		{"empty lines say nothing", "\n\n \t\n1\n\n", "main.who", 2},
		{"blanks around", "  1  \n", "main.who", 2},
		{"bytes that are no text", "\xff\xfe\n1\n", "main.who", 3},
		{"control characters", "\x071\x00\n", "main.who", 2},
		{"an overlong line is one line", strings.Repeat("x", 100_000) + "\n1\n", "main.who", 3},
		{"an overlong line without an end", "1\n" + strings.Repeat("ž", 100_000), "main.who", 3},
		{"an overlong line of blanks", strings.Repeat(" ", 100_000) + "\n1\n", "main.who", 2},
		{"danger by its number", "1\n0\n", "danger-now.what", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, shipped())
			last := b.talk(tt.in)
			if last.State != tt.state || len(b.lines) != tt.screens || last.Door != terminal.Name {
				t.Errorf("at %s after %d screens, want %s after %d", last.State, len(b.lines), tt.state, tt.screens)
			}
			for _, l := range b.lines {
				if len(l.said) > 70_000 {
					t.Errorf("a line of %d bytes was taken", len(l.said))
				}
			}
		})
	}
}

func TestAnOverlongLineIsSaidToBeTooLong(t *testing.T) {
	t.Parallel()
	b := setup(t, shipped())
	last := b.talk(strings.Repeat("nebezpečí ", 10_000))
	if len(last.Notes) != 1 || last.Notes[0].Key != "talk.too_long" {
		t.Errorf("notes %+v", last.Notes)
	}
}

func TestEveryLanguageAndCountryBegins(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		b := setup(t, shipped())
		b.opts.Lang, b.opts.Country, b.opts.Width = lang, "AL", 40
		if d := b.talk(""); d.Lang != lang || d.Country != "AL" || d.State != "main.start" {
			t.Errorf("begins at %+v", d)
		}
		for _, l := range strings.Split(b.out.String(), "\n") {
			if len([]rune(l)) > 40 && strings.Contains(strings.TrimSpace(l), " ") {
				t.Errorf("%s: %q is too wide", lang, l)
			}
		}
	}
	b := setup(t, shipped())
	b.opts = terminal.Options{}
	if d := b.talk("1\n"); d.Lang != "en" || d.State != "main.start" || d.Country == "" {
		t.Errorf("the zero options lead to %+v", d)
	}
}

func TestAnEndedContextEndsTheChatWithoutAWord(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := setup(t, shipped())
	if err := b.run(ctx, strings.NewReader("1\n1\n1\n")); err != nil {
		t.Errorf("ended before it began: %v", err)
	}
	if strings.TrimSpace(b.out.String()) != "" {
		t.Errorf("printed %q", b.out.String())
	}

	ctx, cancel = context.WithCancel(t.Context())
	b = setup(t, shipped())
	in, typing := io.Pipe() // nobody types anything
	defer typing.Close()
	b.opts.Record = func(string, []bot.Message) { cancel() }
	if err := b.run(ctx, in); err != nil {
		t.Errorf("ended while waiting for a line: %v", err)
	}
}

func TestAnErrorOfTheInputIsReturned(t *testing.T) {
	t.Parallel()
	broken := errors.New("no more paper")
	b := setup(t, shipped())
	in := io.MultiReader(strings.NewReader("1\n16\n"), iotest.ErrReader(broken))
	if err := b.run(t.Context(), in); !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if len(b.lines) != 3 {
		t.Errorf("%d screens before the error", len(b.lines))
	}
}

// breaking is an engine that breaks at the nth event, in Handle or in Log.
type breaking struct {
	terminal.Engine
	handles, logs int
}

var errDisk = errors.New("disk on fire")

func (b *breaking) Handle(ctx context.Context, e bot.Event) error {
	if b.handles--; b.handles < 0 {
		return errDisk
	}
	return b.Engine.Handle(ctx, e)
}

func (b *breaking) Log(ctx context.Context, conv bot.ConvID, after int64) ([]bot.Delivery, error) {
	if b.logs--; b.logs < 0 {
		return nil, errDisk
	}
	return b.Engine.Log(ctx, conv, after)
}

func TestRE10_ABrokenEngineStillShowsTheEmergencyCard(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		lang    bot.Lang
		country bot.Country
		in      string
		handles int
		logs    int
		want    bot.Asker
	}{
		{"at once", "cs", "", "", 0, 9, bot.Asker{Lang: "cs", Country: "CZ"}},
		{"at once, in no country", "en", "", "", 0, 9, bot.Asker{Lang: "en"}},
		{"while reading the first screen", "pl", "", "", 9, 0, bot.Asker{Lang: "pl", Country: "PL"}},
		{"later", "sq", "XK", "1\n1\n1\n", 2, 9, bot.Asker{Lang: "sq", Country: "XK"}},
		{"in the country and language they chose", "en", "", "2\n/language pl\n1\n", 3, 9, bot.Asker{Lang: "pl", Country: "PL"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, shipped())
			b.engine = &breaking{b.engine, tt.handles, tt.logs}
			b.opts.Lang, b.opts.Country = tt.lang, tt.country
			if err := b.run(t.Context(), strings.NewReader(tt.in)); !errors.Is(err, errDisk) {
				t.Fatalf("error is %v", err)
			}
			sorry, _ := shipped().Phrases.Say(tt.want, "talk.trouble", nil)
			_, card, found := strings.Cut(b.out.String(), sorry)
			if !found || sorry == "" {
				t.Fatalf("it does not say that something is wrong:\n%s", b.out.String())
			}
			for _, pl := range shipped().Places.Filling(tt.want.Country, bot.RoleEmergency) {
				if n := pl.Channels[0].Value; n != "" && pl.Country == tt.want.Country && !strings.Contains(card, n) {
					t.Errorf("%s (%s) is not on the card:\n%s", pl.ID, n, card)
				}
			}
			if !strings.Contains(card, "112") || strings.Contains(card, "  1  ") {
				t.Errorf("the card is\n%s", card)
			}
		})
	}
}

// TestARunThatEndsLeavesNoReaderBehind ends while lines still come; the bubble
// would not close over a goroutine that waits.
func TestARunThatEndsLeavesNoReaderBehind(t *testing.T) {
	t.Parallel()
	b := shipped()
	synctest.Test(t, func(t *testing.T) {
		be := setup(t, b)
		be.engine = &breaking{be.engine, 2, 9}
		// a context of the test would end with it and let the reader go
		if err := be.run(context.Background(), strings.NewReader("1\n1\n1\n1\n")); !errors.Is(err, errDisk) {
			t.Errorf("error is %v", err)
		}
	})
}

// tiny is a book of one question.

func tiny(t *testing.T) *book.Book {
	t.Helper()
	flows := fstest.MapFS{
		"main.yaml":              file(tinyMain),
		"topics/danger-now.yaml": file(tinyDanger),
	}
	for _, c := range []string{"CZ", "PL", "AL", "XK", "EU"} {
		flows["places/"+strings.ToLower(c)+".yaml"] = file("country: " + c + `
names: {cs: x, en: Somewhere, pl: x, sq: x}
languages: [en]
timezone: Europe/Prague
holidays: []
services:
- id: ` + strings.ToLower(c) + `-112
  name: "112"
  roles: [emergency]
  audiences: [child, young-person, parent, senior, adult, relative, teacher, business]
  scope: national
  topics: [all]
  staffed: true
  channels: [{type: phone, value: "112", dial: "112", hours: "24/7"}]
  evidence: confirmed
  verified: {date: 2026-11-21, how: call}
  sources: [{url: "https://example.org/", seen: x}]
`)
	}
	locales := fstest.MapFS{"x.en.toml": file(tinyWords)}
	b, findings := book.Load(book.Source{Flows: flows, Locales: locales})
	if b == nil {
		t.Fatal(findings)
	}
	return b
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

// The tiny book.
const (
	tinyMain = `topic: main
initial: start
states:
  start:
    on:
      first: end
      second: end
    skip: end
  end:
    final: true
    steps: [do-it]
    turn_to: [{role: emergency}]
`
	tinyDanger = `topic: danger-now
initial: what
states:
  what:
    card: true
    turn_to: [{role: emergency}]
    on:
      here: here
  here:
    card: true
    final: true
    turn_to: [{role: emergency}]
`
	tinyWords = `"main.start.intro" = "It is a tiny book."
"main.start.ask" = "Which one?"
"main.start.first" = "The first"
"main.start.second" = "The second"
"danger-now.what.ask" = "What happens?"
"danger-now.what.here" = "Somebody is here"
"result.steps" = "Do this"
"result.places" = "Turn to"
"result.open_always" = "always"
"step.do-it" = "First, do it."
"role.emergency.does" = "Helps."
"channel.phone" = "Phone"
"talk.not_understood" = "Pardon?"
"typed.back" = "back"
"ui.danger" = "Danger"
"ui.danger_leave" = "Leave"
"ui.back" = "Back"
"ui.skip" = "Skip"
"ui.restart" = "Again"
"ui.language" = "Language"
"ui.country" = "Country"
`
)
