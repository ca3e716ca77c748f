// Package fold makes typed words comparable: lower case, no diacritics, split
// at everything that is neither letter nor digit. It decides nothing; rooms
// that read typed text start with it. Folding is a table because NFD would
// leave ł and đ as they are.
package fold

import (
	"strings"
	"unicode"
)

var table = strings.NewReplacer(
	"á", "a", "ä", "a", "à", "a", "â", "a", "ã", "a", "å", "a", "ą", "a", "æ", "ae",
	"č", "c", "ć", "c", "ç", "c", "ď", "d", "đ", "d",
	"é", "e", "ě", "e", "ë", "e", "è", "e", "ê", "e", "ę", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ľ", "l", "ĺ", "l", "ł", "l",
	"ň", "n", "ń", "n", "ñ", "n", "ó", "o", "ö", "o", "ô", "o", "ò", "o", "õ", "o", "ő", "o", "ø", "o",
	"ř", "r", "ŕ", "r", "š", "s", "ś", "s", "ş", "s", "ß", "ss", "ť", "t",
	"ú", "u", "ů", "u", "ü", "u", "ù", "u", "û", "u", "ű", "u", "ý", "y", "ÿ", "y",
	"ž", "z", "ź", "z", "ż", "z", "’", "'", "‘", "'",
	// letters written as a base and a combining mark
	"\u0300", "", "\u0301", "", "\u0302", "", "\u0303", "", "\u0307", "", "\u0308", "", "\u030a", "",
	"\u030b", "", "\u030c", "", "\u0327", "", "\u0328", "",
)

// String returns s in lower case without diacritics.
func String(s string) string { return table.Replace(strings.ToLower(s)) }

// Words returns the folded words of s. An apostrophe inside a word stays out
// of it: "don't" and "dont" are the same.
func Words(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(String(s), "'", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// Phrase returns the folded words joined by single spaces.
func Phrase(s string) string { return strings.Join(Words(s), " ") }

// Distance is the number of single-letter edits between a and b, a swap of
// neighbours counting as one, but at most limit+1: it stops early. Time is
// O(len(a)·len(b)); both should be short and folded.
func Distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > limit || -d > limit {
		return limit + 1
	}
	prev2, prev, cur := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		cur[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			best = min(best, cur[j])
		}
		if best > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(y)]
}
