package screen

import (
	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
)

// question draws a question with what stands above it: the welcome on the
// first screens, a line of contact, a lead.
func (p *painter) question() {
	if len(p.d.Answers) == 0 && p.state.Topic == flow.Main && (p.state.ID == p.book.Flow.Initial || p.state.ID == "main.start") {
		p.text(p.say("main.start.intro"))
		p.text(p.say("door." + string(p.d.Door) + ".note"))
	}
	if p.state.ID == "main.start" {
		p.text(p.say("ui.you_are_in", "country", p.country()))
	}
	p.text(p.say(p.key("say")))
	if list := advice.Contact(p.book, p.query(false)); len(list) > 0 {
		n, head := 1, "result.talk_now"
		if list[0].Role == bot.RoleBank {
			n, head = 2, "result.call_now"
		}
		p.text(p.say(head))
		p.contacts(list, n)
	}
	p.flushUnlessShort()
	p.text(p.say(p.key("ask")))
	p.answers()
}

// flushUnlessShort keeps a short lead and its question in one bubble.
func (p *painter) flushUnlessShort() {
	n := 0
	for _, b := range p.cur.Blocks {
		n += len([]rune(b.Text))
	}
	if n > 160 {
		p.flush()
	}
}

func (p *painter) answers() {
	if p.state.Pick != "" {
		for _, pl := range advice.Pickable(p.book, p.d.Asker, p.state.Pick) {
			p.choose(string(pl.ID), shortName(pl))
		}
		return
	}
	for _, on := range p.state.Offered(p.position()) {
		key := p.key(string(on.Code))
		label := p.say(key)
		if label == "" {
			label = p.say("action." + string(on.Code))
		}
		p.choose(string(on.Code), label)
	}
}

func shortName(pl *place.Place) string {
	if pl.Operator != "" && len([]rune(pl.Operator)) < len([]rune(pl.Name)) {
		return pl.Operator
	}
	return pl.Name
}

func (p *painter) position() *flow.Position {
	return &flow.Position{Asker: p.d.Asker, State: p.d.State, Answers: p.d.Answers}
}

func (p *painter) country() string {
	return p.book.Places.Pack(p.d.Country).Names[p.d.Lang]
}

// card draws the danger card: a calm line, the numbers, what to do, and its
// one question.
func (p *painter) card() {
	r := p.advice()
	p.text(p.say(p.key("say")))
	if len(r.Steps) > 0 {
		p.numbered(r.Steps)
	}
	p.promise(r)
	p.contacts(r.Places, r.Shown)
	p.flush()
	if p.state.Asks() {
		p.text(p.say(p.key("ask")))
	}
	p.answers()
}
