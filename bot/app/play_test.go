package app_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
)

var update = flag.Bool("update", false, "write into the transcripts what the bot says today")

// shipped are the books inside the binary; a Book is immutable, so all tests
// read the same one.
var shipped = sync.OnceValues(func() (*book.Book, []bot.Finding) { return book.Load(book.Embedded()) })

func embedded(t testing.TB) *book.Book {
	t.Helper()
	b, findings := shipped()
	if b == nil {
		t.Fatal(findings[0])
	}
	return b
}

func TestTranscriptsStillHold(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	files, err := filepath.Glob("../../flows/transcripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			played, err := app.Play(b, data)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(name, played.Text, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, p := range played.Problems {
				t.Errorf("%s:%d: %s", name, p.Line, p.Text)
			}
		})
	}
}

// tale is a short transcript as the bot writes it today.
func tale(t *testing.T) string {
	t.Helper()
	const told = "# a story\ncountry CZ   language cs   channel terminal   clock 2026-11-24 11:00\n\n" +
		"ema   > 1\nema   > 16\n      ! state main.group\n-- 5m --\nema   > zpět\n      ! audience -\n"
	played, err := app.Play(embedded(t), []byte(strings.Replace(told, "      ! audience -\n", "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	return string(played.Text)
}

func TestPlayFindsWhatNoLongerHolds(t *testing.T) {
	t.Parallel()
	good := tale(t)
	lineOf := func(s string) int { return strings.Count(good[:strings.Index(good, s)], "\n") + 1 }
	for _, tt := range []struct {
		name, old, new string
		line           int
	}{
		{"nothing", "", "", 0},
		{"another state", "! state main.group", "! state main.who", lineOf("! state")},
		{"another word of the bot", "bot   < ", "bot   < Dobrý večer. ", lineOf("bot   < ")},
		{"another button", "        [", "        [Jiné tlačítko] [", lineOf("        [")},
		{"a line too many", "-- 5m --", "        to už bot neříká\n-- 5m --", lineOf("-- 5m --")},
		{"an audience that is not so", "! state main.group", "! audience senior", lineOf("! state")},
		{"a country that is not so", "! state main.group", "! country PL", lineOf("! state")},
		{"a language that is not so", "! state main.group", "! language pl", lineOf("! state")},
		{"a view that is not so", "! state main.group", "! view silent", lineOf("! state")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			played, err := app.Play(embedded(t), []byte(strings.Replace(good, tt.old, tt.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			if tt.line == 0 {
				if len(played.Problems) > 0 {
					t.Errorf("problems %v in what the bot wrote itself", played.Problems)
				}
				return
			}
			if len(played.Problems) == 0 || played.Problems[0].Line != tt.line || played.Problems[0].Text == "" {
				t.Errorf("problems %+v, want one in line %d", played.Problems, tt.line)
			}
		})
	}
}

func TestPlayWritesAnewWhatTheBotSaysToday(t *testing.T) {
	t.Parallel()
	good := tale(t)
	old := strings.ReplaceAll(good, "bot   < ", "bot   < Kdysi: ")
	played, err := app.Play(embedded(t), []byte(old))
	if err != nil || string(played.Text) != good {
		t.Errorf("written anew:\n%s\n%v", played.Text, err)
	}
}

func TestPlayRefusesWhatIsNoTranscript(t *testing.T) {
	t.Parallel()
	const head = "country CZ   language cs   channel terminal   clock 2026-11-24 11:00\n\n"
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "no header"},
		{"comments only", "# a story\n\n", "no header"},
		{"no header", "ema   > 1\n", "line 1: the header must come first"},
		{"a header after words", "# a\n\nbot   < hi\n" + head, "line 3: the header must come first"},
		{"no language", "country CZ   channel terminal   clock 2026-11-24 11:00\n", "line 1"},
		{"no clock", "country CZ   language cs   channel terminal\n", "line 1"},
		{"half a clock", "country CZ   language cs   clock 2026-11-24\n", "clock"},
		{"a clock that is none", "country CZ   language cs   clock yesterday night\n", "clock"},
		{"a word nobody knows", "country CZ   weather fine   language cs   clock 2026-11-24 11:00\n", "weather"},
		{"a channel nobody knows", "country CZ   language cs   channel smoke   clock 2026-11-24 11:00\n", "smoke"},
		{"a button that is not there", head + "ema   > [Tady nic není]\n", "Tady nic není"},
		{"a fact nobody knows", head + "      ! mood fine\n", "mood"},
		{"half a fact", head + "      ! state\n", "line 3"},
		{"a wait that is none", head + "-- soon --\n", "line 3"},
		{"a line that is nothing", head + "what is this\n", "line 3: not a line"},
		{"a line without end", head + strings.Repeat("x", 2<<20), "too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			played, err := app.Play(embedded(t), []byte(tt.text))
			if err == nil || played != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%+v, error %v, want one with %q", played, err, tt.want)
			}
		})
	}
}

func TestPlayLetsTimePass(t *testing.T) {
	t.Parallel()
	const text = "country CZ   language cs   channel terminal   clock 2026-12-31 22:58\n\nema   > 3\nema   > 70\nema   > 2\n%sema   > /why\n"
	before, err := app.Play(embedded(t), []byte(strings.Replace(text, "%s", "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	after, err := app.Play(embedded(t), []byte(strings.Replace(text, "%s", "-- 12h --\nema   > [Zpět]\nema   > 2\n", 1)))
	if err != nil || bytes.Equal(before.Text, after.Text) || !bytes.Contains(after.Text, []byte("-- 12h --\n")) {
		t.Errorf("twelve hours later it is the same:\n%s\n%v", after.Text, err)
	}
}

func FuzzPlay(f *testing.F) {
	f.Add("country CZ   language cs   channel terminal   clock 2026-11-24 11:00\n\nema   > 1\n      ! state main.who\n-- 5m --\n")
	f.Add("country\n")
	f.Add("# x\ncountry -   language sq   channel terminal   clock 2026-11-24 11:00\na > [x]\n")
	b := embedded(f)
	f.Fuzz(func(t *testing.T, text string) {
		played, err := app.Play(b, []byte(text))
		if (err == nil) == (played == nil) {
			t.Errorf("%+v, %v", played, err)
		}
	})
}
