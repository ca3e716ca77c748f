package app

import (
	"fmt"
	"io"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/terminal"
)

// Recorder writes a conversation down as a transcript that Play understands.
type Recorder struct {
	w    io.Writer
	last time.Time
	err  error
	head string
}

// NewRecorder returns a recorder; the head names language, country and clock,
// so that the replay sees the same hours.
func NewRecorder(w io.Writer, lang bot.Lang, country bot.Country, now time.Time) *Recorder {
	place := string(country)
	if place == "" {
		place = "-"
	}
	return &Recorder{w: w, last: now, head: fmt.Sprintf("country %s   language %s   channel terminal   clock %s\n", place, lang, now.UTC().Format(ClockLayout))}
}

// ClockLayout is how a transcript writes a moment, in UTC.
const ClockLayout = "2006-01-02 15:04"

// Record writes one line said and the screens it brought. The first "said" is
// the start of the conversation and is not written.
func (r *Recorder) Record(said string, shown []bot.Message) {
	if r.head != "" {
		r.print("# recorded conversation\n" + r.head + "\n")
		r.head = ""
	} else {
		r.print("user  > " + oneLine(said) + "\n")
	}
	for _, m := range shown {
		r.print(writeMessage(m))
	}
}

// oneLine writes what was typed so that a replay reads the same: one line, no
// control characters, and not in the brackets of a button.
func oneLine(said string) string {
	clean, _ := bot.CleanText(said)
	s := strings.ReplaceAll(clean.Reveal(), "\n", " ")
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = "(" + s[1:len(s)-1] + ")"
	}
	return s
}

// Err returns the first error met while writing.
func (r *Recorder) Err() error { return r.err }

func (r *Recorder) print(s string) {
	if _, err := io.WriteString(r.w, s); err != nil && r.err == nil {
		r.err = err
	}
}

// writeMessage sets a message in transcript form: "bot < " before the first
// line, further lines indented, choices in brackets.
func writeMessage(m bot.Message) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimRight(terminal.Body(m), "\n"), "\n") {
		switch {
		case i == 0:
			b.WriteString("bot   < " + line + "\n")
		case line == "":
			b.WriteString("\n")
		default:
			b.WriteString("        " + line + "\n")
		}
	}
	b.WriteString(choiceLine(m.Choices))
	b.WriteString(choiceLine(m.Nav))
	return b.String() + "\n"
}

func choiceLine(cs []bot.Choice) string {
	if len(cs) == 0 {
		return ""
	}
	parts := make([]string, len(cs))
	for i, c := range cs {
		parts[i] = "[" + c.Label + "]"
	}
	return "        " + strings.Join(parts, " ") + "\n"
}
