package flow

import (
	"errors"

	"wheretoturn/bot"
)

// MaxPasses is how many states one step may pass through; with one more the
// graph is taken for circular. The checker proves that no path needs more than
// four.
const MaxPasses = 16

// Why a step did not move. Each is data for the caller, who still helps.
var (
	ErrNoState  = errors.New("flow: no such state")
	ErrNoAnswer = errors.New("flow: no such answer here")
	ErrLoop     = errors.New("flow: passes in a circle")
)

// Start returns the first position for an asker: language and perhaps country
// are known, nothing else.
func (g *Graph) Start(a bot.Asker) (Position, error) {
	return g.Enter(Position{Asker: a}, g.Initial)
}

// Enter moves a position to a state and on through everything that is passed
// without asking. The answers stay.
func (g *Graph) Enter(p Position, id bot.StateID) (Position, error) {
	p.State = id
	if err := g.settle(&p); err != nil {
		return p, err
	}
	if p.State == id {
		return p, nil
	}
	var err error
	p.State, err = g.pool.fire(id, g.states[id].enter[p.State])
	return p, err
}

// Step answers the question at p with code (bot.Skipped for "I don't know").
// The given position is not changed; its answers are copied. In a state with
// Pick any code is taken: the caller knows the places. Errors are ErrNoState,
// ErrNoAnswer and ErrLoop, with p returned as it was.
func (g *Graph) Step(p Position, code bot.Code) (Position, error) {
	s := g.states[p.State]
	if s == nil {
		return p, ErrNoState
	}
	on := s.answer(&p, code)
	if on == nil {
		return p, ErrNoAnswer
	}
	next := p
	next.Answers = make([]bot.Answer, len(p.Answers), len(p.Answers)+2)
	copy(next.Answers, p.Answers)
	next.Answers = append(next.Answers, bot.Answer{State: p.State, Code: code})
	apply(&next.Asker, on.Set)
	if err := g.take(&next, on.Branches); err != nil {
		return p, err
	}
	if err := g.settle(&next); err != nil {
		return p, err
	}
	var err error
	if next.State, err = g.pool.fire(p.State, on.rests[next.State]); err != nil {
		return p, err
	}
	return next, nil
}

// answer finds what code means in s for somebody at p; nil when it is not
// offered.
func (s *State) answer(p *Position, code bot.Code) *On {
	if code == bot.Skipped {
		return s.Skip
	}
	if s.Pick != "" {
		if len(s.On) == 1 && code != "" {
			return &s.On[0]
		}
		return nil
	}
	for i := range s.On {
		if s.On[i].Code == code && s.On[i].When.Holds(p) {
			return &s.On[i]
		}
	}
	return nil
}

func apply(a *bot.Asker, set bot.Asker) {
	if set.Country != "" {
		a.Country = set.Country
	}
	if set.Audience != "" {
		a.Audience = set.Audience
	}
	if set.Age != "" {
		a.Age = set.Age
	}
}

// settle finds where p comes to rest: it passes through states that do not ask
// this person. The machine then executes the way as one transition.
func (g *Graph) settle(p *Position) error {
	for range MaxPasses + 1 {
		s := g.states[p.State]
		if s == nil {
			return ErrNoState
		}
		var err error
		switch {
		case s.Only != nil && !s.Only.Holds(p):
			err = g.take(p, s.otherwise)
		case len(s.Always) > 0:
			err = g.take(p, s.Always)
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ErrLoop
}

// take follows the first branch that holds.
func (g *Graph) take(p *Position, branches []Branch) error {
	for i := range branches {
		b := &branches[i]
		if !b.When.Holds(p) {
			continue
		}
		if g.trace != nil {
			g.trace(p.State, b.event)
		}
		p.State = b.Target
		return nil
	}
	return ErrNoAnswer
}
