package telegram

import (
	"html"
	"strings"

	"wheretoturn/bot"
)

// Text sets a message in Telegram's HTML. Numbers to dial stand in a form that
// can be tapped: Telegram refuses tel: links, copies what is set as code, and
// makes long numbers callable by itself.
func Text(m bot.Message) string {
	var b strings.Builder
	for i, bubble := range m.Bubbles {
		if i > 0 {
			b.WriteString("\n")
		}
		for j, block := range bubble.Blocks {
			if j > 0 && (block.Kind == bot.BlockPlace || block.Kind == bot.BlockTitle) {
				b.WriteString("\n")
			}
			writeBlock(&b, block)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func writeBlock(b *strings.Builder, block bot.Block) {
	esc := html.EscapeString(block.Text)
	switch block.Kind {
	case bot.BlockTitle:
		b.WriteString("<b>" + esc + "</b>\n")
	case bot.BlockStep:
		b.WriteString(itoa(block.Number) + ". " + esc + "\n")
	case bot.BlockQuote:
		b.WriteString("<blockquote>" + esc + "</blockquote>\n")
	case bot.BlockPlace:
		b.WriteString("<b>" + esc + "</b>\n")
		for _, l := range block.Lines {
			b.WriteString(line(l) + "\n")
		}
	case bot.BlockContact:
		b.WriteString(esc)
		for _, l := range block.Lines {
			l.Label = ""
			b.WriteString(": " + line(l))
		}
		b.WriteString("\n")
	default:
		b.WriteString(esc + "\n")
	}
}

func line(l bot.Line) string {
	var b strings.Builder
	if l.Label != "" {
		b.WriteString(html.EscapeString(l.Label) + ": ")
	}
	t := html.EscapeString(l.Text)
	if l.Dial != "" {
		t = "<code>" + t + "</code>"
	}
	b.WriteString(t)
	if l.Facts != "" {
		b.WriteString(" · " + html.EscapeString(l.Facts))
	}
	return b.String()
}

// button is an inline button.
type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

// buttons sets the choices one a row, then the danger button alone in its own,
// then what moves around two a row.
func buttons(m bot.Message, step int) keyboard {
	k := keyboard{Rows: [][]button{}}
	for _, c := range m.Choices {
		k.Rows = append(k.Rows, []button{{c.Label, data(step, c.Code)}})
	}
	var rest []button
	for _, c := range m.Nav {
		b := button{c.Label, data(step, c.Code)}
		if c.Code == bot.CmdDanger || c.Code == bot.CmdLeave {
			b.Text = "🆘 " + b.Text
			if c.Code == bot.CmdLeave {
				b.Text = "↩ " + c.Label
			}
			k.Rows = append(k.Rows, []button{b})
			continue
		}
		rest = append(rest, b)
	}
	for len(rest) > 0 {
		n := min(2, len(rest))
		k.Rows = append(k.Rows, rest[:n])
		rest = rest[n:]
	}
	return k
}
