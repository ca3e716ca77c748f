package advice_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/place"
)

// moments are every third hour of two weeks with Christmas and New Year in
// them, and of the two days on which the clocks change.
var moments = func() []time.Time {
	var out []time.Time
	days := func(from time.Time, n int) {
		for h := 0; h < n*24; h += 3 {
			out = append(out, from.Add(time.Duration(h)*time.Hour))
		}
	}
	days(time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC), 14)
	days(time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC), 1)
	days(time.Date(2027, 3, 28, 0, 0, 0, 0, time.UTC), 1)
	return out
}()

// look is one result, and what is needed to reckon it anew.
type look struct {
	end
	advice.Result
	book *book.Book
	now  time.Time
}

func (l look) first() []advice.Place { return l.Places[:l.Shown] }

// promises say what is wrong with a result, or "".
var promises = []struct {
	name string
	ask  func(l look) string
}{
	{"urgent topics and minors find a line that answers", aLineAnswers},
	{"every minor has a child line among the first", aChildLine},
	{"a child is never left to a bank or an office alone", noOfficeAlone},
	{"every child has a second open place", aSecondPlace},
	{"the bank comes before the police when money moved", bankFirst},
	{"somebody can be called", aNumber},
	{"the emergency number is there", func(l look) string {
		if l.Emergency == nil || l.Emergency.Phone() == nil {
			return "no emergency number"
		}
		return ""
	}},
	{"as many places are shown as there is room for", shown},
	{"no place stands twice", twice},
	{"the reasons tell the truth", trueReasons},
}

// TestPromisesHoldAtEveryHour asks for every kind of result of every country,
// for everybody, at every moment, and holds it against every promise.
func TestPromisesHoldAtEveryHour(t *testing.T) {
	t.Parallel()
	for _, country := range bot.Countries {
		t.Run(string(country), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			wrong := make([]map[string]string, len(promises))
			for i := range wrong {
				wrong[i] = map[string]string{}
			}
			for _, e := range kinds(t, b, country) {
				for i, now := range moments {
					if slow && i%8 != len(e.State)%8 {
						continue
					}
					l := look{e, advice.For(b, e.at(now)), b, now}
					for i, p := range promises {
						if what := p.ask(l); what != "" {
							wrong[i][fmt.Sprint(e.State, e.Audience, what)] = fmt.Sprintf("%v at %s: %s; places: %s", e, now.Format("Mon 2006-01-02 15:04"), what, names(l.Places))
						}
					}
				}
			}
			for i, p := range promises {
				t.Run(p.name, func(t *testing.T) {
					for _, what := range wrong[i] {
						t.Error(what)
					}
				})
			}
		})
	}
}

// aLineAnswers: not 112, not a bank, not the police, or an honest word.
func aLineAnswers(l look) string {
	if !l.minor() && !l.state.TopicOf().IsUrgent() {
		if l.NoLine {
			return "it says that nobody answers, and was not asked"
		}
		return ""
	}
	answering := slices.ContainsFunc(l.first(), func(p advice.Place) bool { return answers(l.book, p.Place, l.now) })
	switch missed := line(l); {
	case !l.NoLine && !answering:
		return "no line answers, and it does not say so"
	case l.NoLine && answering:
		return "a line answers, and it says that none does"
	case l.NoLine && missed != nil:
		return fmt.Sprintf("it says that nobody answers, and %s would", missed.ID)
	case l.NoLine && l.Next != nil && !l.Next.At.After(l.now):
		return "the next opening has passed"
	}
	return ""
}

func aChildLine(l look) string {
	has := slices.ContainsFunc(l.book.Places.Filling(l.Country, bot.RoleChildLine), func(p *place.Place) bool { return p.Serves(l.Asker) })
	if l.minor() && has && !slices.ContainsFunc(l.first(), func(p advice.Place) bool { return p.Is(bot.RoleChildLine) }) {
		return "no child line among the first"
	}
	return ""
}

