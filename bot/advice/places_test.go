package advice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
)

// spokenAt is how many of the moments the slower tests look at.
var spokenAt = map[bool]int{true: 3, false: 16}[slow]

const all = "child, young-person, adult, parent"

// ask is a child in Czechia at the outcome of a small book.
func ask(now time.Time) advice.Query {
	return advice.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}, Spot: bot.Spot{State: "sextortion.advice"}, Now: now}
}

func turnTo(turns string) string { return "    steps: [a, b, c]\n    turn_to: [" + turns + "]\n" }

func TestTheFirstOfEveryRoleComesBeforeTheSecondOfAny(t *testing.T) {
	t.Parallel()
	services := service("line-1", "child-helpline", all, phone("24/7"), "") + service("line-2", "child-helpline", all, phone("24/7"), "") +
		service("police-1", "police", all, phone("24/7"), "") + service("police-2", "police", all, phone("24/7"), "") +
		service("both", "victim-support, child-helpline", all, phone("24/7"), "")
	tests := []struct{ name, turns, want string }{
		{"two roles take turns", "{role: child-helpline}, {role: police}", "line-1 police-1 line-2 police-2 both"},
		{"the order is the outcome's", "{role: police}, {role: child-helpline}", "police-1 line-1 police-2 line-2 both"},
		{"all of a role come at once", "{role: police, all: true}, {role: child-helpline}", "police-1 police-2 line-1 line-2 both"},
		{"a place of two roles stands once", "{role: victim-support}, {role: child-helpline}", "both line-1 line-2"},
		{"a turn for others is left out", "{role: police, when: {audience: [adult]}}, {role: child-helpline}", "line-1 line-2 both"},
		{"a role nobody fills is left out", "{role: consumer}, {role: child-helpline}", "line-1 line-2 both"},
		{"a role twice gives the second place", "{role: police}, {role: police}, {role: child-helpline}", "police-1 police-2 line-1 line-2 both"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := advice.For(small(t, turnTo(tt.turns), services, ""), ask(moments[0]))
			if got := names(r.Places); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestPromisesMovePlacesToTheFirst(t *testing.T) {
	t.Parallel()
	offices := service("police", "police", all, phone(""), "") + service("bank", "bank", all, `{type: phone, text: your-card}`, ", generic: bank") +
		service("csirt", "csirt", all, `{type: web, value: "https://example.org"}`, "") + service("board", "consumer", all, phone(""), "")
	const four = "{role: police}, {role: bank}, {role: csirt}, {role: consumer}"
	const night = "2026-11-24 03:00"
	tests := []struct{ name, services, turns, first, noLine string }{
		{"a child line moves to the last seat", offices + service("line", "child-helpline", all, phone("24/7"), ""), four + ", {role: child-helpline}", "police bank line", ""},
		{"a child line that no turn names is found", offices + service("line", "child-helpline", all, phone("24/7"), ""), four, "police bank line", ""},
		{"an open line comes beside a closed child line", offices + service("line", "child-helpline", all, phone("Mo-Su 09:00-17:00"), "") +
			service("missing", "missing-children-line", all, phone("24/7"), ""), four, "police missing line", ""},
		{"an open child line comes before a closed one", service("line", "child-helpline", all, phone("Mo-Su 09:00-17:00"), "") +
			service("night", "child-helpline", all, phone("24/7"), "") + offices, "{role: child-helpline}, {role: police}", "night police line", ""},
		{"a line of unknown hours does not answer", offices + service("line", "child-helpline", all, phone(""), ""), four, "police bank line", "nobody"},
		{"nobody answers, and one opens in the morning", offices + service("line", "child-helpline", all, phone("Mo-Su 09:00-17:00"), "") +
			service("early", "child-helpline", all, phone("Mo-Su 08:00-09:00"), ""), four, "police bank line", "early 2026-11-24 08:00"},
		{"a line for adults is no line for a child", offices + service("adults", "adult-crisis-line", "adult", phone("24/7"), ""), four, "police bank csirt", "nobody"},
		{"the police do not keep the promise", service("police", "police", all, phone("24/7"), ""), "{role: police}", "police", "nobody"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := advice.For(small(t, turnTo(tt.turns), tt.services, ""), ask(prague(t, night)))
			if got := names(r.Places[:r.Shown]); got != tt.first {
				t.Errorf("first are %s, want %s; all: %s", got, tt.first, names(r.Places))
			}
			said := ""
			switch {
			case r.NoLine && r.Next != nil:
				said = string(r.Next.Place.ID) + " " + r.Next.At.Format("2006-01-02 15:04")
			case r.NoLine:
				said = "nobody"
			}
			if said != tt.noLine {
				t.Errorf("it says %q, want %q", said, tt.noLine)
			}
		})
	}
}

// TestNothingIsPromisedForAHolidayNobodyKnowsOf: "Monday to Friday" says
// nothing of a Thursday that is Christmas Eve.
func TestNothingIsPromisedForAHolidayNobodyKnowsOf(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, hours, now, next string }{
		{"the evening before an ordinary day", "Mo-Fr 09:00-17:00", "2026-11-24 20:00", "2026-11-25 09:00"},
		{"the evening before Christmas Eve leads past the holidays", "Mo-Fr 09:00-17:00", "2026-12-23 20:00", "2026-12-28 09:00"},
		{"Christmas Eve itself", "Mo-Fr 09:00-17:00", "2026-12-24 10:00", ""},
		{"hours of every day hold", "Mo-Su 09:00-17:00", "2026-12-23 20:00", "2026-12-24 09:00"},
		{"hours that name holidays hold", "Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-12-23 20:00", "2026-12-24 10:00"},
		{"hours that leave holidays out hold", "Mo-Fr 09:00-17:00; PH off", "2026-12-23 20:00", "2026-12-28 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := small(t, turnTo("{role: child-helpline}"), service("line", "child-helpline", all, phone(tt.hours), ""), "")
			r := advice.For(b, ask(prague(t, tt.now)))
			got := ""
			if r.Next != nil {
				got = r.Next.At.Format("2006-01-02 15:04")
			}
			if !r.NoLine || got != tt.next {
				t.Errorf("no line %v, next %q, want %q", r.NoLine, got, tt.next)
			}
			if c := r.Places[0].Channels[0]; tt.next == "" && !c.Next.IsZero() {
				t.Errorf("the place opens at %s, it says", c.Next)
			}
		})
	}
}

