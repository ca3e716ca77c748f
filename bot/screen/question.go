package screen

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
)

// question draws a question with what stands above it: the welcome on the
// first screens, a line of contact, a lead.
func (p *painter) question() {
	if len(p.d.Answers) == 0 && len(p.d.Notes) == 0 && p.state.Topic == flow.Main && (p.state.ID == p.book.Flow.Initial || p.state.ID == "main.start") {
		p.text(p.say("main.start.intro"))
		p.text(p.maybe("door." + string(p.d.Door) + ".note"))
	}
	if p.state.ID == "main.start" {
		p.text(p.say("ui.you_are_in", "country", p.country()))
	}
	p.text(p.maybe(p.key("say")))
	if list := advice.Contact(p.book, p.query(false)); len(list) > 0 {
		n, head := 1, "result.talk_now"
		if list[0].Role == bot.RoleBank {
			list = onePerRole(list)
			n, head = len(list), "result.call_now"
		}
		p.text(p.say(head))
		p.contacts(list, n)
	}
	p.flushUnlessShort()
	p.text(p.say(p.key("ask")))
	p.answers()
}

// onePerRole keeps the best place of each role: the bank and the police.
func onePerRole(list []advice.Place) []advice.Place {
	var out []advice.Place
	for _, pl := range list {
		if !slices.ContainsFunc(out, func(x advice.Place) bool { return x.Role == pl.Role }) {
			out = append(out, pl)
		}
	}
	return out
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
		if p.state.Final && !p.state.Card {
			key = "action." + string(on.Code) // the same door behind every result
		}
		p.choose(string(on.Code), p.say(key))
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
	p.text(p.maybe(p.key("say")))
	if len(r.Steps) > 0 {
		p.numbered(r.Steps)
	}
	if r.Written {
		p.inWriting(r)
	} else {
		p.numbers(r)
	}
	p.flush()
	if p.state.ID == p.book.Flow.Danger {
		p.text(p.say(p.key("ask")))
	}
	p.answers()
}

// numbers draws the places of a card, and an emergency number with them in any
// case: "call the police" needs one also where no police are listed.
func (p *painter) numbers(r *advice.Result) {
	shown := r.Places[:r.Shown]
	p.contacts(shown, len(shown))
	if r.Emergency != nil && !slices.ContainsFunc(shown, func(pl advice.Place) bool { return pl.Is(bot.RoleEmergency) }) {
		p.contacts([]advice.Place{{Match: *r.Emergency}}, 1)
	}
}

// inWriting draws the ways to get help without speaking; where nobody answers
// in writing it says so, and gives the emergency number all the same.
func (p *painter) inWriting(r *advice.Result) {
	live := false
	for _, pl := range r.Places {
		c := written(pl)
		if c == nil || len(p.cur.Blocks) >= maxWritten {
			continue
		}
		block := p.writtenPlace(pl, 2)
		if p.cur.Size()+(bot.Bubble{Blocks: []bot.Block{block}}).Size() > bot.MaxBubble-2*reserve {
			continue // the sentences after it must fit, too
		}
		p.add(block)
		live = live || (c.IsOpen() && c.Type.Live())
	}
	if !live {
		p.text(p.say("silent.none"))
	}
	if n := p.emergency(r); n != "" {
		p.text(p.say("result.in_danger", "number", n))
	}
}

// maxWritten is how many blocks a card in writing holds, its steps among them.
const maxWritten = 6