// offices are the roles that never stand alone before a child (design §4). The
// police are none of them: they answer day and night, and Kosovo has nobody
// else for children.
var offices = []bot.Role{
	bot.RoleBank, "financial-regulator", "data-protection", "equality-body", "consumer", "csirt", "school-authority",
	"child-protection-authority", "cyber-police", "illegal-content-hotline", "platform", "learn", "warnings",
}

func noOfficeAlone(l look) string {
	if l.minor() && !slices.ContainsFunc(l.first(), func(p advice.Place) bool { return !slices.Contains(offices, p.Roles[0]) }) {
		return "only offices"
	}
	return ""
}

// aSecondPlace: half of the calls to a busy child line do not get through at
// first (design §11). 112 is for danger and does not count; the police do.
func aSecondPlace(l look) string {
	if !l.minor() || !slices.Contains([]bot.Country{"CZ", "PL", "AL"}, l.Country) {
		return ""
	}
	if len(l.book.Flow.Topic(l.book.Flow.State(l.State).Topic).Never) > 0 {
		return "" // nobody who confesses is shown the police because nobody else answers
	}
	n := 0
	for _, p := range l.Places {
		if answers(l.book, p.Place, l.now) || policeAnswer(l.book, p.Place, l.now) {
			n++
		}
	}
	if n < 2 {
		return fmt.Sprintf("%d open places", n)
	}
	return ""
}

// bankFirst looks at those who call a bank themselves. A child's first place is
// the child line; the bank stands behind it, or an adult is told first.
func bankFirst(l look) string {
	blackmailed := l.State == "sextortion.advice" && l.Answer("sextortion.happened") == "money" && !l.minor()
	if l.State != "payment-fraud.advice" && !blackmailed {
		return ""
	}
	bank := slices.IndexFunc(l.Places, func(p advice.Place) bool { return p.Is(bot.RoleBank) })
	police := slices.IndexFunc(l.Places, func(p advice.Place) bool { return p.Is(bot.RolePolice) })
	switch {
	case bank < 0 || (bank >= l.Shown && !l.minor()):
		return "no bank among the first"
	case police >= 0 && police < bank && !l.minor():
		return "the police come before the bank"
	}
	step := func(holds func(s advice.Step) bool) int { return slices.IndexFunc(l.Steps, holds) }
	toPolice := step(func(s advice.Step) bool { return s.Role == bot.RolePolice })
	toBank := step(func(s advice.Step) bool { return s.Role == bot.RoleBank })
	courier := step(func(s advice.Step) bool { return s.ID == "courier-police" }) >= 0 // on the way to the door (design §11)
	if toBank >= 0 && toPolice >= 0 && toPolice < toBank && !courier {
		return "a step leads to the police before the bank"
	}
	return ""
}

func aNumber(l look) string {
	if !slices.ContainsFunc(l.Places, func(p advice.Place) bool { return p.Phone() != nil }) {
		return "nobody to call"
	}
	return ""
}

func shown(l look) string {
	most := advice.MaxFirst
	if l.state.Card {
		most = advice.MaxCard
	}
	for i, p := range l.Places {
		if p.Shown != (i < l.Shown) {
			return fmt.Sprintf("place %d is marked shown=%v of %d", i, p.Shown, l.Shown)
		}
	}
	if l.Shown != min(most, len(l.Places)) || l.Shown == 0 {
		return fmt.Sprintf("%d of %d places are shown", l.Shown, len(l.Places))
	}
	return ""
}

func twice(l look) string {
	seen := map[bot.PlaceID]bool{}
	for _, p := range l.Places {
		if seen[p.ID] {
			return string(p.ID) + " stands twice"
		}
		seen[p.ID] = true
	}
	return ""
}

// listeners are the roles of lines where a person listens.
var listeners = []bot.Role{
	bot.RoleChildLine, bot.RoleParentLine, bot.RoleSeniorLine, bot.RoleAdultLine, bot.RoleVictimSupport,
	"domestic-abuse-line", "missing-children-line",
}

var weekdays = regexp.MustCompile(`Mo|Tu|We|Th|Fr|Sa|Su`)

