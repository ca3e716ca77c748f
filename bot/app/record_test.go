package app_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/terminal"
)

// recorded talks on a terminal and returns the transcript of it.
func recorded(t *testing.T, lang bot.Lang, country bot.Country, in string) string {
	t.Helper()
	house := app.New(embedded(t))
	defer house.Close()
	var out, screens bytes.Buffer
	rec := app.NewRecorder(&out, lang, country, noon)
	opts := terminal.Options{Lang: lang, Country: country, Now: func() time.Time { return noon }, Record: rec.Record}
	if err := terminal.New(house.Engine, house.Shelf, &screens, opts).Run(t.Context(), strings.NewReader(in)); err != nil {
		t.Fatal(err)
	}
	if err := rec.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWhatIsRecordedPlaysTheSame(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		lang    bot.Lang
		country bot.Country
		in      string
	}{
		{"nothing said", "cs", "", ""},
		{"to a result and back", "cs", "", "1\n16\n1\n1\n1\n1\nzpět\n2\n"},
		{"a senior step by step", "pl", "", "3\n70\n1\n1\nwstecz\n2\n"},
		{"the country is asked", "sq", "", "1\n1\nnga fillimi\n"},
		{"a country of its own", "en", "XK", "2\n1\nskip\n"},
		{"danger and back", "cs", "PL", "1\n0\n3\nzpět\n0\n1\n"},
		{"other language, other country", "en", "CZ", "čeština\n/country AL\n/export\n/erase yes\n"},
		{"things that mean nothing", "en", "CZ", "bla\nbla bla\n" + strings.Repeat("x", 400) + "\n> a > b\n[ ]\n# no comment\n! state x\n-- 5m --\n"},
		{"words in brackets", "cs", "", "[Něco se stalo]\n[nic takového]\n"},
		{"an overlong line", "cs", "", strings.Repeat("š", 100_000) + "\n1\n"},
		{"control characters and loose ends", "cs", "", "1\r\r\n\x1b[31mzpět\x07\n\xff\n  16  \n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := recorded(t, tt.lang, tt.country, tt.in)
			played, err := app.Play(embedded(t), []byte(text))
			if err != nil {
				t.Fatalf("%v\n%.2000s", err, text)
			}
			for _, p := range played.Problems {
				t.Errorf("line %d: %s", p.Line, p.Text)
			}
			if said := strings.Count(text, "user  > "); said != len(strings.FieldsFunc(tt.in, func(r rune) bool { return r == '\n' })) {
				t.Errorf("%d lines said of %q", said, tt.in)
			}
		})
	}
}

// full is a disk without room.
type full struct{ room int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestARecorderRemembersTheFirstError(t *testing.T) {
	t.Parallel()
	for _, room := range []int{0, 60} {
		rec := app.NewRecorder(&full{room}, "cs", "", noon)
		rec.Record("/start", []bot.Message{{Bubbles: []bot.Bubble{{Blocks: []bot.Block{{Text: strings.Repeat("x", 100)}}}}}})
		rec.Record("hello", nil)
		if !errors.Is(rec.Err(), errFull) {
			t.Errorf("with room for %d: %v", room, rec.Err())
		}
	}
}
