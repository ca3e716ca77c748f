package flow

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/looplab/fsm"

	"wheretoturn/bot"
)

// Names of transitions that are nobody's answer.
const (
	otherwiseEvent = "otherwise"
	pickEvent      = "pick"
	enterEvent     = "(enter)"
)

// arrivals names the event that ends in each state where a step can come to
// rest: "under-15>main.group".
type arrivals map[bot.StateID]string

// machines is a pool of finite state machines over the compiled transitions.
// One machine costs some 100 µs to build and 0.7 µs to use, so each is set to
// the state at hand and put back. A machine whose Event panicked or failed in
// an unknown way is dropped: looplab/fsm wedges after both (its #115).
type machines struct {
	pool *sync.Pool
}

// newMachines compiles all transitions. A whole step is one of them, from the
// question to where it comes to rest, because a transition costs more than all
// the conditions on the way. looplab/fsm silently replaces a repeated (event,
// source) pair, so repeats are refused here.
func newMachines(g *Graph) (machines, error) {
	var events fsm.Events
	seen := map[[2]string]bool{}
	compile := func(s *State, name string, targets []Branch) (arrivals, error) {
		out := arrivals{}
		for _, rest := range g.rests(targets) {
			event := name + ">" + string(rest)
			key := [2]string{event, string(s.ID)}
			if seen[key] {
				return nil, fmt.Errorf("flow: compile: %s in %s twice", event, s.ID)
			}
			seen[key] = true
			out[rest] = event
			events = append(events, fsm.EventDesc{Name: event, Src: []string{string(s.ID)}, Dst: string(rest)})
		}
		return out, nil
	}
	for _, s := range g.States() {
		for _, on := range s.answers() {
			name, err := string(on.Code), error(nil)
			if s.Pick != "" && on != s.Skip {
				name = pickEvent
			}
			if on.rests, err = compile(s, name, on.Branches); err != nil {
				return machines{}, err
			}
		}
		var err error
		if s.enter, err = compile(s, enterEvent, s.passes()); err != nil {
			return machines{}, err
		}
	}
	initial := string(g.Initial)
	return machines{pool: &sync.Pool{New: func() any { return fsm.NewFSM(initial, events, nil) }}}, nil
}

// rests returns every state in which somebody led along one of the branches
// can come to rest, each once.
func (g *Graph) rests(branches []Branch) []bot.StateID {
	var out []bot.StateID
	seen := map[bot.StateID]bool{}
	queue := slices.Clone(branches)
	for len(queue) > 0 {
		s := g.states[queue[0].Target]
		queue = queue[1:]
		if seen[s.ID] {
			continue
		}
		seen[s.ID] = true
		queue = append(queue, s.passes()...)
		if len(s.Always) == 0 {
			out = append(out, s.ID)
		}
	}
	return out
}

// answers returns everything that can be answered in a state.
func (s *State) answers() []*On {
	var out []*On
	for i := range s.On {
		out = append(out, &s.On[i])
	}
	if s.Skip != nil {
		out = append(out, s.Skip)
	}
	return out
}

// passes returns the ways on for those who are not asked here.
func (s *State) passes() []Branch {
	return append(slices.Clone(s.otherwise), s.Always...)
}

// branches returns every way out of a state.
func (s *State) branches() []Branch {
	var out []Branch
	for _, on := range s.answers() {
		out = append(out, on.Branches...)
	}
	return append(append(out, s.Always...), s.otherwise...)
}

// fire executes one transition and returns the state it leads to.
func (m machines) fire(from bot.StateID, event string) (bot.StateID, error) {
	f := m.pool.Get().(*fsm.FSM)
	f.SetState(string(from))
	err := f.Event(context.Background(), event)
	if same, ok := err.(fsm.NoTransitionError); ok {
		err = same.Err // a self loop is fine unless it wraps an error (#110)
	}
	if err != nil {
		return from, fmt.Errorf("%w: %s in %s: %w", ErrNoAnswer, event, from, err)
	}
	next := bot.StateID(f.Current())
	m.pool.Put(f)
	return next, nil
}
