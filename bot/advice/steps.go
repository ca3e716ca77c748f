package advice

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// steps returns the outcome's steps that hold for this person, the country's
// own ones at their place. Where there would be more than MaxSteps, optional
// ones give way, the last first.
func (f *finder) steps() []Step {
	type item struct {
		Step
		optional bool
	}
	var list []item
	for _, s := range f.state.Steps {
		if s.When.Holds(&f.pos) && (s.With == "" || len(f.anyTopic(s.With)) > 0) {
			list = append(list, item{Step{ID: s.ID, Role: s.Role}, s.Optional})
		}
	}
	if len(list) == 0 {
		return nil
	}
	for _, c := range f.book.Places.Pack(f.query.Country).Steps {
		if !f.holds(c) {
			continue
		}
		own := item{Step{ID: c.ID, Data: c.Data}, c.Optional}
		if c.Instead != "" {
			if i := slices.IndexFunc(list, func(s item) bool { return s.ID == c.Instead }); i >= 0 {
				list[i] = own
			}
			continue
		}
		at := len(list)
		if c.First {
			at = 0
		}
		if i := slices.IndexFunc(list, func(s item) bool { return s.ID == c.After }); i >= 0 {
			at = i + 1
		} else if c.After != "" {
			continue // its place is not in this result
		}
		list = slices.Insert(list, at, own)
	}
	for i := len(list) - 1; i >= 0 && len(list) > MaxSteps; i-- {
		if list[i].optional {
			list = slices.Delete(list, i, i+1)
		}
	}
	out := make([]Step, len(list))
	for i, s := range list {
		out[i] = s.Step
	}
	return out
}

// holds tells whether a country's step belongs to this result.
func (f *finder) holds(c *place.Step) bool {
	topic := f.state.Topic
	if !slices.Contains(c.Topics, topic) {
		return false
	}
	if a := c.When.Audience; a != nil && !slices.Contains(a, f.query.Audience) {
		return false
	}
	for local, codes := range c.When.Answers {
		got := f.pos.Answer(bot.StateID(string(topic) + "." + local))
		if got == "" || got == bot.Skipped {
			got = bot.CodeNone
		}
		if !slices.Contains(codes, string(got)) {
			return false
		}
	}
	return true
}
