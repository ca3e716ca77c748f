package advice_test

import (
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/advice/advicetest"
	"wheretoturn/bot/book"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) { t.Helper(); advicetest.Golden(t, name, got, *update) }

// eachEnd calls f for every end in every country, with its result at one
// moment.
func eachEnd(t *testing.T, f func(e end, r advice.Result)) {
	t.Helper()
	setup(t)
	n := 0
	for _, country := range bot.Countries {
		for i, e := range ends(t, country) {
			n++
			f(e, resultOf()[country][i])
		}
	}
	if n < 500 {
		t.Fatalf("only %d ends: the walk is lame", n)
	}
}

// resultOf holds the result of every end at one moment.
var resultOf = sync.OnceValue(func() map[bot.Country][]advice.Result {
	b, _ := shipped()
	out := map[bot.Country][]advice.Result{}
	for country, list := range everyEnd() {
		for _, e := range list {
			out[country] = append(out[country], advice.For(b, e.at(moments[3])))
		}
	}
	return out
})

// texts says the steps of a result in every language.
func texts(b *book.Book, e end, r advice.Result, f func(lang bot.Lang, s advice.Step, text string)) {
	for _, l := range bot.Languages {
		who := e.Asker
		who.Lang = l
		for _, s := range r.Steps {
			text, _ := b.Phrases.Say(who, "step."+s.ID, s.Data)
			f(l, s, text)
		}
	}
}

// TestSG05_NoStepTellsToCopyAPicture reads every step in every language. A
// sentence may speak of copying and of a picture only to say no.
func TestSG05_NoStepTellsToCopyAPicture(t *testing.T) {
	t.Parallel()
	b := setup(t)
	seen := map[string]bool{}
	eachEnd(t, func(e end, r advice.Result) {
		images := b.Flow.Topic(e.state.Topic).Images
		if images && !e.state.Card && !strings.Contains(ids(r.Steps), "save-proof-not-picture") && !strings.Contains(ids(r.Steps), "no-save-no-forward") {
			t.Errorf("%v speaks of pictures and does not say that they are not copied: %s", e, ids(r.Steps))
		}
		texts(b, e, r, func(l bot.Lang, s advice.Step, text string) {
			if key := fmt.Sprint(l, text, images); !seen[key] {
				seen[key] = true
				if slices.Contains(ofThings, s.ID) {
					return
				}
				for _, bad := range copies(l, text, images) {
					t.Errorf("%s step.%s: %q tells to copy a picture", l, s.ID, bad)
				}
			}
		})
	})
}

// ofThings are steps about pictures of goods, of injuries, of messages and of
// settings, which are proof and show nobody naked.
var ofThings = []string{"goods-photo", "abuse-doctor", "abuse-copies", "mailbox-lock", "check-recovery", "mail-linked", "app-remove"}

// copying, showing and refusing are the words of it. Screenshots are pictures
// where the topic is pictures; elsewhere they show words.
var (
	copying = words(`save|copy|copies|download|forward|screenshot|keep`, `ulož|uklád|kopír|stáhn|přepoš|vyfoť|screenshot|snímek obrazovky|snímky obrazovky`,
		`zapis|s?kopiow|pobier|prześlij|przesłać|zrzut`, `ruaj|ruani|kopjo|shkarko|përcill|screenshot|pamje ekrani`)
	showing = words(`picture|photo|image|video|naked`, `fotk|fotogra|sním|obráz|video|nah[éoáý]`, `zdję|fotogra|film|obraz|nag[io]`, `foto|video|lakuriq`)
	screens = words(`screenshots?`, `snímky? obrazovky|snímek obrazovky|screenshot`, `zrzut\p{L}* ekranu`, `pamje ekrani|screenshot`)
	refusal = words(`never|not|no|don't|doesn't`, `ne\p{L}*|ani|žádn`, `nie|nigdy|bez`, `mos|kurrë|nuk|jo|asnjë`)
)

func words(en, cs, pl, sq string) map[bot.Lang]*regexp.Regexp {
	out := map[bot.Lang]*regexp.Regexp{}
	for l, expr := range map[bot.Lang]string{"en": en, "cs": cs, "pl": pl, "sq": sq} {
		out[l] = regexp.MustCompile(`(?i)(^|[^\p{L}])(` + expr + `)`)
	}
	return out
}

