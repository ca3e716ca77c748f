package flow_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

func TestConditionsHold(t *testing.T) {
	t.Parallel()
	answered := func(codes ...bot.Code) []bot.Answer {
		var out []bot.Answer
		for _, c := range codes {
			out = append(out, bot.Answer{State: "main.q", Code: c})
		}
		return out
	}
	asks := func(codes ...bot.Code) *flow.Cond {
		return &flow.Cond{Answers: []flow.AnswerSet{{State: "main.q", Codes: codes}}}
	}
	child := bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}
	tests := []struct {
		name string
		cond *flow.Cond
		pos  flow.Position
		want bool
	}{
		{"no condition always holds", nil, flow.Position{}, true},
		{"an empty one too", &flow.Cond{}, flow.Position{Asker: child}, true},
		{"an audience in the set", &flow.Cond{Audience: []bot.Audience{bot.Adult, bot.Child}}, flow.Position{Asker: child}, true},
		{"an audience outside the set", &flow.Cond{Audience: []bot.Audience{bot.Adult}}, flow.Position{Asker: child}, false},
		{"a child is no young person", &flow.Cond{Audience: []bot.Audience{bot.YoungPerson}}, flow.Position{Asker: child}, false},
		{"nobody asked yet is none", &flow.Cond{Audience: []bot.Audience{flow.None}}, flow.Position{}, true},
		{"somebody asked is not none", &flow.Cond{Audience: []bot.Audience{flow.None}}, flow.Position{Asker: child}, false},
		{"unknown is an answer, not none", &flow.Cond{Audience: []bot.Audience{flow.None}}, flow.Position{Asker: bot.Asker{Audience: bot.Unknown}}, false},
		{"nobody asked yet is not unknown", &flow.Cond{Audience: []bot.Audience{bot.Unknown}}, flow.Position{}, false},
		{"an empty set holds for nobody", &flow.Cond{Audience: []bot.Audience{}}, flow.Position{Asker: child}, false},
		{"an age in the set", &flow.Cond{Age: []bot.Age{"under-15"}}, flow.Position{Asker: child}, true},
		{"an age outside the set", &flow.Cond{Age: []bot.Age{"15-17", flow.None}}, flow.Position{Asker: child}, false},
		{"an age not known", &flow.Cond{Age: []bot.Age{flow.None}}, flow.Position{}, true},
		{"a country in the set", &flow.Cond{Country: []bot.Country{"PL", "CZ"}}, flow.Position{Asker: child}, true},
		{"a country outside the set", &flow.Cond{Country: []bot.Country{"PL"}}, flow.Position{Asker: child}, false},
		{"a country not known", &flow.Cond{Country: []bot.Country{flow.None}}, flow.Position{}, true},
		{"elsewhere is known", &flow.Cond{Country: []bot.Country{flow.None}}, flow.Position{Asker: bot.Asker{Country: bot.Elsewhere}}, false},
		{"a language in the set", &flow.Cond{Language: []bot.Lang{"cs"}}, flow.Position{Asker: child}, true},
		{"a language outside the set", &flow.Cond{Language: []bot.Lang{"sq"}}, flow.Position{Asker: child}, false},
		{"an answer in the set", asks("a", "b"), flow.Position{Answers: answered("b")}, true},
		{"an answer outside the set", asks("a"), flow.Position{Answers: answered("b")}, false},
		{"the last answer counts", asks("a"), flow.Position{Answers: answered("a", "b")}, false},
		{"and only the last", asks("a"), flow.Position{Answers: answered("b", "a")}, true},
		{"a question not asked is none", asks(flow.None), flow.Position{}, true},
		{"a skipped question is none", asks(flow.None), flow.Position{Answers: answered(bot.Skipped)}, true},
		{"a skipped question is not an answer", asks("a"), flow.Position{Answers: answered(bot.Skipped)}, false},
		{"an answered question is not none", asks(flow.None), flow.Position{Answers: answered("a")}, false},
		{"the answer of another state does not count", asks("a"), flow.Position{Answers: []bot.Answer{{State: "other.q", Code: "a"}}}, false},
		{"all of several sets must hold", &flow.Cond{Audience: []bot.Audience{bot.Child}, Country: []bot.Country{"PL"}}, flow.Position{Asker: child}, false},
		{"all of them do", &flow.Cond{Audience: []bot.Audience{bot.Child}, Country: []bot.Country{"CZ"}, Language: []bot.Lang{"cs"}, Age: []bot.Age{"under-15"}}, flow.Position{Asker: child}, true},
		{"all questions must agree", &flow.Cond{Answers: []flow.AnswerSet{{State: "main.q", Codes: []bot.Code{"a"}}, {State: "main.r", Codes: []bot.Code{"b"}}}}, flow.Position{Answers: answered("a")}, false},
	}
	for _, tt := range tests {
		if got := tt.cond.Holds(&tt.pos); got != tt.want {
			t.Errorf("%s: Holds = %v", tt.name, got)
		}
	}
}

func TestPositionAnswersWithTheLastCode(t *testing.T) {
	t.Parallel()
	p := flow.Position{Answers: []bot.Answer{{State: "main.a", Code: "1"}, {State: "main.b", Code: "2"}, {State: "main.a", Code: "3"}}}
	if got := p.Answer("main.a"); got != "3" {
		t.Errorf("Answer(main.a) = %q", got)
	}
	if got := p.Answer("main.c"); got != "" {
		t.Errorf("Answer(main.c) = %q", got)
	}
	if s := p.Spot(); s.Answer("main.a") != p.Answer("main.a") || s.State != p.State {
		t.Errorf("Spot() = %+v", s)
	}
}