func TestACountryThatKnowsNobodyHasTheEmergencyNumbers(t *testing.T) {
	t.Parallel()
	services := service("board", "consumer", all, `{type: web, value: "https://example.org"}`, "") +
		strings.Replace(service("112", "emergency", all, `{type: phone, value: "112", hours: "24/7"}`, ""), "topics: [all]", "topics: [danger-now]", 1) +
		strings.Replace(service("158", "police", all, `{type: phone, value: "158", hours: "24/7"}`, ""), "topics: [all]", "topics: [danger-now]", 1)
	for turns, want := range map[string]string{
		"{role: legal-aid}":                "112 158",
		"{role: consumer}":                 "board 112 158", // a page is nobody to call
		"{role: consumer}, {role: police}": "board 112 158",
	} {
		r := advice.For(small(t, turnTo(turns), services, ""), ask(moments[0]))
		if got := names(r.Places); got != want || r.Shown == 0 || r.Emergency == nil || r.Emergency.ID != "112" {
			t.Errorf("%s: got %s (%d shown), want %s", turns, got, r.Shown, want)
		}
	}
	empty := advice.For(small(t, turnTo("{role: consumer}"), "", ""), ask(moments[0]))
	if len(empty.Places) != 0 || empty.Shown != 0 || empty.Emergency != nil || !empty.NoLine {
		t.Errorf("an empty pack gives %s", names(empty.Places))
	}
}

