package proof

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/phrase"
)

// Limits of a sentence, in words (LN03).
const (
	MaxWords      = 20
	MeanWords     = 15
	MeanWordsEasy = 12 // for children, seniors and the danger card
)

// wordings lints every sentence as it is written.
func (c *checker) wordings() {
	for _, l := range bot.Languages {
		var easy, others mean
		for _, e := range c.book.Phrases.Entries(l) {
			if strings.HasPrefix(e.ID, "typed.") {
				continue
			}
			m := &others
			if v := e.Variant(); v == "child" || v == "senior" || strings.HasPrefix(e.File, "locales/danger-now.") {
				m = &easy
			}
			for _, text := range e.Forms() {
				c.wording(l, e, text)
				for _, s := range sentencesOf(text) {
					m.add(wordsIn(s))
				}
			}
		}
		if easy.value() > MeanWordsEasy || others.value() > MeanWords {
			c.add("locales", 0, "long-sentences", "%s: %.1f words a sentence for children and seniors (at most %d), %.1f for others (at most %d)",
				l, easy.value(), MeanWordsEasy, others.value(), MeanWords)
		}
	}
}

type mean struct{ sum, n int }

func (m *mean) add(v int) { m.sum += v; m.n++ }

func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return float64(m.sum) / float64(m.n)
}

func (c *checker) wording(l bot.Lang, e *phrase.Entry, text string) {
	for _, f := range foreign {
		if m := f.re.FindString(holeRe.ReplaceAllString(text, "")); m != "" && !excused(e.Key(), f.code) {
			c.add(e.File, e.Line, f.code, "%q holds %s (%q); it belongs into a place", e.ID, f.what, m)
		}
	}
	for _, re := range banned[l] {
		if m := re.FindString(text); m != "" {
			c.add(e.File, e.Line, "banned-words", "%q says %q (SG11, SG12)", e.ID, m)
		}
	}
	for _, re := range gendered[l] {
		if m := re.FindString(unquoted(text)); m != "" && !strings.HasPrefix(e.ID, "say.") {
			c.add(e.File, e.Line, "gendered", "%q says %q: nobody's gender is known (LN02)", e.ID, m)
		}
	}
	if strings.HasSuffix(e.Key(), ".ask") {
		c.lintAsk(l, e, text)
	}
	if t := c.book.Flow.Topic(bot.Topic(strings.SplitN(e.Key(), ".", 2)[0])); strings.HasPrefix(e.Key(), "step.") || (t != nil && t.Images) {
		for _, re := range images[l] {
			if m := re.FindString(text); m != "" {
				c.add(e.File, e.Line, "asks-for-picture", "%q says %q: never ask for a picture (SG05)", e.ID, m)
			}
		}
	}
	for _, s := range sentencesOf(text) {
		if n := wordsIn(s); n > MaxWords {
			c.add(e.File, e.Line, "long-sentence", "%q has a sentence of %d words, at most %d are allowed (LN03)", e.ID, n, MaxWords)
		}
	}
	c.inflected(e, text)
	if c.isLabel(e.Key()) {
		c.label(e, text)
	}
	if strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
		c.add(e.File, e.Line, "spaces", "%q has spaces too many", e.ID)
	}
}

var holeRe = regexp.MustCompile(`\{\{[^}]*\}\}`)

// excused are sentences that may hold what others may not.
func excused(key, code string) bool {
	switch code {
	case "number-in-sentence":
		return strings.HasPrefix(key, "main.who.") || key == "privacy.text"
	case "link-in-sentence":
		return strings.HasPrefix(key, "step.report-scam-site") // names CSIRT.CZ, an office, not an address
	}
	return false
}

// lintAsk looks at questions: they never ask who somebody is (SG09) and show
// nothing on a lock screen (PR08).
func (c *checker) lintAsk(l bot.Lang, e *phrase.Entry, text string) {
	for _, re := range asks[l] {
		if m := re.FindString(text); m != "" {
			c.add(e.File, e.Line, "asks-who", "%q asks %q: never ask who somebody is (SG09)", e.ID, m)
		}
	}
	first := strings.ToLower(string([]rune(text)[:min(utf8.RuneCountInString(text), 40)]))
	for _, bad := range revealing[l] {
		if strings.Contains(first, bad) {
			c.add(e.File, e.Line, "not-neutral", "%q shows %q on a lock screen (PR08)", e.ID, bad)
		}
	}
}

// isLabel tells whether a key is the text of a button.
func (c *checker) isLabel(key string) bool {
	if strings.HasPrefix(key, "action.") {
		return true
	}
	i := strings.LastIndexByte(key, '.')
	if i < 0 {
		return false
	}
	s := c.book.Flow.State(bot.StateID(key[:i]))
	return s != nil && slices.ContainsFunc(s.On, func(on flow.On) bool { return string(on.Code) == key[i+1:] })
}

func (c *checker) label(e *phrase.Entry, text string) {
	if n := utf8.RuneCountInString(text); n > bot.MaxLabel {
		c.add(e.File, e.Line, "long-label", "%q has %d characters, a button takes %d", e.ID, n, bot.MaxLabel)
	}
	if strings.HasSuffix(text, ".") {
		c.add(e.File, e.Line, "label-stop", "%q: a button ends without a full stop", e.ID)
	}
}
