package screen_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/place"
)

// hours are a Tuesday morning and the night before it, in Prague.
var hours = []struct {
	name string
	now  time.Time
}{
	{"by day", time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)},
	{"by night", time.Date(2026, 11, 24, 1, 30, 0, 0, time.UTC)},
}

// TestSG02_DangerCardOfEveryCountryAndLanguage draws the card and its four
// answers for different people, by day and by night. Equal screens stand once.
func TestSG02_DangerCardOfEveryCountryAndLanguage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range bot.Countries {
		for _, lang := range bot.Languages {
			t.Run(fmt.Sprintf("%s in %s", country, lang), func(t *testing.T) {
				t.Parallel()
				out := fmt.Sprintf("# The danger card in %s, language %s (SG02). Written by go test -update.\n", country, lang)
				for _, code := range append([]bot.Code{""}, dangers(b)...) {
					out += cardFor(t, b, bot.Asker{Lang: lang, Country: country}, code)
				}
				golden(t, fmt.Sprintf("danger_%s_%s.txt", country, lang), out)
			})
		}
	}
}

// dangers are the answers of the card.
func dangers(b *book.Book) []bot.Code {
	var out []bot.Code
	for _, on := range b.Flow.State(b.Flow.Danger).On {
		out = append(out, on.Code)
	}
	return out
}

// danger is the delivery of the card, or of one of its answers, laid over a
// conversation.
func danger(tb testing.TB, b *book.Book, who bot.Asker, code bot.Code) bot.Delivery {
	tb.Helper()
	p, err := b.Flow.Enter(flow.Position{Asker: who}, b.Flow.Danger)
	if err == nil && code != "" {
		p, err = b.Flow.Step(p, code)
	}
	if err != nil {
		tb.Fatal(err)
	}
	d := spot(p, bot.ViewMain)
	d.Away = true
	return d
}

// cardReaders are those whose numbers differ most; the checks below look at
// everybody.
var cardReaders = []bot.Asker{
	{}, {Audience: bot.Child, Age: "under-15"}, {Audience: bot.YoungPerson, Age: "15-17"}, {Audience: bot.Adult}, {Audience: bot.Senior, Age: "60-plus"},
}

func cardFor(t *testing.T, b *book.Book, who bot.Asker, code bot.Code) string {
	t.Helper()
	var screens []string
	people := map[string][]string{}
	for _, a := range cardReaders {
		who.Audience, who.Age = a.Audience, a.Age
		for _, h := range hours {
			name := string(a.Audience)
			if name == "" {
				name = "not asked yet"
			}
			s := plain(draw(b, danger(t, b, who, code), h.now))
			s = strings.ReplaceAll(s, "\n    ", ": ") // a place a line
			if people[s] == nil {
				screens = append(screens, s)
			}
			people[s] = append(people[s], name+" "+h.name)
		}
	}
	title := "the card"
	if code != "" {
		title = string(code)
	}
	out := ""
	for _, s := range screens {
		out += fmt.Sprintf("\n== %s: %s\n\n%s", title, strings.Join(merge(people[s]), ", "), s)
	}
	return out
}

// merge writes "child by day, child by night" as "child".
func merge(list []string) []string {
	var out []string
	for _, s := range list {
		who, night := strings.CutSuffix(s, " by night")
		if i := slices.Index(out, who+" by day"); night && i >= 0 {
			out[i] = who
			continue
		}
		out = append(out, s)
	}
	return out
}

// TestSG02_TheCardIsOneScreenWithNumbersAndOneQuestion: a calm line, the
// country's own emergency number to tap, one question, a way back.
func TestSG02_TheCardIsOneScreenWithNumbersAndOneQuestion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range bot.Countries {
		for _, lang := range bot.Languages {
			for _, a := range everybody {
				for _, code := range append([]bot.Code{""}, dangers(b)...) {
					a.Lang, a.Country = lang, country
					d := danger(t, b, a, code)
					checkCard(t, b, d, draw(b, d, hours[1].now))
				}
			}
		}
	}
}

func checkCard(t *testing.T, b *book.Book, d bot.Delivery, m bot.Message) {
	t.Helper()
	name := fmt.Sprintf("%s %s %s %s", d.Country, d.Lang, d.Audience, d.State)
	if what := limits(m, false); what != "" {
		t.Errorf("%s: %s", name, what)
	}
	emergency := false
	for _, p := range b.Places.Filling(d.Country, bot.RoleEmergency) {
		for _, c := range p.Channels {
			number := c.Type == place.Phone && strings.Contains(words(m), c.Value)
			emergency = emergency || (number && (dials(m, c.Dial) || d.State == "danger-now.silent"))
		}
	}
	switch {
	case !emergency:
		t.Errorf("%s: no emergency number to tap:\n%s", name, plain(m))
	case m.Nav[0].Code != bot.CmdLeave:
		t.Errorf("%s: the way back does not come first: %s", name, codes(m.Nav))
	}
	if d.State != b.Flow.Danger {
		return
	}
	questions := strings.Count(words(m), "?")
	if ask := say(t, b, d.Asker, "danger-now.what.ask", nil); questions != 1 || !strings.Contains(words(m), ask) {
		t.Errorf("%s: %d questions:\n%s", name, questions, plain(m))
	}
	if got := codes(m.Choices); got != "hurting myself threatened silent" {
		t.Errorf("%s: the answers are %s", name, got)
	}
}

