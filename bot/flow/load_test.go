package flow_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// head stands before the states of a broken snippet, which so begins at line 4;
// tail ends it with an outcome to lead to.
const (
	head = "topic: main\ninitial: start\nstates:\n"
	tail = "\n  done: {final: true, turn_to: [{role: police}]}\n"
)

// broken holds a snippet for every rule.
var broken = []struct {
	name, states string
	want         string // "line code", one a line, all in flows/main.yaml
}{
	{"a good flow has no finding", "  start: {on: {a: done}, skip: done}", ""},

	// form
	{"a word nobody knows", "  start: {on: {a: done}, skip: done, ask: x}", "4 unknown-key"},
	{"a word nobody knows in an answer", "  start:\n    on:\n      a: {target: done, then: done}\n    skip: done", "6 unknown-key"},
	{"a word nobody knows in a condition", "  start:\n    on: {a: done}\n    skip: done\n    only: {gender: [x]}\n    otherwise: done", "7 unknown-key"},
	{"an answer written twice", "  start:\n    on:\n      a: done\n      a: done\n    skip: done", "7 duplicate-key"},
	{"a state written twice", "  start: {on: {a: done}, skip: done}\n  start: {on: {a: done}, skip: done}", "5 duplicate-key"},
	{"a list where words should stand", "  start: {on: [a], skip: done}", "4 wrong-kind\n4 no-way-out"},
	{"a word where yes or no should stand", "  start:\n    on: {a: done}\n    skip: done\n    card: maybe", "7 wrong-kind"},
	{"a step that is a list", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps: [[x]]", "8 wrong-kind\n8 no-step"},
	{"a role that is no mapping", "  start: {on: {a: out}, skip: done}\n  out: {final: true, turn_to: [police]}", "5 wrong-kind\n5 no-role"},
	{"bad YAML", "  start: {on: {a: done}, skip: done\n", "4 yaml\n1 no-initial"},
	{"a second document", "  start: {on: {a: done}, skip: done}\n---\nx:", "5 yaml\n1 no-initial"},

	// words of the taxonomy
	{"an audience nobody knows", "  start:\n    on:\n      a: {target: done, when: {audience: [kid]}}\n    skip: done", "6 unknown-audience"},
	{"an age nobody knows", "  start:\n    on:\n      a: {target: done, when: {age: [old]}}\n    skip: done", "6 unknown-age"},
	{"a country nobody knows", "  start:\n    on:\n      a: {target: done, first: {country: [DE]}}\n    skip: done", "6 unknown-country"},
	{"a language nobody knows", "  start:\n    on:\n      a: {target: done, first: {language: [de]}}\n    skip: done", "6 unknown-language"},
	{"nobody can be set to", "  start:\n    on:\n      a: {target: done, set: {audience: none}}\n    skip: done", "6 unknown-audience"},
	{"an age that cannot be set", "  start:\n    on:\n      a: {target: done, set: {age: 7}}\n    skip: done", "6 unknown-age"},
	{"a country that cannot be set", "  start:\n    on:\n      a: {target: done, set: {country: none}}\n    skip: done", "6 unknown-country"},
	{"a language is never set by an answer", "  start:\n    on:\n      a: {target: done, set: {language: cs}}\n    skip: done", "6 unknown-key"},
	{"a role nobody knows", "  start:\n    on: {a: done}\n    skip: done\n    contact:\n      - {role: wizard}", "8 unknown-role"},
	{"a role nobody knows in a step", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps: [{step: x, role: wizard}]", "8 unknown-role"},
	{"a role nobody knows to pick from", "  start: {pick: wizard, target: done, skip: done}", "4 unknown-role"},
	{"a mode nobody knows", "  start: {on: {a: out}, skip: done}\n  out: {final: true, mode: loud, turn_to: [{role: police}]}", "5 unknown-mode"},
	{"a topic nobody knows stands in", "  start: {on: {a: out}, skip: done}\n  out: {final: true, as: weather, turn_to: [{role: police}]}", "5 unknown-topic"},

	// names
	{"an answer cannot be called skip", "  start:\n    on:\n      skip: done\n    skip: done", "6 reserved-code"},
	{"nor none", "  start:\n    on:\n      none: done\n    skip: done", "6 reserved-code"},
	{"nor like a command", "  start:\n    on:\n      /back: done\n      \"*call\": done\n    skip: done", "6 reserved-code\n7 reserved-code"},
	{"nor be empty", "  start:\n    on:\n      \"\": done\n    skip: done", "6 reserved-code"},
	{"a step without a name", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps:\n      - {role: police}", "9 no-step"},
	{"a turn without a role", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to:\n      - {all: true}", "8 no-role"},
	{"a state under its full name is the same state", "  start: {on: {a: done}, skip: done}\n  main.start: {on: {a: done}, skip: done}", "5 duplicate-state"},

	// ways
	{"an answer that leads nowhere there is", "  start:\n    on:\n      a: nowhere\n    skip: done", "6 dangling-target"},
	{"a branch that leads nowhere there is", "  start:\n    on:\n      a:\n        - {when: {audience: [child]}, target: nowhere}\n        - {target: done}\n    skip: done", "7 dangling-target"},
	{"a skip that leads nowhere there is", "  start:\n    on: {a: done}\n    skip: nowhere", "6 dangling-target"},
	{"a way past that leads nowhere there is", "  start:\n    on: {a: done}\n    skip: done\n    only: {audience: [child]}\n    otherwise: nowhere", "8 dangling-target"},
	{"a pick that leads nowhere there is", "  start:\n    pick: bank\n    target: nowhere\n    skip: done", "6 dangling-target"},
	{"a passage that leads nowhere there is", "  start:\n    always:\n      - {when: {audience: [child]}, target: nowhere}\n      - {target: done}", "6 dangling-target"},
	{"a way into a topic that has no such state", "  start: {on: {a: sextortion.happened}, skip: done}", "4 dangling-target"},
	{"an answer without a target", "  start:\n    on:\n      a: {when: {audience: [child]}}\n      b: done\n    skip: done", "6 no-target"},
	{"an empty list of targets", "  start:\n    on:\n      a: []\n      b: done\n    skip: done", "6 no-target"},
	{"a skip without a target", "  start:\n    on: {a: done}\n    skip: {set: {country: CZ}}", "6 no-target"},
	{"a skip not for everybody", "  start:\n    on: {a: done}\n    skip: {when: {audience: [child]}, target: done}", "6 skip-condition"},
	{"a branch behind one for everybody", "  start:\n    on:\n      a:\n        - {target: done}\n        - {target: done}\n    skip: done", "7 dead-branch"},
	{"a passage behind one for everybody", "  start:\n    always:\n      - {target: done}\n      - {when: {audience: [child]}, target: done}", "6 dead-branch\n7 no-default"},
	{"a last branch not for everybody", "  start:\n    on:\n      a:\n        - {when: {audience: [child]}, target: done}\n    skip: done", "7 no-default"},
	{"a last way past a skip not for everybody", "  start:\n    on: {a: done}\n    skip:\n      - {when: {audience: [child]}, target: done}", "7 no-default"},
	{"a last passage not for everybody", "  start:\n    always:\n      - {when: {audience: [child]}, target: done}", "6 no-default"},
	{"only without otherwise", "  start: {on: {a: done}, skip: done, only: {audience: [child]}}", "4 only-otherwise"},
	{"otherwise without only", "  start: {on: {a: done}, skip: done, otherwise: done}", "4 only-otherwise"},
	{"a pick without a target", "  start: {pick: bank, skip: done}", "4 pick-target\n4 no-way-out"},
	{"a target without a pick", "  start: {on: {a: done}, target: done, skip: done}", "4 pick-target"},
	{"a pick with answers of its own", "  start: {pick: bank, on: {a: done}, target: done, skip: done}", "4 pick-target"},
	{"a state that passes and asks", "  start: {on: {a: done}, skip: done, always: [{target: done}]}", "4 mixed-state"},
	{"an outcome that passes on", "  start: {on: {a: out}, skip: done}\n  out: {final: true, always: [{target: done}], turn_to: [{role: police}]}", "5 mixed-state"},
	{"a state with no way out", "  start: {on: {a: done}, skip: end}\n  end: {}", "5 no-way-out"},
	{"a card with no way out", "  start: {on: {a: done}, skip: end}\n  end: {card: true}", "5 no-way-out"},
	{"a question that cannot be skipped", "  start: {on: {a: done}}", "4 no-skip"},
	{"a card need not be answered", "  start: {card: true, on: {a: done}}", ""},
	{"an outcome with nobody to turn to", "  start: {on: {a: out}, skip: done}\n  out: {final: true}", "5 no-places"},
	{"a state nothing leads to", "  start: {on: {a: done}, skip: done}\n  island: {on: {a: done}, skip: done}", "5 unreachable"},
	{"states that only lead to each other", "  start: {on: {a: done}, skip: done}\n  x: {on: {a: y}, skip: y}\n  y: {on: {a: x}, skip: x}", "5 unreachable\n6 unreachable"},
	{"two transitions under one name", "  start: {on: {a: q>main.done, a>q: done}, skip: done}\n  q>main.done: {final: true, turn_to: [{role: police}]}", "0 transitions"},

	// conditions
	{"a condition on a question that does not exist", "  start:\n    on:\n      a: {target: done, when: {answers: {nobody: [x]}}}\n    skip: done", "6 unknown-answer"},
	{"a condition on an answer nobody can give", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    steps:\n      - {step: x, when: {answers: {start: [a, b]}}}\n    turn_to: [{role: police}]", "8 unknown-answer"},
	{"skipping is called none in conditions", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to:\n      - {role: police, when: {answers: {start: [skip]}}}", "8 unknown-answer"},
	{"what is picked is not known here", "  start: {pick: bank, target: out, skip: done}\n  out: {final: true, turn_to: [{role: police, when: {answers: {start: [kb, none]}}}]}", ""},
	{"an answer written as a number is a word", "  start: {on: {112: out}, skip: done}\n  out: {final: true, turn_to: [{role: police, when: {answers: {start: [112]}}}]}", ""},
	{"a condition in the contact line", "  start:\n    on: {a: done}\n    skip: done\n    contact:\n      - {role: police, when: {answers: {start: [b]}}}", "8 unknown-answer"},
	{"a condition on who is asked", "  start:\n    on: {a: done}\n    skip: done\n    only: {answers: {start: [b]}}\n    otherwise: done", "7 unknown-answer"},
	{"a condition of a branch", "  start:\n    always:\n      - {when: {answers: {start: [b]}}, target: done}\n      - {target: done}", "6 unknown-answer"},
	{"a condition of a skip", "  start:\n    on: {a: done}\n    skip:\n      - {when: {answers: {start: [b]}}, target: done}\n      - {target: done}", "7 unknown-answer"},
	{"an empty list never holds", "  start:\n    on:\n      a: {target: done, when: {audience: []}}\n    skip: done", "6 empty-set"},
	{"nor does an empty list of answers", "  start:\n    on:\n      a: {target: done, when: {answers: {start: []}}}\n    skip: done", "6 empty-set"},
	{"a step twice for everybody", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps:\n      - x\n      - x", "10 duplicate-step"},
	{"a step for some and for everybody", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps:\n      - {step: x, when: {audience: [child]}}\n      - x", "10 duplicate-step"},
	{"a step for everybody and for some", "  start: {on: {a: out}, skip: done}\n  out:\n    final: true\n    turn_to: [{role: police}]\n    steps:\n      - x\n      - {step: x, when: {audience: [child]}}", "10 duplicate-step"},
	{"a step for some and for others", "  start: {on: {a: out}, skip: done}\n  out: {final: true, turn_to: [{role: police}], steps: [{step: x, when: {audience: [child]}}, {step: x, when: {audience: [adult]}}]}", ""},
}

func TestEveryBrokenRuleIsFoundAtItsLine(t *testing.T) {
	t.Parallel()
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := files("main.yaml", head+tt.states+tail)
			delete(fsys, "topics/other.yaml")
			g, findings := flow.Load(fsys)
			want := ""
			if tt.want != "" {
				want = "flows/main.yaml:" + strings.ReplaceAll(tt.want, "\n", "\nflows/main.yaml:")
			}
			if got := short(findings); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if (g == nil) != (want != "") {
				t.Errorf("graph %v with %d findings", g != nil, len(findings))
			}
		})
	}
}

// misplaced holds what can be wrong with files rather than with states.
var misplaced = []struct {
	name string
	over []string // files put over the small book; "" takes one away
	want string
}{
	{"the small book is good", nil, ""},
	{"other files are not read", []string{"topics/README.md", "x", "topics/old/x.yaml", "x"}, ""},
	{"there is no way in", []string{"main.yaml", ""}, "flows/main.yaml:0 missing-file\nflows/main.yaml:1 no-initial"},
	{"an empty file", []string{"main.yaml", "# nothing yet\n"}, "flows/main.yaml:1 yaml\nflows/main.yaml:1 no-initial"},
	{"there is no danger card", []string{"topics/danger-now.yaml", ""}, "flows/topics/danger-now.yaml:0 no-danger\nflows/main.yaml:43 dangling-target"},
	{"a file with another name than its topic", []string{"topics/phishing.yaml", other}, "flows/topics/phishing.yaml:1 topic-name"},
	{"a file without a topic", []string{"topics/phishing.yaml", "\ninitial: a\nstates: {}"}, "flows/topics/phishing.yaml:2 topic-name"},
	{"a topic outside the taxonomy", []string{"topics/weather.yaml", "topic: weather\ninitial: main.who\nstates: {}"}, "flows/topics/weather.yaml:1 unknown-topic"},
	{"a topic without states", []string{"topics/phishing.yaml", "topic: phishing\ninitial: a"}, "flows/topics/phishing.yaml:1 incomplete"},
	{"a topic without a first state", []string{"topics/phishing.yaml", "topic: phishing\nstates: {}"}, "flows/topics/phishing.yaml:1 incomplete"},
	{"a topic that says nothing of pictures", []string{"topics/phishing.yaml", "topic: phishing\ninitial: main.who\nimages: perhaps\nstates: {}"}, "flows/topics/phishing.yaml:3 wrong-kind"},
	{"first states that do not exist come in order", []string{
		"topics/sextortion.yaml", "topic: sextortion\ninitial: a\nstates: {}",
		"topics/phishing.yaml", "topic: phishing\ninitial: a\nstates: {}",
		"topics/grooming.yaml", "topic: grooming\ninitial: a\nstates: {}",
	}, "flows/topics/grooming.yaml:1 no-initial\nflows/topics/phishing.yaml:1 no-initial\nflows/topics/sextortion.yaml:1 no-initial"},
	{"a first state of the whole that does not exist", []string{"main.yaml", "topic: main\ninitial: a\nstates: {}"}, "flows/main.yaml:1 no-initial"},
	{"a state of another file under its full name", []string{"topics/phishing.yaml", "topic: phishing\ninitial: main.who\nstates:\n  other.listen: {final: true}"}, "flows/topics/phishing.yaml:4 duplicate-state"},
	{"a file that nothing leads to", []string{"topics/phishing.yaml", "topic: phishing\ninitial: a\nstates:\n\n  a: {final: true, turn_to: [{role: police}]}"}, "flows/topics/phishing.yaml:5 unreachable"},
	{"one mistake in each of two files", []string{
		"topics/other.yaml", other + "  x: {}\n",
		"topics/danger-now.yaml", danger + "  y: {}\n",
	}, "flows/topics/danger-now.yaml:5 no-way-out\nflows/topics/other.yaml:6 no-way-out\nflows/topics/danger-now.yaml:5 unreachable\nflows/topics/other.yaml:6 unreachable"},
}

func TestEveryMisplacedFileIsFound(t *testing.T) {
	t.Parallel()
	for _, tt := range misplaced {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := files(tt.over...)
			for i := 0; i < len(tt.over); i += 2 {
				if tt.over[i+1] == "" {
					delete(fsys, tt.over[i])
				}
			}
			g, findings := flow.Load(fsys)
			if got := short(findings); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
			if (g == nil) != (tt.want != "") {
				t.Errorf("graph %v with %d findings", g != nil, len(findings))
			}
		})
	}
}

// TestEveryRuleHasABrokenSnippet reads the rules from the source, so that a new
// one without a snippet is noticed.
func TestEveryRuleHasABrokenSnippet(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, tt := range broken {
		shown.WriteString(tt.want + "\n")
	}
	for _, tt := range misplaced {
		shown.WriteString(tt.want + "\n")
	}
	rule := regexp.MustCompile(`\.[aA]dd\(.*"([a-z-]+)", "|words?\(.*"([a-z-]+)"\)`)
	for _, name := range []string{"load.go", "resolve.go", "../source/source.go", "../source/syntax.go"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := rule.FindAllSubmatch(src, -1)
		if len(found) == 0 {
			t.Errorf("no rule in %s", name)
		}
		for _, m := range found {
			if code := string(m[1]) + string(m[2]); !strings.Contains(shown.String(), " "+code+"\n") {
				t.Errorf("%s: no snippet breaks %s", name, code)
			}
		}
	}
}

func TestEveryBrokenRuleOfOneFileIsFoundAtOnce(t *testing.T) {
	t.Parallel()
	_, findings := flow.Load(files("main.yaml", head+"  start:\n    on:\n      a: nowhere\n      b: {when: {audience: [kid]}, target: done}\n  done:\n    final: true\n    colour: red\n"))
	want := "flows/main.yaml:7 unknown-audience\nflows/main.yaml:10 unknown-key\nflows/main.yaml:6 dangling-target\n" +
		"flows/main.yaml:4 no-skip\nflows/main.yaml:8 no-places\nflows/topics/other.yaml:5 unreachable"
	if got := short(findings); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestLoadKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	g := setup(t)
	if g.Initial != "main.country" || g.Danger != "danger-now.what" {
		t.Errorf("Initial %s, Danger %s", g.Initial, g.Danger)
	}
	if top := g.Topic("other"); top == nil || !top.Images || top.Initial != "other.listen" || top.File != "flows/topics/other.yaml" {
		t.Errorf("Topic(other) = %+v", top)
	}
	if g.Topic("phishing") != nil || g.State("main.nobody") != nil {
		t.Error("what does not exist is found")
	}
	done := g.State("main.done")
	if !done.Final || done.Mode != flow.Written || done.As != "sextortion" || done.Line != 37 || done.File != "flows/main.yaml" {
		t.Errorf("done = %+v", done)
	}
	if len(done.Steps) != 2 || done.Steps[0].ID != "hang-up" || done.Steps[1].Role != bot.RoleBank || !done.Steps[1].Optional || done.Steps[1].When == nil {
		t.Errorf("steps = %+v", done.Steps)
	}
	if len(done.TurnTo) != 2 || !done.TurnTo[0].All || done.TurnTo[1].When.Answers[0].State != "main.happened" {
		t.Errorf("turn_to = %+v", done.TurnTo)
	}
	if c := g.State("main.happened").Contact; len(c) != 1 || c[0].Role != bot.RoleChildLine {
		t.Errorf("contact = %+v", c)
	}
	var order []string
	for _, s := range g.States() {
		order = append(order, string(s.ID))
	}
	if got, want := strings.Join(order, " "), "main.country main.who main.sort main.bank main.happened main.done danger-now.what other.listen"; got != want {
		t.Errorf("States() = %s, want %s", got, want)
	}
}

func TestTheTopicOfAnOutcome(t *testing.T) {
	t.Parallel()
	g := setup(t)
	tests := []struct {
		name  string
		state bot.StateID
		want  bot.Topic
	}{
		{"is the one it stands in for", "main.done", "sextortion"},
		{"is its file's", "other.listen", "other"},
		{"is other on the way in", "main.who", "other"},
	}
	for _, tt := range tests {
		if got := g.State(tt.state).TopicOf(); got != tt.want {
			t.Errorf("the topic of %s %s: got %s, want %s", tt.state, tt.name, got, tt.want)
		}
	}
}

func TestPickingFindsTheLastStateThatPicks(t *testing.T) {
	t.Parallel()
	g := setup(t)
	if got := g.Picking(bot.RoleBank); got != "main.bank" {
		t.Errorf("Picking(bank) = %q", got)
	}
	if got := g.Picking(bot.RolePolice); got != "" {
		t.Errorf("Picking(police) = %q", got)
	}
}

func TestTheShippedBooksCompile(t *testing.T) {
	t.Parallel()
	g := shipped(t)
	for _, s := range g.States() {
		if s.Final || s.Asks() || len(s.Always) > 0 {
			continue
		}
		t.Errorf("%s:%d: %s is nothing", s.File, s.Line, s.ID)
	}
	if s := g.State(g.Danger); s == nil || !s.Card {
		t.Error("the danger button leads to no card")
	}
}