func TestAStateThatIsGoneHasContacts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	q := ask(moments[0])
	q.State = "gone.away"
	r := advice.For(b, q)
	if len(r.Steps) == 0 || len(r.Places) == 0 || !r.Places[0].Is(bot.RoleChildLine) {
		t.Errorf("steps %s, places %s", ids(r.Steps), names(r.Places))
	}
	if got := advice.Contact(b, q); got != nil {
		t.Errorf("contacts of no state: %s", names(got))
	}
	q.State, q.Country = "sextortion.advice", "DE"
	if r := advice.For(b, q); len(r.Places) == 0 || r.Emergency == nil {
		t.Errorf("a country without a pack gives %s", names(r.Places))
	}
}

// TestWrittenWaysComeFirstForThoseWhoCannotSpeak looks at every result of
// everybody who said so.
func TestWrittenWaysComeFirstForThoseWhoCannotSpeak(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range bot.Countries {
		for _, e := range kinds(t, b, country) {
			for _, now := range moments[:spokenAt] {
				q := e.at(now)
				q.Written = true
				if e.state.Card && e.state.Mode != flow.Written {
					continue // nobody has said so yet
				}
				r := advice.For(b, q)
				if what := spoken(e, r); what != "" {
					t.Errorf("%v at %s: %s: %s", e, now, what, names(r.Places))
					break
				}
			}
		}
	}
}

// spoken tells where a way to speak stands before one in writing. Numbers for
// emergencies, which take a text message too, come first on cards only.
func spoken(e end, r advice.Result) string {
	if !r.Written {
		return "the result does not know that it is in writing"
	}
	answering, write := false, false
	for _, p := range r.Places {
		speak := false
		for _, c := range p.Channels {
			if c.Type.Written() && speak {
				return string(p.ID) + " shows a way to speak first"
			}
			speak = speak || !c.Type.Written()
			if e.state.Card || !p.Is(bot.RoleEmergency) {
				answering = answering || (p.Staffed && c.Type.Written() && c.Type.Live() && c.IsOpen())
				write = write || c.Type.Written()
			}
		}
	}
	best := r.Places[0].Channels[0]
	switch {
	case answering && !(best.Type.Written() && best.Type.Live() && best.IsOpen()):
		return "somebody answers in writing, and does not come first"
	case write && !best.Type.Written():
		return "one can write somewhere, and it does not come first"
	}
	return ""
}

func TestWhoWouldRatherWriteKeepsTheLines(t *testing.T) {
	t.Parallel()
	b := setup(t)
	chat := func(p advice.Place) bool {
		return p.Staffed && slices.ContainsFunc(p.Channels, func(c place.Reach) bool { return c.Type == place.Chat && c.IsOpen() })
	}
	for _, country := range bot.Countries {
		for _, e := range kinds(t, b, country) {
			if e.state.Mode != flow.Written || e.state.Card {
				continue
			}
			for _, now := range moments {
				r := advice.For(b, e.at(now))
				if slices.ContainsFunc(r.Places, chat) && !chat(r.Places[0]) && !r.Places[0].Is(bot.RoleEmergency) {
					t.Errorf("%v at %s: a chat is open, and %s comes first", e, now, names(r.Places))
				}
			}
		}
	}
}

func TestTheContactLineIsSomebodyToTalkTo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asked := 0
	for _, country := range bot.Countries {
		for _, s := range b.Flow.States() {
			for _, who := range everybody {
				who.Lang, who.Country = langOf[country], country
				for _, now := range moments[:spokenAt] {
					for _, answers := range [][]bot.Answer{nil, {{State: "main.start", Code: "money"}}} {
						q := advice.Query{Asker: who, Spot: bot.Spot{State: s.ID, Answers: answers}, Now: now}
						list := advice.Contact(b, q)
						if len(s.Contact) == 0 && list != nil {
							t.Fatalf("%s has no contact line, and gives %s", s.ID, names(list))
						}
						if len(list) > 0 {
							asked++
							checkContact(t, b, q, list)
						}
					}
				}
			}
		}
	}
	if asked == 0 {
		t.Error("no question has a contact line")
	}
}

