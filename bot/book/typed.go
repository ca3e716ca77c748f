package book

import (
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/fold"
	"wheretoturn/bot/phrase"
)

// typedPrefix begins the keys of lists of what people type: "typed.back".
const typedPrefix = "typed."

// words are what people type, folded, by language and key.
type words map[bot.Lang]map[string]map[string]bool

func newWords(c *phrase.Catalog) words {
	out := words{}
	for _, l := range bot.Languages {
		out[l] = map[string]map[string]bool{}
		for id, e := range c.Entries(l) {
			key, ok := strings.CutPrefix(id, typedPrefix)
			if !ok {
				continue
			}
			set := map[string]bool{}
			for _, w := range strings.Split(e.Text, ",") {
				set[fold.Phrase(w)] = true
			}
			out[l][key] = set
		}
	}
	return out
}

// Typed tells whether a folded phrase is on the list of what people who speak
// a language type for a key ("back", "yes").
func (b *Book) Typed(l bot.Lang, key, phrase string) bool { return b.typed[l][key][phrase] }