// open reckons anew, from the pack alone, whether a channel is open.
func open(b *book.Book, p *place.Place, c *place.Channel, now time.Time) bool {
	if c.Hours == nil {
		return false
	}
	pack, hours := b.Places.Pack(p.Country), c.Hours.String()
	local := now.In(pack.Zone)
	holiday := pack.Calendar.Is(local.Year(), local.Month(), local.Day())
	if holiday && !strings.Contains(hours, "PH") && weekdays.MatchString(strings.ReplaceAll(hours, "Mo-Su", "")) {
		return false // nobody knows
	}
	return c.Hours.At(now, pack.Zone, pack.Calendar).Open
}

func openFor(b *book.Book, p *place.Place, now time.Time, types ...place.ChannelType) bool {
	for i := range p.Channels {
		if c := &p.Channels[i]; slices.Contains(types, c.Type) && open(b, p, c, now) {
			return true
		}
	}
	return false
}

// answers reckons anew whether a line of people answers at a minute.
func answers(b *book.Book, p *place.Place, now time.Time) bool {
	no := p.Is(bot.RoleEmergency) || p.Is(bot.RolePolice) || p.Is(bot.RoleBank)
	return p.Staffed && !no && slices.ContainsFunc(listeners, p.Is) && openFor(b, p, now, place.Phone, place.Chat)
}

func policeAnswer(b *book.Book, p *place.Place, now time.Time) bool {
	return p.Staffed && p.Roles[0] == bot.RolePolice && openFor(b, p, now, place.Phone)
}

// line finds a line of the country that would answer this person now.
func line(l look) *place.Place {
	for _, p := range l.book.Places.Pack(l.Country).Places {
		if answers(l.book, p, l.now) && p.Serves(l.Asker) && (p.Handles(l.Topic) || p.Handles("other")) {
			return p
		}
	}
	return nil
}

// trueReasons reckons every reason of every place anew.
func trueReasons(l look) string {
	for _, p := range l.Places {
		for _, code := range p.Reasons {
			if holds := reasons[code]; holds == nil || !holds(l, p) {
				return fmt.Sprintf("%s says %s", p.ID, code)
			}
		}
	}
	return ""
}

var reasons = map[string]func(l look, p advice.Place) bool{
	"picked-bank": func(l look, p advice.Place) bool { return p.ID == picked(l.book, l.end) && p.Is(bot.RoleBank) },
	"audience": func(l look, p advice.Place) bool {
		me := p.Audiences
		if l.Audience == bot.YoungPerson && slices.Contains(me, bot.Child) {
			return !slices.Contains(me, bot.Adult)
		}
		return slices.Contains(me, l.Audience) && !slices.Contains(me, bot.Adult)
	},
	"language": func(l look, p advice.Place) bool {
		return p.Staffed && some(p, func(c *place.Channel) bool {
			langs := c.Languages
			if langs == nil {
				langs = l.book.Places.Pack(p.Country).Languages
			}
			return c.Type.Live() && slices.Contains(langs, l.Lang)
		})
	},
	"written": func(l look, p advice.Place) bool {
		return l.Written && some(p, func(c *place.Channel) bool { return c.Type.Written() })
	},
	"open": func(l look, p advice.Place) bool {
		return openFor(l.book, p.Place, l.now, place.Phone, place.Chat, place.SMS)
	},
	"free": func(l look, p advice.Place) bool {
		return some(p, func(c *place.Channel) bool { return c.Cost == "free" && open(l.book, p.Place, c, l.now) })
	},
	"local":         func(l look, p advice.Place) bool { return p.Scope == place.Region },
	"national":      func(l look, p advice.Place) bool { return p.Scope == place.National },
	"international": func(l look, p advice.Place) bool { return p.Scope == place.International },
	"answers-now":   func(l look, p advice.Place) bool { return answers(l.book, p.Place, l.now) },
	"child-line":    func(l look, p advice.Place) bool { return l.minor() && p.Is(bot.RoleChildLine) },
}

func some(p advice.Place, holds func(c *place.Channel) bool) bool {
	for i := range p.Place.Channels {
		if holds(&p.Place.Channels[i]) {
			return true
		}
	}
	return false
}