func checkContact(t *testing.T, b *book.Book, q advice.Query, list []advice.Place) {
	t.Helper()
	for _, p := range list {
		if !p.Staffed || !slices.ContainsFunc(p.Channels, func(c place.Reach) bool { return c.Type == place.Phone || c.Type == place.Chat }) {
			t.Errorf("%s %s %s: %s is nobody to talk to", q.State, q.Country, q.Audience, p.ID)
		}
	}
	answering := slices.ContainsFunc(list, func(p advice.Place) bool { return answers(b, p.Place, q.Now) })
	if answering && !answers(b, list[0].Place, q.Now) && list[0].Role != bot.RoleBank {
		t.Errorf("%s %s %s at %s: a line answers, and %s comes first", q.State, q.Country, q.Audience, q.Now, names(list))
	}
	bank := slices.IndexFunc(list, func(p advice.Place) bool { return p.Role == bot.RoleBank })
	if bank > 0 {
		t.Errorf("%s %s %s: the bank does not come first: %s", q.State, q.Country, q.Audience, names(list))
	}
}

func TestThePickedBankComesFirstAndReplacesTheStandIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range bot.Countries {
		banks := advice.Pickable(b, bot.Asker{Country: country}, bot.RoleBank)
		for _, e := range kinds(t, b, country) {
			before := advice.For(b, e.at(moments[0]))
			i := slices.IndexFunc(before.Places, func(p advice.Place) bool { return p.Role == bot.RoleBank })
			if i < 0 || picked(b, e) != "" {
				continue
			}
			standIn := before.Places[i].Place
			if standIn.Generic != bot.RoleBank {
				t.Errorf("%v: nobody picked a bank, and %s is shown", e, standIn.ID)
			}
			for _, bank := range banks {
				checkBank(t, e, bank, standIn, advice.For(b, pick(e, bank.ID)))
			}
			for _, foreign := range []bot.PlaceID{"gone", "xk-banka-juaj", "linka-bezpeci"} {
				if r := advice.For(b, pick(e, foreign)); !strings.Contains(names(r.Places), string(standIn.ID)) {
					t.Errorf("%v: %s was picked, and no bank is left: %s", e, foreign, names(r.Places))
				}
			}
		}
	}
}

func pick(e end, id bot.PlaceID) advice.Query {
	q := e.at(moments[0])
	q.Answers = append([]bot.Answer{{State: "payment-fraud.bank", Code: bot.Code(id)}}, e.Answers...)
	return q
}

func checkBank(t *testing.T, e end, bank, standIn *place.Place, r advice.Result) {
	t.Helper()
	i := slices.IndexFunc(r.Places, func(p advice.Place) bool { return p.Role == bot.RoleBank })
	if i < 0 || r.Places[i].ID != bank.ID || !slices.Contains(r.Places[i].Reasons, "picked-bank") {
		t.Errorf("%v: %s was picked, and the places are %s", e, bank.ID, names(r.Places))
		return
	}
	for _, p := range r.Places {
		if p.ID == standIn.ID || (p.Is(bot.RoleBank) && p.Generic == "" && p.ID != bank.ID) {
			t.Errorf("%v: %s was picked, and %s is shown too", e, bank.ID, p.ID)
		}
	}
}

func TestBanksToPickAreRealOnesWithAKnownNumber(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for country, least := range map[bot.Country]int{"CZ": 3, "PL": 3, "AL": 3, "XK": 0, "EU": 0} {
		banks := advice.Pickable(b, bot.Asker{Country: country}, bot.RoleBank)
		if len(banks) < least {
			t.Errorf("%s has %d banks to pick", country, len(banks))
		}
		for _, p := range banks {
			if p.Generic != "" || p.Evidence == "unverified" || p.Channels[0].Type != place.Phone || p.Channels[0].Dial == "" {
				t.Errorf("%s: %s is offered, evidence %q", country, p.ID, p.Evidence)
			}
		}
	}
}
