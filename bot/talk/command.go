package talk

import (
	"fmt"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/flow"
)

// command carries out a word that means the same on every screen.
func (c *call) command(code string) {
	word, arg, _ := strings.Cut(code, " ")
	switch word {
	case bot.CmdDanger:
		c.danger()
	case bot.CmdLeave:
		c.leave()
	case bot.CmdBack:
		c.back()
	case bot.CmdSkip:
		c.answer(bot.Skipped)
	case bot.CmdRestart:
		c.restart()
	case bot.CmdWhy:
		c.why()
	case bot.CmdLanguage:
		c.language(bot.Lang(arg))
	case bot.CmdCountry:
		c.country(bot.Country(arg))
	case bot.CmdErase:
		c.erase(arg)
	case bot.CmdPerson:
		c.note("talk.person_not_yet")
		c.notes[len(c.notes)-1].Contacts = true
	case bot.CmdExport:
		c.export()
	case bot.CmdHide:
		c.cover(bot.ViewHidden)
		c.s.Wipe = bot.WipeHide
	case bot.CmdMedia:
		c.note("talk.no_pictures")
	case bot.CmdHelp:
		c.note("talk.help")
	case bot.CmdAbout:
		c.note("about.text")
	case bot.CmdPrivacy:
		c.note("privacy.text")
	default:
		c.missed()
	}
}

// danger lays the danger card over the conversation; where one was is kept.
func (c *call) danger() {
	if c.s.Resume == nil {
		c.s.Resume = &bot.Resume{Audience: c.s.Audience, Age: c.s.Age, Spot: c.s.Spot}
	}
	c.s.Spot = bot.Spot{State: c.book.Flow.Danger, Answers: c.s.Resume.Spot.Answers}
}

// leave takes the card away again.
func (c *call) leave() {
	r := c.s.Resume
	if r == nil {
		c.note("talk.welcome_back")
		return
	}
	c.s.Spot, c.s.Audience, c.s.Age, c.s.Resume = r.Spot, r.Audience, r.Age, nil
	c.note("talk.welcome_back")
	c.settle()
}

// settle moves on from a question that is none any more: the country was told
// on the way, or it has no bank to pick from.
func (c *call) settle() {
	p := flow.Position{Asker: c.s.Asker, State: c.s.State, Answers: c.s.Answers}
	p, err := c.book.Flow.Enter(p, p.State)
	if err != nil {
		c.restart()
		c.note("talk.flow_changed")
		return
	}
	if p = advice.PassEmptyPicks(c.book, p); p.State != c.s.State {
		c.s.Spot = p.Spot()
	}
}

// back goes one screen back: out of a view, a step before, or to the question
// answered last, whose answer is forgotten with everything it set.
func (c *call) back() {
	switch {
	case c.s.View.Covers():
		c.uncover(c.s.View)
		return
	case c.s.View == bot.ViewPlaces:
		c.s.View = bot.ViewMain // at the step where they asked for the places
		return
	case c.s.View != bot.ViewMain:
		c.result()
		return
	case c.s.N > 0:
		c.s.N--
		return
	case c.s.State == c.book.Flow.Danger && c.s.Resume != nil:
		c.leave()
		return
	case len(c.s.Answers) == 0:
		c.note("talk.no_back")
		return
	}
	last := c.s.Answers[len(c.s.Answers)-1]
	c.s.Answers = c.s.Answers[:len(c.s.Answers)-1]
	c.s.State = last.State
	c.unset(last)
	if s := c.book.Flow.State(c.s.State); s != nil && s.Card && c.s.Resume == nil {
		c.replay() // the way led over the danger card: back to before it
	}
	if c.nothingToPick() && len(c.s.Answers) > 0 {
		c.back() // they were never asked this
	}
}

func (c *call) nothingToPick() bool {
	s := c.book.Flow.State(c.s.State)
	return s != nil && s.Pick != "" && len(advice.Pickable(c.book, c.s.Asker, s.Pick)) == 0
}

// cover lays a view over the screen; uncover takes it away again.
func (c *call) cover(v bot.View) {
	if !c.s.View.Covers() {
		c.s.Under = c.s.View
	}
	c.s.View = v
}

func (c *call) uncover(v bot.View) {
	if c.s.View == v && v.Covers() {
		c.s.View, c.s.Under = c.s.Under, ""
	}
}

