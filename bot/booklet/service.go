package booklet

import (
	"fmt"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// service is one place in full.
type service struct {
	ID, Name, Operator, Roles, Limits, Topics string
	Refuses, Channels, Call                   []string
	Ready, Evidence, Checked                  string
	Sources                                   []place.Source
}

func (p *printer) service(pl *place.Place) service {
	s := service{
		ID: string(pl.ID), Name: p.title(pl), Operator: pl.Operator, Evidence: pl.Evidence,
		Checked: pl.Verified.Date.Format("2006-01-02") + ", " + pl.Verified.How, Sources: pl.Sources,
	}
	var roles, topics []string
	for _, r := range pl.Roles {
		roles = append(roles, p.say(bot.Unknown, "role."+string(r)+".does"))
	}
	for _, t := range bot.Topics {
		if pl.Handles(t) {
			topics = append(topics, p.name(t))
		}
	}
	s.Roles, s.Topics, s.Limits = strings.Join(roles, " "), strings.Join(topics, " · "), p.limits(pl)
	for _, f := range pl.Refuses {
		if to := p.book.Places.Get(f.To); to != nil {
			s.Refuses = append(s.Refuses, p.name(f.Topic)+" → "+p.title(to))
		}
	}
	for i := range pl.Channels {
		s.Channels = append(s.Channels, p.channel(&pl.Channels[i]))
	}
	for _, code := range pl.Call {
		s.Call = append(s.Call, p.say(bot.Unknown, "place.call."+code))
	}
	var ready []string
	for _, code := range pl.HaveReady {
		ready = append(ready, p.say(bot.Unknown, "place.ready."+code))
	}
	s.Ready = strings.Join(ready, ", ")
	return s
}

// title is a place's name, and what it means to readers of another language.
func (p *printer) title(pl *place.Place) string {
	if gloss := pl.Names[p.o.Lang]; gloss != "" {
		if pl.Descriptive {
			return gloss
		}
		return pl.Name + " (" + gloss + ")"
	}
	return pl.Name
}

func (p *printer) limits(pl *place.Place) string {
	var out []string
	for _, a := range pl.Audiences {
		for _, who := range people {
			if who.Audience == a {
				out = append(out, p.say(a, who.key))
			}
		}
	}
	switch {
	case pl.Ages.Max > 0:
		out = append(out, p.say(bot.Unknown, "result.ages", "min", fmt.Sprint(pl.Ages.Min), "max", fmt.Sprint(pl.Ages.Max)))
	case pl.Ages.Min > 0:
		out = append(out, p.say(bot.Unknown, "result.ages_from", "min", fmt.Sprint(pl.Ages.Min)))
	}
	if pl.WomenOnly {
		out = append(out, p.say(bot.Unknown, "result.women_only"))
	}
	if names := p.pack.Regions[pl.Region]; names != nil {
		out = append(out, names[p.o.Lang])
	}
	return strings.Join(out, " · ")
}

func (p *printer) value(a bot.Audience, c *place.Channel) string {
	if c.Text != "" {
		return p.say(a, "channel.text."+c.Text)
	}
	return c.Value
}

func (p *printer) channel(c *place.Channel) string {
	parts := []string{p.say(bot.Unknown, "channel."+string(c.Type)) + ": " + p.value(bot.Unknown, c)}
	if c.Hours != nil {
		parts = append(parts, c.Hours.String())
	} else if c.Type.Live() || c.Type == place.InPerson {
		parts = append(parts, p.say(bot.Unknown, "result.hours_unknown"))
	}
	if c.Cost != "" {
		parts = append(parts, p.say(bot.Unknown, "cost."+c.Cost))
	}
	if c.Anonymous != nil && *c.Anonymous {
		parts = append(parts, p.say(bot.Unknown, "result.anonymous"))
	}
	if len(c.Languages) > 0 {
		langs := make([]string, len(c.Languages))
		for i, l := range c.Languages {
			langs[i] = string(l)
		}
		parts = append(parts, strings.Join(langs, ", "))
	}
	for _, n := range c.Notes {
		parts = append(parts, p.say(bot.Unknown, "channel.note."+n))
	}
	return strings.Join(parts, " · ")
}
