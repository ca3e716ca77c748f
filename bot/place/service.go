package place

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"wheretoturn/bot"
	"wheretoturn/bot/hours"
)

// idLetters are those of a place's id, which is part of button codes and keys.
const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789-"

var (
	scopes    = []string{string(Region), string(National), string(International)}
	types     = []string{string(Phone), string(SMS), string(Chat), string(Web), string(WebForm), string(Email), string(App), string(InPerson)}
	costs     = []string{"free", "local", "national", "premium"}
	evidences = []string{"confirmed", "single-source", "conflict", "unverified"}
)

func (r *reader) service(n *yaml.Node) {
	p := &Place{Country: r.pk.Country, File: r.File, Line: n.Line, order: len(r.pk.Places), Scope: National}
	r.Fields(n, map[string]func(*yaml.Node){
		"id":          func(n *yaml.Node) { p.ID = bot.PlaceID(r.String(n)) },
		"name":        func(n *yaml.Node) { p.Name = r.String(n) },
		"names":       func(n *yaml.Node) { p.Names = r.names(n) },
		"descriptive": func(n *yaml.Node) { p.Descriptive = r.Bool(n) },
		"operator":    func(n *yaml.Node) { p.Operator = r.String(n) },
		"roles":       func(n *yaml.Node) { p.Roles = roles(r.each(n, strs(bot.Roles), "unknown-role")) },
		"audiences":   func(n *yaml.Node) { p.Audiences = audiences(r.each(n, strs(bot.Audiences), "unknown-audience")) },
		"ages":        func(n *yaml.Node) { p.Ages = r.ages(n) },
		"women_only":  func(n *yaml.Node) { p.WomenOnly = r.Bool(n) },
		"scope":       func(n *yaml.Node) { p.Scope = Scope(r.oneOf(n, scopes, "unknown-scope")) },
		"region":      func(n *yaml.Node) { p.Region = bot.Region(r.String(n)) },
		"topics":      func(n *yaml.Node) { p.Topics = r.topics(n) },
		"refuses":     func(n *yaml.Node) { p.Refuses = r.refuses(n) },
		"staffed":     func(n *yaml.Node) { p.Staffed = r.Bool(n) },
		"generic":     func(n *yaml.Node) { p.Generic = bot.Role(r.oneOf(n, strs(bot.Roles), "unknown-role")) },
		"channels":    func(n *yaml.Node) { r.Each(n, func(n *yaml.Node) { p.Channels = append(p.Channels, r.channel(n)) }) },
		"have_ready":  func(n *yaml.Node) { p.HaveReady = r.Strings(n) },
		"call_minors": func(n *yaml.Node) { p.CallMinors = r.Strings(n) },
		"call":        func(n *yaml.Node) { p.Call = r.Strings(n) },
		"evidence":    func(n *yaml.Node) { p.Evidence = r.oneOf(n, evidences, "unknown-evidence") },
		"verified":    func(n *yaml.Node) { p.Verified = r.verified(n) },
		"sources":     func(n *yaml.Node) { p.Sources = r.sources(n) },
		"note":        func(n *yaml.Node) { r.String(n) },
	})
	r.complete(p)
	if old := r.dir.byID[p.ID]; old != nil {
		r.Add(p.Line, "duplicate-place", "place %s already stands in %s:%d", p.ID, old.File, old.Line)
		return
	}
	r.dir.byID[p.ID] = p
	r.pk.Places = append(r.pk.Places, p)
}

func (r *reader) complete(p *Place) {
	need := func(ok bool, code, what string) {
		if !ok {
			r.Add(p.Line, code, "place %s: %s", p.ID, what)
		}
	}
	need(p.ID != "" && strings.Trim(string(p.ID), idLetters) == "", "place-id", "an id of lower-case letters, digits and hyphens is needed")
	need(p.Name != "", "place-name", "a name is needed")
	need(len(p.Roles) > 0, "no-role", "a role is needed")
	need(len(p.Audiences) > 0, "no-audience", "audiences are needed")
	need(len(p.Channels) > 0, "no-channel", "a channel is needed")
	need(len(p.Sources) > 0, "no-source", "a source is needed")
	need(!p.Verified.Date.IsZero() && p.Verified.How != "", "no-verified", "verified: {date, how} is needed")
	need(p.Ages.Max == 0 || p.Ages.Min <= p.Ages.Max, "ages", "min age is above max age")
}

