package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
	"wheretoturn/flows"
)

// danger is the smallest danger card; every book needs one.
const danger = `topic: danger-now
initial: what
states:
  what: {card: true, final: true, turn_to: [{role: emergency}]}
`

// small is a book with one of everything.
const small = `topic: main
initial: country
states:
  country:
    only: {country: [none]}
    otherwise: who
    on:
      CZ: {target: who, set: {country: CZ}}
      PL: {target: who, set: {country: PL}}
      AL: {first: {language: [sq]}, target: who, set: {country: AL}}
    skip: {target: who, set: {country: EU}}
  who:
    only: {audience: [none]}
    otherwise: sort
    on:
      child: {target: sort, set: {audience: child, age: under-15}}
      adult: {target: sort, set: {audience: adult}}
      again: who
    skip: {target: sort, set: {audience: unknown}}
  sort:
    always:
      - {when: {audience: [child]}, target: happened}
      - {target: bank}
  bank:
    only: {audience: [adult]}
    otherwise: happened
    pick: bank
    target: happened
    skip: happened
  happened:
    contact: [{role: child-helpline, when: {audience: [child]}}]
    on:
      threat: done
      money: {when: {audience: [adult, unknown]}, first: {answers: {bank: [kb]}}, target: done}
      school: {when: {audience: [child]}, target: [{when: {country: [CZ]}, target: done}, {target: other.listen}]}
    skip: [{when: {answers: {bank: [none]}}, target: other.listen}, {target: done}]
  done:
    final: true
    mode: written
    as: sextortion
    steps: [hang-up, {step: call-bank, role: bank, when: {audience: [adult]}, optional: true}]
    turn_to: [{role: police, all: true}, {role: bank, when: {answers: {happened: [money]}}}]
    on: {unsafe: danger-now.what}
`

// other is a second topic.
const other = `topic: other
initial: listen
images: true
states:
  listen: {final: true, turn_to: [{role: adult-crisis-line}]}
`

// files lays the given files (name, text, …) over the smallest book.
func files(over ...string) fstest.MapFS {
	fsys := fstest.MapFS{"main.yaml": {Data: []byte(small)}, "topics/danger-now.yaml": {Data: []byte(danger)}, "topics/other.yaml": {Data: []byte(other)}}
	for i := 0; i+1 < len(over); i += 2 {
		fsys[over[i]] = &fstest.MapFile{Data: []byte(over[i+1])}
	}
	return fsys
}

// setup loads a book that must be good.
func setup(tb testing.TB, over ...string) *flow.Graph {
	tb.Helper()
	return good(tb)(flow.Load(files(over...)))
}

// shipped loads the real books.
func shipped(tb testing.TB) *flow.Graph {
	tb.Helper()
	return good(tb)(flow.Load(flows.FS))
}

func good(tb testing.TB) func(*flow.Graph, []bot.Finding) *flow.Graph {
	return func(g *flow.Graph, findings []bot.Finding) *flow.Graph {
		tb.Helper()
		if len(findings) > 0 || g == nil {
			tb.Fatalf("graph %v, findings:\n%s", g != nil, short(findings))
		}
		return g
	}
}

// short prints findings as "file:line code", one a line.
func short(findings []bot.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
	}
	return strings.Join(out, "\n")
}

// start returns the first position of somebody who writes in the language.
func start(tb testing.TB, g *flow.Graph, who bot.Asker) flow.Position {
	tb.Helper()
	p, err := g.Start(who)
	if err != nil {
		tb.Fatalf("Start: %v", err)
	}
	return p
}

// walk answers with each code in turn.
func walk(tb testing.TB, g *flow.Graph, p flow.Position, codes ...bot.Code) flow.Position {
	tb.Helper()
	for _, c := range codes {
		next, err := g.Step(p, c)
		if err != nil {
			tb.Fatalf("Step(%s, %s): %v", p.State, c, err)
		}
		p = next
	}
	return p
}

// codes are the answers that somebody at p can give, a bank among them.
func codes(g *flow.Graph, p flow.Position) []bot.Code {
	s := g.State(p.State)
	var out []bot.Code
	for _, on := range s.Offered(&p) {
		out = append(out, on.Code)
	}
	if s.Pick != "" {
		out = append(out, "kb")
	}
	if s.Skip != nil {
		out = append(out, bot.Skipped)
	}
	return out
}
