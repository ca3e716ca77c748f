package screen_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/talk"
)

// doors a first screen is drawn for; the empty one stands for any other.
var doors = []bot.DoorName{"terminal", "telegram", "web", ""}

// maxFirstWords is the length of a first screen (PR06).
const maxFirstWords = 60

// must are the words of the first screen's promises, by language: a robot,
// nobody reads, no name, whoever holds the phone.
var must = map[bot.Lang]map[string]*regexp.Regexp{
	"en": promised(`robot`, `no (person|one|body) reads`, `no name`, `phone`),
	"cs": promised(`robot`, `žádný člověk|nikdo`, `jméno není|bez jména`, `telefon`),
	"pl": promised(`robot`, `nikt .*nie czyta`, `imienia nie|bez (imienia|nazwiska)`, `telefon`),
	"sq": promised(`robot`, `nuk e lexon|askush|jo një njeri`, `emri nuk|pa emër`, `telefon`),
}

func promised(robot, nobody, name, phone string) map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{}
	for what, expr := range map[string]string{"that this is a robot": robot, "that nobody reads": nobody, "that no name is needed": name, "that others can read it on the phone": phone} {
		out[what] = regexp.MustCompile(`(?i)` + expr)
	}
	return out
}

// TestPR06_TheFirstScreenSaysWhatThisIs, in every language and at every door,
// where the country is known and where it is asked.
func TestPR06_TheFirstScreenSaysWhatThisIs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, lang := range bot.Languages {
		out := fmt.Sprintf("# The first screen, language %s (PR06). Written by go test -update.\n", lang)
		for _, door := range doors {
			for _, country := range []bot.Country{"CZ", ""} {
				s := talk.Begin(b, lang, country)
				if country == "" { // Czech and Polish speakers are not asked: look at the question all the same
					s.Country, s.State = "", "main.country"
				}
				d := talk.Screen(s)
				d.Door = door
				m := draw(b, d, day)
				name := fmt.Sprintf("%s at the door %q in %q", lang, door, country)
				checkFirst(t, name, lang, m)
				note := "door." + string(door) + ".note"
				if text, ok := b.Phrases.Maybe(d.Asker, note, nil); ok && (!strings.Contains(text, bot.CmdErase) || !strings.Contains(words(m), text)) {
					t.Errorf("%s: the note does not say %s: %q", name, bot.CmdErase, text)
				}
				if door == "telegram" {
					checkTelegram(t, name, words(m))
				}
				out += fmt.Sprintf("\n== %s, %d words\n\n%s", name, len(strings.Fields(words(m))), plain(m))
			}
		}
		golden(t, fmt.Sprintf("first_%s.txt", lang), out)
	}
}

func checkFirst(t *testing.T, name string, lang bot.Lang, m bot.Message) {
	t.Helper()
	text := words(m)
	if n := len(strings.Fields(text)); n > maxFirstWords {
		t.Errorf("%s has %d words, more than %d:\n%s", name, n, maxFirstWords, text)
	}
	for what, re := range must[lang] {
		if !re.MatchString(text) {
			t.Errorf("%s does not say %s:\n%s", name, what, text)
		}
	}
	if what := limits(m, true); what != "" {
		t.Errorf("%s: %s", name, what)
	}
}

// checkTelegram: Telegram keeps a copy, and can be told to hide and to forget.
func checkTelegram(t *testing.T, name, text string) {
	t.Helper()
	for _, word := range []string{"Telegram", bot.CmdErase} {
		if !strings.Contains(text, word) {
			t.Errorf("%s does not say %q:\n%s", name, word, text)
		}
	}
}

// revealing words must not stand in the first line of a message, which a lock
// screen shows (PR08); shaming ones not in what it may show of the next line.
var (
	revealing = map[bot.Lang]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)police|violen|bully|\bdie\b|dying|scam|fraud|danger|crisis|threat`),
		"cs": regexp.MustCompile(`(?i)polici|násil|šikan|vzít si život|podvod|nebezpeč|výhrů|krizov`),
		"pl": regexp.MustCompile(`(?i)policj|przemoc|odebrać sobie|oszust|nękan|niebezpiecz|groź|kryzys`),
		"sq": regexp.MustCompile(`(?i)polici|dhun|bulliz|mashtrim|rrezik|kërcën`),
	}
	shaming = map[bot.Lang]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)blackmail|suicid|\bsex|abus|naked|porn|extort`),
		"cs": regexp.MustCompile(`(?i)vydír|sebevra|sex|zneuž|nah[éoáý]|porno`),
		"pl": regexp.MustCompile(`(?i)szantaż|samobój|seks|nagi|porno`),
		"sq": regexp.MustCompile(`(?i)shantazh|vetëvras|seks|abuz|lakuriq|porno`),
	}
)

// TestPR08_TheFirstWordsGiveNothingAway looks at the first 40 characters of
// every bubble somebody can come to, of what stands behind results, and of
// every note. On the danger card, which comes when it is asked for, a threat
// may be called one.
func TestPR08_TheFirstWordsGiveNothingAway(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		t.Run("in "+string(lang), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			wrong := map[string]bool{}
			look := func(where string, card bool, m bot.Message) {
				for _, bubble := range m.Bubbles {
					if what := given(lang, bubble, card); what != "" {
						wrong[where+" "+what] = true
					}
				}
			}
			for _, d := range screens(t, lang) {
				look(fmt.Sprintf("%s %s", d.State, d.View), b.Flow.State(d.State).Card, d.Message)
			}
			for _, a := range everybody {
				a.Lang, a.Country = lang, "CZ"
				for _, n := range talk.Notes() {
					look(n.Key, false, draw(b, bot.Delivery{Asker: a, Spot: bot.Spot{State: "main.group"}, Notes: []bot.Note{n}}, day))
				}
			}
			for what := range wrong {
				t.Error(what)
			}
		})
	}
}

// given tells what a bubble gives away.
func given(lang bot.Lang, bubble bot.Bubble, card bool) string {
	head := func(s string) string {
		r := []rune(s)
		return string(r[:min(len(r), 40)])
	}
	bubble.Blocks = slices.DeleteFunc(slices.Clone(bubble.Blocks), func(b bot.Block) bool { return b.Kind == bot.BlockQuote }) // asked for, to read out
	line := head(bubble.Blocks[0].Text)
	all := head(strings.TrimSpace(words(bot.Message{Bubbles: []bot.Bubble{bubble}})))
	if word := revealing[lang].FindString(line); word != "" && !card {
		return fmt.Sprintf("begins with %q, which says %q", line, word)
	}
	if word := shaming[lang].FindString(all); word != "" {
		return fmt.Sprintf("begins with %q, which says %q", all, word)
	}
	return ""
}

// TestTheHiddenScreenShowsNothing but the way back.
func TestTheHiddenScreenShowsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, state := range []bot.StateID{"main.start", "sextortion.advice", "danger-now.what", "gone.away"} {
		for _, lang := range bot.Languages {
			d := bot.Delivery{Asker: bot.Asker{Lang: lang, Country: "CZ", Audience: bot.Child}, Door: "telegram", Spot: bot.Spot{State: state, View: bot.ViewHidden}}
			m := draw(b, d, day)
			if len(m.Bubbles) != 1 || len(m.Bubbles[0].Blocks) != 1 || len(m.Choices) != 0 || codes(m.Nav) != bot.CmdBack {
				t.Errorf("%s in %s:\n%s", state, lang, plain(m))
			}
			if what := given(lang, m.Bubbles[0], false); what != "" {
				t.Errorf("%s in %s: %s", state, lang, what)
			}
		}
	}
}
