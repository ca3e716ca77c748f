package app_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
)

var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

func TestWhereAsJSONHasExactlyTheseFields(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	for _, audience := range bot.Audiences {
		for _, topic := range []bot.Topic{"payment-fraud", "sextortion", "suicide-self-harm", "danger-now", "other"} {
			w := app.Where{Asker: bot.Asker{Lang: "en", Country: "CZ", Audience: audience}, Topic: topic, At: noon}
			r, err := w.Result(b)
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var got any
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			contract(t, got)
			for _, p := range r.Places {
				if len(p.Why) == 0 || p.Why[0] != "role" {
					t.Errorf("%s stands there because of %v", p.ID, p.Why)
				}
			}
		}
	}
}

// contract compares every object with the fields that were promised.
func contract(t *testing.T, got any) {
	t.Helper()
	top := fields(t, got, "steps:array places:array")
	for _, s := range top["steps"].([]any) {
		fields(t, s, "id:string text:string")
	}
	for _, p := range top["places"].([]any) {
		place := fields(t, p, "id:string name:string role:string shown:bool channels:array why:array")
		for _, c := range place["channels"].([]any) {
			ch := fields(t, c, "type:string value:string dial:string open:bool|null opens_at:string|null closes_at:string|null")
			for _, name := range []string{"opens_at", "closes_at"} {
				if s, ok := ch[name].(string); ok {
					if at, err := time.Parse(time.RFC3339, s); err != nil || strings.HasSuffix(s, "Z") || at.Before(noon) {
						t.Errorf("%s is %q: %v", name, s, err)
					}
				}
			}
			if ch["opens_at"] != nil && ch["open"] != false || ch["closes_at"] != nil && ch["open"] != true {
				t.Errorf("open, opens_at and closes_at do not agree: %v", ch)
			}
		}
	}
}

func fields(t *testing.T, v any, want string) map[string]any {
	t.Helper()
	m, ok := v.(map[string]any)
	if !ok {
		t.Fatalf("%v is no object", v)
	}
	kinds := map[string]string{}
	for _, f := range strings.Fields(want) {
		name, kind, _ := strings.Cut(f, ":")
		kinds[name] = kind
	}
	if got := slices.Sorted(maps.Keys(m)); !slices.Equal(got, slices.Sorted(maps.Keys(kinds))) {
		t.Fatalf("fields %v, want %s", got, want)
	}
	for name, x := range m {
		kind := "null"
		switch x.(type) {
		case string:
			kind = "string"
		case bool:
			kind = "bool"
		case []any:
			kind = "array"
		}
		if !slices.Contains(strings.Split(kinds[name], "|"), kind) {
			t.Errorf("%s is %s, want %s", name, kind, kinds[name])
		}
	}
	return m
}

func TestWhereMoneyIsMovingTheBankComesFirstThenThePolice(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	for _, country := range []bot.Country{"PL", "CZ"} {
		for _, answers := range [][]string{nil, {"how=transfer"}, {"how=card"}, {"payment-fraud.how=cash"}} {
			w := app.Where{Asker: bot.Asker{Lang: "pl", Country: country, Audience: bot.Senior, Age: "60-plus"}, Topic: "payment-fraud", Answers: answers, At: noon}
			r, err := w.Result(b)
			if err != nil {
				t.Fatal(err)
			}
			if r.Places[0].Role != bot.RoleBank || r.Places[1].Role != bot.RolePolice || !r.Places[0].Shown || !r.Places[1].Shown {
				t.Errorf("%s %v: first %s (%s), then %s (%s)", country, answers, r.Places[0].ID, r.Places[0].Role, r.Places[1].ID, r.Places[1].Role)
			}
		}
	}
}

func TestWhereThePickedBankIsFirst(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	w := app.Where{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Adult}, Topic: "payment-fraud", Answers: []string{"which_bank=csob"}, At: noon}
	r, err := w.Result(b)
	if err != nil || r.Places[0].ID != "csob" {
		t.Fatalf("%+v, %v", r, err)
	}
}

