package flow_test

import (
	"runtime/debug"
	"slices"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
	"wheretoturn/flows"
)

// MaxAllocs is what one step may allocate; the goal for its time is 2 µs, which
// BenchmarkStep shows.
const MaxAllocs = 20

// TestAStepAllocatesLittle is not parallel: AllocsPerRun counts the whole
// process.
func TestAStepAllocatesLittle(t *testing.T) {
	if raced() {
		t.Skip("under the race detector a pool drops what it is given, and machines are built anew")
	}
	g := shipped(t)
	worst, at := 0.0, ""
	for seed := range uint64(60) {
		for _, p := range stroll(t, g, seed) {
			for _, code := range codes(g, p) {
				n := testing.AllocsPerRun(5, func() {
					if _, err := g.Step(p, code); err != nil {
						t.Fatal(err)
					}
				})
				if n > worst {
					worst, at = n, string(p.State)+" "+string(code)
				}
			}
		}
	}
	t.Logf("at most %v allocations, in %s", worst, at)
	if worst > MaxAllocs {
		t.Errorf("%v allocations in %s, want at most %d", worst, at, MaxAllocs)
	}
}

// raced tells whether the race detector is built in.
func raced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

func BenchmarkStep(b *testing.B) {
	g := setup(b)
	from := func(who bot.Asker, codes ...bot.Code) flow.Position { return walk(b, g, start(b, g, who), codes...) }
	cases := []struct {
		name string
		pos  flow.Position
		code bot.Code
	}{
		{"straight", from(bot.Asker{}), "CZ"},
		{"through three states", from(bot.Asker{Country: "CZ"}), "skip"},
		{"back to the same", from(bot.Asker{Country: "CZ"}), "again"},
		{"after ten answers", from(bot.Asker{Country: "CZ"}, "again", "again", "again", "again", "again", "again", "again", "again", "adult", "kb"), "money"},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) { steps(b, g, []flow.Position{c.pos}, []bot.Code{c.code}) })
	}
	b.Run("any in the shipped books", func(b *testing.B) {
		g := shipped(b)
		var ps []flow.Position
		var given []bot.Code
		for seed := range uint64(50) {
			way := stroll(b, g, seed)
			for i, p := range way[:len(way)-1] {
				ps, given = append(ps, p), append(given, way[i+1].Answers[i].Code)
			}
		}
		steps(b, g, ps, given)
	})
}

func steps(b *testing.B, g *flow.Graph, ps []flow.Position, given []bot.Code) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := g.Step(ps[i%len(ps)], given[i%len(ps)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if g, _ := flow.Load(flows.FS); g == nil {
			b.Fatal("no graph")
		}
	}
}
