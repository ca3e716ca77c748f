package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/terminal"
)

// Where asks for the result somebody would get, without the conversation.
type Where struct {
	bot.Asker
	Topic   bot.Topic
	Answers []string // "state=code"; questions not named count as "I don't know"
	At      time.Time
}

// WhereResult is the machine-readable result; its field names are a contract.
type WhereResult struct {
	Steps  []WhereStep  `json:"steps"`
	Places []WherePlace `json:"places"`
}

// WhereStep is a step and its sentence.
type WhereStep struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// WherePlace is a ranked place. Shown ones stand on the first screen.
type WherePlace struct {
	ID       bot.PlaceID    `json:"id"`
	Name     string         `json:"name"`
	Role     bot.Role       `json:"role"`
	Shown    bool           `json:"shown"`
	Channels []WhereChannel `json:"channels"`
	Why      []string       `json:"why"`
}

// WhereChannel is a way to reach a place. Open is null when the hours are not
// known; times are RFC 3339 with the offset of the place.
type WhereChannel struct {
	Type     place.ChannelType `json:"type"`
	Value    string            `json:"value"`
	Dial     string            `json:"dial"`
	Open     *bool             `json:"open"`
	OpensAt  *string           `json:"opens_at"`
	ClosesAt *string           `json:"closes_at"`
}

// query finds the outcome the answers lead to. Errors are bot.Invalid and name
// what is known instead.
func (w Where) query(b *book.Book) (advice.Query, error) {
	q := advice.Query{Asker: w.Asker, Now: w.At}
	topic := b.Flow.Topic(w.Topic)
	if topic == nil || w.Topic == flow.Main {
		return q, invalid("topic %q has no content; there is: %s", w.Topic, strings.Join(topics(b), ", "))
	}
	p := flow.Position{Asker: w.Asker}
	for _, a := range w.Answers {
		ans, err := w.answer(b, a)
		if err != nil {
			return q, err
		}
		p.Answers = append(p.Answers, ans)
	}
	p, err := b.Flow.Enter(p, topic.Initial)
	for range flow.MaxPasses {
		s := b.Flow.State(p.State)
		if err != nil || s.Final {
			break
		}
		code := p.Answer(p.State)
		if code == "" && s.Skip == nil {
			break // the danger card: nobody has to answer
		}
		if code == "" {
			code = bot.Skipped
		}
		p, err = b.Flow.Step(p, code)
	}
	if err != nil {
		return q, invalid("%s: %v", p.State, err)
	}
	q.Spot = p.Spot()
	return q, nil
}

// answer reads "state=code" and proves that it can be given.
func (w Where) answer(b *book.Book, text string) (bot.Answer, error) {
	name, code, ok := strings.Cut(text, "=")
	if !ok {
		return bot.Answer{}, invalid("--answer %q: write state=code", text)
	}
	id := bot.StateID(name)
	if !strings.Contains(name, ".") {
		id = bot.StateID(string(w.Topic) + "." + name)
	}
	s := b.Flow.State(id)
	if s == nil || !s.Asks() {
		return bot.Answer{}, invalid("--answer %q: there is no question %q", text, id)
	}
	known := []string{string(bot.Skipped)}
	for _, on := range s.On {
		if on.Code != "" {
			known = append(known, string(on.Code))
		}
	}
	if s.Pick != "" {
		for _, pl := range advice.Pickable(b, w.Asker, s.Pick) {
			known = append(known, string(pl.ID))
		}
	}
	if !slices.Contains(known, code) {
		return bot.Answer{}, invalid("--answer %q: %s takes %s", text, id, strings.Join(known, ", "))
	}
	return bot.Answer{State: id, Code: bot.Code(code)}, nil
}

func topics(b *book.Book) []string {
	var out []string
	for _, t := range bot.Topics {
		if b.Flow.Topic(t) != nil {
			out = append(out, string(t))
		}
	}
	return out
}

func invalid(format string, args ...any) error {
	return &bot.Error{Kind: bot.Invalid, Op: fmt.Sprintf(format, args...)}
}

// Result returns the machine-readable result.
func (w Where) Result(b *book.Book) (*WhereResult, error) {
	q, err := w.query(b)
	if err != nil {
		return nil, err
	}
	r := advice.For(b, q)
	out := &WhereResult{Steps: []WhereStep{}, Places: []WherePlace{}}
	for _, s := range r.Steps {
		text, _ := b.Phrases.Say(w.Asker, "step."+s.ID, s.Data)
		out.Steps = append(out.Steps, WhereStep{s.ID, text})
	}
	zone := b.Places.Pack(w.Country).Zone
	for _, pl := range r.Places {
		x := WherePlace{ID: pl.ID, Name: pl.Name, Role: pl.Role, Shown: pl.Shown, Channels: []WhereChannel{}, Why: append([]string{"role"}, pl.Reasons...)}
		for _, c := range pl.Channels {
			x.Channels = append(x.Channels, w.channel(b, c, zone))
		}
		out.Places = append(out.Places, x)
	}
	return out, nil
}

func (w Where) channel(b *book.Book, c place.Reach, zone *time.Location) WhereChannel {
	out := WhereChannel{Type: c.Type, Value: c.Value, Dial: c.Dial, Open: c.Open}
	if c.Text != "" {
		out.Value, _ = b.Phrases.Say(w.Asker, "channel.text."+c.Text, nil)
	}
	if c.Open == nil || c.Next.IsZero() {
		return out
	}
	at := c.Next.In(zone).Format(time.RFC3339)
	if *c.Open {
		out.ClosesAt = &at
	} else {
		out.OpensAt = &at
	}
	return out
}

// Text returns the result as somebody reads it on a terminal.
func (w Where) Text(b *book.Book) (string, error) {
	q, err := w.query(b)
	if err != nil {
		return "", err
	}
	d := bot.Delivery{Asker: w.Asker, Spot: q.Spot, Door: terminal.Name}
	s := b.Flow.State(q.State)
	if s.Card || w.Audience != bot.Senior {
		return terminal.Body(screen.Draw(b, d, w.At)), nil
	}
	var out strings.Builder
	for i, st := range advice.For(b, q).Steps {
		text, _ := b.Phrases.Say(w.Asker, "step."+st.ID, st.Data)
		fmt.Fprintf(&out, "%d. %s\n", i+1, text)
	}
	d.View = bot.ViewPlaces
	return out.String() + "\n" + terminal.Body(screen.Draw(b, d, w.At)), nil
}
