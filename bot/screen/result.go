package screen

import (
	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

// steps draws "what to do now" as one list.
func (p *painter) steps() {
	p.title(p.say("result.steps"))
	p.numbered(p.advice().Steps)
}

func (p *painter) numbered(steps []advice.Step) {
	for i, s := range steps {
		p.add(bot.Block{Kind: bot.BlockStep, Number: i + 1, Text: p.step(s)})
	}
}

func (p *painter) step(s advice.Step) string {
	text, _ := p.book.Phrases.Say(p.d.Asker, "step."+s.ID, s.Data)
	return text
}

// oneStep draws one step a screen, with the number it speaks of beneath it.
func (p *painter) oneStep() {
	r := p.advice()
	if p.d.N >= len(r.Steps) {
		p.firstPlaces()
		p.actions()
		return
	}
	s := r.Steps[p.d.N]
	p.title(p.say("result.steps"))
	p.text(p.say("result.step_n", "n", itoa(p.d.N+1), "of", itoa(len(r.Steps))))
	p.text(p.step(s))
	if s.Role != "" {
		p.contacts(withRole(r.Places, s.Role), 1)
	}
	p.choose("*next", p.say("result.done_next"))
	p.choose("*"+string(bot.ViewPlaces), p.say("result.contacts_now"))
}

func withRole(list []advice.Place, role bot.Role) []advice.Place {
	for _, pl := range list {
		if pl.Is(role) {
			return []advice.Place{pl}
		}
	}
	return nil
}

// firstPlaces draws "where to turn".
func (p *painter) firstPlaces() {
	r := p.advice()
	p.title(p.say("result.places"))
	p.promise(r)
	p.places(r.Places[:r.Shown])
	if r.Partial {
		p.text(p.say("result.partial"))
	}
}

// promise says honestly when nobody answers now, and what is next.
func (p *painter) promise(r *advice.Result) {
	if !r.NoLine {
		return
	}
	p.text(p.say("result.no_line_open"))
	if r.Next != nil {
		p.text(p.say("result.next_line", "name", r.Next.Place.Name, "when", p.when(r.Next.At)))
	}
	if n := p.emergency(r); n != "" {
		p.text(p.say("result.in_danger", "number", n))
	}
}

func (p *painter) emergency(r *advice.Result) string {
	if r.Emergency == nil {
		return ""
	}
	return r.Emergency.Phone().Value
}

// actions are the doors behind a result. A minor gets the way out of an unsafe
// home on the first screen; "more places" then stands among the options.
func (p *painter) actions() {
	calls := len(p.phones()) > 0
	if calls {
		p.action(bot.ViewCall)
	}
	p.action(bot.ViewSilent)
	if calls {
		p.action(bot.ViewNobody)
		p.action(bot.ViewAfraid)
	}
	before := len(p.msg.Choices)
	p.answers()
	if len(p.msg.Choices) == before && p.hasMore() {
		p.action(bot.ViewMore)
	}
	p.action(bot.ViewOptions)
}

// phones are the places of the result one can call, the shown ones first.
func (p *painter) phones() []*advice.Place {
	var out []*advice.Place
	for i := range p.advice().Places {
		if pl := &p.advice().Places[i]; pl.Phone() != nil {
			out = append(out, pl)
		}
	}
	return out
}

func (p *painter) action(v bot.View) {
	p.choose(bot.ActionPrefix+string(v), p.say("action."+string(v)))
}

func (p *painter) hasMore() bool { return len(p.advice().Places) > p.advice().Shown }