// copies returns the sentences that tell to copy a picture.
func copies(l bot.Lang, text string, images bool) []string {
	var out []string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '!' || r == '?' || r == ':' }) {
		seen := s
		if !images { // there, a screenshot shows what somebody wrote
			seen = screens[l].ReplaceAllString(s, "")
		}
		picture := showing[l].MatchString(seen) || screens[l].MatchString(seen)
		if picture && copying[l].MatchString(seen) && !refusal[l].MatchString(seen) {
			out = append(out, strings.TrimSpace(s))
		}
	}
	return out
}

func TestSG05_TheWordsFindWhatTheyShould(t *testing.T) {
	t.Parallel()
	bad := []struct {
		name, text string
		lang       bot.Lang
		images     bool
	}{
		{"english", "Save the picture as proof.", "en", false},
		{"a screenshot where the topic is pictures", "Take a screenshot of the chat.", "en", true},
		{"a refusal in another sentence", "Don't panic. Copy the photo.", "en", false},
		{"czech", "Ulož si fotku jako důkaz.", "cs", false},
		{"a czech screenshot", "Uložte snímek obrazovky.", "cs", true},
		{"polish", "Proszę zapisać zdjęcie.", "pl", false},
		{"albanian", "Ruaj foton si provë.", "sq", false},
	}
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if len(copies(tt.lang, tt.text, tt.images)) == 0 {
				t.Errorf("%q is not found", tt.text)
			}
		})
	}
	for _, good := range []string{"Never copy the picture.", "Save proof: screenshots with the name.", "Save the name. The picture stays on the phone."} {
		if found := copies("en", good, false); len(found) > 0 {
			t.Errorf("%q is found", found)
		}
	}
}

// tools are the two ways to take a picture down, by who may use them.
var (
	under18 = []bot.Audience{bot.Child, bot.YoungPerson, bot.Parent, bot.Teacher}
	over18  = []bot.Audience{bot.Adult, bot.Senior, bot.Relative, bot.Business}
)

// TestSG06_TheToolFitsTheAge: under 18 Take It Down only, from 18 on StopNCII
// only, in steps, their words and places. Who does not say gets both.
func TestSG06_TheToolFitsTheAge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	seen := map[string]bool{}
	fail := func(format string, args ...any) {
		if what := fmt.Sprintf(format, args...); !seen[what] {
			seen[what] = true
			t.Error(what)
		}
	}
	eachEnd(t, func(e end, r advice.Result) {
		young, old := slices.Contains(under18, e.Audience), slices.Contains(over18, e.Audience)
		has := func(id bot.PlaceID) bool {
			return slices.ContainsFunc(r.Places, func(p advice.Place) bool { return p.ID == id })
		}
		if (young && has("eu-stopncii")) || (old && has("eu-takeitdown")) {
			fail("%s %s: the wrong tool among %s", e.State, e.Audience, names(r.Places))
		}
		for step, right := range map[string]bool{"take-down-under-18": young, "take-down-adult": old, "take-down-either": e.Audience == bot.Unknown} {
			if !right && slices.ContainsFunc(r.Steps, func(s advice.Step) bool { return s.ID == step }) {
				fail("%s %s: the step %s", e.State, e.Audience, step)
			}
		}
		texts(b, e, r, func(l bot.Lang, s advice.Step, text string) {
			if young && strings.Contains(text, "StopNCII") {
				fail("%s step.%s says StopNCII to a %s: %q", l, s.ID, e.Audience, text)
			}
			// An adult may have been a child in the picture: then the age stands there.
			if old && strings.Contains(text, "Take It Down") && !(strings.Contains(text, "18") && strings.Contains(text, "StopNCII")) {
				fail("%s step.%s says Take It Down to a %s: %q", l, s.ID, e.Audience, text)
			}
		})
	})
}

// TestSG06_EveryBlackmailedPersonGetsTheTool: the step, and the place to go to.
func TestSG06_EveryBlackmailedPersonGetsTheTool(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	eachEnd(t, func(e end, r advice.Result) {
		if e.State != "sextortion.advice" {
			return
		}
		want := map[bool]string{true: "eu-takeitdown", false: "eu-stopncii"}[slices.Contains(under18, e.Audience)]
		key := fmt.Sprint(e.Country, e.Audience)
		if !strings.Contains(ids(r.Steps), "take-down-") {
			t.Errorf("%v: no step about the tool: %s", e, ids(r.Steps))
		}
		if !strings.Contains(names(r.Places), want) && !seen[key] {
			seen[key] = true
			t.Errorf("%v: no %s among %s", e, want, names(r.Places))
		}
	})
}

