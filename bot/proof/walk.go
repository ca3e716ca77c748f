package proof

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
)

// The answer budget (design §3): how many answers lead to a full result.
const (
	MaxAnswers       = 6
	MaxAnswersAsked  = 7 // where the country is asked, too
	MaxMedianAnswers = 5
)

// Stats is what a walk counted.
type Stats struct {
	Paths           int     `json:"paths"`       // ways from the first question to an outcome
	States          int     `json:"states"`      // states seen
	Transitions     int     `json:"transitions"` // transitions taken
	Coverage        float64 `json:"coverage"`    // transitions taken of those there are, 0..1
	MaxAnswers      int     `json:"max_answers"`
	MaxAnswersAsked int     `json:"max_answers_asked"`
	// MedianAnswers is what half of the people need at most where the country
	// is known, if everybody picked evenly among the answers.
	MedianAnswers float64 `json:"median_answers"`
	DeadEnds      int     `json:"dead_ends"` // outcomes that help nobody
}

// times are the moments at which promises are tested: a weekday morning, the
// dead of a Sunday night, and Christmas Eve.
var times = []time.Time{
	time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC),
	time.Date(2026, 11, 29, 2, 30, 0, 0, time.UTC),
	time.Date(2026, 12, 24, 18, 30, 0, 0, time.UTC),
}

// Walk goes every path × audience × country × language and looks at every
// outcome as somebody would meet it. Languages are walked side by side.
func Walk(b *book.Book) (Stats, []bot.Finding) {
	w := newWalker(b, bot.Languages)
	w.run()
	return w.stats(), w.report()
}

func newWalker(b *book.Book, langs []bot.Lang) *walker {
	return &walker{book: b, langs: langs, edges: map[edge]bool{}, depths: map[int]float64{}, found: map[string]bot.Finding{}, heard: map[heardKey]bool{}}
}

type edge struct {
	from  bot.StateID
	event string
}

// walker gathers what the lanes (one a language) see; mu guards it.
type walker struct {
	book  *book.Book
	langs []bot.Lang

	mu       sync.Mutex
	edges    map[edge]bool
	depths   map[int]float64 // answers → weight of the paths, country known
	paths    int
	max      [2]int // country known, country asked
	deadEnds int
	found    map[string]bot.Finding
	heard    map[heardKey]bool
}

func (w *walker) run() {
	var wg sync.WaitGroup
	for _, l := range w.langs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			newLane(w, l).run()
		}()
	}
	wg.Wait()
}

func (w *walker) stats() Stats {
	s := Stats{MaxAnswers: w.max[0], MaxAnswersAsked: w.max[1], DeadEnds: w.deadEnds, Transitions: len(w.edges)}
	states := map[bot.StateID]bool{}
	for e := range w.edges {
		states[e.from] = true
	}
	for _, st := range w.book.Flow.States() {
		if st.Final {
			states[st.ID] = true
		}
	}
	s.States = len(states)
	s.Coverage = float64(len(w.edges)) / float64(w.book.Flow.Transitions())
	var all []int
	total := 0.0
	for d, n := range w.depths {
		all = append(all, d)
		total += n
	}
	slices.Sort(all)
	s.Paths, s.MedianAnswers = w.paths, median(all, w.depths, total)
	return s
}

// median is the number of answers that half of the people need at most.
func median(depths []int, weight map[int]float64, total float64) float64 {
	sum := 0.0
	for _, d := range depths {
		if sum += weight[d]; sum >= total/2 {
			return float64(d)
		}
	}
	return 0
}

func (w *walker) report() []bot.Finding {
	var out []bot.Finding
	for _, f := range w.found {
		out = append(out, f)
	}
	s := w.stats()
	if s.MedianAnswers > MaxMedianAnswers {
		out = append(out, bot.Finding{File: "flows/main.yaml", Line: 1, Code: "budget",
			Message: fmt.Sprintf("the median result takes %.0f answers, at most %d are allowed", s.MedianAnswers, MaxMedianAnswers)})
	}
	if len(w.langs) == len(bot.Languages) && s.Coverage < 1 {
		out = append(out, w.untaken()...)
	}
	book.Sort(out)
	return out
}

// untaken names the answers nobody can ever give.
func (w *walker) untaken() []bot.Finding {
	var out []bot.Finding
	for _, s := range w.book.Flow.States() {
		for _, event := range s.Events() {
			if !w.edges[edge{s.ID, event}] {
				out = append(out, bot.Finding{File: s.File, Line: s.Line, Code: "never-taken", Message: fmt.Sprintf("nobody can ever take %q in %s", event, s.ID)})
			}
		}
	}
	return out
}

