package terminal_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wheretoturn/bot"
	"wheretoturn/bot/terminal"
)

func TestPlainSetsEveryKindOfBlock(t *testing.T) {
	t.Parallel()
	m := bot.Message{
		Bubbles: []bot.Bubble{
			{Blocks: []bot.Block{
				{Kind: bot.BlockText, Text: "A note."},
				{Kind: bot.BlockTitle, Text: "What to do"},
				{Kind: bot.BlockStep, Number: 1, Text: "Do this."},
				{Kind: bot.BlockStep, Number: 2, Text: "Do that."},
				{Kind: bot.BlockQuote, Text: "I need help."},
			}},
			{Blocks: []bot.Block{
				{Kind: bot.BlockTitle, Text: "Where to turn"},
				{Kind: bot.BlockPlace, Text: "A line", Lines: []bot.Line{{Text: "It listens."}, {Label: "Phone", Text: "116 111 · open", Dial: "116111"}}},
				{Kind: bot.BlockContact, Text: "Police", Lines: []bot.Line{{Label: "Phone", Text: "158"}}},
				{Kind: bot.BlockContact, Text: "Nobody"},
			}},
		},
		Choices: []bot.Choice{{Code: "a", Label: "First"}, {Code: "b", Label: "Second"}},
		Nav: []bot.Choice{
			{Code: bot.CmdDanger, Label: "I'm in danger"}, {Code: bot.CmdBack, Label: "Back"}, {Code: bot.CmdLanguage, Label: "Language"},
		},
	}
	want := `
A note.

What to do
1. Do this.
2. Do that.
I need help.

Where to turn

A line
   It listens.
   Phone: 116 111 · open
Police: 158
Nobody

  1  First
  2  Second

  Back · Language · 0 I'm in danger
`
	if got := terminal.Plain(m); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := terminal.Plain(bot.Message{}); got != "\n" {
		t.Errorf("nothing is set as %q", got)
	}
	if got := terminal.Body(m); strings.Contains(got, "First") || !strings.HasPrefix(got, "A note.") {
		t.Errorf("the body is %q", got)
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		width int
		in    string
		want  string
	}{
		{"a short line stays", 20, "one two\n", "one two\n"},
		{"a line that just fits stays", 7, "one two\n", "one two\n"},
		{"a long line breaks between words", 8, "one two three\n", "one two\nthree\n"},
		{"a continued line keeps the indent", 10, "   one two three\n", "   one two\n   three\n"},
		{"a word longer than the width stays whole", 5, "https://example.org/a b\n", "https://example.org/a\nb\n"},
		{"letters are counted, not bytes", 9, "čeří řeřž\n", "čeří řeřž\n"},
		{"empty lines stay", 5, "a\n\n\nb\n", "a\n\n\nb\n"},
		{"no line break is added at the end", 5, "one two", "one\ntwo"},
		{"blanks only", 2, "     \n", "\n"},
		{"width 0 changes nothing", 0, "one two three\n", "one two three\n"},
		{"a width below 0 changes nothing", -3, "one two three\n", "one two three\n"},
		{"nothing", 5, "", ""},
	} {
		if got := terminal.Wrap(tt.in, tt.width); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("  1  A label that is long\n\n   Phone: 116 111 · open\n", 12)
	f.Add("čeština je těžká\nx", 1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if !utf8.ValidString(s) || width > 200 {
			return
		}
		got := terminal.Wrap(s, width)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(s), " ") {
			t.Errorf("words are lost: %q became %q", s, got)
		}
		for _, line := range strings.Split(got, "\n") {
			if width > 0 && utf8.RuneCountInString(strings.TrimRight(line, " ")) > width && len(strings.Fields(line)) > 1 {
				t.Errorf("%q is longer than %d", line, width)
			}
		}
	})
}
