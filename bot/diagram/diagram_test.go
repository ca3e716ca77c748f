package diagram_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/diagram"
	"wheretoturn/bot/flow"
)

// format is a way to draw and its way back: the text a reader sees.
type format struct {
	name string
	draw func(*flow.Graph, diagram.Names, bot.Topic) string
	read func(*testing.T, string) string
}

var formats = []format{
	{"mermaid", diagram.Mermaid, readMermaid},
	{"dot", diagram.DOT, readDOT},
	{"svg", diagram.SVG, readSVG},
}

func setup(t *testing.T) (*book.Book, diagram.Names) {
	t.Helper()
	b, findings := book.Load(book.Embedded())
	if b == nil {
		t.Fatalf("books: %v", findings)
	}
	return b, func(key string) string {
		s, _ := b.Phrases.Say(bot.Asker{Lang: "en", Audience: bot.Unknown}, key, nil)
		return s
	}
}

func TestEveryTopicShowsItsStatesAnswersStepsAndRoles(t *testing.T) {
	t.Parallel()
	b, names := setup(t)
	for _, f := range formats {
		for _, topic := range diagram.Topics(b.Flow) {
			t.Run(f.name+"/"+string(topic), func(t *testing.T) {
				t.Parallel()
				seen := f.read(t, f.draw(b.Flow, names, topic))
				for _, s := range b.Flow.States() {
					if s.Topic == topic {
						wantState(t, seen, s, names)
					}
				}
			})
		}
	}
}

func wantState(t *testing.T, seen string, s *flow.State, names diagram.Names) {
	t.Helper()
	want := []string{strings.TrimPrefix(string(s.ID), string(s.Topic)+".")}
	for _, on := range s.On {
		label := names(string(s.ID) + "." + string(on.Code))
		if s.Pick != "" {
			label = "pick: " + string(s.Pick)
		} else if label == "" {
			label = names("action." + string(on.Code))
		}
		want = append(want, label)
	}
	for i, st := range s.Steps {
		want = append(want, fmt.Sprintf("%d. %s", i+1, st.ID))
	}
	for i, turn := range s.TurnTo {
		want = append(want, fmt.Sprintf("%d. %s", i+1, turn.Role))
	}
	for _, w := range want {
		if w == "" || !strings.Contains(seen, w) {
			t.Errorf("%s: %q is missing", s.ID, w)
		}
	}
}

func TestOverviewShowsTheWayInAndEveryTopic(t *testing.T) {
	t.Parallel()
	b, names := setup(t)
	for _, f := range formats {
		seen := f.read(t, f.draw(b.Flow, names, diagram.Overview))
		for _, topic := range diagram.Topics(b.Flow) {
			if topic != flow.Main && !strings.Contains(seen, string(topic)) {
				t.Errorf("%s: topic %s is missing", f.name, topic)
			}
		}
		for _, s := range b.Flow.States() {
			if s.Topic == flow.Main && !strings.Contains(seen, strings.TrimPrefix(string(s.ID), "main.")) {
				t.Errorf("%s: state %s is missing", f.name, s.ID)
			}
		}
	}
}

func TestSameGraphGivesSameBytes(t *testing.T) {
	t.Parallel()
	one, names := setup(t)
	two, _ := setup(t)
	for _, f := range formats {
		for _, topic := range append(diagram.Topics(one.Flow), diagram.Overview) {
			if f.draw(one.Flow, names, topic) != f.draw(two.Flow, names, topic) {
				t.Errorf("%s %q differs from one time to the next", f.name, topic)
			}
		}
	}
}

// odd is a flow with all that is rare: a circle, an arrow from a state to
// itself, a picked place, an outcome nothing in the file leads to.
const odd = `topic: main
initial: a
states:
  a:
    on: {again: a, on: b, b_2: [{when: {age: [15-17], country: [CZ]}, target: d}, {target: b}]}
    skip: b
  b: {pick: bank, target: c, skip: a}
  c: {on: {back: a, out: d}, skip: d}
  d: {final: true, steps: [x, {step: y, optional: true, role: police}], turn_to: [{role: police, all: true}], on: {danger: danger-now.w}}
`

func oddGraph(t *testing.T) *flow.Graph {
	t.Helper()
	danger := "topic: danger-now\ninitial: w\nstates:\n  w: {card: true, on: {up: main.d}, turn_to: [{role: emergency}]}\n"
	g, findings := flow.Load(fstest.MapFS{"main.yaml": {Data: []byte(odd)}, "topics/danger-now.yaml": {Data: []byte(danger)}})
	if g == nil {
		t.Fatal(findings)
	}
	return g
}

func TestHostileLabelsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	hostile := []string{
		`"quoted" #quot; #35; (a) [b](c) {d} <b>e</b> &amp; & \N \l \" 100% $x |y| z; style:#1;`,
		"1. list", "- dash", "12) twelve", "=== rule", "`code` *bold* _it_ ~~no~~ www.example.org a@b.cz", "]]> --> <!--",
		"bad\x00\x1b bytes \xff and\nlines",
		strings.Repeat("long", 300),
	}
	g := oddGraph(t)
	for _, f := range formats {
		for _, label := range hostile {
			seen := f.read(t, f.draw(g, func(string) string { return label }, flow.Main))
			want := strings.Join(strings.Fields(strings.NewReplacer("\x00", " ", "\x1b", " ", "\xff", "\uFFFD").Replace(label)), " ")
			if f.name == "svg" && len(label) > 999 { // a word this long is cut
				want, seen = strings.ReplaceAll(want, " ", ""), strings.ReplaceAll(seen, " ", "")
			}
			if !strings.Contains(seen, want) {
				t.Errorf("%s: %q is not in\n%s", f.name, want, seen)
			}
		}
	}
}

func TestRareShapesAreDrawn(t *testing.T) {
	t.Parallel()
	g := oddGraph(t)
	for _, f := range formats {
		seen := f.read(t, f.draw(g, func(string) string { return "" }, flow.Main))
		for _, want := range []string{
			"again", "pick: bank", "back", "b_2 [age: 15-17 · country: CZ]", "b_2 [else]", "skip", "entered from danger-now",
			"2. y → police [optional]", "1. police [all of them]", "danger-now",
		} {
			if !strings.Contains(seen, want) {
				t.Errorf("%s: %q is not in\n%s", f.name, want, seen)
			}
		}
	}
}

func TestUnknownTopicGivesAnEmptyPicture(t *testing.T) {
	t.Parallel()
	g := oddGraph(t)
	for _, f := range formats {
		f.read(t, f.draw(g, func(string) string { return "" }, "nothing"))
	}
}

var (
	mermaidLine = regexp.MustCompile(`^  (?:[a-zA-Z0-9_]+[\[({]+"([^"]*)"[\])}]+:::[a-z]+|[a-zA-Z0-9_]+ -\.?->?(?:\|"([^"]*)"\|)? [a-zA-Z0-9_]+|classDef .*)$`)
	mermaidCode = regexp.MustCompile(`#(\w+);`)
	dotLine     = regexp.MustCompile(`^  \w+(?: -> \w+)?(?: \[(?:label="((?:[^"\\]|\\.)*)")?[^"]*(?:"[^"]*"[^"]*)*\])?;$`)
)

// readMermaid fails on a line that is no node, arrow or class, or that holds
// what Mermaid would read as its own.
func readMermaid(t *testing.T, s string) string {
	t.Helper()
	_, body, ok := strings.Cut(s, "\n---\nflowchart TD\n")
	if !ok {
		t.Fatalf("no flowchart: %.60q", s)
	}
	var out []string
	for _, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
		m := mermaidLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not Mermaid: %s", line)
		}
		for _, text := range strings.Split(m[1]+m[2], "<br/>") {
			if bare := mermaidCode.ReplaceAllString(text, ""); strings.ContainsAny(bare, "\"#&<>:;`*_\\~|{}$@") {
				t.Errorf("not escaped: %s", text)
			}
			out = append(out, mermaidCode.ReplaceAllStringFunc(text, func(code string) string {
				name := strings.Trim(code, "#;")
				if n, err := strconv.Atoi(name); err == nil {
					return string(rune(n))
				}
				return html.UnescapeString("&" + name + ";")
			}))
		}
	}
	return strings.Join(out, "\n")
}

func readDOT(t *testing.T, s string) string {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	if lines[0] != "digraph flow {" || lines[len(lines)-1] != "}" {
		t.Fatalf("no digraph: %.60q", s)
	}
	var out []string
	for _, line := range lines[4 : len(lines)-1] {
		m := dotLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not DOT: %s", line)
		}
		text := strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\l`, "\n").Replace(m[1])
		out = append(out, html.UnescapeString(text))
	}
	return strings.Join(out, "\n")
}

// readSVG fails on XML that is not well-formed and returns its texts; the rows
// of a wrapped one are joined again.
func readSVG(t *testing.T, s string) string {
	t.Helper()
	var out []string
	var titled, inText bool
	dec := xml.NewDecoder(strings.NewReader(s))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			titled = titled || e.Name.Local == "title"
			if e.Name.Local == "text" {
				inText = true
				out = append(out, "")
			}
			for _, a := range e.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("%s has no place: %v", e.Name.Local, a)
				}
			}
		case xml.EndElement:
			inText = inText && e.Name.Local != "text"
		case xml.CharData:
			if inText {
				out[len(out)-1] += string(e)
			}
		}
	}
	if !titled {
		t.Error("no title")
	}
	return strings.Join(out, " ")
}
