// Package diagram draws the flow: as Mermaid and DOT text for other tools, and
// as an SVG picture laid out here.
//
// Build reads a compiled graph into a small picture of boxes and arrows; each
// format writes that same picture. Nothing here touches files, clock or books,
// and the same graph gives the same bytes, so that a picture can be committed
// and compared. It draws what the files say, not what somebody would be shown.
//
// Start reading at Mermaid, then build.
package diagram

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// Names says the sentence of a message key, or "" when there is none: then the
// code stands in the picture.
type Names func(key string) string

// Overview is the topic of the picture of the way in and all topics.
const Overview bot.Topic = ""

// Topics returns the topics that can be drawn, in the order of the files.
func Topics(g *flow.Graph) []bot.Topic {
	var out []bot.Topic
	for _, s := range g.States() {
		if !slices.Contains(out, s.Topic) {
			out = append(out, s.Topic)
		}
	}
	return out
}

// picture is what all formats draw.
type picture struct {
	title string
	boxes []box
	edges []edge
}

type kind string

// The kinds of boxes; the word stands beside the box's name.
const (
	kindQuestion kind = "question"
	kindCard     kind = "danger card"
	kindOutcome  kind = "outcome"
	kindPass     kind = "passed through"
	kindTopic    kind = "topic"
)

// Colours of the pictures: dark text on pale boxes, so that they stay readable
// in print and on a dark page.
const (
	ink      = "#1f2328"
	softInk  = "#59636e"
	arrowInk = "#6e7781"
)

var kinds = []kind{kindQuestion, kindCard, kindOutcome, kindPass, kindTopic}

var colours = map[kind]struct{ fill, line string }{
	kindQuestion: {"#eaf2fd", "#3b73b9"},
	kindCard:     {"#fdeceb", "#c0392b"},
	kindOutcome:  {"#e9f6ec", "#2f855a"},
	kindPass:     {"#f4f4f5", "#8c959f"},
	kindTopic:    {"#fdf4e3", "#b7791f"},
}

// box is a state or a topic.
type box struct {
	id    string // for the formats that name boxes
	kind  kind
	head  string
	tag   string
	start bool
	lines []line
}

// line is one line inside a box or beside an arrow: "1. text [note]".
type line struct {
	style lineStyle
	mark  string
	text  string
	note  string
	skip  bool // the way of a skipped question
}

type lineStyle int

const (
	lineText    lineStyle = iota // a sentence somebody reads
	lineSection                  // heads the items below it
	lineItem                     // a step or a role
	lineAside                    // what the flow does by itself: skip, otherwise
)

// String sets the line for the formats without typography.
func (l line) String() string {
	s := l.text
	if l.mark != "" {
		s = l.mark + " " + s
	}
	return join(s, " ", bracket(l.note))
}

func bracket(note string) string {
	if note == "" {
		return ""
	}
	return "[" + note + "]"
}

// join puts sep between two texts that are not empty.
func join(a, sep, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + sep + b
}

// edge leads from one box to another, for every reason in lines.
type edge struct {
	from, to int
	lines    []line
}

// aside tells whether no answer leads this way.
func (e *edge) aside() bool {
	return !slices.ContainsFunc(e.lines, func(l line) bool { return l.style != lineAside })
}

// texts sets a box's lines for the formats without typography.
func (b *box) texts() []string {
	out := []string{b.head + " (" + b.tag + ")"}
	for _, l := range b.lines {
		out = append(out, l.String())
	}
	return out
}

func (e *edge) texts() []string {
	out := make([]string, len(e.lines))
	for i, l := range e.lines {
		out[i] = l.String()
	}
	return out
}
