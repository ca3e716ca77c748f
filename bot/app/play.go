package app

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/terminal"
)

// Played is the outcome of a replay.
type Played struct {
	Text     []byte // the transcript as the bot would write it today
	Problems []Problem
}

// Problem is a line of a transcript that no longer holds.
type Problem struct {
	Line int
	Text string
}

// Play replays a transcript: what users say and press goes through a house of
// its own, every event twice, as a careless network would; what the bot
// answers is written anew. A difference, and a fact ("! state …") that does not
// hold, is a problem. The error is for a file that is no transcript.
func Play(b *book.Book, data []byte) (*Played, error) { return Replay(b, data, terminal.Name, nil) }

// Witness sees a replay go on: what was said or pressed at a time, and what was
// shown for it. Its error ends the replay.
type Witness func(now time.Time, said string, pressed bool, shown []bot.Message) error

// Replay is Play as another door would show it, with a witness that does the
// same there. The text that comes out is only that of the transcript for the
// terminal.
func Replay(b *book.Book, data []byte, door bot.DoorName, w Witness) (*Played, error) {
	p := &player{house: New(b), door: door, witness: w}
	defer p.house.Close()
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if err := p.line(n, sc.Text()); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if !p.begun {
		return nil, fmt.Errorf("no header: country …   language …   channel …   clock …")
	}
	out := &Played{Text: p.out.Bytes(), Problems: p.problems}
	if !bytes.Equal(out.Text, data) {
		out.Problems = append(out.Problems, difference(data, out.Text))
	}
	return out, nil
}

// difference finds the first line in which two texts differ.
func difference(was, is []byte) Problem {
	a, b := strings.Split(string(was), "\n"), strings.Split(string(is), "\n")
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y || i >= len(a) || i >= len(b) {
			return Problem{Line: i + 1, Text: fmt.Sprintf("written: %q, now: %q", x, y)}
		}
	}
	return Problem{}
}

type player struct {
	house    *House
	door     bot.DoorName
	witness  Witness
	out      bytes.Buffer
	problems []Problem
	begun    bool
	lang     bot.Lang
	country  bot.Country
	now      time.Time
	events   int
	seq      int64
	last     bot.Message
	step     int
}

// line carries one line of the transcript out, or copies it.
func (p *player) line(n int, s string) error {
	trimmed := strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(trimmed, "#"):
		p.out.WriteString(s + "\n")
	case !p.begun && strings.HasPrefix(trimmed, "country "):
		return p.begin(trimmed)
	case !p.begun && trimmed == "":
		p.out.WriteString("\n")
	case !p.begun:
		return fmt.Errorf("the header must come first: country …   language …   channel …   clock …")
	case strings.HasPrefix(trimmed, "-- ") && strings.HasSuffix(trimmed, " --"):
		return p.wait(trimmed)
	case strings.HasPrefix(trimmed, "! "):
		return p.fact(n, trimmed)
	case !strings.HasPrefix(s, " ") && strings.Contains(s, " > "):
		return p.said(s)
	case strings.HasPrefix(s, "bot "), strings.HasPrefix(s, " "), trimmed == "":
		// what the bot said before: written anew
	default:
		return fmt.Errorf("not a line of a transcript: %q", s)
	}
	return nil
}

func (p *player) begin(head string) error {
	f := strings.Fields(head)
	for i := 0; i+1 < len(f); i += 2 {
		switch v := f[i+1]; f[i] {
		case "country":
			if v != "-" {
				p.country = bot.Country(v)
			}
		case "language":
			p.lang = bot.Lang(v)
		case "channel":
			if v != string(terminal.Name) {
				return fmt.Errorf("channel %q: only %s is known", v, terminal.Name)
			}
		case "clock":
			if i+2 >= len(f) {
				return fmt.Errorf("clock: write it like %s", ClockLayout)
			}
			at, err := time.Parse(ClockLayout, v+" "+f[i+2])
			if err != nil {
				return fmt.Errorf("clock: %w", err)
			}
			p.now = at
			i++
		default:
			return fmt.Errorf("unknown word %q in the header", f[i])
		}
	}
	if p.lang == "" || p.now.IsZero() {
		return fmt.Errorf("the header needs language and clock")
	}
	p.begun = true
	p.out.WriteString(head + "\n\n")
	link := bot.CmdRestart + " " + string(p.lang) // as a link to the bot says it
	if p.country != "" {
		link += "-" + string(p.country)
	}
	return p.event(link, bot.Event{Text: bot.CmdRestart})
}

// said hands in what somebody typed, or pressed when it stands in brackets.
func (p *player) said(s string) error {
	_, text, _ := strings.Cut(s, " > ")
	p.out.WriteString(s + "\n")
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		label := text[1 : len(text)-1]
		for _, c := range append(append([]bot.Choice(nil), p.last.Choices...), p.last.Nav...) {
			if c.Label == label {
				return p.event(label, bot.Event{Press: &bot.Press{Step: p.step, Code: c.Code}})
			}
		}
		return fmt.Errorf("there is no button %q; there are %s%s", label, choiceLine(p.last.Choices), choiceLine(p.last.Nav))
	}
	clean, _ := bot.CleanText(text)
	return p.event(text, bot.Event{Text: clean})
}

func (p *player) event(said string, e bot.Event) error {
	ctx := context.Background()
	p.events++
	e.Key, e.Conv, e.Door = bot.EventKey(fmt.Sprintf("p%d", p.events)), "play", p.door
	e.At, e.Lang, e.Country = p.now, p.lang, p.country
	for range 2 {
		if err := p.house.Engine.Handle(ctx, e); err != nil {
			return err
		}
	}
	shown, err := p.house.Engine.Log(ctx, "play", p.seq)
	if err != nil {
		return err
	}
	var msgs []bot.Message
	for _, d := range shown {
		p.seq, p.step = d.Seq, d.Step
		p.last = screen.Draw(p.house.Shelf.Book(), d, p.now)
		msgs = append(msgs, p.last)
		p.out.WriteString(writeMessage(p.last))
	}
	if p.witness == nil {
		return nil
	}
	return p.witness(p.now, said, e.Press != nil, msgs)
}

func (p *player) wait(s string) error {
	d, err := time.ParseDuration(strings.Trim(s, "- "))
	if err != nil {
		return err
	}
	p.now = p.now.Add(d)
	p.out.WriteString(s + "\n")
	return nil
}

// fact tests "! state main.who", "! audience child", "! country CZ",
// "! language cs".
func (p *player) fact(n int, s string) error {
	p.out.WriteString("      " + s + "\n")
	sess, err := p.house.Engine.Session(context.Background(), "play")
	if err != nil {
		return err
	}
	f := strings.Fields(s)
	if len(f) != 3 {
		return fmt.Errorf("write: ! state main.who")
	}
	got := map[string]string{
		"state": string(sess.State), "audience": string(sess.Audience), "country": string(sess.Country),
		"language": string(sess.Lang), "view": string(sess.View),
	}
	if got["view"] == "" {
		got["view"] = "main"
	}
	v, ok := got[f[1]]
	if !ok {
		return fmt.Errorf("unknown fact %q", f[1])
	}
	if v != f[2] {
		p.problems = append(p.problems, Problem{n, fmt.Sprintf("%s is %q, not %q", f[1], v, f[2])})
	}
	return nil
}