// add notes a finding once, however many paths meet it.
func (w *walker) add(f bot.Finding, detail string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := f.File + f.Code + f.Message
	if _, ok := w.found[key]; ok {
		return
	}
	if detail != "" {
		f.Message += " (" + detail + ")"
	}
	w.found[key] = f
}

// lane walks one language.
type lane struct {
	*walker
	lang  bot.Lang
	graph *flow.Graph
	edges map[edge]bool
	drawn map[string]bool
	depth map[int]float64
	paths int
	most  [2]int
}

func newLane(w *walker, l bot.Lang) *lane {
	ln := &lane{walker: w, lang: l, edges: map[edge]bool{}, drawn: map[string]bool{}, depth: map[int]float64{}}
	ln.graph = w.book.Flow.Traced(func(from bot.StateID, event string) { ln.edges[edge{from, event}] = true })
	return ln
}

func (ln *lane) run() {
	traced := *ln.book
	traced.Phrases = ln.book.Phrases.Traced(ln.listen)
	w := &painter{lane: ln, book: &traced}
	for _, country := range append([]bot.Country{""}, bot.Countries...) {
		asker := bot.Asker{Lang: ln.lang, Country: country}
		if p, err := ln.graph.Start(asker); err == nil {
			ln.path(w, p, trip{asked: country == "", weight: 1}, map[bot.StateID]bool{})
		} else {
			ln.add(finding(ln.graph.State(ln.graph.Initial), "stuck", "the way in: %v", err), "")
		}
		ln.danger(w, asker)
	}
	w.notes()
	ln.mu.Lock()
	defer ln.mu.Unlock()
	for e := range ln.edges {
		ln.walker.edges[e] = true
	}
	for d, n := range ln.depth {
		ln.depths[d] += n
	}
	ln.walker.paths += ln.paths
	ln.max[0], ln.max[1] = max(ln.max[0], ln.most[0]), max(ln.max[1], ln.most[1])
}

// danger walks the danger card, met by anybody at any time.
func (ln *lane) danger(w *painter, asker bot.Asker) {
	for _, a := range append([]bot.Audience{"", bot.Unknown}, bot.Audiences...) {
		asker.Audience = a
		p, err := ln.graph.Enter(flow.Position{Asker: asker}, ln.graph.Danger)
		if err == nil {
			ln.path(w, p, trip{beyond: true}, map[bot.StateID]bool{})
		}
	}
}

// trip is how somebody came to a position.
type trip struct {
	answers int     // given so far
	asked   bool    // the country was one of them
	beyond  bool    // past a result, or on the danger card: not in the budget
	weight  float64 // how likely, if everybody picked among the answers evenly
}

// path goes on from a position.
func (ln *lane) path(w *painter, p flow.Position, t trip, seen map[bot.StateID]bool) {
	s := ln.graph.State(p.State)
	if seen[p.State] {
		ln.add(finding(s, "circle", "questions run in a circle through %s", p.State), "")
		return
	}
	w.look(p)
	if s.Final {
		ln.arrive(s, p, t)
	}
	seen[p.State] = true
	defer delete(seen, p.State)
	codes := ln.codes(s, &p)
	for _, code := range codes {
		next, err := ln.graph.Step(p, code)
		if err != nil {
			ln.add(finding(s, "stuck", "answer %q of %s leads nowhere: %v", code, s.ID, err), "")
			continue
		}
		next = advice.PassEmptyPicks(ln.book, next)
		on := t
		on.answers++
		on.beyond = t.beyond || s.Final
		on.weight /= float64(len(codes))
		ln.path(w, next, on, seen)
	}
}

func (ln *lane) codes(s *flow.State, p *flow.Position) []bot.Code {
	var out []bot.Code
	if s.Pick != "" {
		for _, pl := range advice.Pickable(ln.book, p.Asker, s.Pick) {
			out = append(out, bot.Code(pl.ID))
		}
	}
	for _, on := range s.Offered(p) {
		out = append(out, on.Code)
	}
	if s.Skip != nil {
		out = append(out, bot.Skipped)
	}
	return out
}

func (ln *lane) arrive(s *flow.State, p flow.Position, t trip) {
	if t.beyond {
		return
	}
	ln.paths++
	i, limit := 0, MaxAnswers
	if t.asked {
		i, limit = 1, MaxAnswersAsked
	} else {
		ln.depth[t.answers] += t.weight
	}
	if t.answers > limit {
		ln.add(finding(s, "budget", "%s takes %d answers, at most %d are allowed", s.ID, t.answers, limit), answers(p))
	}
	ln.most[i] = max(ln.most[i], t.answers)
}

func finding(s *flow.State, code, format string, args ...any) bot.Finding {
	f := bot.Finding{Code: code, Message: fmt.Sprintf(format, args...)}
	if s != nil {
		f.File, f.Line = s.File, s.Line
	}
	return f
}
