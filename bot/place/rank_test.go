package place_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

const monday = "2026-11-23 10:00"

// phone is a channel with more said of it.
func phone(more string) string { return `[{type: phone, value: "116 111"` + more + "}]" }

const (
	anybody = "[child, young-person, parent, senior, adult, relative, teacher]"
	open    = `, hours: "Mo-Fr 09:00-17:00"`
	closed  = `, hours: "Sa 09:00-17:00"`
)

// TestEachCriterionPutsTheBetterFirst has the worse place first in the pack, so
// that only the criterion can put the better one before it.
// criterion is a difference between two places that puts one first.
type criterion struct {
	name          string
	query         place.Query
	worse, better []string
	want          string // reasons of the better
}

// criteria are the differences that count.
func criteria() []criterion {
	child := place.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}, Topic: "other"}
	with := func(change func(*place.Query)) place.Query { q := child; change(&q); return q }
	adult := with(func(q *place.Query) { q.Audience, q.Age = bot.Adult, "" })
	english := with(func(q *place.Query) { q.Lang = "en" })
	written := with(func(q *place.Query) { q.Written = true })
	here := with(func(q *place.Query) { q.Region = "brno" })
	return []criterion{
		{"the bank they picked", with(func(q *place.Query) { q.Picked = "better" }), nil, nil, "picked-bank audience language open free national"},
		{"what stands for all banks, while none is picked", child, nil,
			[]string{"generic", "bank", "channels", "[{type: phone, text: your-card}]"}, "audience language national"},
		{"the picked bank before what stands for all", with(func(q *place.Query) { q.Picked = "better" }),
			[]string{"generic", "bank", "channels", "[{type: phone, text: your-card}]"}, nil, "picked-bank audience language open free national"},
		{"what is meant for people like them", child, []string{"audiences", anybody}, nil, "audience language open free national"},
		{"what is meant for the young", with(func(q *place.Query) { q.Audience = bot.YoungPerson; q.Age = "" }),
			[]string{"audiences", "[young-person, adult]"}, nil, "audience language open free national"},
		{"their language", english, nil, []string{"channels", phone(open + ", cost: free, languages: [de, en]")}, "audience language open free national"},
		{"the language of the pack, where nothing is said", child, []string{"channels", phone(open + ", cost: free, languages: [en]")}, nil, "audience language open free national"},
		{"writing, for those who cannot speak", written, []string{"channels", phone(closed)},
			[]string{"channels", `[{type: chat, value: "https://example.org"` + closed + `}]`}, "audience language written national"},
		{"somebody to talk to in their language, not a page to read", child, []string{"channels", `[{type: web, value: "https://example.org", hours: "24/7"}]`},
			[]string{"channels", phone(closed)}, "audience language national"},
		{"no language where nobody answers", child, []string{"staffed", "false"}, []string{"channels", phone(closed)}, "audience language national"},
		{"somebody who answers in writing", written, []string{"channels", `[{type: chat, value: "https://example.org"` + closed + `}]`},
			[]string{"channels", `[{type: chat, value: "https://example.org"` + open + `}]`}, "audience language written open national"},
		{"what is open", child, []string{"channels", phone(closed + ", cost: free")}, nil, "audience language open free national"},
		{"what is open, not what may be", adult, []string{"audiences", "[adult]", "channels", phone("")}, []string{"audiences", "[adult]"}, "language open national"},
		{"a form is never open", child, []string{"channels", `[{type: web-form, value: "https://example.org", hours: "24/7", cost: free}]`}, nil, "audience language open free national"},
		{"what is free, for children", child, []string{"channels", phone(open + ", cost: local")}, nil, "audience language open free national"},
		{"what is free, for who knows whom", with(func(q *place.Query) { q.Audience, q.Age = bot.Unknown, "" }),
			[]string{"channels", phone(open)}, nil, "language open free national"},
		{"the country before other countries", adult, []string{"audiences", "[adult]", "scope", "international"}, []string{"audiences", "[adult]"}, "language open national"},
		{"the country before one region, as nobody is asked where they live", adult, []string{"audiences", "[adult]", "scope", "region"}, []string{"audiences", "[adult]"}, "language open national"},
		{"the region of those who said where they live", here, nil, []string{"scope", "region", "region", "brno"}, "audience language open free local"},
		{"even other countries before one region", adult, []string{"audiences", "[adult]", "scope", "region"}, []string{"audiences", "[adult]", "scope", "international"}, "language open international"},
		{"what is free, among equals", adult, []string{"audiences", "[adult]", "channels", phone(open)}, []string{"audiences", "[adult]"}, "language open national"},
		{"what is not for women only, as nobody is asked", child, []string{"women_only", "true"}, nil, "audience language open free national"},
	}
}

