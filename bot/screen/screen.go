// Package screen draws a delivery: codes in, finished sentences and choices
// out. Every door shows what is drawn here, so that the same input in the same
// state gives the same words everywhere; typography is the door's.
//
// It is pure: book, delivery and time in, bot.Message out. It is called when a
// screen is sent, not when it is decided, so that "open now" is true.
//
// Start reading at Draw.
package screen

import (
	"slices"
	"strconv"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
)

// PerPage is how many places a page of "more places" holds.
const PerPage = 3

// Draw returns the message for a delivery at a time. It never fails: a missing
// sentence is left out (the checker proves there is none), a state that is gone,
// or that nobody stops at any more, is drawn as the list of contacts.
func Draw(b *book.Book, d bot.Delivery, now time.Time) bot.Message {
	p := &painter{book: b, d: d, now: now, state: b.Flow.State(d.State)}
	p.msg.Lang = d.Lang
	p.d.N = max(d.N, 0)
	if p.state == nil || !(p.state.Asks() || p.state.Final || p.state.Card) {
		p.state = b.Flow.State("other.contacts")
		p.d.State = p.state.ID
		if !d.View.Covers() {
			p.d.View = bot.ViewPlaces
		}
	}
	p.notes()
	p.view()
	p.nav()
	p.flush()
	p.fit()
	return p.msg
}

type painter struct {
	book   *book.Book
	d      bot.Delivery
	now    time.Time
	state  *flow.State
	result *advice.Result
	cur    bot.Bubble
	msg    bot.Message
	noted  int // blocks of notes above the screen
	// leadsBack is set on the screens behind a result's buttons.
	leadsBack bool
	// stepsAgain is set where those who do the steps one by one have left them.
	stepsAgain bool
}

func (p *painter) view() {
	switch p.d.View {
	case bot.ViewLanguage:
		p.languages()
	case bot.ViewCountry:
		p.countries()
	case bot.ViewErase:
		p.confirmErase()
	case bot.ViewHidden:
		p.text(p.say("talk.hidden"))
	case bot.ViewMain:
		p.main()
	default:
		if p.state.Final && !p.state.Card {
			p.behind()
			return
		}
		p.main()
	}
}

func (p *painter) main() {
	switch {
	case p.state.Card:
		p.card()
	case p.state.Final && stepwise(p.d.Asker):
		p.oneStep()
	case p.state.Final:
		p.steps()
		p.flush()
		p.firstPlaces()
		p.actions()
	default:
		p.question()
	}
}

// stepwise tells who gets the steps one a screen: seniors.
func stepwise(a bot.Asker) bool { return a.Audience == bot.Senior }

// say returns a sentence, or "" when there is none.
func (p *painter) say(key string, data ...string) string {
	var m map[string]string
	for i := 0; i+1 < len(data); i += 2 {
		if m == nil {
			m = make(map[string]string, len(data)/2)
		}
		m[data[i]] = data[i+1]
	}
	s, _ := p.book.Phrases.Say(p.d.Asker, key, m)
	return s
}

// maybe returns a sentence that need not exist, or "".
func (p *painter) maybe(key string) string {
	s, _ := p.book.Phrases.Maybe(p.d.Asker, key, nil)
	return s
}

func (p *painter) key(suffix string) string { return string(p.state.ID) + "." + suffix }

func (p *painter) add(blocks ...bot.Block) {
	for _, b := range blocks {
		if b.Text != "" || len(b.Lines) > 0 {
			p.cur.Blocks = append(p.cur.Blocks, b)
		}
	}
}

func (p *painter) text(s string)  { p.add(bot.Block{Kind: bot.BlockText, Text: s}) }
func (p *painter) title(s string) { p.add(bot.Block{Kind: bot.BlockTitle, Text: s}) }

// flush ends the bubble.
func (p *painter) flush() {
	if len(p.cur.Blocks) > 0 {
		p.msg.Bubbles = append(p.msg.Bubbles, p.cur)
		p.cur = bot.Bubble{}
	}
}

func (p *painter) choose(code, label string) {
	if label != "" {
		p.msg.Choices = append(p.msg.Choices, bot.Choice{Code: code, Label: label})
	}
}

func (p *painter) notes() {
	for _, n := range p.d.Notes {
		if s, ok := p.book.Phrases.Say(p.d.Asker, n.Key, n.Data); ok {
			p.text(s)
		}
		if n.Contacts {
			p.people()
		}
	}
	p.noted = len(p.cur.Blocks)
}

