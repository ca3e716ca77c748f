package screen

import (
	"slices"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

// behind draws the screens behind a result's buttons.
func (p *painter) behind() {
	switch p.d.View {
	case bot.ViewPlaces:
		p.firstPlaces()
		p.stepsAgain = stepwise(p.d.Asker)
		p.actions()
		return
	case bot.ViewCall:
		p.call()
	case bot.ViewSilent:
		p.silent()
	case bot.ViewNobody:
		p.nobody()
	case bot.ViewAfraid:
		p.afraid()
	case bot.ViewMore:
		p.more()
	case bot.ViewOptions:
		p.options()
	case bot.ViewWhy:
		p.why()
	case bot.ViewKeep:
		p.keep()
	case bot.ViewBank:
		p.banks()
	case bot.ViewRegion:
		p.regions()
	default: // a view of an older book
		p.main()
		return
	}
	p.leadsBack = true
}

// about returns the place the view speaks of: the chosen one, or the first one
// to call.
func (p *painter) about() *advice.Place {
	r := p.advice()
	for i := range r.Places {
		if p.d.Place != "" && r.Places[i].ID == p.d.Place {
			return &r.Places[i]
		}
	}
	return p.listener()
}

// call: what happens when I call, and what to say first.
func (p *painter) call() {
	pl := p.about()
	if pl == nil {
		return
	}
	p.title(p.say("call.title"))
	p.contacts([]advice.Place{*pl}, 1)
	if lines := p.callLines(pl); len(lines) > 0 {
		p.text(strings.Join(lines, " "))
	} else {
		p.text(p.say("call.unknown"))
		p.text(p.say("role.default.call"))
	}
	p.flush()
	if ready := p.ready(pl); ready != "" {
		p.text(p.say("call.ready") + " " + ready)
	}
	p.text(p.say("call.say"))
	p.quote()
	for _, other := range p.advice().Places[:p.advice().Shown] {
		if other.ID != pl.ID && other.Phone() != nil {
			p.choose(bot.ActionPrefix+string(bot.ViewCall)+":"+string(other.ID), button(p.called(other.Place)))
		}
	}
}

func (p *painter) codes(prefix string, codes []string) []string {
	var out []string
	for _, c := range codes {
		if s := p.say(prefix + c); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ready is what to have at hand: the topic's own list, or else the place's.
func (p *painter) ready(pl *advice.Place) string {
	if own := p.maybe("ready." + string(p.state.Topic)); own != "" {
		return own
	}
	return strings.Join(p.codes("place.ready.", pl.HaveReady), ", ")
}

// callLines tell what happens on a call; what concerns people under 18 is told
// to them and to those who ask for a child.
func (p *painter) callLines(pl *advice.Place) []string {
	codes := pl.Call
	switch p.d.Audience {
	case bot.Child, bot.YoungPerson, bot.Parent, bot.Teacher, bot.Unknown, "":
		codes = append(slices.Clip(codes), pl.CallMinors...)
	}
	return p.codes("place.call.", codes)
}

func (p *painter) quote() {
	s := p.maybe("say." + string(p.state.Topic))
	if s == "" {
		s = p.say("say.other")
	}
	p.add(bot.Block{Kind: bot.BlockQuote, Text: s})
}

// silent: ways in writing, those that answer now first.
func (p *painter) silent() {
	p.title(p.say("silent.title"))
	r := p.advice()
	var list []advice.Place
	live := false
	for _, pl := range r.Places {
		if c := written(pl); c != nil && len(list) < PerPage {
			list = append(list, pl)
			live = live || (c.IsOpen() && c.Type.Live())
		}
	}
	var after bot.Bubble
	if !live {
		after.Blocks = append(after.Blocks, bot.Block{Text: p.say("silent.none")})
		if name, at := nextWritten(r); name != "" {
			after.Blocks = append(after.Blocks, bot.Block{Text: p.say("result.next_line", "name", name, "when", p.when(at))})
		}
	}
	if len(list) > 0 {
		p.text(p.say("silent.text"))
		p.fitting(list, after.Size(), p.writtenPlace)
	}
	p.add(after.Blocks...)
}

// nobody: the next places after the one that was called, those that answer now
// first.
func (p *painter) nobody() {
	p.title(p.say("nobody.title"))
	r, called := p.advice(), p.about()
	if n := p.emergency(r); n != "" && r.Places[0].Role == bot.RoleEmergency { // nothing to try again in ten minutes
		p.text(p.say("nobody.urgent", "number", n))
	} else {
		p.text(p.say("nobody.normal"))
	}
	var now, later, others []advice.Place
	for i := range r.Places {
		switch pl := &r.Places[i]; {
		case pl == called:
		case pl.Phone() == nil || pl.Role == bot.RoleBank:
			others = append(others, *pl)
		case pl.Answers:
			now = append(now, *pl)
		default:
			later = append(later, *pl)
		}
	}
	next := append(now, later...)
	if len(next) == 0 && called != nil { // nobody else to call: try there again
		next = append([]advice.Place{*called}, others...)
	}
	p.contacts(next, PerPage)
	if n := p.emergency(r); n != "" {
		p.text(p.say("nobody.danger", "number", n))
	}
	p.action(bot.ViewSilent)
	if p.hasMore() {
		p.action(bot.ViewMore)
	}
}

// afraid: what happens, what they will not do, a sentence to read out.
func (p *painter) afraid() {
	p.title(p.say("afraid.title"))
	p.text(p.say("afraid.text"))
	if pl := p.listener(); pl != nil && pl.Roles[0] != bot.RoleEmergency {
		p.contacts([]advice.Place{*pl}, 1)
		lines := append(p.callLines(pl), p.wont(pl))
		p.text(strings.Join(lines, " "))
	}
	p.text(p.say("afraid.say"))
	p.quote()
	p.action(bot.ViewCall)
	p.action(bot.ViewSilent)
}

// listener is the first place to call where one may hang up at any time: no
// number that is only for emergencies, no line for women only.
func (p *painter) listener() *advice.Place {
	phones := p.phones()
	for _, pl := range phones {
		if pl.Roles[0] != bot.RoleEmergency && !pl.WomenOnly {
			return pl
		}
	}
	if len(phones) > 0 {
		return phones[0]
	}
	return nil
}

func (p *painter) wont(pl *advice.Place) string {
	for _, r := range pl.Roles {
		if s := p.maybe("role." + string(r) + ".wont"); s != "" {
			return s
		}
	}
	return p.say("role.default.wont")
}

// more: every further place, page by page.
func (p *painter) more() {
	r := p.advice()
	rest := r.Places[r.Shown:]
	from := min(min(p.d.N, len(rest))*PerPage, len(rest))
	to := min(from+PerPage, len(rest))
	p.title(p.say("result.all_places"))
	p.text(p.say("result.more_text")) // before any name, for the lock screen (PR08)
	p.places(rest[from:to])
	if to < len(rest) {
		p.choose(bot.ActionPrefix+"next", p.say("action.next_places"))
	}
}

// options are the actions that did not fit the first screen.
func (p *painter) options() {
	p.text(p.say("action.options"))
	if p.hasMore() {
		p.action(bot.ViewMore)
	}
	p.action(bot.ViewWhy)
	p.action(bot.ViewKeep)
	if p.hasBank() {
		p.action(bot.ViewBank)
	}
	if len(p.parts()) > 0 {
		p.action(bot.ViewRegion)
	}
	p.choose(bot.CmdErase, p.say("action.erase"))
}

func (p *painter) hasBank() bool {
	for _, pl := range p.advice().Places {
		if pl.Role == bot.RoleBank {
			return len(advice.Pickable(p.book, p.d.Asker, bot.RoleBank)) > 0
		}
	}
	return false
}

// why explains the order by the data that made it.
func (p *painter) why() {
	p.title(p.say("why.title"))
	p.text(p.say("why.order"))
	r := p.advice()
	for _, pl := range r.Places[:r.Shown] {
		reasons := []string{p.say("why.role")}
		for _, code := range pl.Reasons {
			if s := p.say("why." + code); s != "" {
				reasons = append(reasons, s)
			}
		}
		p.add(bot.Block{Kind: bot.BlockPlace, Text: p.say("why.line", "name", p.called(pl.Place), "reasons", strings.Join(reasons, ", ")),
			Lines: []bot.Line{{Text: p.checked(pl.Place)}}})
	}
}

// keep is plain text that gives nothing away.
func (p *painter) keep() {
	p.title(p.say("keep.title"))
	r := p.advice()
	for _, pl := range r.Places[:r.Shown] {
		b := bot.Block{Kind: bot.BlockPlace, Text: p.called(pl.Place)}
		for _, c := range p.ways(pl) {
			b.Lines = append(b.Lines, p.address(c))
		}
		p.add(b)
	}
	p.flush()
	p.text(p.say("keep.hint"))
}

func (p *painter) banks() {
	p.text(p.say("bank.pick"))
	for _, pl := range advice.Pickable(p.book, p.d.Asker, bot.RoleBank) {
		p.choose(bot.ActionPrefix+string(bot.ViewBank)+":"+string(pl.ID), shortName(pl))
	}
}

// NoRegion is the code that forgets a region.
const NoRegion bot.Region = "none"

// parts are the regions with a place of their own for this outcome.
func (p *painter) parts() []bot.Region {
	return advice.Regions(p.book, advice.Query{Asker: p.d.Asker, Spot: p.d.Spot, Now: p.now})
}

// regions: help closer by, asked only where there is some.
func (p *painter) regions() {
	p.text(p.say("region.pick"))
	names := p.book.Places.Pack(p.d.Country).Regions
	parts := p.parts()
	for _, r := range parts[:min(len(parts), bot.MaxChoices-1)] {
		p.choose(bot.ActionPrefix+string(bot.ViewRegion)+":"+string(r), button(names[r][p.d.Lang]))
	}
	if p.d.Region != "" {
		p.choose(bot.ActionPrefix+string(bot.ViewRegion)+":"+string(NoRegion), p.say("region.none"))
	}
}