func (r *reader) ages(n *yaml.Node) (a Ages) {
	r.Fields(n, map[string]func(*yaml.Node){
		"min": func(n *yaml.Node) { a.Min = r.Int(n) },
		"max": func(n *yaml.Node) { a.Max = r.Int(n) },
	})
	return a
}

func (r *reader) refuses(n *yaml.Node) []Refusal {
	var out []Refusal
	r.Each(n, func(n *yaml.Node) {
		f := Refusal{Line: n.Line}
		r.Fields(n, map[string]func(*yaml.Node){
			"topic": func(n *yaml.Node) { f.Topic = bot.Topic(r.oneOf(n, strs(bot.Topics), "unknown-topic")) },
			"to":    func(n *yaml.Node) { f.To = bot.PlaceID(r.String(n)) },
		})
		if f.Topic == "" || f.To == "" {
			r.Add(n.Line, "refusal", "a refusal needs the topic and who takes it: topic, to")
		}
		out = append(out, f)
	})
	return out
}

func (r *reader) channel(n *yaml.Node) Channel {
	c := Channel{Line: n.Line}
	r.Fields(n, map[string]func(*yaml.Node){
		"type":      func(n *yaml.Node) { c.Type = ChannelType(r.oneOf(n, types, "unknown-channel")) },
		"value":     func(n *yaml.Node) { c.Value = r.String(n) },
		"text":      func(n *yaml.Node) { c.Text = r.String(n) },
		"dial":      func(n *yaml.Node) { c.Dial = r.String(n) },
		"abroad":    func(n *yaml.Node) { c.Abroad = r.String(n) },
		"hours":     func(n *yaml.Node) { c.Hours = r.hours(n) },
		"cost":      func(n *yaml.Node) { c.Cost = r.oneOf(n, costs, "unknown-cost") },
		"languages": func(n *yaml.Node) { c.Languages = r.langs(n) },
		"anonymous": func(n *yaml.Node) { b := r.Bool(n); c.Anonymous = &b },
		"notes":     func(n *yaml.Node) { c.Notes = r.Strings(n) },
	})
	if c.Type == "" {
		r.Add(c.Line, "unknown-channel", "a channel needs a type")
	}
	if (c.Value == "") == (c.Text == "") {
		r.Add(c.Line, "channel-value", "a channel has either value or text")
	}
	r.address(&c)
	c.weekly = c.Hours != nil && namesWeekdays(c.Hours.String())
	return c
}

// namesWeekdays tells whether hours differ by weekday and have no rule for
// holidays. "Mo-Su" and hours without a day mean every day.
func namesWeekdays(hours string) bool {
	if strings.Contains(hours, "PH") {
		return false
	}
	rest := strings.ReplaceAll(hours, "Mo-Su", "")
	for _, d := range []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} {
		if strings.Contains(rest, d) {
			return true
		}
	}
	return false
}

func (r *reader) hours(n *yaml.Node) *hours.Schedule {
	s, err := hours.Parse(r.String(n))
	if err != nil {
		r.Add(n.Line, "bad-hours", "hours %q: %v", n.Value, err)
		return nil
	}
	return s
}

func roles(in []string) []bot.Role {
	out := make([]bot.Role, len(in))
	for i, s := range in {
		out[i] = bot.Role(s)
	}
	return out
}

func audiences(in []string) []bot.Audience {
	out := make([]bot.Audience, len(in))
	for i, s := range in {
		out[i] = bot.Audience(s)
	}
	return out
}