// order of the steps against sextortion (SG07), and what may stand where.
var order = []*regexp.Regexp{
	regexp.MustCompile(`^not-your-fault$`),
	regexp.MustCompile(`^(do-not-pay|send-nothing)$`),
	regexp.MustCompile(`^tell-bank$`), // money that moves does not wait
	regexp.MustCompile(`^save-proof-not-picture$`),
	regexp.MustCompile(`^stop-report-block$`),
	regexp.MustCompile(`^take-down-(under-18|adult|either)$`),
	regexp.MustCompile(`^(tell-someone-safe|tell-adult-and-bank|stand-by-child|known-offender|report-police-no-shame)$`),
}

// TestSG07_TheOrderOfStepsAgainstSextortion is for everybody in every country
// with every answer.
func TestSG07_TheOrderOfStepsAgainstSextortion(t *testing.T) {
	t.Parallel()
	given := map[string]map[bot.Country][]string{} // who and which steps → the answers that lead there
	eachEnd(t, func(e end, r advice.Result) {
		if e.State != "sextortion.advice" {
			return
		}
		last, must := -1, 0
		for _, s := range r.Steps {
			at := slices.IndexFunc(order, func(re *regexp.Regexp) bool { return re.MatchString(s.ID) })
			if at <= last {
				t.Errorf("%v: %s stands at the wrong place in %s", e, s.ID, ids(r.Steps))
			}
			last = max(at, last)
			if at >= 0 && at != 2 && at != 6 {
				must++
			}
		}
		if must != 5 {
			t.Errorf("%v: a step is missing in %s", e, ids(r.Steps))
		}
		key := fmt.Sprintf("== %s\n    %s\n", e.Audience, strings.ReplaceAll(ids(r.Steps), " ", "\n    "))
		if given[key] == nil {
			given[key] = map[bot.Country][]string{}
		}
		given[key][e.Country] = append(given[key][e.Country], string(e.Answer("sextortion.happened"))+by(e.Answer("sextortion.who")))
	})
	var out strings.Builder
	out.WriteString("# The steps against sextortion (SG07), by who asks and what they answered. Written by go test -update.\n")
	for _, key := range slices.Sorted(maps.Keys(given)) {
		where := map[string][]string{} // the same answers in several countries
		for _, c := range bot.Countries {
			if answers := given[key][c]; len(answers) > 0 {
				slices.Sort(answers)
				line := strings.Join(slices.Compact(answers), ", ")
				where[line] = append(where[line], string(c))
			}
		}
		fmt.Fprintf(&out, "\n%s", key)
		for _, line := range slices.Sorted(maps.Keys(where)) {
			fmt.Fprintf(&out, "%s: %s\n", strings.Join(where[line], " "), line)
		}
	}
	golden(t, "sextortion_steps.txt", out.String())
}

// by says who does it, where that was asked.
func by(c bot.Code) string {
	if c == "" {
		return ""
	}
	return " by " + string(c)
}

// TestSG13_EveryOutcomeOfAChildHasTheWayOutOfAnUnsafeHome, and the way leads
// to the child line without a parent.
func TestSG13_EveryOutcomeOfAChildHasTheWayOutOfAnUnsafeHome(t *testing.T) {
	t.Parallel()
	b := setup(t)
	n := 0
	eachEnd(t, func(e end, r advice.Result) {
		if !e.minor() || e.state.Card || e.State == "main.unsafe" {
			return
		}
		n++
		next, err := b.Flow.Step(*e.position(), "unsafe")
		if err != nil || next.State != "main.unsafe" {
			t.Errorf("%v: unsafe leads to %s, %v", e, next.State, err)
			return
		}
		if next.Audience != e.Audience || next.Age != e.Age {
			t.Errorf("%v: on the way out the child became %s %s", e, next.Audience, next.Age)
		}
	})
	if n < 100 {
		t.Errorf("only %d outcomes of children", n)
	}
	for _, country := range []bot.Country{"CZ", "PL", "AL"} {
		r := advice.For(b, advice.Query{Asker: bot.Asker{Lang: "en", Country: country, Audience: bot.Child, Age: "under-15"}, Spot: bot.Spot{State: "main.unsafe"}, Now: moments[0]})
		if !r.Places[0].Is(bot.RoleChildLine) || !strings.Contains(ids(r.Steps), "call-child-line") {
			t.Errorf("%s: steps %s, places %s", country, ids(r.Steps), names(r.Places))
		}
		for _, s := range r.Steps {
			if strings.Contains(s.ID, "parent") {
				t.Errorf("%s: the step %s", country, s.ID)
			}
		}
	}
}
