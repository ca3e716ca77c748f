package diagram

import (
	"strconv"
	"strings"
	"unicode"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// state adds a state's box and returns its index.
func (b *builder) state(s *flow.State) int {
	x := box{kind: kindOf(s), head: local(s), lines: b.content(s)}
	x.tag = string(x.kind)
	if s.Final && s.Card {
		x.tag += ", outcome"
	}
	if t := b.graph.Topic(s.Topic); t != nil && t.Initial == s.ID {
		x.start = true
		x.tag += ", starts here"
	}
	for i := range x.lines {
		x.lines[i].text, x.lines[i].note = clean(x.lines[i].text), clean(x.lines[i].note)
	}
	return b.add("s_", local(s), x)
}

func kindOf(s *flow.State) kind {
	switch {
	case s.Card:
		return kindCard
	case s.Final:
		return kindOutcome
	case s.Asks():
		return kindQuestion
	}
	return kindPass
}

// local is a state's name inside its file.
func local(s *flow.State) string { return strings.TrimPrefix(string(s.ID), string(s.Topic)+".") }

// content is what stands in a state's box.
func (b *builder) content(s *flow.State) []line {
	var out []line
	aside := func(text string) { out = append(out, line{style: lineAside, text: text}) }
	if ask := b.say(string(s.ID)+".ask", ""); ask != "" {
		out = append(out, line{text: ask})
	}
	if s.Only != nil {
		aside("only: " + b.cond(s.Only, s))
	}
	if b.brief {
		return out
	}
	if from := b.entered(s); len(from) > 0 {
		aside("entered from " + strings.Join(from, ", "))
	}
	if s.As != "" {
		aside("stands for " + string(s.As))
	}
	if s.Mode != "" {
		aside(string(s.Mode) + " ways first")
	}
	out = append(out, b.turns("contact", s.Contact, s)...)
	out = append(out, b.steps(s)...)
	return append(out, b.turns("turn to", s.TurnTo, s)...)
}

// entered lists the other topics that lead into this state, in file order.
func (b *builder) entered(s *flow.State) []string {
	var out []string
	seen := map[bot.Topic]bool{s.Topic: true}
	for _, other := range b.graph.States() {
		for _, target := range targets(other) {
			if target == s.ID && !seen[other.Topic] {
				seen[other.Topic] = true
				out = append(out, string(other.Topic))
			}
		}
	}
	return out
}

func (b *builder) steps(s *flow.State) []line {
	if len(s.Steps) == 0 {
		return nil
	}
	out := []line{{style: lineSection, text: "steps"}}
	for i, st := range s.Steps {
		l := line{style: lineItem, mark: strconv.Itoa(i+1) + ".", text: st.ID, note: b.cond(st.When, s)}
		if st.Role != "" {
			l.text += " → " + string(st.Role)
		}
		if st.Optional {
			l.note = join("optional", and, l.note)
		}
		out = append(out, l)
	}
	return out
}

func (b *builder) turns(head string, list []flow.Turn, s *flow.State) []line {
	if len(list) == 0 {
		return nil
	}
	out := []line{{style: lineSection, text: head}}
	for i, t := range list {
		l := line{style: lineItem, mark: strconv.Itoa(i+1) + ".", text: string(t.Role), note: b.cond(t.When, s)}
		if t.All {
			l.note = join("all of them", and, l.note)
		}
		out = append(out, l)
	}
	return out
}

// label is the answer's sentence; the code follows in brackets when a
// condition somewhere speaks of it.
func (b *builder) label(s *flow.State, code bot.Code) string {
	text := b.say(string(s.ID)+"."+string(code), "")
	if text == "" {
		text = b.say("action."+string(code), string(code))
	}
	if text != string(code) && b.asked[s.ID][code] {
		text += " (" + string(code) + ")"
	}
	return text
}

func (b *builder) say(key, otherwise string) string {
	if s := b.names(key); s != "" {
		return s
	}
	return otherwise
}

// clean makes one line of a text: no control characters, no runs of space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
