// Package flow turns the flow files into one immutable graph and walks it.
//
// A flow file names questions and outcomes as a statechart; Load compiles all
// of them into a Graph, with a finding (file:line) for each thing that cannot
// work. Step answers a question: position and code in, position out. It is
// pure: no I/O, clock or words; conditions find the way, and looplab/fsm
// executes it as one transition.
//
// Start reading at State, then Graph.Step in step.go.
package flow

import (
	"slices"

	"wheretoturn/bot"
)

// Graph is a compiled flow: immutable, safe for concurrent use.
type Graph struct {
	Initial bot.StateID
	Danger  bot.StateID // initial state of the danger card
	states  map[bot.StateID]*State
	order   []bot.StateID
	topics  map[bot.Topic]*Topic
	pool    machines
	trace   func(from bot.StateID, event string)
}

// Traced returns a graph that tells each transition it takes; the walk counts
// by it what it has covered.
func (g *Graph) Traced(f func(from bot.StateID, event string)) *Graph {
	c := *g
	c.trace = f
	return &c
}

// Transitions returns the number of transitions.
func (g *Graph) Transitions() int {
	n := 0
	for _, s := range g.states {
		n += len(s.branches())
	}
	return n
}

// Topic is one flow file.
type Topic struct {
	Code    bot.Topic // "main" for the way in
	Initial bot.StateID
	Images  bool // speaks of pictures: the lint for SG05 looks at it
	// Never are roles nobody is sent to by a promise: whoever confesses is not
	// shown the police because nobody else answers.
	Never []bot.Role
	File  string
	Line  int
}

// State is a question, a card, an outcome or a point that is passed through.
type State struct {
	ID    bot.StateID
	Topic bot.Topic
	File  string
	Line  int

	Only      *Cond       // asked only of these; others go to Otherwise
	Otherwise bot.StateID // set exactly when Only is
	Always    []Branch    // passed through: first branch that holds

	On   []On     // the answers, in order
	Skip *On      // "I don't know"
	Pick bot.Role // the answers are the places of this role; On holds where any of them leads

	Contact []Turn // one line of contact shown with the question
	Card    bool   // shows steps and numbers as a danger card
	Final   bool   // an outcome: the result of a topic
	Mode    Mode   // which ways of contact stand first
	As      bot.Topic
	Steps   []Step
	TurnTo  []Turn

	otherwise []Branch // one to Otherwise, when Only is set
	enter     arrivals // of those who pass through
}

// Mode is the way somebody wants to reach a place.
type Mode string

// Written puts chat, e-mail and silent ways first.
const Written Mode = "written"

// On is one answer and where it leads.
type On struct {
	Code     bot.Code
	When     *Cond // offered only then
	First    *Cond // moved to the front then
	Set      bot.Asker
	Branches []Branch
	Line     int

	rests arrivals
}

// Branch leads to Target when When holds (nil: always).
type Branch struct {
	When   *Cond
	Target bot.StateID
	Line   int
	event  string // its name in a trace
}

// Step is one thing to do; its sentence has the key step.<ID>.
type Step struct {
	ID   string
	When *Cond
	Role bot.Role // the place this step speaks of
	// With leaves the step out where the country has nobody of this role for
	// the person.
	With bot.Role
	// Optional steps give way when a result would have too many.
	Optional bool
	Line     int
}

// Turn is a role to turn to, in the order of the outcome.
type Turn struct {
	Role bot.Role
	When *Cond
	All  bool // every place of the role stands among the first
	// Optional roles are filled where a country has them.
	Optional bool
	Line     int
}

// Position is where somebody stands: the asker, the state, the answers.
type Position struct {
	bot.Asker
	State   bot.StateID
	Answers []bot.Answer
}

// Spot returns the position's state and answers as a fresh spot.
func (p Position) Spot() bot.Spot { return bot.Spot{State: p.State, Answers: p.Answers} }

// Answer returns the code given in a state, or "".
func (p *Position) Answer(id bot.StateID) bot.Code {
	for i := len(p.Answers) - 1; i >= 0; i-- {
		if p.Answers[i].State == id {
			return p.Answers[i].Code
		}
	}
	return ""
}

// State returns a state, or nil when the graph has none of that name.
func (g *Graph) State(id bot.StateID) *State { return g.states[id] }

// States returns all states in the order of the files.
func (g *Graph) States() []*State {
	out := make([]*State, len(g.order))
	for i, id := range g.order {
		out[i] = g.states[id]
	}
	return out
}

// Topic returns a topic's file, or nil when it has no content.
func (g *Graph) Topic(code bot.Topic) *Topic { return g.topics[code] }

// Picking returns the last state that picks a place of the role, or "".
func (g *Graph) Picking(role bot.Role) bot.StateID {
	for i := len(g.order) - 1; i >= 0; i-- {
		if g.states[g.order[i]].Pick == role {
			return g.order[i]
		}
	}
	return ""
}

// TopicOf returns the topic an outcome is about: its own, or the one it stands
// in for (As).
func (s *State) TopicOf() bot.Topic {
	switch {
	case s.As != "":
		return s.As
	case s.Topic == Main:
		return "other"
	}
	return s.Topic
}

// Main is the topic code of the way in.
const Main bot.Topic = "main"

// Asks tells whether the state waits for an answer (one picked or one of On).
func (s *State) Asks() bool { return len(s.On) > 0 }

// Offered returns the answers shown to somebody at this position, in order.
func (s *State) Offered(p *Position) []*On {
	if s.Pick != "" {
		return nil
	}
	out := make([]*On, 0, len(s.On))
	front := 0
	for i := range s.On {
		on := &s.On[i]
		if !on.When.Holds(p) {
			continue
		}
		if on.First != nil && on.First.Holds(p) {
			out = slices.Insert(out, front, on)
			front++
			continue
		}
		out = append(out, on)
	}
	return out
}

// Events returns the names of the state's transitions, as a trace tells them.
func (s *State) Events() []string {
	var out []string
	for _, b := range s.branches() {
		out = append(out, b.event)
	}
	return out
}
