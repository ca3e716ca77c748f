package booklet

import (
	"slices"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/flow"
)

type topic struct {
	Code   bot.Topic
	Name   string
	People []person
}

// person is one kind of person and all that can be said to them.
type person struct {
	Name  string
	Cases []outcome
}

// outcome is one result and the answers that lead to it.
type outcome struct {
	Ways   []string // answers, one line a way
	Steps  []string
	Places []where
	Night  []where // on a Sunday at three, where that differs
}

// where is a place of a result, with its first way to reach it.
type where struct{ ID, Name, Way string }

// people are all kinds of people and how the first questions call them.
var people = []struct {
	bot.Asker
	key string
}{
	{bot.Asker{Audience: bot.Child, Age: "under-15"}, "main.who.under-15"},
	{bot.Asker{Audience: bot.YoungPerson, Age: "15-17"}, "main.who.15-17"},
	{bot.Asker{Audience: bot.Adult}, "main.who.18-59"},
	{bot.Asker{Audience: bot.Senior, Age: "60-plus"}, "main.who.60-plus"},
	{bot.Asker{Audience: bot.Parent}, "main.whom.my-child"},
	{bot.Asker{Audience: bot.Teacher}, "main.whom.pupil"},
	{bot.Asker{Audience: bot.Relative}, "main.whom.adult"},
	{bot.Asker{Audience: bot.Business}, "main.whom.firm"},
}

func (p *printer) topic(code bot.Topic) topic {
	t := topic{Code: code, Name: p.name(code)}
	for _, who := range people {
		a := who.Asker
		a.Lang, a.Country = p.o.Lang, p.o.Country
		if p.comes(a, code) {
			t.People = append(t.People, person{p.say(a.Audience, who.key), p.outcomes(a, code)})
		}
	}
	return t
}

// name is the answer that leads to a topic, as an adult reads it.
func (p *printer) name(code bot.Topic) string {
	if s := p.say(bot.Unknown, "booklet.topic."+string(code)); s != "" {
		return s
	}
	for _, s := range p.ways(code) {
		for _, a := range []bot.Audience{bot.Adult, bot.Parent, bot.Business} {
			if name := p.say(a, string(s.ID)+"."+string(code)); name != "" {
				return name
			}
		}
	}
	return string(code)
}

// ways are the questions of the way in that lead to a topic.
func (p *printer) ways(code bot.Topic) (out []*flow.State) {
	for _, s := range p.book.Flow.States() {
		if s.Topic == flow.Main && slices.ContainsFunc(s.On, func(on flow.On) bool { return string(on.Code) == string(code) }) {
			out = append(out, s)
		}
	}
	return out
}

// comes tells whether this kind of person is offered the topic on the way in.
// What no question there names is reached by everybody.
func (p *printer) comes(a bot.Asker, code bot.Topic) bool {
	if len(p.ways(code)) == 0 {
		return true
	}
	at, err := p.book.Flow.Start(a)
	return err == nil && p.offered(at, code, map[bot.StateID]bool{})
}

// offered looks for the topic among the answers of a question of the way in, and
// of those behind it.
func (p *printer) offered(at flow.Position, code bot.Topic, seen map[bot.StateID]bool) bool {
	s := p.book.Flow.State(at.State)
	if s.Topic != flow.Main || seen[s.ID] {
		return false
	}
	seen[s.ID] = true
	for _, on := range s.Offered(&at) {
		if string(on.Code) == string(code) {
			return true
		}
		if next, err := p.book.Flow.Step(at, on.Code); err == nil && p.offered(next, code, seen) {
			return true
		}
	}
	return false
}

// outcomes walks every way through a topic and gathers equal results.
func (p *printer) outcomes(a bot.Asker, code bot.Topic) []outcome {
	start, err := p.book.Flow.Enter(flow.Position{Asker: a}, p.book.Flow.Topic(code).Initial)
	if err != nil {
		return nil
	}
	var list []outcome
	seen := map[string]int{}
	p.walk(start, nil, func(at flow.Position, said []string) {
		o := p.outcome(at)
		key := o.key()
		i, ok := seen[key]
		if !ok {
			i = len(list)
			seen[key] = i
			list = append(list, o)
		}
		list[i].Ways = append(list[i].Ways, strings.Join(said, " · "))
	})
	return list
}

func (o outcome) key() string {
	var b strings.Builder
	for _, s := range o.Steps {
		b.WriteString(s + "\n")
	}
	for _, w := range append(slices.Clip(o.Places), o.Night...) {
		b.WriteString(w.ID + "\n")
	}
	return b.String()
}

// walk takes every answer of every question, and not answering it.
func (p *printer) walk(at flow.Position, said []string, end func(flow.Position, []string)) {
	at = advice.PassEmptyPicks(p.book, at)
	s := p.book.Flow.State(at.State)
	if s.Final {
		end(at, said)
		return
	}
	step := func(code bot.Code, label string) {
		if next, err := p.book.Flow.Step(at, code); err == nil && label != "" {
			p.walk(next, append(slices.Clip(said), label), end)
		}
	}
	for _, on := range s.Offered(&at) {
		step(on.Code, p.say(at.Audience, string(at.State)+"."+string(on.Code)))
	}
	if s.Skip != nil {
		step(bot.Skipped, p.say(at.Audience, "booklet.any"))
	}
}

func (p *printer) outcome(at flow.Position) outcome {
	day, night := p.moments()
	r := advice.For(p.book, advice.Query{Asker: at.Asker, Spot: at.Spot(), Now: day})
	var o outcome
	for _, s := range r.Steps {
		o.Steps = append(o.Steps, p.say(at.Audience, "step."+s.ID, pairs(s.Data)...))
	}
	o.Places = p.first(at.Asker, r)
	late := p.first(at.Asker, advice.For(p.book, advice.Query{Asker: at.Asker, Spot: at.Spot(), Now: night}))
	if !slices.Equal(late, o.Places) {
		o.Night = late
	}
	return o
}

// moments are a Wednesday at eleven and a Sunday at three in the country.
func (p *printer) moments() (day, night time.Time) {
	y, m, d := p.o.At.Date()
	at := time.Date(y, m, d, 11, 0, 0, 0, p.pack.Zone)
	day = at.AddDate(0, 0, (int(time.Wednesday)-int(at.Weekday())+7)%7)
	night = at.Add(-8*time.Hour).AddDate(0, 0, (7-int(at.Weekday()))%7)
	return day, night
}

func (p *printer) first(a bot.Asker, r advice.Result) []where {
	var out []where
	for _, pl := range r.Places[:r.Shown] {
		w := where{ID: string(pl.ID), Name: p.title(pl.Place)}
		if len(pl.Channels) > 0 {
			w.Way = p.value(a.Audience, pl.Channels[0].Channel)
		}
		out = append(out, w)
	}
	return out
}

func pairs(m map[string]string) (out []string) {
	for k, v := range m {
		out = append(out, k, v)
	}
	return out
}