// precedence are pairs of differences of which one counts more.
func precedence() []criterion {
	child := place.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}, Topic: "other"}
	with := func(change func(*place.Query)) place.Query { q := child; change(&q); return q }
	adult := with(func(q *place.Query) { q.Audience, q.Age = bot.Adult, "" })
	english := with(func(q *place.Query) { q.Lang = "en" })
	written := with(func(q *place.Query) { q.Written = true })
	here := with(func(q *place.Query) { q.Region = "brno" })
	return []criterion{
		{"the pick counts more than whom it is for", with(func(q *place.Query) { q.Picked = "better" }), nil, []string{"audiences", anybody}, "picked-bank language open free national"},
		{"whom it is for counts more than language", english, []string{"audiences", anybody, "channels", phone(open + ", languages: [en]")}, nil, "audience open free national"},
		{"language counts more than writing", with(func(q *place.Query) { q.Lang, q.Written = "en", true }),
			[]string{"channels", `[{type: chat, value: "https://example.org"` + open + `}]`}, []string{"channels", phone(closed + ", languages: [en]")}, "audience language national"},
		{"writing counts more than being open", written, nil, []string{"channels", `[{type: chat, value: "https://example.org"` + closed + `}]`}, "audience language written national"},
		{"being open counts more than being free", child, []string{"channels", phone(closed + ", cost: free")}, []string{"channels", phone(open + ", cost: premium")}, "audience language open national"},
		{"being free counts more than being in the country", child, []string{"channels", phone(open)}, []string{"scope", "international"}, "audience language open free international"},
		{"the whole country counts more than being free, as nobody is asked where they live", child, []string{"scope", "region"}, []string{"channels", phone(open)}, "audience language open national"},
		{"being free counts more than being close", here, []string{"scope", "region", "region", "brno", "channels", phone(open)}, nil, "audience language open free national"},
		{"being in the country counts more than being free, for adults", adult, []string{"audiences", "[adult]", "scope", "region"}, []string{"audiences", "[adult]", "channels", phone(open)}, "language open national"},
	}
}

func TestEachCriterionPutsTheBetterFirst(t *testing.T) {
	t.Parallel()
	for _, tt := range append(criteria(), precedence()...) {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := setup(t, service("worse", append([]string{"roles", "[bank]"}, tt.worse...)...)+service("better", append([]string{"roles", "[bank]"}, tt.better...)...), "")
			tt.query.Now = at(t, monday)
			found := d.Rank(bot.RoleBank, tt.query)
			if got := ids(found); got != "better worse" {
				t.Fatalf("ranked %s; reasons of the first: %v", got, found[0].Reasons)
			}
			if got := strings.Join(found[0].Reasons, " "); got != tt.want {
				t.Errorf("reasons %s, want %s", got, tt.want)
			}
			if found[0].Role != bot.RoleBank {
				t.Errorf("found for %s", found[0].Role)
			}
		})
	}
}

func TestWhatMakesNoDifferenceKeepsTheOrderOfThePack(t *testing.T) {
	t.Parallel()
	adult := bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Adult}
	d := setup(t, service("c", "audiences", "[adult]")+service("a", "audiences", "[adult]", "ages", "{min: 18}")+service("b", "audiences", "[adult, senior]", "topics", "[other]"), "")
	q := place.Query{Asker: adult, Topic: "other", Now: at(t, monday)}
	if got := ids(d.Rank(bot.RoleChildLine, q)); got != "c a b" {
		t.Errorf("ranked %s", got)
	}
}

