package proof

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"wheretoturn/bot"
	"wheretoturn/bot/phrase"
)

// sentences proves that the four languages have the same sentences: keys,
// placeholders, plural forms.
func (c *checker) sentences() {
	base := map[string]map[bot.Lang]*phrase.Entry{}
	for _, l := range bot.Languages {
		for _, e := range c.book.Phrases.Entries(l) {
			key := e.Key()
			if base[key] == nil {
				base[key] = map[bot.Lang]*phrase.Entry{}
			}
			if e.Variant() == "" {
				base[key][l] = e
			}
			c.plurals(l, e)
			c.perspective(l, e)
		}
	}
	for key, in := range base {
		c.parity(key, in)
	}
}

func (c *checker) parity(key string, in map[bot.Lang]*phrase.Entry) {
	var have *phrase.Entry
	for _, l := range []bot.Lang{"en", "cs", "pl", "sq"} { // English is what the others are compared with
		if in[l] != nil {
			have = in[l]
			break
		}
	}
	for _, l := range bot.Languages {
		e := in[l]
		switch {
		case have == nil:
			if v := c.anyVariant(l, key); v != nil {
				c.add(v.File, v.Line, "no-base", "%q has no text without @variant", key)
			}
		case e == nil:
			c.add(have.File, have.Line, "missing-text", "%q has no text in %q", key, l)
		case !slices.Equal(holes(e), holes(have)):
			c.add(e.File, e.Line, "placeholders", "%q has placeholders %v, in %s %v", key, holes(e), have.File, holes(have))
		}
	}
}

func (c *checker) anyVariant(l bot.Lang, key string) *phrase.Entry {
	for _, v := range phrase.KnownVariants {
		if e := c.book.Phrases.Entries(l)[key+"@"+v]; e != nil {
			return e
		}
	}
	return nil
}

// perspective proves that what one language says differently to a parent, a
// teacher or somebody who asks for another, the others do not say as to the
// person themselves.
func (c *checker) perspective(l bot.Lang, e *phrase.Entry) {
	v := e.Variant()
	if v == "" {
		return
	}
	if base := c.book.Phrases.Entries(l)[e.Key()]; base != nil && !slices.Equal(holes(e), holes(base)) {
		c.add(e.File, e.Line, "placeholders", "%q has placeholders %v, the base %v", e.ID, holes(e), holes(base))
	}
}

func holes(e *phrase.Entry) []string {
	var out []string
	for _, text := range e.Forms() {
		for _, p := range phrase.Placeholders(text) {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}

// pluralForms are the forms a language needs, asked of CLDR by sample.
func pluralForms(l bot.Lang) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	tag := language.Make(string(l))
	set := map[string]bool{"other": true}
	for n := range 200 {
		set[names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]] = true
	}
	set[names[plural.Cardinal.MatchPlural(tag, 1, 1, 1, 5, 5)]] = true // decimals
	var out []string
	for f := range set {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

func (c *checker) plurals(l bot.Lang, e *phrase.Entry) {
	if len(e.Forms()) == 1 && e.Forms()["other"] != "" && !strings.Contains(e.Forms()["other"], "{{.count}}") {
		return
	}
	for _, f := range pluralForms(l) {
		if e.Forms()[f] == "" {
			c.add(e.File, e.Line, "missing-plural", "%q lacks the plural form %q of %q", e.ID, f, l)
		}
	}
	for f := range e.Forms() {
		if !slices.Contains(pluralForms(l), f) {
			c.add(e.File, e.Line, "foreign-plural", "%q has the plural form %q, which %q does not know", e.ID, f, l)
		}
	}
}

// numeric placeholders may stand anywhere; all others are names or phrases and
// would need inflection inside a sentence.
var numeric = []string{"n", "of", "min", "max", "day", "month", "count"}

var beforeHole = regexp.MustCompile(`(^|[:(·,–\n"“„]\s*|\}\}\s*)$`)

// inflected reports placeholders inside a sentence.
func (c *checker) inflected(e *phrase.Entry, text string) {
	for rest, at := text, 0; ; {
		i := strings.Index(rest, "{{.")
		if i < 0 {
			return
		}
		end := strings.Index(rest[i:], "}}")
		if end < 0 {
			return
		}
		name := rest[i+3 : i+end]
		before := text[:at+i]
		after, _ := utf8.DecodeRuneInString(rest[i+end+2:])
		standsAlone := beforeHole.MatchString(strings.TrimRight(before, " ")) || strings.TrimSpace(before) == ""
		if !slices.Contains(numeric, name) && (!standsAlone && !timeAfterWord(name, e.Key()) || isLetter(after)) {
			c.add(e.File, e.Line, "inflected", "%q: {{.%s}} stands inside a sentence; put it after a colon", e.ID, name)
		}
		at += i + end + 2
		rest = rest[i+end+2:]
	}
}

// timeAfterWord allows a clock time after a fixed word: "until 20:00".
func timeAfterWord(name, key string) bool {
	return name == "time" && strings.HasPrefix(key, "result.")
}

func isLetter(r rune) bool { return r != utf8.RuneError && wordRe.MatchString(string(r)) }

var sentenceEnd = regexp.MustCompile(`[.!?…:;]+(\s|$|["“”„»])`)

// sentencesOf splits a text where a reader takes breath.
func sentencesOf(text string) []string {
	var out []string
	for _, s := range sentenceEnd.Split(text, -1) {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

func wordsIn(s string) int { return len(strings.Fields(s)) }
