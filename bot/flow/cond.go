package flow

import (
	"slices"

	"wheretoturn/bot"
)

// None matches what is not known: a question not asked or skipped, an
// audience not asked yet.
const None = "none"

// Cond is a match on finite sets: every given set must contain the value. A
// nil Cond always holds.
type Cond struct {
	Audience []bot.Audience
	Age      []bot.Age
	Country  []bot.Country
	Language []bot.Lang
	Answers  []AnswerSet
	Line     int
}

// AnswerSet matches when the answer given in State is one of Codes.
type AnswerSet struct {
	State bot.StateID
	Codes []bot.Code
	Line  int
}

// Holds tells whether the condition matches a position.
func (c *Cond) Holds(p *Position) bool {
	if c == nil {
		return true
	}
	if !in(c.Audience, p.Audience) || !in(c.Age, p.Age) || !in(c.Country, p.Country) || !in(c.Language, p.Lang) {
		return false
	}
	for i := range c.Answers {
		a := p.Answer(c.Answers[i].State)
		if a == bot.Skipped {
			a = None
		}
		if !in(c.Answers[i].Codes, a) {
			return false
		}
	}
	return true
}

func in[T ~string](set []T, v T) bool {
	if set == nil {
		return true
	}
	if v == "" {
		v = None
	}
	return slices.Contains(set, v)
}
