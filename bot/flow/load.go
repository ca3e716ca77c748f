package flow

import (
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"wheretoturn/bot"
	"wheretoturn/bot/source"
)

// Load compiles main.yaml and topics/*.yaml of a books folder's flows/. The
// graph is nil when a finding stands in its way; findings are in file order.
func Load(fsys fs.FS) (*Graph, []bot.Finding) {
	c := &compiler{graph: &Graph{states: map[bot.StateID]*State{}, topics: map[bot.Topic]*Topic{}}}
	files, _ := fs.Glob(fsys, "topics/*.yaml")
	sort.Strings(files)
	for _, name := range append([]string{"main.yaml"}, files...) {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			c.add(path.Join("flows", name), 0, "missing-file", "%v", err)
			continue
		}
		c.file(name, data)
	}
	c.resolve()
	for _, f := range c.findings {
		if !f.Warning {
			return nil, c.findings
		}
	}
	var err error
	if c.graph.pool, err = newMachines(c.graph); err != nil {
		c.add("flows/main.yaml", 0, "transitions", "%v", err)
		return nil, c.findings
	}
	return c.graph, c.findings
}

type compiler struct {
	graph    *Graph
	findings []bot.Finding
}

func (c *compiler) add(file string, line int, code, format string, args ...any) {
	c.findings = append(c.findings, bot.Finding{File: file, Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}

// fileReader reads one flow file.
type fileReader struct {
	*source.Reader
	topic *Topic
	graph *Graph
}

func (c *compiler) file(name string, data []byte) {
	r := &fileReader{Reader: &source.Reader{File: path.Join("flows", name)}, graph: c.graph}
	defer func() { c.findings = append(c.findings, r.Findings...) }()
	root := r.Parse(data)
	if root == nil {
		return
	}
	r.topic = &Topic{File: r.File, Line: root.Line}
	var states *yaml.Node
	var initial string
	r.Fields(root, map[string]func(*yaml.Node){
		"topic":   func(n *yaml.Node) { r.topic.Code = bot.Topic(r.String(n)) },
		"initial": func(n *yaml.Node) { initial = r.String(n) },
		"images":  func(n *yaml.Node) { r.topic.Images = r.Bool(n) },
		"never": func(n *yaml.Node) {
			r.Each(n, func(n *yaml.Node) { r.topic.Never = append(r.topic.Never, bot.Role(r.role(n))) })
		},
		"states": func(n *yaml.Node) { states = n },
	})
	if want := strings.TrimSuffix(path.Base(name), ".yaml"); string(r.topic.Code) != want {
		r.Add(root.Line, "topic-name", "topic is %q but the file is %s.yaml", r.topic.Code, want)
		return
	}
	if r.topic.Code != Main && !known(bot.Topics, r.topic.Code) {
		r.Add(root.Line, "unknown-topic", "topic %q is not in the taxonomy", r.topic.Code)
	}
	if states == nil || initial == "" {
		r.Add(root.Line, "incomplete", "a flow needs initial and states")
		return
	}
	r.topic.Initial = r.id(initial)
	c.graph.topics[r.topic.Code] = r.topic
	r.Pairs(states, func(key string, k, v *yaml.Node) { r.state(key, k.Line, v) })
	switch r.topic.Code {
	case Main:
		c.graph.Initial = r.topic.Initial
	case "danger-now":
		c.graph.Danger = r.topic.Initial
	}
}

// id makes a state's full name from one written in this file.
func (r *fileReader) id(name string) bot.StateID {
	if strings.Contains(name, ".") {
		return bot.StateID(name)
	}
	return bot.StateID(string(r.topic.Code) + "." + name)
}

func (r *fileReader) state(name string, line int, n *yaml.Node) {
	s := &State{ID: r.id(name), Topic: r.topic.Code, File: r.File, Line: line}
	var pickTarget *yaml.Node
	r.Fields(n, map[string]func(*yaml.Node){
		"only": func(n *yaml.Node) { s.Only = r.cond(n) },
		"otherwise": func(n *yaml.Node) {
			s.Otherwise = r.id(r.String(n))
			s.otherwise = []Branch{{Target: s.Otherwise, Line: n.Line, event: otherwiseEvent}}
		},
		"always":  func(n *yaml.Node) { s.Always = r.branches(n, "always") },
		"on":      func(n *yaml.Node) { s.On = r.answers(n) },
		"skip":    func(n *yaml.Node) { on := r.on(bot.Skipped, n); s.Skip = &on },
		"pick":    func(n *yaml.Node) { s.Pick = bot.Role(r.role(n)) },
		"target":  func(n *yaml.Node) { pickTarget = n },
		"contact": func(n *yaml.Node) { s.Contact = r.turns(n) },
		"card":    func(n *yaml.Node) { s.Card = r.Bool(n) },
		"final":   func(n *yaml.Node) { s.Final = r.Bool(n) },
		"mode":    func(n *yaml.Node) { s.Mode = r.mode(n) },
		"as":      func(n *yaml.Node) { s.As = word(r, n, bot.Topics, "unknown-topic") },
		"steps":   func(n *yaml.Node) { s.Steps = r.steps(n) },
		"turn_to": func(n *yaml.Node) { s.TurnTo = r.turns(n) },
	})
	switch {
	case s.Pick != "" && pickTarget != nil && s.On == nil:
		s.On = []On{{Branches: []Branch{{Target: r.id(r.String(pickTarget)), Line: pickTarget.Line, event: pickEvent}}, Line: pickTarget.Line}}
	case s.Pick != "" || pickTarget != nil:
		r.Add(line, "pick-target", "state %s: pick goes with a target, and both with no answers of its own", s.ID)
	}
	if (s.Only == nil) != (s.Otherwise == "") {
		r.Add(line, "only-otherwise", "state %s: only and otherwise go together", s.ID)
	}
	if old := r.graph.states[s.ID]; old != nil {
		r.Add(line, "duplicate-state", "state %s already stands in %s:%d", s.ID, old.File, old.Line)
		return
	}
	r.graph.states[s.ID] = s
	r.graph.order = append(r.graph.order, s.ID)
}

func (r *fileReader) answers(n *yaml.Node) []On {
	var out []On
	r.Pairs(n, func(key string, k, v *yaml.Node) {
		on := r.on(bot.Code(key), v)
		on.Line = k.Line
		if key == "" || key == None || on.Code == bot.Skipped || strings.HasPrefix(key, "/") || strings.HasPrefix(key, bot.ActionPrefix) {
			r.Add(k.Line, "reserved-code", "%q cannot be an answer: it means something else", key)
		}
		out = append(out, on)
	})
	return out
}

// on reads "code: target" or "code: {when, first, set, target}"; a target is a
// state or a list of {when, target}.
func (r *fileReader) on(code bot.Code, n *yaml.Node) On {
	on := On{Code: code, Line: n.Line}
	if n.Kind == yaml.ScalarNode || n.Kind == yaml.SequenceNode {
		on.Branches = r.branches(n, string(code))
		return on
	}
	r.Fields(n, map[string]func(*yaml.Node){
		"when":   func(n *yaml.Node) { on.When = r.cond(n) },
		"first":  func(n *yaml.Node) { on.First = r.cond(n) },
		"set":    func(n *yaml.Node) { on.Set = r.set(n) },
		"target": func(n *yaml.Node) { on.Branches = r.branches(n, string(code)) },
	})
	return on
}

func (r *fileReader) branches(n *yaml.Node, event string) []Branch {
	if n.Kind == yaml.ScalarNode {
		return []Branch{{Target: r.id(r.String(n)), Line: n.Line, event: event}}
	}
	var out []Branch
	r.Each(n, func(n *yaml.Node) {
		b := Branch{Line: n.Line, event: fmt.Sprintf("%s#%d", event, len(out))}
		r.Fields(n, map[string]func(*yaml.Node){
			"when":   func(n *yaml.Node) { b.When = r.cond(n) },
			"target": func(n *yaml.Node) { b.Target = r.id(r.String(n)) },
		})
		out = append(out, b)
	})
	return out
}

func (r *fileReader) set(n *yaml.Node) (a bot.Asker) {
	r.Fields(n, map[string]func(*yaml.Node){
		"country":  func(n *yaml.Node) { a.Country = word(r, n, bot.Countries, "unknown-country") },
		"audience": func(n *yaml.Node) { a.Audience = word(r, n, askers, "unknown-audience") },
		"age":      func(n *yaml.Node) { a.Age = word(r, n, bot.Ages, "unknown-age") },
	})
	return a
}

// Asked are the audiences a session can hold once it has been asked.
var askers = append([]bot.Audience{bot.Unknown}, bot.Audiences...)

func (r *fileReader) cond(n *yaml.Node) *Cond {
	c := &Cond{Line: n.Line}
	r.Fields(n, map[string]func(*yaml.Node){
		"audience": func(n *yaml.Node) { c.Audience = words(r, n, askers, "unknown-audience") },
		"age":      func(n *yaml.Node) { c.Age = words(r, n, bot.Ages, "unknown-age") },
		"country":  func(n *yaml.Node) { c.Country = words(r, n, bot.Countries, "unknown-country") },
		"language": func(n *yaml.Node) { c.Language = words(r, n, bot.Languages, "unknown-language") },
		"answers": func(n *yaml.Node) {
			r.Pairs(n, func(key string, k, v *yaml.Node) {
				set := AnswerSet{State: r.id(key), Line: k.Line}
				for _, code := range r.Strings(v) {
					set.Codes = append(set.Codes, bot.Code(code))
				}
				if len(set.Codes) == 0 {
					r.Add(k.Line, "empty-set", "no answer of %s would do", set.State)
				}
				c.Answers = append(c.Answers, set)
			})
		},
	})
	return c
}

func (r *fileReader) steps(n *yaml.Node) []Step {
	var out []Step
	r.Each(n, func(n *yaml.Node) {
		s := Step{Line: n.Line}
		if n.Kind == yaml.ScalarNode {
			s.ID = r.String(n)
		} else {
			r.Fields(n, map[string]func(*yaml.Node){
				"step":     func(n *yaml.Node) { s.ID = r.String(n) },
				"when":     func(n *yaml.Node) { s.When = r.cond(n) },
				"role":     func(n *yaml.Node) { s.Role = r.role(n) },
				"with":     func(n *yaml.Node) { s.With = r.role(n) },
				"optional": func(n *yaml.Node) { s.Optional = r.Bool(n) },
			})
		}
		if s.ID == "" {
			r.Add(s.Line, "no-step", "a step needs a name")
		}
		out = append(out, s)
	})
	return out
}

func (r *fileReader) turns(n *yaml.Node) []Turn {
	var out []Turn
	r.Each(n, func(n *yaml.Node) {
		t := Turn{Line: n.Line}
		r.Fields(n, map[string]func(*yaml.Node){
			"role":     func(n *yaml.Node) { t.Role = r.role(n) },
			"when":     func(n *yaml.Node) { t.When = r.cond(n) },
			"all":      func(n *yaml.Node) { t.All = r.Bool(n) },
			"optional": func(n *yaml.Node) { t.Optional = r.Bool(n) },
		})
		if t.Role == "" {
			r.Add(t.Line, "no-role", "whom to turn to is missing: role")
		}
		out = append(out, t)
	})
	return out
}

func (r *fileReader) role(n *yaml.Node) bot.Role { return word(r, n, bot.Roles, "unknown-role") }

func (r *fileReader) mode(n *yaml.Node) Mode {
	m := Mode(r.String(n))
	if m != Written {
		r.Add(n.Line, "unknown-mode", "mode %q: only %q is known", m, Written)
	}
	return m
}

func word[T ~string](r *fileReader, n *yaml.Node, set []T, code string) T {
	v := T(r.String(n))
	if !known(set, v) {
		r.Add(n.Line, code, "%q is not one of %v", v, set)
	}
	return v
}

func words[T ~string](r *fileReader, n *yaml.Node, set []T, code string) []T {
	out := []T{}
	for _, s := range r.Strings(n) {
		if s != None && !known(set, T(s)) {
			r.Add(n.Line, code, "%q is not one of %v", s, set)
		}
		out = append(out, T(s))
	}
	if len(out) == 0 {
		r.Add(n.Line, "empty-set", "an empty list never holds")
	}
	return out
}

func known[T comparable](set []T, v T) bool {
	for _, s := range set {
		if s == v {
			return true
		}
	}
	return false
}