func TestWhereAnswersDecideTheSteps(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	steps := func(answers ...string) []string {
		w := app.Where{Asker: bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Adult}, Topic: "phishing", Answers: answers, At: noon}
		r, err := w.Result(b)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, s := range r.Steps {
			out = append(out, s.ID)
			if s.Text == "" {
				t.Errorf("step %s has no text", s.ID)
			}
		}
		return out
	}
	if got := steps("done=password"); !slices.Contains(got, "change-password") {
		t.Errorf("with a password given away: %v", got)
	}
	if got := steps(); slices.Contains(got, "change-password") {
		t.Errorf("with nothing said: %v", got)
	}
	if !reflect.DeepEqual(steps("done=skip"), steps()) {
		t.Error("a question skipped is not a question not named")
	}
	// an answer may lead to another topic's result
	if got := steps("done=money", "payment-fraud.how=card"); !slices.Contains(got, "block-card") {
		t.Errorf("with money gone by card: %v", got)
	}
}

func TestWhereNamesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	for _, tt := range []struct {
		name, topic, answer string
		want                []string
	}{
		{"a topic that is none", "weather", "", []string{`"weather"`, "sextortion", "payment-fraud"}},
		{"no topic", "", "", []string{"sextortion"}},
		{"the way in is no topic", "main", "", []string{`"main"`, "phishing"}},
		{"no equals sign", "phishing", "done", []string{`"done"`, "state=code"}},
		{"a state that is none", "phishing", "dunno=x", []string{"phishing.dunno"}},
		{"a state of another topic without its name", "phishing", "happened=threats", []string{"phishing.happened"}},
		{"a state that asks nothing", "phishing", "payment-fraud.then=x", []string{"payment-fraud.then"}},
		{"a code that is none", "phishing", "done=maybe", []string{"phishing.done", "password", "skip"}},
		{"no code", "phishing", "done=", []string{"password"}},
		{"a bank that is none", "payment-fraud", "which_bank=no-bank", []string{"csob", "skip"}},
		{"a bank of another country", "payment-fraud", "which_bank=mbank-pl", []string{"csob"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := app.Where{Asker: bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Adult}, Topic: bot.Topic(tt.topic), At: noon}
			if tt.answer != "" {
				w.Answers = []string{tt.answer}
			}
			r, err := w.Result(b)
			if err == nil || r != nil || bot.KindOf(err) != bot.Invalid {
				t.Fatalf("%+v, error %v of kind %d", r, err, bot.KindOf(err))
			}
			for _, word := range tt.want {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("%q does not name %s", err, word)
				}
			}
			if text, err := w.Text(b); err == nil || text != "" {
				t.Errorf("as text: %q, %v", text, err)
			}
		})
	}
}

func TestWhereAsTextSaysTheStepsAndThePlaces(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	for _, lang := range bot.Languages {
		for _, country := range bot.Countries {
			for _, audience := range []bot.Audience{bot.Child, bot.Senior, bot.Business} {
				for _, topic := range []bot.Topic{"payment-fraud", "danger-now"} {
					w := app.Where{Asker: bot.Asker{Lang: lang, Country: country, Audience: audience}, Topic: topic, At: noon}
					text, err := w.Text(b)
					if err != nil {
						t.Fatal(err)
					}
					r, err := w.Result(b)
					if err != nil {
						t.Fatal(err)
					}
					for _, s := range r.Steps {
						if !strings.Contains(text, s.Text) {
							t.Errorf("%s %s %s: step %s is not in the text", lang, country, audience, s.ID)
						}
					}
					if first := r.Places[0].Channels[0].Value; !strings.Contains(text, first) {
						t.Errorf("%s %s %s %s: %q is not in the text:\n%s", lang, country, audience, topic, first, text)
					}
				}
			}
		}
	}
}

