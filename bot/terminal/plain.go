package terminal

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wheretoturn/bot"
)

// Plain sets a message as plain lines: bubbles apart, steps numbered, choices
// with the numbers to type. What moves around is typed as a word. The danger
// button is always 0 and always last, so that it is found without looking.
func Plain(m bot.Message) string {
	var b strings.Builder
	b.WriteString("\n")
	b.WriteString(Body(m))
	if len(m.Choices) > 0 {
		b.WriteString("\n")
	}
	for i, c := range m.Choices {
		fmt.Fprintf(&b, "  %d  %s\n", i+1, c.Label)
	}
	var nav, danger []string
	for _, c := range m.Nav {
		if c.Code == bot.CmdDanger {
			danger = append(danger, "0 "+c.Label)
			continue
		}
		nav = append(nav, c.Label)
	}
	if nav = append(nav, danger...); len(nav) > 0 {
		fmt.Fprintf(&b, "\n  %s\n", strings.Join(nav, " · "))
	}
	return b.String()
}

// Body sets the bubbles of a message, without its choices.
func Body(m bot.Message) string {
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
	return b.String()
}

func writeBlock(b *strings.Builder, block bot.Block) {
	switch block.Kind {
	case bot.BlockStep:
		fmt.Fprintf(b, "%d. %s\n", block.Number, block.Text)
	case bot.BlockPlace:
		fmt.Fprintf(b, "%s\n", block.Text)
		for _, l := range block.Lines {
			fmt.Fprintf(b, "   %s\n", lineText(l))
		}
	case bot.BlockContact:
		fmt.Fprintf(b, "%s", block.Text)
		for _, l := range block.Lines {
			l.Label = ""
			fmt.Fprintf(b, ": %s", lineText(l))
		}
		b.WriteString("\n")
	default:
		fmt.Fprintf(b, "%s\n", block.Text)
	}
}

func lineText(l bot.Line) string {
	s := l.Text
	if l.Label != "" {
		s = l.Label + ": " + s
	}
	if l.Facts != "" {
		s += " · " + l.Facts
	}
	return s
}

// Wrap breaks lines at a column, between words; a continued line keeps the
// indent of its first. Width 0 changes nothing.
func Wrap(s string, width int) string {
	if width <= 0 {
		return s
	}
	var b strings.Builder
	for _, line := range strings.SplitAfter(s, "\n") {
		wrapLine(&b, line, width)
	}
	return b.String()
}

func wrapLine(b *strings.Builder, line string, width int) {
	text, broken := strings.CutSuffix(line, "\n")
	if utf8.RuneCountInString(text) <= width {
		b.WriteString(line)
		return
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	col := 0
	for i, w := range strings.Fields(line) {
		n := utf8.RuneCountInString(w)
		switch {
		case i == 0:
			b.WriteString(indent + w)
			col = len(indent) + n
		case col+1+n > width:
			b.WriteString("\n" + indent + w)
			col = len(indent) + n
		default:
			b.WriteString(" " + w)
			col += 1 + n
		}
	}
	if broken {
		b.WriteString("\n")
	}
}