func dials(m bot.Message, number string) bool {
	for _, bubble := range m.Bubbles {
		for _, block := range bubble.Blocks {
			if slices.ContainsFunc(block.Lines, func(l bot.Line) bool { return l.Dial == number }) {
				return true
			}
		}
	}
	return false
}

// TestSG02_ABlackmailedChildReachesTheSextortionFlow from the danger card.
func TestSG02_ABlackmailedChildReachesTheSextortionFlow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range bot.Countries {
		p, err := b.Flow.Enter(flow.Position{Asker: bot.Asker{Lang: "en", Country: country}}, b.Flow.Danger)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range []bot.Code{"threatened", "blackmail", "under-15", "threats", "stranger"} {
			m := draw(b, spot(p, bot.ViewMain), day)
			if !slices.ContainsFunc(m.Choices, func(c bot.Choice) bool { return c.Code == string(code) }) {
				t.Fatalf("%s: %s is no button of %s: %s", country, code, p.State, codes(m.Choices))
			}
			if p, err = b.Flow.Step(p, code); err != nil {
				t.Fatal(err)
			}
		}
		m := draw(b, spot(p, bot.ViewMain), day)
		if p.State != "sextortion.advice" || m.Bubbles[0].Blocks[1].Text != say(t, b, p.Asker, "step.not-your-fault", nil) {
			t.Errorf("%s: the way ends in %s:\n%s", country, p.State, plain(m))
		}
	}
}

// TestSG02_TheCardSaysNoMethodAndLabelsNobody reads the golden screens (SG03,
// SG12): nothing about how, and no risk.
func TestSG02_TheCardSaysNoMethodAndLabelsNobody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	bad := map[bot.Lang]*regexp.Regexp{}
	for l, list := range map[bot.Lang]string{
		"en": `pills?|knife|knives|rope|jump|overdose|commit\p{L}*|risk\p{L}*`,
		"cs": `prášk\p{L}*|nůž|nože|skoč\p{L}*|skok\p{L}*|předávk\p{L}*|spách\p{L}*|rizik\p{L}*`,
		"pl": `tablet\p{L}*|nóż|noża|skocz\p{L}*|skok\p{L}*|przedawk\p{L}*|popełn\p{L}*|ryzyk\p{L}*`,
		"sq": `ilaç\p{L}*|thik\p{L}*|litar\p{L}*|hidh\p{L}*|mbidoz\p{L}*|kryej vetëvrasje`,
	} {
		bad[l] = regexp.MustCompile(`(?i)(^|\P{L})(` + list + `)(\P{L}|$)`)
	}
	for _, country := range bot.Countries {
		for _, lang := range bot.Languages {
			for _, a := range everybody {
				for _, code := range append([]bot.Code{""}, dangers(b)...) {
					a.Lang, a.Country = lang, country
					m := draw(b, danger(t, b, a, code), day)
					if word := bad[lang].FindString(words(m)); word != "" {
						t.Errorf("%s %s %s %s says %q", country, lang, a.Audience, code, word)
					}
				}
			}
		}
	}
}

// TestSG01_DangerStandsFirstOnEveryScreen, but on the one that hides
// everything.
func TestSG01_DangerStandsFirstOnEveryScreen(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, s := range b.Flow.States() {
		for _, view := range views {
			for _, door := range []bot.DoorName{"terminal", "telegram", "web"} {
				for _, away := range []bool{false, true} {
					d := bot.Delivery{Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child}, Door: door, Away: away, Spot: bot.Spot{State: s.ID, View: view}}
					m := draw(b, d, day)
					first := []string{bot.CmdDanger}
					switch {
					case view == bot.ViewHidden:
						first = []string{bot.CmdBack} // gives nothing away; the command still works
					case away && s.ID == b.Flow.Danger && view == bot.ViewMain:
						first = []string{bot.CmdLeave}
					case away && view == bot.ViewMain && (s.Asks() || s.Final || s.Card):
						first = []string{bot.CmdLeave, bot.CmdDanger}
					}
					if !strings.HasPrefix(codes(m.Nav)+" ", strings.Join(first, " ")+" ") {
						t.Errorf("%s %s away=%v: nav is %s, want %v first", s.ID, view, away, codes(m.Nav), first)
					}
				}
			}
		}
	}
}
