package telegram

import (
	"strings"
	"testing"

	"wheretoturn/bot"
)

func TestTextIsHTMLThatBreaksOnNothing(t *testing.T) {
	t.Parallel()
	m := bot.Message{Bubbles: []bot.Bubble{{Blocks: []bot.Block{
		{Kind: bot.BlockTitle, Text: "A <b> & c"},
		{Kind: bot.BlockText, Text: "plain"},
		{Kind: bot.BlockStep, Number: 2, Text: "do"},
		{Kind: bot.BlockQuote, Text: "say \"x\""},
		{Kind: bot.BlockPlace, Text: "Line", Lines: []bot.Line{{Label: "Call", Text: "116 111", Dial: "116111", Facts: "open & free"}, {Text: "a@b.cz", Mail: "a@b.cz"}}},
		{Kind: bot.BlockContact, Text: "Police", Lines: []bot.Line{{Label: "Call", Text: "158", Dial: "158"}}},
	}}, {Blocks: []bot.Block{{Text: "second"}}}}}
	want := "<b>A &lt;b&gt; &amp; c</b>\nplain\n2. do\n<blockquote>say &#34;x&#34;</blockquote>\n\n<b>Line</b>\n" +
		"Call: <code>116 111</code> · open &amp; free\na@b.cz\nPolice: <code>158</code>\n\nsecond"
	if got := Text(m); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestButtonsStandInRows(t *testing.T) {
	t.Parallel()
	m := bot.Message{
		Choices: []bot.Choice{{Code: "a", Label: "A"}, {Code: "b", Label: "B"}},
		Nav:     []bot.Choice{{Code: bot.CmdDanger, Label: "Danger"}, {Code: bot.CmdBack, Label: "Back"}, {Code: bot.CmdWhy, Label: "Why"}, {Code: bot.CmdSkip, Label: "Skip"}},
	}
	var rows []string
	for _, row := range buttons(m, 37).Rows {
		var cells []string
		for _, b := range row {
			cells = append(cells, b.Text+"="+b.Data)
			if len(b.Data) > maxData {
				t.Errorf("%q is too long", b.Data)
			}
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	want := "A=11:a|B=11:b|🆘 Danger=11:/danger|Back=11:/back Why=11:/why|Skip=11:/skip"
	if got := strings.Join(rows, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDataComesBackAsItWent(t *testing.T) {
	t.Parallel()
	for _, step := range []int{0, 1, 35, 36, 1 << 30} {
		for _, code := range []string{"a", "/erase yes", "*call:linka-bezpeci", ""} {
			if p := parseData(data(step, code)); p.Step != step || p.Code != code {
				t.Errorf("%d %q became %+v", step, code, p)
			}
		}
	}
	for _, s := range []string{"", "x", ":", "!:a", "zzzzzzzzz:a"} {
		if p := parseData(s); p.Step != -1 || p.Code != "?" {
			t.Errorf("%q is read as %+v", s, p)
		}
	}
}