// prague reads a moment with its offset.
func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// reach finds a channel of a place in a result.
func reach(t *testing.T, b *book.Book, w app.Where, id bot.PlaceID, kind string) app.WhereChannel {
	t.Helper()
	r, err := w.Result(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Places {
		for _, c := range p.Channels {
			if p.ID == id && string(c.Type) == kind {
				return c
			}
		}
	}
	t.Fatalf("%s is not in the result", id)
	return app.WhereChannel{}
}

// hours of Czech lines at awkward minutes. Open ones say when they close, shut
// ones when they open, with the offset of that moment.
var awkward = []struct {
	name, at string
	open     bool
	next     string
}{
	// every day 08:00-20:00
	{"linka-senioru on Christmas Eve", "2026-12-24T18:30:00+01:00", true, "2026-12-24T20:00:00+01:00"},
	{"linka-senioru late on Christmas Eve", "2026-12-24T20:00:00+01:00", false, "2026-12-25T08:00:00+01:00"},
	{"linka-senioru in the last minute of the year", "2026-12-31T23:59:59+01:00", false, "2027-01-01T08:00:00+01:00"},
	{"linka-senioru before the clocks go forward", "2026-03-29T01:59:59+01:00", false, "2026-03-29T08:00:00+02:00"},
	{"linka-senioru on the evening before", "2026-03-28T19:59:00+01:00", true, "2026-03-28T20:00:00+01:00"},
	{"linka-senioru after the clocks went forward", "2026-03-29T12:00:00+02:00", true, "2026-03-29T20:00:00+02:00"},
	{"linka-senioru in the first 02:30 of October", "2026-10-25T02:30:00+02:00", false, "2026-10-25T08:00:00+01:00"},
	{"linka-senioru in the second 02:30 of October", "2026-10-25T02:30:00+01:00", false, "2026-10-25T08:00:00+01:00"},
	{"linka-senioru after the clocks went back", "2026-10-25T19:59:00+01:00", true, "2026-10-25T20:00:00+01:00"},
	{"linka-senioru on Easter Monday", "2026-04-06T08:00:00+02:00", true, "2026-04-06T20:00:00+02:00"},
	{"linka-senioru asked for in another zone", "2026-12-31T17:59:00-05:00", false, "2027-01-01T08:00:00+01:00"},
	// every day 09:00-13:00 and 15:00-19:00
	{"linka-bezpeci in the break of Christmas Eve", "2026-12-24T14:00:00+01:00", false, "2026-12-24T15:00:00+01:00"},
	{"linka-bezpeci in the last minute of the year", "2026-12-31T23:59:00+01:00", false, "2027-01-01T09:00:00+01:00"},
	{"linka-bezpeci before the clocks go forward", "2026-03-28T19:00:00+01:00", false, "2026-03-29T09:00:00+02:00"},
	{"linka-bezpeci on the day the clocks go back", "2026-10-25T12:59:59+01:00", true, "2026-10-25T13:00:00+01:00"},
	{"linka-bezpeci on Easter Monday", "2026-04-06T18:00:00+02:00", true, "2026-04-06T19:00:00+02:00"},
	// Mo-Fr 10:00-18:00; PH off
	{"nlo-800350000 on Christmas Eve", "2026-12-24T12:00:00+01:00", false, "2026-12-28T10:00:00+01:00"},
	{"nlo-800350000 on the day before", "2026-12-23T17:59:00+01:00", true, "2026-12-23T18:00:00+01:00"},
	{"nlo-800350000 in the last minute of the year", "2026-12-31T23:59:00+01:00", false, "2027-01-04T10:00:00+01:00"},
	{"nlo-800350000 on the last working day", "2026-12-31T17:00:00+01:00", true, "2026-12-31T18:00:00+01:00"},
	{"nlo-800350000 before the clocks go forward", "2026-03-29T01:30:00+01:00", false, "2026-03-30T10:00:00+02:00"},
	{"nlo-800350000 in an hour that does not exist there", "2026-03-29T02:30:00+01:00", false, "2026-03-30T10:00:00+02:00"},
	{"nlo-800350000 on the day the clocks go back", "2026-10-25T12:00:00+01:00", false, "2026-10-26T10:00:00+01:00"},
	{"nlo-800350000 on the Friday before", "2026-10-23T18:00:00+02:00", false, "2026-10-26T10:00:00+01:00"},
	{"nlo-800350000 on Good Friday", "2026-04-03T12:00:00+02:00", false, "2026-04-07T10:00:00+02:00"},
	{"nlo-800350000 on Easter Monday", "2026-04-06T12:00:00+02:00", false, "2026-04-07T10:00:00+02:00"},
	{"nlo-800350000 on the day after", "2026-04-07T10:00:00+02:00", true, "2026-04-07T18:00:00+02:00"},
}

func TestHO02_WhereTellsTheHoursOfAwkwardMinutes(t *testing.T) {
	t.Parallel()
	b := withQuitline(t)
	ask := map[string]struct {
		audience bot.Audience
		topic    bot.Topic
		channel  string
	}{
		"linka-senioru": {bot.Senior, "payment-fraud", "phone"}, "linka-bezpeci": {bot.Child, "sextortion", "chat"},
		"nlo-800350000": {bot.Adult, "suicide-self-harm", "phone"},
	}
	for _, tt := range awkward {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			id, _, _ := strings.Cut(tt.name, " ")
			w := app.Where{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: ask[id].audience}, Topic: ask[id].topic, At: moment(t, tt.at)}
			c := reach(t, b, w, bot.PlaceID(id), ask[id].channel)
			if c.Open == nil || *c.Open != tt.open {
				t.Fatalf("open is %v, want %t", c.Open, tt.open)
			}
			next, other := c.OpensAt, c.ClosesAt
			if tt.open {
				next, other = c.ClosesAt, c.OpensAt
			}
			if next == nil || *next != tt.next || other != nil {
				t.Errorf("opens_at %v, closes_at %v, want %s", text(c.OpensAt), text(c.ClosesAt), tt.next)
			}
		})
	}
}

