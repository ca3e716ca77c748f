package talk

import (
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/screen"
)

// views that a result's buttons may open.
var views = []bot.View{
	bot.ViewPlaces, bot.ViewCall, bot.ViewSilent, bot.ViewNobody, bot.ViewAfraid, bot.ViewMore, bot.ViewOptions,
	bot.ViewWhy, bot.ViewKeep, bot.ViewBank, bot.ViewRegion,
}

// action opens a view of a result, pages in it, or picks in it.
func (c *call) action(code string) {
	name, arg, _ := strings.Cut(code, ":")
	state := c.book.Flow.State(c.s.State)
	switch {
	case !state.Final || state.Card:
		c.note("talk.stale")
	case name == "result":
		c.result()
	case name == "steps":
		c.s.View, c.s.N, c.s.Place = bot.ViewMain, 0, ""
	case name == "next":
		c.s.N++
		c.lastStep()
	case name == string(bot.ViewBank) && arg != "":
		c.pickBank(bot.PlaceID(arg))
	case name == string(bot.ViewRegion) && arg != "":
		c.pickRegion(bot.Region(arg))
	case name == string(bot.ViewPlaces):
		c.s.View, c.s.Place = bot.ViewPlaces, ""
	case known(views, bot.View(name)):
		c.s.View, c.s.N, c.s.Place = bot.View(name), 0, bot.PlaceID(arg)
	default:
		c.note("talk.stale")
	}
}

// result goes back to the advice: to the places, for those who have done the
// steps one by one.
func (c *call) result() {
	c.s.View, c.s.N, c.s.Place = bot.ViewMain, 0, ""
	if c.s.Audience == bot.Senior {
		c.s.View = bot.ViewPlaces
	}
}

// lastStep turns "next" after the last step into the places.
func (c *call) lastStep() {
	if c.s.View != bot.ViewMain {
		return
	}
	r := advice.For(c.book, advice.Query{Asker: c.s.Asker, Spot: c.s.Spot, Now: c.event.At})
	if c.s.N >= len(r.Steps) {
		c.s.View, c.s.N = bot.ViewPlaces, max(len(r.Steps)-1, 0)
	}
}

// pickRegion remembers where somebody lives; the empty region, "none", forgets
// it.
func (c *call) pickRegion(r bot.Region) {
	if _, ok := c.book.Places.Pack(c.s.Country).Regions[r]; !ok && r != screen.NoRegion {
		c.note("talk.stale")
		return
	}
	if c.s.Region = r; r == screen.NoRegion {
		c.s.Region = ""
	}
	c.s.View, c.s.N, c.s.Place = bot.ViewPlaces, 0, ""
}

// pickBank remembers a bank chosen after the result, as if it had been
// answered on the way.
func (c *call) pickBank(id bot.PlaceID) {
	pick := c.book.Flow.Picking(bot.RoleBank)
	if pick == "" || !c.pickable(bot.RoleBank, bot.Code(id)) {
		c.note("talk.stale")
		return
	}
	kept := c.s.Answers[:0]
	for _, a := range c.s.Answers {
		if s := c.book.Flow.State(a.State); s == nil || s.Pick != bot.RoleBank {
			kept = append(kept, a)
		}
	}
	c.s.Answers = append([]bot.Answer{{State: pick, Code: bot.Code(id)}}, kept...)
	c.s.View, c.s.N, c.s.Place = bot.ViewPlaces, 0, ""
}
