package proof

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/place"
)

// packs proves every place of every country.
func (c *checker) packs() {
	for _, country := range bot.Countries {
		pack := c.book.Places.Pack(country)
		for _, name := range pack.Calendar.Expired(c.o.At) {
			c.warn(pack.File, 1, "holidays-old", "the dates of %q end before this year", name)
		}
		for _, p := range pack.Places {
			if p.Country == country {
				c.place(p, pack)
			}
		}
		for _, st := range pack.Steps {
			c.age(st.File, st.Line, "step "+st.ID, st.Verified)
		}
		c.emergency(pack)
		if slices.Contains(complete, country) && len(advice.Pickable(c.book, bot.Asker{Country: country}, bot.RoleBank)) == 0 {
			c.add(pack.File, 1, "no-banks", "no bank to pick in %s", country)
		}
	}
}

func (c *checker) emergency(pack *place.Pack) {
	for _, p := range c.book.Places.Filling(pack.Country, bot.RoleEmergency) {
		for _, ch := range p.Channels {
			if ch.Type == place.Phone && ch.Dial == "112" && ch.Hours != nil {
				return
			}
		}
	}
	c.add(pack.File, 1, "no-112", "%s has no 112 with its hours", pack.Country)
}

func (c *checker) place(p *place.Place, pack *place.Pack) {
	c.age(p.File, p.Line, "place "+string(p.ID), p.Verified)
	for _, f := range p.Refuses {
		to := c.book.Places.Get(f.To)
		switch {
		case to == nil:
			c.add(p.File, f.Line, "refusal-nowhere", "%s sends %s to %q, which does not exist", p.ID, f.Topic, f.To)
		case !to.Handles(f.Topic):
			c.add(p.File, f.Line, "refusal-refused", "%s sends %s to %s, which does not take it", p.ID, f.Topic, f.To)
		}
	}
	for _, l := range bot.Languages {
		if p.Names[l] == "" && !slices.Contains(pack.Languages, l) {
			c.warn(p.File, p.Line, "no-gloss", "place %s has no short name for readers of %q", p.ID, l)
		}
	}
	if p.Scope == place.Region && pack.Regions[p.Region] == nil {
		c.add(p.File, p.Line, "no-region", "place %s is regional, but %q is not among the regions of its pack", p.ID, p.Region)
	}
	if p.Generic != "" && !p.Is(p.Generic) {
		c.add(p.File, p.Line, "generic", "place %s stands in for %s and does not fill that role", p.ID, p.Generic)
	}
	if !c.servesSomebody(p) {
		c.add(p.File, p.Line, "serves-nobody", "place %s: nobody of its audiences has an age it takes", p.ID)
	}
	if p.Staffed && !slices.ContainsFunc(p.Channels, func(ch place.Channel) bool { return ch.Type.Live() || ch.Type == place.InPerson }) {
		c.add(p.File, p.Line, "staffed", "place %s is staffed and has neither phone nor chat", p.ID)
	}
	c.codes(p)
}

func (c *checker) servesSomebody(p *place.Place) bool {
	return slices.ContainsFunc(p.Audiences, func(a bot.Audience) bool { return p.Serves(bot.Asker{Audience: a}) })
}

// codes proves that there are words for everything a place says in codes.
func (c *checker) codes(p *place.Place) {
	need := func(line int, prefix string, codes ...string) {
		for _, code := range codes {
			if code == "" {
				continue
			}
			for _, l := range bot.Languages {
				if !c.book.Phrases.Has(l, bot.Adult, prefix+code) {
					c.add(p.File, line, "code-without-words", "place %s: %q has no text in %q", p.ID, prefix+code, l)
				}
			}
		}
	}
	need(p.Line, "place.call.", p.Call...)
	need(p.Line, "place.ready.", p.HaveReady...)
	for _, ch := range p.Channels {
		need(ch.Line, "channel.note.", ch.Notes...)
		need(ch.Line, "channel.text.", ch.Text)
		for _, l := range ch.Languages {
			need(ch.Line, "lang.", string(l))
		}
	}
}

// age says how long ago something was verified.
func (c *checker) age(file string, line int, what string, v place.Verified) {
	days := int(c.o.At.Sub(v.Date).Hours() / 24)
	switch {
	case days < -1:
		c.add(file, line, "verified-in-future", "%s: verified on a day that has not come", what)
	case days > ReleaseAfter && c.o.Release:
		c.add(file, line, "verified-too-old", "%s: verified %d days ago, a release allows %d", what, days, ReleaseAfter)
	case days > WarnAfter:
		c.warn(file, line, "verified-old", "%s: verified %d days ago", what, days)
	}
}