// fit makes room where a note and its screen are too long for one bubble: the
// lines of the note give way to those of the screen, then the note stands in a
// bubble of its own.
func (p *painter) fit() {
	if p.noted == 0 || p.msg.Bubbles[0].Size() <= bot.MaxBubble {
		return
	}
	blocks := p.msg.Bubbles[0].Blocks
	note, rest := blocks[:p.noted], blocks[p.noted:]
	for contacts := 1; contacts >= 0; contacts-- {
		note = shortened(blocks[:p.noted], contacts)
		p.msg.Bubbles[0].Blocks = append(slices.Clip(note), rest...)
		if p.msg.Bubbles[0].Size() <= bot.MaxBubble {
			return
		}
	}
	body := bot.Bubble{Blocks: slices.Clone(rest)}
	for _, b := range p.msg.Bubbles[1:] {
		body.Blocks = append(body.Blocks, b.Blocks...)
	}
	if body.Size() <= bot.MaxBubble {
		p.msg.Bubbles = []bot.Bubble{{Blocks: note}, body}
	}
}

// shortened returns the blocks of a note with no more than n contact lines.
func shortened(note []bot.Block, n int) []bot.Block {
	return slices.DeleteFunc(slices.Clone(note), func(b bot.Block) bool {
		if b.Kind == bot.BlockContact {
			n--
			return n < 0
		}
		return false
	})
}

// people draws lines where a person answers, whatever the screen; where the
// country has none, the emergency number.
func (p *painter) people() {
	q := p.query(false)
	q.State = "other.contacts"
	r := advice.For(p.book, q)
	var lines []advice.Place
	for _, pl := range r.Places {
		if pl.Phone() != nil && pl.Staffed && pl.Roles[0] != bot.RolePolice {
			lines = append(lines, pl)
		}
	}
	if len(lines) == 0 && r.Emergency != nil {
		lines = []advice.Place{{Match: *r.Emergency}}
	}
	slices.SortStableFunc(lines, func(a, b advice.Place) int {
		switch {
		case a.Answers == b.Answers:
			return 0
		case a.Answers:
			return -1
		}
		return 1
	})
	p.contacts(lines, 2)
}

// advice computes the result once a screen.
func (p *painter) advice() *advice.Result {
	if p.result == nil {
		r := advice.For(p.book, p.query(p.d.View == bot.ViewSilent))
		p.result = &r
	}
	return p.result
}

func (p *painter) query(written bool) advice.Query {
	return advice.Query{Asker: p.d.Asker, Spot: p.d.Spot, Now: p.now, Written: written}
}

func (p *painter) languages() {
	p.text(p.say("ui.choose_language"))
	for _, l := range bot.Languages {
		own, _ := p.book.Phrases.Say(bot.Asker{Lang: l}, "lang.own", nil)
		p.choose(bot.CmdLanguage+" "+string(l), own)
	}
}

func (p *painter) countries() {
	p.text(p.say("ui.choose_country"))
	// in the order of the first question, so that a number keeps its meaning
	for _, on := range p.book.Flow.State(p.book.Flow.Initial).Offered(p.position()) {
		p.choose(bot.CmdCountry+" "+string(on.Code), p.say("main.country."+string(on.Code)))
	}
}

func (p *painter) confirmErase() {
	p.text(p.say("erase.ask"))
	p.choose(bot.CmdErase+" yes", p.say("erase.yes"))
	p.choose(bot.CmdErase+" no", p.say("erase.no"))
}

// nav puts danger first on every screen, then what moves around.
func (p *painter) nav() {
	nav := func(code, key string) {
		if s := p.say(key); s != "" {
			p.msg.Nav = append(p.msg.Nav, bot.Choice{Code: code, Label: s})
		}
	}
	if p.d.View == bot.ViewHidden {
		nav(bot.CmdBack, "ui.show_again") // nothing else may show what this is
		return
	}
	asks := p.d.View == bot.ViewMain && !p.state.Final && !p.state.Card
	switch {
	case p.d.Away && p.d.View == bot.ViewMain:
		nav(bot.CmdLeave, "ui.danger_leave")
		if p.d.State != p.book.Flow.Danger {
			nav(bot.CmdDanger, "ui.danger")
		}
	default:
		nav(bot.CmdDanger, "ui.danger")
	}
	if p.leadsBack {
		nav(bot.ActionPrefix+"result", "action.result")
	}
	if p.stepsAgain {
		nav(bot.ActionPrefix+"steps", "action.steps")
	}
	if p.d.Door == "telegram" {
		nav(bot.CmdHide, "ui.hide")
	}
	if asks {
		nav(bot.CmdSkip, p.skipKey())
	}
	if p.d.State != p.book.Flow.Initial && (len(p.d.Answers) > 0 || p.d.View != bot.ViewMain) {
		nav(bot.CmdBack, "ui.back")
	}
	if asks {
		nav(bot.CmdWhy, "ui.why")
	}
	if len(p.d.Answers) > 0 {
		nav(bot.CmdRestart, "ui.restart")
	}
	nav(bot.CmdLanguage, "ui.language")
	if p.d.State != p.book.Flow.Initial {
		nav(bot.CmdCountry, "ui.country")
	}
}

func (p *painter) skipKey() string {
	if p.state.Pick == bot.RoleBank {
		return "ui.other_bank"
	}
	return "ui.skip"
}

func itoa(n int) string { return strconv.Itoa(n) }
