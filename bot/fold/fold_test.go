package fold_test

import (
	"testing"

	"wheretoturn/bot/fold"
)

func TestPhraseIgnoresCaseMarksAndPunctuation(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Přeskočit / nevím":           "preskocit nevim",
		"Łódź, ŻÓŁĆ!":                 "lodz zolc",
		"Nuk e di – kthehu mbrapa":    "nuk e di kthehu mbrapa",
		"I don’t know":                "i dont know",
		"e\u0301coc\u030cc\u0327 ë ç": "ecocc e c",
		"   ":                         "",
	} {
		if got := fold.Phrase(in); got != want {
			t.Errorf("Phrase(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDistanceCountsEditsAndSwaps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"zpet", "zpet", 1, 0}, {"zpet", "zept", 1, 1}, {"zpet", "zpe", 1, 1}, {"zpet", "spat", 1, 2},
		{"a", "abcdef", 2, 3}, {"", "", 2, 0}, {"kthehu", "ktheu", 2, 1},
	} {
		if got := fold.Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
	}
}

func FuzzPhraseIsStable(f *testing.F) {
	f.Add("Žluťoučký kůň")
	f.Fuzz(func(t *testing.T, s string) {
		once := fold.Phrase(s)
		if twice := fold.Phrase(once); twice != once {
			t.Errorf("Phrase(%q) = %q, again %q", s, once, twice)
		}
	})
}
