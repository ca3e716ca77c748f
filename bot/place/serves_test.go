package place_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

func TestAPlaceServesWhomItSays(t *testing.T) {
	t.Parallel()
	who := func(a bot.Audience, age bot.Age) bot.Asker { return bot.Asker{Audience: a, Age: age} }
	list := func(a ...bot.Audience) []bot.Audience { return a }
	from := func(minimum, maximum int) place.Ages { return place.Ages{Min: minimum, Max: maximum} }
	tests := []struct {
		name      string
		audiences []bot.Audience
		ages      place.Ages
		asker     bot.Asker
		want      bool
	}{
		{"a child where children are", list(bot.Child), from(0, 0), who(bot.Child, ""), true},
		{"no child where adults are", list(bot.Adult), from(0, 0), who(bot.Child, ""), false},
		{"no child where young people are", list(bot.YoungPerson), from(0, 0), who(bot.Child, ""), false},
		{"a young person where young people are", list(bot.YoungPerson), from(0, 0), who(bot.YoungPerson, ""), true},
		{"a young person where children are", list(bot.Child), from(0, 0), who(bot.YoungPerson, ""), true},
		{"a young person never where only adults are", list(bot.Adult, bot.Relative, bot.Senior), from(0, 0), who(bot.YoungPerson, ""), false},
		{"a young person never where only adults are, whatever the ages", list(bot.Adult), from(15, 99), who(bot.YoungPerson, "15-17"), false},
		{"a young person not where children to 14 are", list(bot.Child), from(0, 14), who(bot.YoungPerson, ""), false},
		{"a young person where children to 15 are", list(bot.Child), from(0, 15), who(bot.YoungPerson, ""), true},
		{"an adult where adults are", list(bot.Adult), from(0, 0), who(bot.Adult, ""), true},
		{"no adult where children are", list(bot.Child, bot.YoungPerson, bot.Parent), from(0, 0), who(bot.Adult, ""), false},
		{"no senior where adults are, unless listed", list(bot.Adult), from(0, 0), who(bot.Senior, ""), false},
		{"a parent where parents are", list(bot.Parent), from(0, 0), who(bot.Parent, ""), true},
		{"no parent where children are", list(bot.Child), from(0, 0), who(bot.Parent, ""), false},
		{"a firm where firms are", list(bot.Business), from(0, 0), who(bot.Business, ""), true},
		{"somebody who did not say, everywhere", list(bot.Adult), from(0, 0), who(bot.Unknown, ""), true},
		{"somebody not asked yet, everywhere", list(bot.Child), from(0, 18), who("", ""), true},
		{"nobody where nobody is listed", nil, from(0, 0), who(bot.Adult, ""), false},

		{"an adult above the ages", list(bot.Adult), from(0, 26), who(bot.Adult, "60-plus"), false},
		{"an adult of unknown age who may be within", list(bot.Adult), from(0, 26), who(bot.Adult, ""), true},
		{"an adult below the ages", list(bot.Adult), from(60, 0), who(bot.Adult, "26-59"), false},
		{"the first year within", list(bot.Adult), from(0, 26), who(bot.Adult, "26-59"), true},
		{"the last year within", list(bot.Adult), from(59, 0), who(bot.Adult, "26-59"), true},
		{"a child whose age is below", list(bot.Child), from(15, 26), who(bot.Child, ""), false},
		{"a parent, for a child below the ages", list(bot.Parent), from(18, 0), who(bot.Parent, ""), false},
		{"a teacher, for a pupil within", list(bot.Teacher), from(0, 18), who(bot.Teacher, ""), true},
		{"a relative, for an adult above the ages", list(bot.Relative), from(0, 17), who(bot.Relative, ""), false},
		{"somebody who did not say, but is too old", list(bot.Child), from(0, 18), who(bot.Unknown, "26-59"), false},
		{"what they said of their age counts more than who they are", list(bot.YoungPerson), from(18, 26), who(bot.YoungPerson, "18-25"), true},
	}
	for _, tt := range tests {
		p := &place.Place{Audiences: tt.audiences, Ages: tt.ages}
		if got := p.Serves(tt.asker); got != tt.want {
			t.Errorf("%s: Serves = %v", tt.name, got)
		}
	}
}

// TestYoungPeopleAreNeverSentWhereOnlyAdultsAre goes through the real packs.
func TestYoungPeopleAreNeverSentWhereOnlyAdultsAre(t *testing.T) {
	t.Parallel()
	d := shipped(t)
	for _, c := range bot.Countries {
		for _, role := range bot.Roles {
			for _, a := range []bot.Audience{bot.Child, bot.YoungPerson} {
				for _, m := range d.Rank(role, place.Query{Asker: bot.Asker{Country: c, Audience: a}, Topic: "other"}) {
					young := false
					for _, x := range m.Audiences {
						young = young || x == bot.Child || x == a
					}
					if !young || m.Ages.Min > 17 {
						t.Errorf("%s: a %s is sent to %s (%v, from %d)", c, a, m.ID, m.Audiences, m.Ages.Min)
					}
				}
			}
		}
	}
}
