package flow

import (
	"maps"
	"slices"

	"wheretoturn/bot"
)

// resolve proves what can be proved of the graph alone: every name leads
// somewhere, every state can be reached and left. That nobody is led in a
// circle depends on conditions, so the walk over all paths proves it.
func (c *compiler) resolve() {
	g := c.graph
	if g.states[g.Initial] == nil {
		c.add("flows/main.yaml", 1, "no-initial", "initial state %q does not exist", g.Initial)
		return
	}
	for _, code := range slices.Sorted(maps.Keys(g.topics)) {
		if t := g.topics[code]; g.states[t.Initial] == nil {
			c.add(t.File, t.Line, "no-initial", "initial state %q does not exist", t.Initial)
		}
	}
	if g.states[g.Danger] == nil {
		c.add("flows/topics/danger-now.yaml", 0, "no-danger", "there must be a danger card")
	}
	for _, id := range g.order {
		c.state(g.states[id])
	}
	c.reachable()
}

func (c *compiler) state(s *State) {
	c.targets(s)
	c.conditions(s)
	switch {
	case len(s.Always) > 0 && (s.Asks() || s.Final):
		c.add(s.File, s.Line, "mixed-state", "state %s both passes through and asks", s.ID)
	case len(s.Always) == 0 && !s.Asks() && !s.Final:
		c.add(s.File, s.Line, "no-way-out", "state %s has no answer, no way on and is not final", s.ID)
	case s.Asks() && !s.Final && !s.Card && s.Skip == nil:
		c.add(s.File, s.Line, "no-skip", "question %s cannot be skipped (SG10)", s.ID)
	}
	if s.Final && len(s.TurnTo) == 0 {
		c.add(s.File, s.Line, "no-places", "outcome %s turns to nobody", s.ID)
	}
	// A step may stand twice under two conditions, not beside one for everybody.
	seen, always := map[string]bool{}, map[string]bool{}
	for _, st := range s.Steps {
		if always[st.ID] || (st.When == nil && seen[st.ID]) {
			c.add(s.File, st.Line, "duplicate-step", "step %s stands twice in %s", st.ID, s.ID)
		}
		seen[st.ID] = true
		always[st.ID] = always[st.ID] || st.When == nil
	}
}

func (c *compiler) targets(s *State) {
	for _, on := range s.answers() {
		if len(on.Branches) == 0 {
			c.add(s.File, on.Line, "no-target", "answer %s of %s leads nowhere", on.Code, s.ID)
		}
		c.branches(s, on.Branches)
	}
	if s.Skip != nil && (s.Skip.When != nil || s.Skip.First != nil) {
		c.add(s.File, s.Skip.Line, "skip-condition", "state %s: anybody can skip, and the button has its place", s.ID)
	}
	c.branches(s, s.Always)
	c.branches(s, s.otherwise)
}

// branches proves that a list leads everybody somewhere, and past none in vain.
func (c *compiler) branches(s *State, list []Branch) {
	for i, b := range list {
		last := i == len(list)-1
		switch {
		case c.graph.states[b.Target] == nil:
			c.add(s.File, b.Line, "dangling-target", "state %s leads to %q, which does not exist", s.ID, b.Target)
		case b.When == nil && !last:
			c.add(s.File, b.Line, "dead-branch", "state %s: branches after one without a condition", s.ID)
		case b.When != nil && last:
			c.add(s.File, b.Line, "no-default", "state %s: the last branch must have no condition", s.ID)
		}
	}
}

// conditions proves that every answer a condition speaks of can be given.
func (c *compiler) conditions(s *State) {
	for _, cond := range s.conds() {
		for _, a := range cond.Answers {
			asked := c.graph.states[a.State]
			if asked == nil {
				c.add(s.File, a.Line, "unknown-answer", "condition on %q, which does not exist", a.State)
				continue
			}
			for _, code := range a.Codes {
				if code != None && !asked.canAnswer(code) {
					c.add(s.File, a.Line, "unknown-answer", "%s has no answer %q", a.State, code)
				}
			}
		}
	}
}

func (s *State) canAnswer(code bot.Code) bool {
	if s.Pick != "" {
		return true
	}
	return slices.ContainsFunc(s.On, func(on On) bool { return on.Code == code })
}

func (s *State) conds() []*Cond {
	var out []*Cond
	add := func(c *Cond) {
		if c != nil {
			out = append(out, c)
		}
	}
	add(s.Only)
	for _, b := range s.branches() {
		add(b.When)
	}
	for i := range s.On {
		add(s.On[i].When)
		add(s.On[i].First)
	}
	for _, st := range s.Steps {
		add(st.When)
	}
	for _, t := range append(slices.Clone(s.TurnTo), s.Contact...) {
		add(t.When)
	}
	return out
}

func (c *compiler) reachable() {
	seen := map[bot.StateID]bool{}
	stack := []bot.StateID{c.graph.Initial, c.graph.Danger}
	for len(stack) > 0 {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		s := c.graph.states[id]
		if s == nil || seen[id] {
			continue
		}
		seen[id] = true
		for _, b := range s.branches() {
			stack = append(stack, b.Target)
		}
	}
	for _, id := range c.graph.order {
		if s := c.graph.states[id]; !seen[id] {
			c.add(s.File, s.Line, "unreachable", "nothing leads to state %s", id)
		}
	}
}
