package diagram

import (
	"slices"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// Everything a condition can name, with what is not known.
var (
	audiences = withNone(append(slices.Clone(bot.Audiences), bot.Unknown))
	ages      = withNone(bot.Ages)
	countries = withNone(bot.Countries)
	languages = withNone(bot.Languages)
)

func withNone[T ~string](set []T) []T { return append(slices.Clone(set), flow.None) }

// and stands between conditions that must all hold.
const and = " · "

// cond prints a condition briefly; "" for none. States of the same file go by
// their short name.
func (b *builder) cond(c *flow.Cond, s *flow.State) string {
	if c == nil {
		return ""
	}
	var out []string
	out = part(out, audienceHead(c.Audience), c.Audience, audiences)
	out = part(out, "age: ", c.Age, ages)
	out = part(out, "country: ", c.Country, countries)
	out = part(out, "language: ", c.Language, languages)
	for _, a := range c.Answers {
		name := strings.TrimPrefix(string(a.State), string(s.Topic)+".")
		out = part(out, name+": ", a.Codes, b.codes(a.State))
	}
	return strings.Join(out, and)
}

// audienceHead names the dimension where its values alone would not.
func audienceHead(set []bot.Audience) string {
	for _, a := range set {
		if a != flow.None {
			return ""
		}
	}
	return "audience: "
}

// codes lists all answers of a question, or nothing when they are places.
func (b *builder) codes(id bot.StateID) []bot.Code {
	s := b.graph.State(id)
	if s == nil || s.Pick != "" {
		return nil
	}
	var out []bot.Code
	for i := range s.On {
		out = append(out, s.On[i].Code)
	}
	return withNone(out)
}

// part prints one set, by what it leaves out when that is shorter.
func part[T ~string](out []string, head string, set, all []T) []string {
	if set == nil {
		return out
	}
	var rest []T
	for _, v := range all {
		if !slices.Contains(set, v) {
			rest = append(rest, v)
		}
	}
	switch {
	case len(set) == 0:
		return append(out, head+"never")
	case len(rest) == 0 && len(all) > 0:
		return append(out, head+"any")
	case len(rest) > 0 && len(rest) < len(set):
		return append(out, head+"not "+list(rest))
	}
	return append(out, head+list(set))
}

func list[T ~string](set []T) string {
	words := make([]string, len(set))
	for i, v := range set {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

// askedFor collects the answers that any condition of the flow speaks of.
func askedFor(g *flow.Graph) map[bot.StateID]map[bot.Code]bool {
	out := map[bot.StateID]map[bot.Code]bool{}
	for _, s := range g.States() {
		for _, c := range conds(s) {
			if c == nil {
				continue
			}
			for _, a := range c.Answers {
				if out[a.State] == nil {
					out[a.State] = map[bot.Code]bool{}
				}
				for _, code := range a.Codes {
					out[a.State][code] = true
				}
			}
		}
	}
	return out
}

func conds(s *flow.State) []*flow.Cond {
	out := []*flow.Cond{s.Only}
	branches := func(list []flow.Branch) {
		for _, br := range list {
			out = append(out, br.When)
		}
	}
	for i := range s.On {
		out = append(out, s.On[i].When, s.On[i].First)
		branches(s.On[i].Branches)
	}
	if s.Skip != nil {
		branches(s.Skip.Branches)
	}
	branches(s.Always)
	for _, st := range s.Steps {
		out = append(out, st.When)
	}
	for _, t := range s.TurnTo {
		out = append(out, t.When)
	}
	for _, t := range s.Contact {
		out = append(out, t.When)
	}
	return out
}
