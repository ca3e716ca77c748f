package flow

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/looplab/fsm"

	"wheretoturn/bot"
)

const otherwiseEvent = "otherwise"

// machines is a pool of finite state machines over the compiled transitions.
// One machine costs some 100 µs to build and 0.4 µs to use, so each is set to
// the state at hand and put back. A machine whose Event panicked or failed in
// an unknown way is dropped: looplab/fsm wedges after both (its #115).
type machines struct {
	pool *sync.Pool
}

// newMachines compiles all transitions. looplab/fsm silently replaces a
// repeated (event, source) pair, so the compiler names every branch apart and
// refuses repeats here.
func newMachines(states []*State) (machines, error) {
	var events fsm.Events
	seen := map[[2]string]bool{}
	add := func(from bot.StateID, event string, to bot.StateID) error {
		key := [2]string{event, string(from)}
		if seen[key] {
			return fmt.Errorf("flow: compile: %s in %s twice", event, from)
		}
		seen[key] = true
		events = append(events, fsm.EventDesc{Name: event, Src: []string{string(from)}, Dst: string(to)})
		return nil
	}
	for _, s := range states {
		for _, b := range s.branches() {
			if err := add(s.ID, b.event, b.Target); err != nil {
				return machines{}, err
			}
		}
	}
	return machines{pool: &sync.Pool{New: func() any {
		return fsm.NewFSM(string(states[0].ID), events, fsm.Callbacks{})
	}}}, nil
}

// branches returns every way out of a state.
func (s *State) branches() []Branch {
	var out []Branch
	for i := range s.On {
		out = append(out, s.On[i].Branches...)
	}
	if s.Skip != nil {
		out = append(out, s.Skip.Branches...)
	}
	out = append(out, s.Always...)
	if s.Only != nil {
		out = append(out, s.otherwise()...)
	}
	return out
}

// fire executes one transition and returns the state it leads to.
func (m machines) fire(from bot.StateID, event string) (bot.StateID, error) {
	f := m.pool.Get().(*fsm.FSM)
	f.SetState(string(from))
	err := f.Event(context.Background(), event)
	var same fsm.NoTransitionError
	if errors.As(err, &same) {
		err = same.Err // a self loop is fine unless it wraps an error (#110)
	}
	if err != nil {
		return from, fmt.Errorf("%w: %s in %s: %w", ErrNoAnswer, event, from, err)
	}
	next := bot.StateID(f.Current())
	m.pool.Put(f)
	return next, nil
}
