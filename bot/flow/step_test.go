package flow_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

func TestStepsLeadWhereTheBookSays(t *testing.T) {
	t.Parallel()
	g := setup(t)
	tests := []struct {
		name  string
		who   bot.Asker
		codes string
		want  string // state, country, audience and age, then the answers
	}{
		{"nobody known is asked for the country", bot.Asker{Lang: "cs"}, "", "main.country"},
		{"a known country is not asked for", bot.Asker{Lang: "cs", Country: "PL"}, "", "main.who PL"},
		{"who is known is asked neither, and passes four states", bot.Asker{Country: "PL", Audience: bot.Child}, "", "main.happened PL child"},
		{"an answer sets the country", bot.Asker{}, "CZ", "main.who CZ | country=CZ"},
		{"a skip sets one too", bot.Asker{}, "skip", "main.who EU | country=skip"},
		{"an answer sets several things", bot.Asker{}, "CZ child", "main.happened CZ child under-15 | country=CZ who=child"},
		{"what an answer does not set stays", bot.Asker{Country: "CZ", Age: "26-59"}, "adult", "main.bank CZ adult 26-59 | who=adult"},
		{"an answer may lead back to its question", bot.Asker{Country: "CZ"}, "again again", "main.who CZ | who=again who=again"},
		{"who is not in only goes otherwise", bot.Asker{Country: "CZ"}, "skip", "main.happened CZ unknown | who=skip"},
		{"a picked place is taken as it is", bot.Asker{Country: "CZ"}, "adult any-bank-at-all", "main.happened CZ adult | who=adult bank=any-bank-at-all"},
		{"a question with a pick can be skipped", bot.Asker{Country: "CZ"}, "adult skip threat", "main.done CZ adult | who=adult bank=skip happened=threat"},
		{"the first branch that holds is taken", bot.Asker{Country: "CZ"}, "child school", "main.done CZ child under-15 | who=child happened=school"},
		{"the last branch is for the rest", bot.Asker{Country: "PL"}, "child school", "other.listen PL child under-15 | who=child happened=school"},
		{"a skip has branches too", bot.Asker{Country: "CZ"}, "adult kb skip", "main.done CZ adult | who=adult bank=kb happened=skip"},
		{"skipping twice counts as none", bot.Asker{Country: "CZ"}, "adult skip skip", "other.listen CZ adult | who=adult bank=skip happened=skip"},
		{"an outcome may have answers", bot.Asker{Country: "CZ"}, "child threat unsafe", "danger-now.what CZ child under-15 | who=child happened=threat done=unsafe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, g, tt.who)
			for _, c := range strings.Fields(tt.codes) {
				p = walk(t, g, p, bot.Code(c))
			}
			got := strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s", p.State, p.Country, p.Audience, p.Age)), " ")
			for i, a := range p.Answers {
				if i == 0 {
					got += " |"
				}
				got += fmt.Sprintf(" %s=%s", strings.TrimPrefix(string(a.State), "main."), a.Code)
			}
			if got != tt.want || p.Lang != tt.who.Lang {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestOfferedAnswersFitThePerson(t *testing.T) {
	t.Parallel()
	g := setup(t)
	at := func(state bot.StateID, a bot.Asker, answers ...bot.Answer) flow.Position {
		return flow.Position{Asker: a, State: state, Answers: answers}
	}
	tests := []struct {
		name string
		pos  flow.Position
		want string
	}{
		{"in the order of the file", at("main.country", bot.Asker{Lang: "cs"}), "CZ PL AL"},
		{"what is meant for them first", at("main.country", bot.Asker{Lang: "sq"}), "AL CZ PL"},
		{"not what is for others", at("main.happened", bot.Asker{Audience: bot.Child}), "threat school"},
		{"what is for them", at("main.happened", bot.Asker{Audience: bot.Adult}), "threat money"},
		{"first by an earlier answer", at("main.happened", bot.Asker{Audience: bot.Adult}, bot.Answer{State: "main.bank", Code: "kb"}), "money threat"},
		{"first is not for those to whom it is not offered", at("main.happened", bot.Asker{Audience: bot.Child}, bot.Answer{State: "main.bank", Code: "kb"}), "threat school"},
		{"nothing where places are picked", at("main.bank", bot.Asker{Audience: bot.Adult}), ""},
		{"nothing where nothing is asked", at("other.listen", bot.Asker{}), ""},
	}
	for _, tt := range tests {
		var got []string
		for _, on := range g.State(tt.pos.State).Offered(&tt.pos) {
			got = append(got, string(on.Code))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: offered %v, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSeveralFirstAnswersKeepTheirOrder(t *testing.T) {
	t.Parallel()
	g := setup(t, "main.yaml", head+"  start:\n    on:\n      a: done\n      b: {first: {language: [sq]}, target: done}\n      c: {first: {language: [sq, cs]}, target: done}\n    skip: other.listen\n"+tail)
	p := flow.Position{Asker: bot.Asker{Lang: "sq"}, State: "main.start"}
	if got := codes(g, p); !slices.Equal(got, []bot.Code{"b", "c", "a", bot.Skipped}) {
		t.Errorf("offered %v", got)
	}
}

func TestAStepThatCannotBeTakenLeavesEverythingAsItWas(t *testing.T) {
	t.Parallel()
	g := setup(t)
	answers := []bot.Answer{{State: "main.country", Code: "CZ"}}
	tests := []struct {
		name  string
		state bot.StateID
		who   bot.Asker
		code  bot.Code
		want  error
	}{
		{"from a state that is gone", "main.gone", bot.Asker{}, "a", flow.ErrNoState},
		{"from nowhere", "", bot.Asker{}, "a", flow.ErrNoState},
		{"an answer that does not exist", "main.country", bot.Asker{}, "DE", flow.ErrNoAnswer},
		{"no answer at all", "main.country", bot.Asker{}, "", flow.ErrNoAnswer},
		{"an answer of another state", "main.who", bot.Asker{}, "CZ", flow.ErrNoAnswer},
		{"an answer not offered to them", "main.happened", bot.Asker{Audience: bot.Child}, "money", flow.ErrNoAnswer},
		{"a skip where there is none", "other.listen", bot.Asker{}, bot.Skipped, flow.ErrNoAnswer},
		{"none is not an answer", "main.country", bot.Asker{}, flow.None, flow.ErrNoAnswer},
		{"an empty pick", "main.bank", bot.Asker{Audience: bot.Adult}, "", flow.ErrNoAnswer},
		{"an answer in an outcome", "other.listen", bot.Asker{}, "a", flow.ErrNoAnswer},
		{"an answer where one only passes", "main.sort", bot.Asker{}, "a", flow.ErrNoAnswer},
	}
	for _, tt := range tests {
		p := flow.Position{Asker: tt.who, State: tt.state, Answers: slices.Clone(answers)}
		next, err := g.Step(p, tt.code)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if want := (flow.Position{Asker: tt.who, State: tt.state, Answers: answers}); !reflect.DeepEqual(next, want) {
			t.Errorf("%s: now at %+v", tt.name, next)
		}
	}
}

// circle is a flow in which adults go round, and others through n states.
func circle(n int) string {
	var b strings.Builder
	b.WriteString(head + "  start: {on: {go: p1, round: {set: {audience: adult}, target: p1}}, skip: other.listen}\n")
	for i := 1; i <= n; i++ {
		next := fmt.Sprintf("p%d", i+1)
		if i == n {
			next = "done"
		}
		fmt.Fprintf(&b, "  p%d:\n    always:\n      - {when: {audience: [adult]}, target: p1}\n      - {target: %s}\n", i, next)
	}
	return b.String() + tail
}

func TestStepPassesNoMoreThanItsLimit(t *testing.T) {
	t.Parallel()
	g := setup(t, "main.yaml", circle(flow.MaxPasses))
	p := start(t, g, bot.Asker{})
	if got := walk(t, g, p, "go"); got.State != "main.done" {
		t.Errorf("%d passes lead to %s", flow.MaxPasses, got.State)
	}
	if got, err := g.Step(p, "round"); !errors.Is(err, flow.ErrLoop) || !reflect.DeepEqual(got, p) {
		t.Errorf("a circle gives %+v, %v", got, err)
	}
	if _, err := g.Enter(flow.Position{Asker: bot.Asker{Audience: bot.Adult}}, "main.p1"); !errors.Is(err, flow.ErrLoop) {
		t.Errorf("entering a circle gives %v", err)
	}
	g = setup(t, "main.yaml", circle(flow.MaxPasses+1))
	if _, err := g.Step(start(t, g, bot.Asker{}), "go"); !errors.Is(err, flow.ErrLoop) {
		t.Errorf("one pass too many gives %v", err)
	}
}

func TestEnterKeepsTheAnswers(t *testing.T) {
	t.Parallel()
	g := setup(t)
	p := walk(t, g, start(t, g, bot.Asker{Country: "CZ"}), "adult")
	tests := []struct {
		name string
		to   bot.StateID
		want bot.StateID
	}{
		{"a state that asks them", "main.bank", "main.bank"},
		{"a state that does not, and the next neither", "main.country", "main.bank"},
		{"a state that only passes", "main.sort", "main.bank"},
		{"an outcome", "other.listen", "other.listen"},
		{"the danger card", g.Danger, "danger-now.what"},
	}
	for _, tt := range tests {
		got, err := g.Enter(p, tt.to)
		if err != nil || got.State != tt.want || !slices.Equal(got.Answers, p.Answers) || got.Asker != p.Asker {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
	if _, err := g.Enter(p, "main.gone"); !errors.Is(err, flow.ErrNoState) {
		t.Errorf("a state that is gone: %v", err)
	}
}

// TestStepDoesNotChangeThePositionItIsGiven takes every way twice from one and
// the same slice with room behind it, where a shared array would show.
func TestStepDoesNotChangeThePositionItIsGiven(t *testing.T) {
	t.Parallel()
	g := setup(t)
	p := start(t, g, bot.Asker{})
	p.Answers = append(make([]bot.Answer, 0, 8), bot.Answer{State: "main.q", Code: "q"})
	before := slices.Clone(p.Answers[:8])
	czech, polish := walk(t, g, p, "CZ"), walk(t, g, p, "PL")
	if !slices.Equal(p.Answers[:8], before) || p.State != "main.country" || p.Country != "" {
		t.Errorf("the position given is now %+v", p)
	}
	if czech.Answer("main.country") != "CZ" || polish.Answer("main.country") != "PL" {
		t.Errorf("two steps share their answers: %v, %v", czech.Answers, polish.Answers)
	}
	a, b := walk(t, g, czech, "child"), walk(t, g, czech, "adult")
	if a.Answer("main.who") != "child" || b.Answer("main.who") != "adult" || len(czech.Answers) != 2 {
		t.Errorf("two further steps share their answers: %v, %v", a.Answers, b.Answers)
	}
}

func TestATraceTellsEveryTransition(t *testing.T) {
	t.Parallel()
	plain := setup(t)
	var got []string
	g := plain.Traced(func(from bot.StateID, event string) { got = append(got, string(from)+" "+event) })
	p := start(t, g, bot.Asker{Country: "PL"})
	walk(t, g, p, "child", "school")
	want := []string{"main.country otherwise", "main.who child", "main.sort always#0", "main.happened school#1"}
	if !slices.Equal(got, want) {
		t.Errorf("traced %q, want %q", got, want)
	}
	n := 0
	for _, s := range plain.States() {
		n += len(s.Events())
	}
	if n == 0 || n != plain.Transitions() {
		t.Errorf("%d events, %d transitions", n, plain.Transitions())
	}
	walk(t, plain, p, "child")
	if len(got) != len(want) {
		t.Error("the graph that is not traced tells, too")
	}
}

// stroll answers at random until an outcome, and returns every position.
func stroll(tb testing.TB, g *flow.Graph, seed uint64) []flow.Position {
	tb.Helper()
	r := rand.New(rand.NewPCG(seed, seed))
	p := start(tb, g, bot.Asker{Lang: bot.Languages[r.IntN(len(bot.Languages))]})
	out := []flow.Position{p}
	for range 40 {
		offered := codes(g, p)
		if len(offered) == 0 {
			return out
		}
		p = walk(tb, g, p, offered[r.IntN(len(offered))])
		out = append(out, p)
	}
	return out
}

func TestAnyWayThroughTheShippedBooksLeadsToAnOutcome(t *testing.T) {
	t.Parallel()
	g := shipped(t)
	for seed := range uint64(500) {
		positions := stroll(t, g, seed)
		if !slices.ContainsFunc(positions, func(p flow.Position) bool { return g.State(p.State).Final }) {
			t.Fatalf("seed %d: no outcome on the way %v", seed, positions[len(positions)-1].Answers)
		}
		for i, p := range positions {
			if len(p.Answers) != i {
				t.Fatalf("seed %d: %d answers after %d steps", seed, len(p.Answers), i)
			}
		}
	}
}

// TestOneGraphServesManyAtOnce is of most use under the race detector.
func TestOneGraphServesManyAtOnce(t *testing.T) {
	t.Parallel()
	g := shipped(t)
	var want [64][]flow.Position
	for seed := range want {
		want[seed] = stroll(t, g, uint64(seed))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for seed := range want {
				if got := stroll(t, g, uint64(seed)); !reflect.DeepEqual(got, want[seed]) {
					t.Errorf("seed %d: another way than alone", seed)
				}
			}
		})
	}
	wg.Wait()
}
