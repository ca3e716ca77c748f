package diagram

import (
	"fmt"
	"strings"
	"unicode"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// build draws one topic's file, or the overview. A topic the graph does not
// have gives a picture without boxes.
func build(g *flow.Graph, names Names, topic bot.Topic) *picture {
	b := &builder{
		graph: g, names: names, topic: topic, pic: &picture{title: string(topic)},
		states: map[bot.StateID]int{}, topics: map[bot.Topic]int{}, ids: map[string]bool{},
		asked: askedFor(g),
	}
	if topic == Overview {
		b.topic, b.brief = flow.Main, true
		b.pic.title = "The way in and the topics"
	}
	var own []*flow.State
	for _, s := range g.States() {
		if s.Topic == b.topic {
			own = append(own, s)
			b.states[s.ID] = b.state(s)
		}
	}
	if topic == Overview {
		for _, t := range Topics(g) {
			if t != b.topic {
				b.topicBox(t)
			}
		}
	}
	for _, s := range own {
		b.leave(s)
	}
	if topic == Overview {
		b.between()
		b.quieten()
	}
	return b.pic
}

type builder struct {
	graph  *flow.Graph
	names  Names
	topic  bot.Topic
	brief  bool // boxes without what stands in them
	pic    *picture
	states map[bot.StateID]int
	topics map[bot.Topic]int
	ids    map[string]bool
	asked  map[bot.StateID]map[bot.Code]bool
}

// add adds a box under a unique plain id.
func (b *builder) add(prefix, name string, x box) int {
	x.id = prefix + strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, name)
	for b.ids[x.id] {
		x.id += "_"
	}
	b.ids[x.id] = true
	x.head = clean(x.head)
	b.pic.boxes = append(b.pic.boxes, x)
	return len(b.pic.boxes) - 1
}

// topicBox returns the box of another topic, added when first needed.
func (b *builder) topicBox(t bot.Topic) int {
	if i, ok := b.topics[t]; ok {
		return i
	}
	x := box{kind: kindTopic, head: string(t), tag: string(kindTopic)}
	if t == flow.Main {
		x.tag = "the way in"
	}
	if b.brief {
		x.lines = b.summary(t)
	}
	b.topics[t] = b.add("t_", string(t), x)
	return b.topics[t]
}

// summary counts what a topic holds.
func (b *builder) summary(t bot.Topic) []line {
	questions, outcomes, danger := 0, 0, false
	for _, s := range b.graph.States() {
		switch {
		case s.Topic != t:
			continue
		case s.Final:
			outcomes++
		case s.Asks():
			questions++
		}
		danger = danger || s.ID == b.graph.Danger
	}
	out := []line{{style: lineAside, text: counted(questions, "question") + ", " + counted(outcomes, "outcome")}}
	if danger {
		out = append(out, line{style: lineAside, text: "a button on every screen"})
	}
	return out
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// leave draws every way out of a state.
func (b *builder) leave(s *flow.State) {
	for i := range s.On {
		on := &s.On[i]
		l := line{text: b.label(s, on.Code), note: b.cond(on.When, s)}
		if s.Pick != "" {
			l = line{text: "pick: " + string(s.Pick)}
		}
		if on.First != nil {
			l.note = join(l.note, and, "first for "+b.cond(on.First, s))
		}
		b.branches(s, on.Branches, l)
	}
	if s.Skip != nil {
		key := "ui.skip"
		if s.Pick == bot.RoleBank {
			key = "ui.other_bank"
		}
		b.branches(s, s.Skip.Branches, line{style: lineAside, skip: true, text: b.say(key, "skip")})
	}
	b.branches(s, s.Always, line{style: lineAside})
	if s.Only != nil {
		b.edge(b.states[s.ID], s.Otherwise, line{style: lineAside, text: "otherwise"})
	}
}

func (b *builder) branches(s *flow.State, list []flow.Branch, l line) {
	for _, br := range list {
		to := l
		when := b.cond(br.When, s)
		if when == "" && len(list) > 1 {
			when = "else"
		}
		if l.text == "" {
			to.text = when
		} else {
			to.note = join(l.note, and, when)
		}
		b.edge(b.states[s.ID], br.Target, to)
	}
}

// edge draws one reason to go somewhere; reasons with the same way share an
// arrow. An entry into the middle of another topic names the state.
func (b *builder) edge(from int, target bot.StateID, l line) {
	s := b.graph.State(target)
	if s == nil {
		return
	}
	to, own := b.states[target]
	if !own {
		to = b.topicBox(s.Topic)
		if t := b.graph.Topic(s.Topic); t != nil && t.Initial != target {
			l.text = strings.TrimSpace(l.text + " → " + local(s))
		}
	}
	l.text, l.note = clean(l.text), clean(l.note)
	i := b.arrow(from, to)
	if l.text != "" {
		b.pic.edges[i].lines = append(b.pic.edges[i].lines, l)
	}
}

func (b *builder) arrow(from, to int) int {
	for i, e := range b.pic.edges {
		if e.from == from && e.to == to {
			return i
		}
	}
	b.pic.edges = append(b.pic.edges, edge{from: from, to: to})
	return len(b.pic.edges) - 1
}

// between draws, for the overview, where the topics lead: to each other and
// back into the way in.
func (b *builder) between() {
	for _, s := range b.graph.States() {
		from, ok := b.topics[s.Topic]
		if !ok {
			continue
		}
		for _, target := range targets(s) {
			t := b.graph.State(target)
			if t == nil || t.Topic == s.Topic {
				continue
			}
			to, own := b.states[target]
			if !own {
				to = b.topicBox(t.Topic)
			}
			b.arrow(from, to)
		}
	}
}

// quieten takes the words off the arrows that only a skipped question follows:
// in the overview the dashes say enough.
func (b *builder) quieten() {
	for i := range b.pic.edges {
		e := &b.pic.edges[i]
		if len(e.lines) == 1 && e.lines[0].skip {
			e.lines = nil
		}
	}
}

func targets(s *flow.State) []bot.StateID {
	var out []bot.StateID
	all := func(list []flow.Branch) {
		for _, br := range list {
			out = append(out, br.Target)
		}
	}
	for i := range s.On {
		all(s.On[i].Branches)
	}
	if s.Skip != nil {
		all(s.Skip.Branches)
	}
	all(s.Always)
	if s.Only != nil {
		out = append(out, s.Otherwise)
	}
	return out
}