func TestWhoIsNotServedOrRefusedIsNotSent(t *testing.T) {
	t.Parallel()
	d := setup(t, service("fits")+
		service("refuses", "refuses", "[{topic: sextortion, to: fits}]")+
		service("other-topic", "topics", "[phishing]")+
		service("other-topic-named", "topics", "[phishing, sextortion]", "refuses", "[{topic: sextortion, to: fits}]")+
		service("adults", "audiences", "[adult]")+
		service("too-young", "ages", "{max: 9}")+
		service("too-old", "ages", "{min: 15}")+
		service("police", "roles", "[police]"),
		service("abroad"))
	tests := []struct {
		name  string
		topic bot.Topic
		who   bot.Asker
		want  string
	}{
		{"a child with this", "sextortion", bot.Asker{Country: "CZ", Audience: bot.Child, Age: "under-15"}, "fits too-young"},
		{"a child with something else", "phishing", bot.Asker{Country: "CZ", Audience: bot.Child, Age: "under-15"}, "fits refuses other-topic other-topic-named too-young"},
		{"a young person", "sextortion", bot.Asker{Country: "CZ", Audience: bot.YoungPerson}, "fits too-old"},
		{"an adult", "sextortion", bot.Asker{Country: "CZ", Audience: bot.Adult}, "adults"},
		{"somebody who did not say", "sextortion", bot.Asker{Country: "CZ", Audience: bot.Unknown}, "fits adults too-young too-old"},
		{"a child in another country", "sextortion", bot.Asker{Country: "PL", Audience: bot.Child}, ""},
		{"a child elsewhere", "sextortion", bot.Asker{Country: "EU", Audience: bot.Child}, "abroad"},
		{"a child in no country", "sextortion", bot.Asker{Audience: bot.Child}, "abroad"},
	}
	for _, tt := range tests {
		if got := ids(d.Rank(bot.RoleChildLine, place.Query{Asker: tt.who, Topic: tt.topic, Now: at(t, monday)})); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := d.Rank("warnings", place.Query{Asker: bot.Asker{Country: "CZ"}}); len(got) > 0 {
		t.Errorf("a role nobody fills: %v", ids(got))
	}
	m := d.Match(d.Get("refuses"), bot.RoleChildLine, place.Query{Asker: bot.Asker{Country: "CZ", Audience: bot.Adult}, Topic: "sextortion"})
	if m.ID != "refuses" || len(m.Channels) != 1 {
		t.Errorf("Match describes %+v, whether or not it fits", m)
	}
}

func TestOpenAndClosedAtAMinute(t *testing.T) {
	t.Parallel()
	d := setup(t, service("week", "channels", phone(`, hours: "Mo-Fr 09:00-17:00; PH off"`))+
		service("plain", "channels", phone(open))+
		service("daily", "channels", phone(`, hours: "Mo-Su 09:00-17:00"`))+
		service("always")+
		service("night", "channels", phone(`, hours: "22:00-06:00"`))+
		service("never", "channels", phone(`, hours: "off"`))+
		service("unknown", "channels", phone("")), "")
	tests := []struct {
		name, id, now string
		want          string // open, closed, always, unknown; then the next change
	}{
		{"before the hour", "week", "2026-11-23 08:59", "closed 2026-11-23 09:00"},
		{"at the hour", "week", "2026-11-23 09:00", "open 2026-11-23 17:00"},
		{"in the last minute", "week", "2026-11-23 16:59", "open 2026-11-23 17:00"},
		{"at closing", "week", "2026-11-23 17:00", "closed 2026-11-24 09:00"},
		{"on Friday evening", "week", "2026-11-27 17:00", "closed 2026-11-30 09:00"},
		{"on Sunday", "week", "2026-11-29 12:00", "closed 2026-11-30 09:00"},
		{"on the eve of Christmas Eve", "week", "2026-12-23 18:00", "closed 2026-12-25 09:00"},
		{"on Christmas Eve, a Thursday", "week", "2026-12-24 10:00", "closed 2026-12-25 09:00"},
		{"on Easter Monday", "week", "2026-04-06 10:00", "closed 2026-04-07 09:00"},
		{"on the Monday after Easter Monday", "week", "2026-04-13 10:00", "open 2026-04-13 17:00"},
		{"on a holiday of which the hours say nothing", "plain", "2026-12-24 10:00", "unknown"},
		{"on the day after", "plain", "2026-12-25 10:00", "open 2026-12-25 17:00"},
		{"on a holiday, every day of the week", "daily", "2026-12-24 10:00", "open 2026-12-24 17:00"},
		{"day and night", "always", "2026-12-24 03:00", "always"},
		{"after midnight", "night", "2026-11-23 05:59", "open 2026-11-23 06:00"},
		{"in the morning", "night", "2026-11-23 06:00", "closed 2026-11-23 22:00"},
		{"never", "never", "2026-11-23 10:00", "closed"},
		{"nobody knows", "unknown", "2026-11-23 10:00", "unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := d.Match(d.Get(bot.PlaceID(tt.id)), bot.RoleChildLine, place.Query{Asker: bot.Asker{Country: "CZ"}, Now: at(t, tt.now).UTC()})
			if got := state(m.Channels[0]); got != tt.want {
				t.Errorf("at %s: %s, want %s", tt.now, got, tt.want)
			}
			if want := strings.HasPrefix(tt.want, "open") || tt.want == "always"; m.Answers != want || slices.Contains(m.Reasons, "open") != want {
				t.Errorf("at %s: answers %v, reasons %v", tt.now, m.Answers, m.Reasons)
			}
		})
	}
}

