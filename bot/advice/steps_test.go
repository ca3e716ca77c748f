package advice_test

import (
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

func TestEveryResultHasThreeToSixSteps(t *testing.T) {
	t.Parallel()
	b := setup(t)
	seen := map[string]bool{}
	eachEnd(t, func(e end, r advice.Result) {
		n := len(r.Steps)
		if e.State == b.Flow.Danger {
			if n > 0 {
				t.Errorf("%v: the card has steps before it asked: %s", e, ids(r.Steps))
			}
			return
		}
		if n < advice.MinSteps || n > advice.MaxSteps {
			t.Errorf("%v has %d steps: %s", e, n, ids(r.Steps))
		}
		for i, s := range r.Steps {
			for _, other := range r.Steps[:i] {
				if other.ID == s.ID {
					t.Errorf("%v: %s stands twice", e, s.ID)
				}
			}
		}
		texts(b, e, r, func(l bot.Lang, s advice.Step, text string) {
			if key := string(l) + s.ID + string(e.Audience); text == "" && !seen[key] {
				seen[key] = true
				t.Errorf("%v: step.%s has no words in %s", e, s.ID, l)
			}
		})
	})
}

// stepList writes an outcome; a question mark makes a step optional.
func stepList(list ...string) string {
	out := "    steps:\n"
	for _, s := range list {
		if id, ok := cutMark(s); ok {
			out += "      - {step: " + id + ", optional: true}\n"
		} else {
			out += "      - " + s + "\n"
		}
	}
	return out + "    turn_to: [{role: child-helpline}]\n"
}

func cutMark(s string) (string, bool) {
	if s[len(s)-1] == '?' {
		return s[:len(s)-1], true
	}
	return s, false
}

const aStep = `topics: [sextortion], sources: [{url: "https://example.org", seen: x}]`

func TestStepsOfTheCountryStandAtTheirPlace(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		outcome []string
		country string
		answer  bot.Code
		want    string
	}{
		{"without steps of the country", []string{"a", "b", "c"}, "", "a", "a b c"},
		{"behind the one it names", []string{"a", "b", "c"}, "  x: {after: a, " + aStep + "}\n", "a", "a x b c"},
		{"first", []string{"a", "b", "c"}, "  x: {first: true, " + aStep + "}\n", "a", "x a b c"},
		{"last, when it names none", []string{"a", "b", "c"}, "  x: {" + aStep + "}\n", "a", "a b c x"},
		{"left out, when the one it names is not there", []string{"a", "b", "c"}, "  x: {after: z, " + aStep + "}\n", "a", "a b c"},
		{"several behind the same one, the later first", []string{"a", "b", "c"}, "  x: {after: a, " + aStep + "}\n  y: {after: a, " + aStep + "}\n", "a", "a y x b c"},
		{"behind another of the country", []string{"a", "b", "c"}, "  x: {after: a, " + aStep + "}\n  y: {after: x, " + aStep + "}\n", "a", "a x y b c"},
		{"of another topic", []string{"a", "b", "c"}, "  x: {topics: [phishing], sources: [{url: \"https://example.org\", seen: x}]}\n", "a", "a b c"},
		{"for others", []string{"a", "b", "c"}, "  x: {when: {audience: [adult]}, " + aStep + "}\n", "a", "a b c"},
		{"for this answer", []string{"a", "b", "c"}, "  x: {when: {answers: {what: [a]}}, " + aStep + "}\n", "a", "a b c x"},
		{"for another answer", []string{"a", "b", "c"}, "  x: {when: {answers: {what: [b, none]}}, " + aStep + "}\n", "a", "a b c"},
		{"for no answer", []string{"a", "b", "c"}, "  x: {when: {answers: {what: [none]}}, " + aStep + "}\n", "", "a b c x"},
		{"for a skipped question", []string{"a", "b", "c"}, "  x: {when: {answers: {what: [none]}}, " + aStep + "}\n", bot.Skipped, "a b c x"},
		{"six are not too many", []string{"a", "b?", "c", "d?", "e", "f?"}, "", "a", "a b c d e f"},
		{"the last optional one gives way first", []string{"a", "b?", "c", "d?", "e", "f", "g"}, "", "a", "a b c e f g"},
		{"then the one before it", []string{"a", "b?", "c", "d?", "e", "f", "g", "h"}, "", "a", "a c e f g h"},
		{"an optional one of the country gives way, too", []string{"a", "b?", "c", "d", "e", "f"}, "  x: {optional: true, " + aStep + "}\n", "a", "a b c d e f"},
		{"one of the country that is needed stays", []string{"a", "b?", "c", "d", "e", "f"}, "  x: {after: c, " + aStep + "}\n", "a", "a c x d e f"},
		{"what is needed never gives way", []string{"a", "b", "c", "d", "e?", "f", "g", "h"}, "", "a", "a b c d f g h"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := small(t, stepList(tt.outcome...), service("line", "child-helpline", "child", phone("24/7"), ""), tt.country)
			spot := bot.Spot{State: "sextortion.advice"}
			if tt.answer != "" {
				spot.Answers = []bot.Answer{{State: "sextortion.what", Code: tt.answer}}
			}
			who := bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child}
			if got := ids(advice.For(b, advice.Query{Asker: who, Spot: spot, Now: moments[0]}).Steps); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			who.Country = "PL"
			if got := ids(advice.For(b, advice.Query{Asker: who, Spot: spot, Now: moments[0]}).Steps); strings.ContainsAny(got, "xy") {
				t.Errorf("steps of Czechia in Poland: %s", got)
			}
		})
	}
}

func TestAStepIsLeftOutWhereNobodyFillsItsRole(t *testing.T) {
	t.Parallel()
	outcome := "    steps: [a, {step: b, with: child-helpline}, {step: c, with: police}]\n    turn_to: [{role: child-helpline}]\n"
	b := small(t, outcome, service("line", "child-helpline", "child", phone("24/7"), ""), "")
	for who, want := range map[bot.Asker]string{
		{Country: "CZ", Audience: bot.Child}: "a b",
		{Country: "CZ", Audience: bot.Adult}: "a", // the line is for children
		{Country: "PL", Audience: bot.Child}: "a",
	} {
		if got := ids(advice.For(b, advice.Query{Asker: who, Spot: bot.Spot{State: "sextortion.advice"}, Now: moments[0]}).Steps); got != want {
			t.Errorf("%s %s: got %s, want %s", who.Country, who.Audience, got, want)
		}
	}
}

func TestStepsCarryTheirRoleAndData(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := advice.For(b, advice.Query{Asker: bot.Asker{Lang: "pl", Country: "PL", Audience: bot.Adult}, Now: moments[0],
		Spot: bot.Spot{State: "payment-fraud.advice", Answers: []bot.Answer{{State: "payment-fraud.how", Code: "card"}}}})
	for _, s := range r.Steps {
		switch {
		case s.ID == "call-bank" && s.Role != bot.RoleBank:
			t.Errorf("call-bank speaks of %q", s.Role)
		case s.ID == "block-card-any-bank" && s.Data["number"] == "":
			t.Errorf("block-card-any-bank has the data %v", s.Data)
		}
	}
	if got := ids(r.Steps); got == "" || r.Topic != "payment-fraud" {
		t.Errorf("topic %s, steps %s", r.Topic, got)
	}
}
