package proof

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/phrase"
	"wheretoturn/bot/place"
)

// Ages of a verification, in days (LN05).
const (
	WarnAfter    = 90
	ReleaseAfter = 180
)

// Options of a check.
type Options struct {
	At      time.Time // the day it is, for dates
	Release bool      // old verifications are errors
	// Langs limits the walk to some languages, none of them to no walk at all;
	// nil walks all.
	Langs []bot.Lang
}

// Check proves a set of books. Findings come sorted; the books are good when
// none of them is an error. When the parts do not load, or the static rules
// find errors, the walk is left out: it would only repeat them.
func Check(src book.Source, o Options) []bot.Finding {
	b, findings := book.Load(src)
	if b == nil {
		return findings
	}
	c := &checker{book: b, o: o, findings: findings}
	c.flows()
	c.packs()
	c.sentences()
	c.wordings()
	if book.Errors(c.findings) == 0 {
		c.walk()
	}
	book.Sort(c.findings)
	return c.findings
}

func (c *checker) walk() {
	langs := c.o.Langs
	if langs == nil {
		langs = bot.Languages
	}
	if len(langs) == 0 {
		return
	}
	w := newWalker(c.book, langs)
	w.run()
	c.findings = append(c.findings, w.report()...)
	c.unused(w)
}

// Readable tells whether the folder looks like books at all.
func Readable(src book.Source) error {
	if _, err := fs.Stat(src.Flows, "main.yaml"); err != nil {
		return fmt.Errorf("no flows/main.yaml there: %w", err)
	}
	return nil
}

type checker struct {
	book     *book.Book
	o        Options
	findings []bot.Finding
}

func (c *checker) add(file string, line int, code, format string, args ...any) {
	c.findings = append(c.findings, bot.Finding{File: file, Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) warn(file string, line int, code, format string, args ...any) {
	c.add(file, line, code, format, args...)
	c.findings[len(c.findings)-1].Warning = true
}

// complete are the countries whose packs must fill every role.
var complete = []bot.Country{"CZ", "PL", "AL"}

// flows proves that every role resolves and that countries' steps fit.
func (c *checker) flows() {
	for _, s := range c.book.Flow.States() {
		for _, t := range append(slices.Clone(s.TurnTo), s.Contact...) {
			c.filled(s, t)
		}
		if topic := c.book.Flow.Topic(s.Topic); s.Final && !s.Card && topic.Images && !protects(s) {
			c.add(s.File, s.Line, "no-picture-warning", "%s is about pictures and has no step against copying them (SG05)", s.ID)
		}
	}
	for _, country := range bot.Countries {
		for _, st := range c.book.Places.Pack(country).Steps {
			c.countryStep(st)
		}
	}
}

// protects tells whether an outcome tells people not to copy pictures.
func protects(s *flow.State) bool {
	return slices.ContainsFunc(s.Steps, func(st flow.Step) bool {
		return st.When == nil && (st.ID == "save-proof-not-picture" || st.ID == "no-save-no-forward")
	})
}

func (c *checker) filled(s *flow.State, t flow.Turn) {
	if t.Optional {
		return
	}
	for _, country := range complete {
		if len(c.book.Places.Filling(country, t.Role)) == 0 {
			c.add(s.File, t.Line, "role-without-place", "%s turns to %s, and nobody in %s fills that role", s.ID, t.Role, country)
		}
	}
}

func (c *checker) countryStep(st *place.Step) {
	for _, topic := range st.Topics {
		t := c.book.Flow.Topic(topic)
		if t == nil {
			continue // a topic without content yet
		}
		if st.After != "" && !c.hasStep(topic, st.After) {
			c.add(st.File, st.Line, "unknown-step", "step %s stands after %q, which %s does not have", st.ID, st.After, topic)
		}
		if st.Instead != "" && !c.hasStep(topic, st.Instead) {
			c.add(st.File, st.Line, "unknown-step", "step %s stands instead of %q, which %s does not have", st.ID, st.Instead, topic)
		}
		for local, codes := range st.When.Answers {
			s := c.book.Flow.State(bot.StateID(string(topic) + "." + local))
			if s == nil {
				c.add(st.File, st.Line, "unknown-answer", "step %s: %s has no question %q", st.ID, topic, local)
				continue
			}
			for _, code := range codes {
				if code != bot.CodeNone && !slices.ContainsFunc(s.On, func(on flow.On) bool { return string(on.Code) == code }) {
					c.add(st.File, st.Line, "unknown-answer", "step %s: %s has no answer %q", st.ID, s.ID, code)
				}
			}
		}
	}
}

func (c *checker) hasStep(topic bot.Topic, id string) bool {
	for _, s := range c.book.Flow.States() {
		if s.Topic == topic && slices.ContainsFunc(s.Steps, func(x flow.Step) bool { return x.ID == id }) {
			return true
		}
	}
	for _, country := range bot.Countries {
		for _, st := range c.book.Places.Pack(country).Steps {
			if st.ID == id && slices.Contains(st.Topics, topic) {
				return true
			}
		}
	}
	return false
}

// unused finds sentences, and forms of address of them, that nobody on any
// path hears.
func (c *checker) unused(w *walker) {
	said, keys := map[*phrase.Entry]bool{}, map[string]bool{}
	for k := range w.heard {
		said[c.book.Phrases.Resolved(k.lang, k.aud, k.key)] = true
		keys[k.key] = true
	}
	for _, l := range w.langs {
		for _, e := range c.book.Phrases.Entries(l) {
			// a base may lie unheard beneath variants: their chain ends there
			heard := said[e] || (e.Variant() == "" && keys[e.Key()])
			if !heard && !c.reserved(e.Key()) {
				c.add(e.File, e.Line, "unused-text", "nobody ever hears %q", e.ID)
			}
		}
	}
}

// reserved keys name codes of the taxonomy or of the packs: they may wait for
// a place or topic that uses them.
func (c *checker) reserved(key string) bool {
	for _, p := range []string{"role.", "channel.", "place.call.", "place.ready.", "lang.", "day.", "why.", "door.", "cost.", "command.", "bot.", "booklet."} {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}
