package phrase_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/phrase"
)

// audiences are all that can be spoken to.
var audiences = append([]bot.Audience{"", bot.Unknown}, bot.Audiences...)

func TestEveryAudienceHearsItsVariant(t *testing.T) {
	t.Parallel()
	// Each key has the variants it is named for; the text is the variant.
	c := setup(t, "a.cs.toml", everyVariant)
	tests := []struct {
		audience bot.Audience
		want     string // what is heard for each key, "-" for nothing
	}{
		{"", "neutral base base base base - - neutral"},
		{bot.Unknown, "base base base base base - - -"},
		{bot.Child, "child base base base child child - -"},
		{bot.YoungPerson, "child base base base child child - -"},
		{bot.Parent, "parent base other parent base - other -"},
		{bot.Teacher, "teacher base other base base - other -"},
		{bot.Relative, "relative base other base base - other -"},
		{bot.Senior, "senior base base base base - - -"},
		{bot.Adult, "base base base base base - - -"},
		{bot.Business, "business base base base base - - -"},
		{"somebody new", "base base base base base - - -"},
	}
	keys := strings.Fields("all base others parents children only-child only-other only-neutral")
	for _, tt := range tests {
		var got []string
		for _, key := range keys {
			s, ok := c.Say(bot.Asker{Lang: "cs", Audience: tt.audience}, key, nil)
			e := c.Resolved("cs", tt.audience, key)
			if has := c.Has("cs", tt.audience, key); has != ok || ok != (e != nil) || (ok && e.Text != s) {
				t.Errorf("%q, %s: said %q, %v; has %v; resolved %+v", tt.audience, key, s, ok, has, e)
			}
			if !ok {
				s += "-"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q hears %s, want %s", tt.audience, s, tt.want)
		}
	}
	for _, a := range audiences {
		if !slices.ContainsFunc(tests, func(tt struct {
			audience bot.Audience
			want     string
		}) bool {
			return tt.audience == a
		}) {
			t.Errorf("%q is not tested", a)
		}
	}
}

func TestEveryVariantThatIsTriedMayBeWritten(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, a := range audiences {
		for _, v := range phrase.Variants(a) {
			tried[v] = true
			if !slices.Contains(phrase.KnownVariants, v) {
				t.Errorf("%q hears %q, which nobody may write", a, v)
			}
		}
	}
	for _, v := range phrase.KnownVariants {
		if !tried[v] {
			t.Errorf("nobody hears %q", v)
		}
	}
}

func TestWhatCannotBeSaidIsNothing(t *testing.T) {
	t.Parallel()
	c := setup(t, "a.cs.toml", "\"a\" = \"A\"\n\"hole\" = \"A {{.x}} {{.y}}\"\n\"half@child\" = \"A\"\n[\"n\"]\none = \"{{.count}} {{.x}}\"\nother = \"{{.count}}\"\n", "a.en.toml", `"b" = "B"`)
	who := bot.Asker{Lang: "cs", Audience: bot.Adult}
	tests := []struct {
		name string
		who  bot.Asker
		key  string
		data map[string]string
	}{
		{"a key that does not exist", who, "z", nil},
		{"no key", who, "", nil},
		{"a key by its variant", who, "half@child", nil},
		{"a key without a text for them", who, "half", nil},
		{"a sentence of another language", who, "b", nil},
		{"a language the bot does not speak", bot.Asker{Lang: "de"}, "a", nil},
		{"a language without sentences", bot.Asker{Lang: "pl"}, "a", nil},
		{"no language", bot.Asker{}, "a", nil},
		{"a regional language", bot.Asker{Lang: "cs-CZ"}, "a", nil},
		{"no data", who, "hole", nil},
		{"data with a hole", who, "hole", map[string]string{"x": "1"}},
		{"other data", who, "hole", map[string]string{"z": "1"}},
		{"a count that is no number", who, "n", map[string]string{"count": "many", "x": "1"}},
		{"a plural form with a hole", who, "n", map[string]string{"count": "1"}},
		{"a plural form that is not written", who, "n", map[string]string{"count": "3"}},
	}
	for _, tt := range tests {
		if s, ok := c.Say(tt.who, tt.key, tt.data); s != "" || ok {
			t.Errorf("%s: said %q, %v", tt.name, s, ok)
		}
		if s, ok := c.Maybe(tt.who, tt.key, tt.data); s != "" || ok {
			t.Errorf("%s: maybe said %q, %v", tt.name, s, ok)
		}
	}
	if c.Has("de", "", "a") || c.Has("cs", bot.Adult, "half") || c.Resolved("de", "", "a") != nil || c.Resolved("cs", "", "z") != nil || c.Entries("de") != nil {
		t.Error("there is something where there is nothing")
	}
}

func TestDataIsPutIn(t *testing.T) {
	t.Parallel()
	c := setup(t, "a.cs.toml", "\"a\" = \"{{.x}}: {{ .y }}, {{.x}}.\"\n\"plain\" = \"}} 100 % <b> & {x}\"\n\"n\" = \"Krok {{.count}}\"\n")
	tests := []struct {
		name, key string
		data      map[string]string
		want      string
	}{
		{"in its places", "a", map[string]string{"x": "1", "y": "2"}, "1: 2, 1."},
		{"as it is", "a", map[string]string{"x": "<b>{{.y}}", "y": "&%s"}, "<b>{{.y}}: &%s, <b>{{.y}}."},
		{"empty where it is empty", "a", map[string]string{"x": "", "y": "2"}, ": 2, ."},
		{"and what is not needed is left", "a", map[string]string{"x": "1", "y": "2", "z": "3"}, "1: 2, 1."},
		{"not where nothing is needed", "plain", map[string]string{"x": "1"}, "}} 100 % <b> & {x}"},
		{"a count too, where there are no plural forms", "n", map[string]string{"count": "3"}, "Krok 3"},
	}
	for _, tt := range tests {
		if got, ok := c.Say(bot.Asker{Lang: "cs"}, tt.key, tt.data); got != tt.want || !ok {
			t.Errorf("data is put in %s: %q, %v, want %q", tt.name, got, ok, tt.want)
		}
	}
}

func TestPluralFormsOfEveryLanguage(t *testing.T) {
	t.Parallel()
	slavic := "[\"n\"]\none = \"{{.count}} one\"\nfew = \"{{.count}} few\"\nmany = \"{{.count}} many\"\nother = \"{{.count}} other\"\n"
	two := "[\"n\"]\none = \"{{.count}} one\"\nother = \"{{.count}} other\"\n"
	c := setup(t, "a.cs.toml", slavic, "a.pl.toml", slavic, "a.sq.toml", two, "a.en.toml", two)
	tests := []struct {
		lang bot.Lang
		want string
	}{
		{"cs", "0 other,1 one,2 few,3 few,4 few,5 other,11 other,12 other,14 other,21 other,22 other,25 other,101 other,1.5 many"},
		{"pl", "0 many,1 one,2 few,3 few,4 few,5 many,11 many,12 many,14 many,21 many,22 few,25 many,101 many,1.5 other"},
		{"sq", "0 other,1 one,2 other,3 other,4 other,5 other,11 other,12 other,14 other,21 other,22 other,25 other,101 other,1.5 other"},
		{"en", "0 other,1 one,2 other,3 other,4 other,5 other,11 other,12 other,14 other,21 other,22 other,25 other,101 other,1.5 other"},
	}
	for _, tt := range tests {
		for _, want := range strings.Split(tt.want, ",") {
			count, _, _ := strings.Cut(want, " ")
			if got, ok := c.Say(bot.Asker{Lang: tt.lang}, "n", map[string]string{"count": count}); got != want || !ok {
				t.Errorf("%s: %q, %v, want %q", tt.lang, got, ok, want)
			}
		}
		if got, ok := c.Say(bot.Asker{Lang: tt.lang}, "n", map[string]string{"x": "1"}); ok {
			t.Errorf("%s without a count: %q", tt.lang, got)
		}
	}
}

// TestNoSentenceComesFromAnotherLanguage has each sentence in one language
// only, and asks for it in all.
func TestNoSentenceComesFromAnotherLanguage(t *testing.T) {
	t.Parallel()
	var texts []string
	for _, l := range bot.Languages {
		texts = append(texts, "a."+string(l)+".toml", "\"only-"+string(l)+"\" = \""+string(l)+"\"\n\"both\" = \""+string(l)+" {{.x}}\"\n")
	}
	c := setup(t, texts...)
	for _, l := range bot.Languages {
		for _, of := range bot.Languages {
			for _, a := range audiences {
				s, ok := c.Say(bot.Asker{Lang: l, Audience: a}, "only-"+string(of), nil)
				if ok != (l == of) || (ok && s != string(l)) || c.Has(l, a, "only-"+string(of)) != ok {
					t.Errorf("in %s, of %s: %q, %v", l, of, s, ok)
				}
			}
		}
		if s, _ := c.Say(bot.Asker{Lang: l}, "both", map[string]string{"x": "1"}); s != string(l)+" 1" {
			t.Errorf("in %s: %q", l, s)
		}
		if s, ok := c.Say(bot.Asker{Lang: l}, "both", nil); ok {
			t.Errorf("in %s without data: %q", l, s)
		}
	}
}

func TestATraceTellsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	plain := setup(t, "a.cs.toml", `"a" = "A"`)
	var got []string
	c := plain.Traced(func(who bot.Asker, key string, required, found bool) {
		got = append(got, strings.Join([]string{string(who.Lang), key, yes(required), yes(found)}, " "))
	})
	who := bot.Asker{Lang: "cs"}
	c.Say(who, "a", nil)
	c.Say(who, "b", nil)
	c.Maybe(who, "a", nil)
	c.Maybe(who, "b", nil)
	plain.Say(who, "a", nil)
	if want := []string{"cs a yes yes", "cs b yes no", "cs a no yes", "cs b no no"}; !slices.Equal(got, want) {
		t.Errorf("traced %q, want %q", got, want)
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func TestPlaceholdersAreThoseOfTheText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"none", "A", nil},
		{"none in no text", "", nil},
		{"in order, each time", "{{.b}} {{.a}} {{.b}}", []string{"b", "a", "b"}},
		{"with blanks", "{{ .a }}{{- .b -}}", []string{"a", "b"}},
		{"none in a text that is refused", "{{.a}} {{if .b}}{{end}}", nil},
		{"none in a text that is broken", "{{.a}} {{.b", nil},
	}
	for _, tt := range tests {
		if got := phrase.Placeholders(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

// TestEveryShippedSentenceCanBeSaid says each to everybody who hears it, with
// what it asks for.
func TestEveryShippedSentenceCanBeSaid(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	for _, l := range bot.Languages {
		n := 0
		for id, e := range c.Entries(l) {
			data := map[string]string{"count": "5"}
			for _, text := range e.Forms() {
				for _, p := range phrase.Placeholders(text) {
					data[p] = "5"
				}
			}
			for _, a := range audiences {
				if c.Resolved(l, a, e.Key()) != e {
					continue
				}
				n++
				if s, ok := c.Say(bot.Asker{Lang: l, Audience: a}, e.Key(), data); !ok || strings.Contains(s, "{{") || strings.Contains(s, "no value") {
					t.Errorf("%s:%d: %s to %q: %q, %v", e.File, e.Line, id, a, s, ok)
				}
			}
			if e.Line == 0 {
				t.Errorf("%s: no line for %s", e.File, id)
			}
		}
		if n < 1000 {
			t.Errorf("only %d sentences in %s", n, l)
		}
	}
}

// TestOneCatalogSpeaksToManyAtOnce is of most use under the race detector.
func TestOneCatalogSpeaksToManyAtOnce(t *testing.T) {
	t.Parallel()
	c := setup(t, "a.cs.toml", "\"a\" = \"A {{.x}}\"\n\"b\" = \"B\"\n[\"n\"]\none = \"{{.count}} one\"\nfew = \"{{.count}} few\"\nother = \"{{.count}} other\"\n")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				for _, said := range [][2]string{{"a", "A 2"}, {"b", "B"}, {"n", "2 few"}} {
					if s, _ := c.Say(bot.Asker{Lang: "cs"}, said[0], map[string]string{"x": "2", "count": "2"}); s != said[1] {
						t.Errorf("said %q, want %q", s, said[1])
					}
				}
			}
		})
	}
	wg.Wait()
}

// everyVariant has keys with the variants they are named for.
const everyVariant = `
"all" = "base"
"all@child" = "child"
"all@parent" = "parent"
"all@teacher" = "teacher"
"all@relative" = "relative"
"all@other" = "other"
"all@senior" = "senior"
"all@business" = "business"
"all@neutral" = "neutral"
"base" = "base"
"others" = "base"
"others@other" = "other"
"parents" = "base"
"parents@parent" = "parent"
"children" = "base"
"children@child" = "child"
"only-child@child" = "child"
"only-other@other" = "other"
"only-neutral@neutral" = "neutral"
`
