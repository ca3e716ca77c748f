package flow_test

import (
	"errors"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
	"wheretoturn/flows"
)

// lineBreaks are those of YAML.
var lineBreaks = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

// FuzzLoad feeds the compiler foreign bytes as the way in. It must answer with
// findings that name a file and a line in it, or with a graph that can be
// walked.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(circle(3)))
	for _, tt := range broken {
		f.Add([]byte(head + tt.states + tail))
	}
	shipped, err := fs.Glob(flows.FS, "*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(shipped, "main.yaml") {
		data, err := fs.ReadFile(flows.FS, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 4000)])
	}
	for _, s := range []string{"", "\x00", "a: &a [*a]", "topic: main\nstates: &s {a: *s}\ninitial: a", "? [x]\n: y", "<<: {topic: main}", "topic: main\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, findings := flow.Load(files("main.yaml", string(data)))
		lines := 1 + len(lineBreaks.FindAllIndex(data, -1))
		for _, x := range findings {
			if x.Code == "" || x.Message == "" || x.File == "" || x.Line < 0 || (x.File == "flows/main.yaml" && x.Line > lines) {
				t.Fatalf("%d lines, %s", lines, x)
			}
		}
		if (g == nil) != (len(findings) > 0) {
			t.Fatalf("graph %v with findings %s", g != nil, short(findings))
		}
		if g != nil {
			explore(t, g)
		}
	})
}

// explore answers what is offered, some way into a graph.
func explore(t *testing.T, g *flow.Graph) {
	for _, who := range []bot.Asker{{Lang: "sq"}, {Lang: "cs", Country: "CZ", Audience: bot.Adult}} {
		p, err := g.Start(who)
		if err != nil && !errors.Is(err, flow.ErrLoop) {
			t.Fatalf("Start: %v", err)
		}
		queue := []flow.Position{p}
		for n := 0; n < 50 && len(queue) > 0 && err == nil; n++ {
			p, queue = queue[0], queue[1:]
			before := slices.Clone(p.Answers)
			for _, code := range codes(g, p) {
				next, err := g.Step(p, code)
				if err != nil && !errors.Is(err, flow.ErrLoop) {
					t.Fatalf("Step(%s, %s): %v", p.State, code, err)
				}
				if err == nil {
					queue = append(queue, next)
				}
			}
			if !reflect.DeepEqual(p.Answers, before) && len(before)+len(p.Answers) > 0 {
				t.Fatalf("Step changed its argument: %v", p.Answers)
			}
		}
	}
}