// replay finds the question that follows the answers kept.
func (c *call) replay() {
	p, err := c.book.Flow.Start(bot.Asker{Lang: c.s.Lang, Country: c.s.Origin, Region: c.s.Region})
	for _, a := range c.s.Answers {
		if err != nil || p.State != a.State {
			break
		}
		p, err = c.book.Flow.Step(p, a.Code)
	}
	if err != nil {
		c.restart()
		return
	}
	c.s.Asker, c.s.Spot = p.Asker, p.Spot()
}

// unset forgets what an answer had told about the asker.
func (c *call) unset(a bot.Answer) {
	s := c.book.Flow.State(a.State)
	if s == nil {
		c.restart()
		c.note("talk.flow_changed")
		return
	}
	set := bot.Asker{}
	if a.Code == bot.Skipped && s.Skip != nil {
		set = s.Skip.Set
	}
	for i := range s.On {
		if s.On[i].Code == a.Code {
			set = s.On[i].Set
		}
	}
	if set.Audience != "" {
		c.s.Audience, c.s.Age = "", ""
	}
	if set.Country != "" {
		c.s.Country = c.s.Origin
	}
}

// why says why the question is asked.
func (c *call) why() {
	if s := c.book.Flow.State(c.s.State); s.Final && !s.Card {
		c.s.View, c.s.N, c.s.Place = bot.ViewWhy, 0, ""
		return
	}
	key := string(c.s.State) + ".why"
	if !c.book.Phrases.Has(c.s.Lang, c.s.Audience, key) {
		key = "talk.why_default"
	}
	c.note(key)
}

// language changes the language and keeps the place.
func (c *call) language(l bot.Lang) {
	if !known(bot.Languages, l) {
		c.cover(bot.ViewLanguage)
		return
	}
	c.s.Lang = l
	c.uncover(bot.ViewLanguage)
	c.note("talk.language_changed")
}

// country changes the country and keeps the place; a bank picked in the other
// country is forgotten. Asked before the country question, it answers that.
func (c *call) country(to bot.Country) {
	if c.s.State == c.book.Flow.Initial && c.s.Country == "" {
		if to != "" {
			c.answer(bot.Code(to))
		}
		return
	}
	if !known(bot.Countries, to) {
		c.cover(bot.ViewCountry)
		return
	}
	if c.s.Country != to {
		c.s.Region = ""
	}
	c.s.Country = to
	if c.s.Answer(c.book.Flow.Initial) == "" {
		c.s.Origin = to // told unasked, so that no way back leads to the question
	}
	c.moved(c.s.Answers)
	if c.s.Resume != nil {
		c.moved(c.s.Resume.Spot.Answers)
	}
	c.uncover(bot.ViewCountry)
	if c.s.View != bot.ViewMain && !c.s.View.Covers() {
		c.result() // other places, and other pages of them
	}
	c.note("talk.country_changed", "country", c.book.Places.Pack(to).Names[c.s.Lang])
	c.settle()
}

// moved makes answers true in another country.
func (c *call) moved(answers []bot.Answer) {
	for i, a := range answers {
		switch s := c.book.Flow.State(a.State); {
		case a.State == c.book.Flow.Initial:
			answers[i].Code = bot.Code(c.s.Country)
		case s != nil && s.Pick != "":
			answers[i].Code = bot.Skipped
		}
	}
}

// erase asks once, then forgets everything but the language.
func (c *call) erase(arg string) {
	switch arg {
	case "yes":
		seen, last, step := c.s.Seen, c.s.Last, c.s.Step
		c.s = Begin(c.book, c.s.Lang, "")
		c.s.Country, c.s.Origin = "", "" // forgotten, so asked
		start(c.book, &c.s)
		c.s.Seen, c.s.Last, c.s.Step = seen, last, step
		c.s.Wipe = bot.WipeErase
		c.note("talk.erased")
	case "no":
		c.uncover(bot.ViewErase)
	default:
		c.cover(bot.ViewErase)
	}
}

// export shows every code the session holds.
func (c *call) export() {
	if len(c.s.Answers) == 0 {
		c.note("export.nothing")
		return
	}
	c.note("export.text")
	parts := []string{fmt.Sprintf("language=%s country=%s", c.s.Lang, c.s.Country)}
	for _, a := range c.s.Answers {
		parts = append(parts, fmt.Sprintf("%s=%s", a.State, a.Code))
	}
	c.note("export.line", "codes", strings.Join(parts, " "))
}