// state prints a channel's state as the table has it.
func state(r place.Reach) string {
	switch {
	case r.Open == nil:
		return "unknown"
	case r.Always:
		return "always"
	}
	out := "closed"
	if r.IsOpen() {
		out = "open"
	}
	if !r.Next.IsZero() {
		out += " " + r.Next.Format("2006-01-02 15:04")
	}
	return out
}

// TestShippedPlacesKeepTheirHolidays looks at Christmas Eve in the real Czech
// pack.
func TestShippedPlacesKeepTheirHolidays(t *testing.T) {
	t.Parallel()
	d := shipped(t)
	eve := at(t, "2026-12-24 13:00")
	n := 0
	for _, p := range d.Pack("CZ").Places {
		for _, c := range d.Match(p, p.Roles[0], place.Query{Asker: bot.Asker{Country: "CZ"}, Now: eve}).Channels {
			if c.Hours == nil || p.Country != "CZ" || !strings.HasSuffix(c.Hours.String(), "PH off") {
				continue
			}
			n++
			if c.IsOpen() || c.Next.Before(eve) {
				t.Errorf("%s is open on Christmas Eve, or until %v", p.ID, c.Next)
			}
		}
	}
	if n == 0 {
		t.Error("no place of the pack keeps holidays")
	}
}

func TestAnInternationalPlaceKeepsItsOwnHoursAndLanguages(t *testing.T) {
	t.Parallel()
	hours := phone(`, hours: "Mo-Fr 09:00-17:00; PH off"`)
	d := setup(t, service("home", "channels", hours), service("all", "scope", "international", "channels", hours))
	q := place.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child}, Topic: "other", Now: at(t, "2026-12-24 10:00")}
	found := d.Rank(bot.RoleChildLine, q)
	if got := ids(found); got != "home all" {
		t.Fatalf("ranked %s", got)
	}
	if got := state(found[0].Channels[0]); got != "closed 2026-12-25 09:00" {
		t.Errorf("at home, on a holiday: %s", got)
	}
	if got := state(found[1].Channels[0]); got != "open 2026-12-24 17:00" {
		t.Errorf("where it is, on an ordinary day: %s", got)
	}
	if slices.Contains(found[1].Reasons, "language") {
		t.Errorf("the languages of the asker's country are not the place's: %v", found[1].Reasons)
	}
	q.Lang = "en"
	if got := ids(d.Rank(bot.RoleChildLine, q)); got != "all home" {
		t.Errorf("in the language of its own pack: %s", got)
	}
}

func TestChannelsComeInTheOrderToUseThem(t *testing.T) {
	t.Parallel()
	const channels = `[{type: in-person, value: home}, {type: email, value: a@example.org}, {type: web, value: "https://example.org", hours: "24/7"},
    {type: phone, value: "111", hours: "Sa 09:00-17:00"}, {type: chat, value: "https://example.org/c", hours: "Sa 09:00-17:00"},
    {type: phone, value: "112", hours: "Mo 09:00-17:00"}, {type: chat, value: "https://example.org/d", hours: "Mo 09:00-17:00"},
    {type: phone, value: "113"}, {type: web-form, value: "https://example.org/f", hours: "24/7"}]`
	d := setup(t, service("a", "channels", channels), "")
	tests := []struct {
		name    string
		written bool
		now     string
		want    string
	}{
		{"spoken, open", false, monday, "112 /d .org /f 111 /c 113 home a@example.org"},
		{"spoken, on the day that others are open", false, "2026-11-28 10:00", "111 /c .org /f 112 /d 113 home a@example.org"},
		{"spoken, at night", false, "2026-11-23 03:00", ".org /f 111 /c 112 /d 113 home a@example.org"},
		{"written, open", true, monday, "/d /f /c a@example.org .org 112 home 111 113"},
		{"written, at night", true, "2026-11-23 03:00", "/f /c /d a@example.org .org home 111 112 113"},
	}
	for _, tt := range tests {
		m := d.Match(d.Get("a"), bot.RoleChildLine, place.Query{Asker: bot.Asker{Country: "CZ"}, Now: at(t, tt.now), Written: tt.written})
		prefer := d.Match(d.Get("a"), bot.RoleChildLine, place.Query{Asker: bot.Asker{Country: "CZ"}, Now: at(t, tt.now), Prefer: tt.written})
		if !slices.EqualFunc(prefer.Channels, m.Channels, func(a, b place.Reach) bool { return a.Channel == b.Channel }) {
			t.Errorf("%s: who would rather write has another order", tt.name)
		}
		var got []string
		for _, c := range m.Channels {
			got = append(got, strings.TrimPrefix(c.Value, "https://example"))
		}
		if s := strings.ReplaceAll(strings.Join(got, " "), ".org/", "/"); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
		wantPhone := m.Channels[slices.IndexFunc(m.Channels, func(c place.Reach) bool { return c.Type == place.Phone })].Value
		if p := m.Phone(); p == nil || p.Value != wantPhone {
			t.Errorf("%s: Phone() = %v, want %s", tt.name, p, wantPhone)
		}
	}
}