func text(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

func TestHO02_WhereSaysNothingOfHoursItDoesNotKnow(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	always := reach(t, b, app.Where{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child}, Topic: "sextortion", At: noon}, "linka-bezpeci", "phone")
	if always.Open == nil || !*always.Open || always.OpensAt != nil || always.ClosesAt != nil || always.Dial == "" {
		t.Errorf("day and night: %+v", always)
	}
	mail := reach(t, b, app.Where{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child}, Topic: "sextortion", At: noon}, "linka-bezpeci", "email")
	if mail.Open != nil || mail.OpensAt != nil || mail.ClosesAt != nil || mail.Dial != "" || mail.Value == "" {
		t.Errorf("an address without hours: %+v", mail)
	}
}

// withQuitline are the books inside the binary, in which the quitline with its
// "PH off" answers for a topic that has content.
func withQuitline(t *testing.T) *book.Book {
	t.Helper()
	src := book.Embedded()
	flows := fstest.MapFS{}
	err := fs.WalkDir(src.Flows, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(src.Flows, name)
		flows[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pack := string(flows["places/cz.yaml"].Data)
	head, rest, found := strings.Cut(pack, "- id: nlo-800350000\n")
	entry, tail, _ := strings.Cut(rest, "\n- id: ")
	entry = strings.Replace(entry, "roles: [addiction-line]", "roles: [adult-crisis-line]", 1)
	entry = strings.Replace(entry, "topics: [gaming-overuse]", "topics: [all]", 1)
	if !found || !strings.Contains(entry, "adult-crisis-line") || !strings.Contains(entry, "[all]") || !strings.Contains(entry, "PH off") {
		t.Fatal("the quitline is no longer what these tests think")
	}
	flows["places/cz.yaml"] = &fstest.MapFile{Data: []byte(head + "- id: nlo-800350000\n" + entry + "\n- id: " + tail)}
	b, findings := book.Load(book.Source{Flows: flows, Locales: src.Locales})
	if b == nil {
		t.Fatal(findings[0])
	}
	return b
}