func TestAPlaceWithoutANumberHasNoPhone(t *testing.T) {
	t.Parallel()
	d := setup(t, service("a", "channels", `[{type: phone, text: your-card}, {type: chat, value: "https://example.org"}]`), "")
	m := d.Match(d.Get("a"), bot.RoleBank, place.Query{Now: at(t, monday)})
	if p := m.Phone(); p != nil {
		t.Errorf("Phone() = %v", p)
	}
}

func TestWhoAnswersNow(t *testing.T) {
	t.Parallel()
	chat := `[{type: chat, value: "https://example.org"` + open + "}]"
	tests := []struct {
		name    string
		change  []string
		written bool
		want    bool
	}{
		{"a staffed line that is open", nil, false, true},
		{"a phone counts, also when they ask for writing", nil, true, true},
		{"a chat", []string{"channels", chat}, false, true},
		{"a chat, in writing", []string{"channels", chat}, true, true},
		{"a text line is not a talk", []string{"channels", `[{type: sms, value: "158"` + open + "}]"}, true, false},
		{"a line without staff", []string{"staffed", "false"}, false, false},
		{"a closed line", []string{"channels", phone(closed)}, false, false},
		{"a line nobody knows the hours of", []string{"channels", phone("")}, false, false},
		{"a form at any hour", []string{"channels", `[{type: web-form, value: "https://example.org", hours: "24/7"}]`}, false, false},
		{"an emergency number is not for talking", []string{"roles", "[police, emergency]"}, false, false},
		{"nor is a bank", []string{"roles", "[bank]"}, false, false},
		{"one open channel is enough", []string{"channels", `[{type: phone, value: "111"` + closed + `}, {type: phone, value: "112"` + open + "}]"}, false, true},
	}
	for _, tt := range tests {
		d := setup(t, service("a", tt.change...), "")
		if m := d.Match(d.Get("a"), bot.RoleChildLine, place.Query{Now: at(t, monday), Written: tt.written}); m.Answers != tt.want {
			t.Errorf("%s: Answers = %v", tt.name, m.Answers)
		}
	}
}

// TestRankingIsTheSameEveryTime ranks every role of the real packs for many.
func TestRankingIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	a, b := shipped(t), shipped(t)
	now := at(t, monday)
	for _, c := range bot.Countries {
		for _, role := range bot.Roles {
			for _, who := range append([]bot.Audience{""}, bot.Audiences...) {
				q := place.Query{Asker: bot.Asker{Lang: "cs", Country: c, Audience: who}, Topic: "sextortion", Now: now}
				if x, y := fmt.Sprint(ids(a.Rank(role, q))), ids(b.Rank(role, q)); x != y {
					t.Errorf("%s %s %s: %s, then %s", c, role, who, x, y)
				}
			}
		}
	}
}

func TestKindsOfChannel(t *testing.T) {
	t.Parallel()
	tests := []struct {
		channel       place.ChannelType
		written, live bool
	}{
		{place.Phone, false, true}, {place.SMS, true, true}, {place.Chat, true, true}, {place.Web, false, false},
		{place.WebForm, true, false}, {place.Email, true, false}, {place.App, true, false}, {place.InPerson, false, false},
	}
	for _, tt := range tests {
		if tt.channel.Written() != tt.written || tt.channel.Live() != tt.live {
			t.Errorf("%s: Written %v, Live %v", tt.channel, tt.channel.Written(), tt.channel.Live())
		}
	}
}

func BenchmarkRank(b *testing.B) {
	d := shipped(b)
	now := at(b, monday)
	for _, role := range []bot.Role{bot.RoleChildLine, bot.RolePolice, bot.RoleBank} {
		b.Run(string(role), func(b *testing.B) {
			q := place.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.YoungPerson, Age: "15-17"}, Topic: "sextortion", Now: now}
			if role == bot.RoleBank {
				q.Audience, q.Age, q.Topic = bot.Adult, "", "payment-fraud"
			}
			b.ReportAllocs()
			for b.Loop() {
				d.Rank(role, q)
			}
		})
	}
}
