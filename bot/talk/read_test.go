package talk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/fold"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
)

// onEveryScreen comes to every state, for every audience, in every language,
// and to what lies over it, and stops once at each set of buttons.
func onEveryScreen(t *testing.T, f func(t *testing.T, c *chat)) {
	t.Helper()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		seen := map[string]bool{}
		stop := func(c *chat) {
			if key := fmt.Sprint(buttons(c.msg())); !seen[key] {
				seen[key] = true
				f(t, c)
			}
		}
		states := map[bot.StateID]bool{}
		eachScreen(t, lang, country, func(s bot.Session) {
			stop(at(t, s))
			if states[s.State] {
				return
			}
			states[s.State] = true
			stop(at(t, s).press(bot.CmdDanger))
			for _, code := range covered(at(t, s)) {
				stop(at(t, s).press(code))
			}
		})
	})
}

func TestEveryLabelMeansItsOwnButton(t *testing.T) {
	t.Parallel()
	onEveryScreen(t, func(t *testing.T, c *chat) {
		for _, b := range buttons(c.msg()) {
			for _, text := range []string{b.Label, fold.String(b.Label), strings.ToUpper(b.Label), "  " + b.Label + " !"} {
				if got := c.means(text); got != b.Code {
					t.Fatalf("%q means %q at %s %s, want %q", text, got, c.s.State, c.s.View, b.Code)
				}
			}
		}
	})
}

func TestEveryNumberMeansItsChoice(t *testing.T) {
	t.Parallel()
	onEveryScreen(t, func(t *testing.T, c *chat) {
		choices := c.msg().Choices
		for i, b := range choices {
			for _, text := range []string{fmt.Sprint(i + 1), fmt.Sprintf(" %d. ", i+1), fmt.Sprintf("0%d", i+1)} {
				if got := c.means(text); got != b.Code {
					t.Fatalf("%q means %q at %s %s, want %q", text, got, c.s.State, c.s.View, b.Code)
				}
			}
		}
		if got := c.means("0"); got != bot.CmdDanger {
			t.Fatalf("0 means %q at %s", got, c.s.State)
		}
		for _, text := range []string{fmt.Sprint(len(choices) + 1), "99999999999999999999", "1 2", "3.5", "-"} {
			if got := c.means(text); got != "" && c.s.State != "main.who" {
				t.Fatalf("%q means %q at %s", text, got, c.s.State)
			}
		}
	})
}

// TestALabelWithATypoMeansItsButtonOrNothing drops, doubles and swaps letters:
// what comes out is the same button, or nothing when another one is as near.
func TestALabelWithATypoMeansItsButtonOrNothing(t *testing.T) {
	t.Parallel()
	var tried, missed atomic.Int64
	t.Run("in", func(t *testing.T) {
		onEveryScreen(t, func(t *testing.T, c *chat) {
			for _, b := range buttons(c.msg()) {
				for _, text := range typos(b.Label) {
					tried.Add(1)
					switch got := c.means(text); {
					case got == "":
						missed.Add(1)
					case got != b.Code:
						t.Errorf("%q means %q at %s, was meant as %q", text, got, c.s.State, b.Code)
					}
				}
			}
		})
	})
	if missed.Load()*50 > tried.Load() {
		t.Errorf("%d of %d typos were not understood", missed.Load(), tried.Load())
	}
}

func typos(label string) []string {
	r := []rune(label)
	if len(r) < 8 {
		return nil
	}
	i := len(r) / 2
	for r[i] == ' ' || r[i+1] == ' ' || r[i] == r[i+1] {
		i++
		if i+2 >= len(r) {
			return nil
		}
	}
	dropped := string(r[:i]) + string(r[i+1:])
	doubled := string(r[:i+1]) + string(r[i:])
	swapped := string(r[:i]) + string(r[i+1]) + string(r[i]) + string(r[i+2:])
	return []string{dropped, doubled, swapped}
}

func TestAgesAreReadWhereAgesAreAsked(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"6": "under-15", "11": "under-15", "14": "under-15", "15": "15-17", "16": "15-17", "17": "15-17", "18": "18-59",
		"42": "18-59", "59": "18-59", "60": "60-plus", "70": "60-plus", "99": "60-plus", "104": "60-plus",
		"121": "", "1000": "", "112": bot.CmdDanger, "158": bot.CmdDanger, "0": bot.CmdDanger,
	}
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").tap("something").wantAt("main.who")
		for text, code := range want {
			if got := c.means(text); got != code {
				t.Errorf("%s: %q means %q, want %q", lang, text, got, code)
			}
		}
		c.say("16").wantAt("main.group")
		if c.s.Audience != bot.YoungPerson {
			t.Errorf("%s: 16 is %q", lang, c.s.Audience)
		}
		if got := c.means("16"); got != "" {
			t.Errorf("%s: where no age is asked, 16 means %q", lang, got)
		}
	}
}

func TestAnAgeInAFewWordsIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"je mi 12": "under-15", "im 12": "under-15", "15-17": "15-17", "mam 71 let": "60-plus", "I am 34 years old": "18-59",
		"between 12 and 40": "", "my son is 13": "", "syn, je mu 13": "", "mne je mene nez 15": "", "less than 15": "", "not yet 15": "", "my 2 sons are 12 and 34": "", "mi 112": bot.CmdDanger,
	} {
		c := startIn(t, "en", "CZ").tap("something").wantAt("main.who")
		if got := c.means(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
	if got := start(t, "en").means("in 5 minutes"); got != "" {
		t.Errorf("where no age is asked it means %q", got)
	}
}

func TestHalfALabelIsEnoughWhenItMeansOneThing(t *testing.T) {
	t.Parallel()
	c := &chat{t: t, book: tiny(t)}
	c.press(bot.CmdRestart)
	c.s.Lang, c.drawn = "en", nil
	c.shown = talk.Screen(c.s)
	for _, tt := range []struct{ name, text, want string }{
		{"the whole label", "The red house", "red-house"},
		{"one word that only one has", "red", "red-house"},
		{"words from its middle", "red house", "red-house"},
		{"without diacritics", "cafe", "cafe"},
		{"with diacritics nobody wrote", "rěd hoúse", "red-house"},
		{"the beginning of a word", "gard", ""},
		{"a long beginning of a label", "the red ho", "red-house"},
		{"a word that two have", "house", ""},
		{"a beginning that two have", "the r", ""},
		{"a typo in the whole label", "the rad house", "red-house"},
		{"two letters swapped", "the garden fecne", "garden"},
		{"half a label that is a whole one of another", "the house", "house"},
		{"a whole label that stands in two others", "home", "home"},
		{"as near to two labels", "street f", ""},
		{"something else", "what is this", ""},
		{"more words than a label", "it is the red house over there", ""},
		{"a letter", "r", ""},
		{"nothing", "", ""},
		{"blanks", " \t\n ", ""},
		{"signs only", "?!… 🙂", ""},
		{"a code is no answer", "red-house", "red-house"}, // it reads like the label
		{"a code of an action is none", "*silent", ""},
	} {
		if got := talk.Read(c.book, c.s, bot.Text(tt.text), noon); got.Code != tt.want || got.Issue != "" || got.Step != c.s.Step {
			t.Errorf("%s: %q means %+v, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestYesAndNoAreReadInTheLanguageOfTheQuestion(t *testing.T) {
	t.Parallel()
	const yes, no = bot.CmdErase + " yes", bot.CmdErase + " no"
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").press(bot.CmdErase).wantView(bot.ViewErase)
		for _, word := range typed(c.book, lang, "yes") {
			if got := c.means(word); got != yes {
				t.Errorf("%s: %q means %q", lang, word, got)
			}
		}
		for _, word := range typed(c.book, lang, "no") {
			if got := c.means(word); got != no {
				t.Errorf("%s: %q means %q", lang, word, got)
			}
		}
		for _, other := range bot.Languages {
			for key, wrong := range map[string]string{"yes": yes, "no": no} {
				for _, word := range typed(c.book, other, key) {
					if got := c.means(word); !onOwnList(c, word) && got == wrong && !inLabel(c, wrong, word) {
						t.Errorf("%s: %q, which is %s in %s, means %q", lang, word, key, other, got)
					}
				}
			}
		}
	}
	for _, tt := range []struct {
		lang       bot.Lang
		word, want string
	}{
		{"cs", "jo", yes}, {"sq", "jo", no}, {"cs", "ne", no}, {"cs", "ano", yes}, {"sq", "po", yes},
		{"en", "no", no}, {"pl", "nie", no}, {"pl", "tak", yes}, {"en", "yes", yes}, {"cs", "po", ""},
	} {
		c := startIn(t, tt.lang, "CZ").press(bot.CmdErase)
		if got := c.means(tt.word); got != tt.want {
			t.Errorf("%s: %q means %q, want %q", tt.lang, tt.word, got, tt.want)
		}
	}
	// in Polish "no" is nearly yes, and never an English no
	c := startIn(t, "pl", "").press(bot.CmdErase)
	if got := c.means("no"); got == no {
		t.Errorf("a Polish \"no\" means %q", got)
	}
	// where nothing is asked that has a yes, it answers nothing
	if got := start(t, "cs").means("ano"); got != "" {
		t.Errorf("yes means %q at the first question", got)
	}
}

func inLabel(c *chat, code, word string) bool {
	return slices.Contains(fold.Words(c.label(code)), fold.Phrase(word))
}

// moves are the words for moving around, by the key of their list.
var moves = map[string]string{
	"danger": bot.CmdDanger, "back": bot.CmdBack, "skip": bot.CmdSkip, "restart": bot.CmdRestart, "why": bot.CmdWhy,
	"language": bot.CmdLanguage, "country": bot.CmdCountry, "help": bot.CmdHelp, "person": bot.CmdPerson, "erase": bot.CmdErase,
}

func TestWordsForMovingAreReadInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").tap("something", "18-59", "threats").wantAt("main.threats")
		for key, code := range moves {
			for _, word := range typed(c.book, lang, key) {
				if got := c.means(word); got != code {
					t.Errorf("%s: %q on the list of %s means %q", lang, word, key, got)
				}
			}
		}
		for _, other := range bot.Languages {
			for key := range moves {
				for _, word := range typed(c.book, other, key) {
					if got := c.means(word); !strings.HasPrefix(got, "/") {
						t.Errorf("%s: %q, which means %s in %s, means %q", lang, word, key, other, got)
					}
				}
			}
		}
		for _, other := range bot.Languages {
			for _, word := range typed(c.book, other, "danger") {
				if got := c.means(word); got != bot.CmdDanger && !onOwnList(c, word) {
					t.Errorf("%s: %q, which is danger in %s, means %q", lang, word, other, got)
				}
			}
		}
	}
}

// onOwnList tells whether a word means something in the language of the screen.
func onOwnList(c *chat, word string) bool {
	for _, key := range talk.Typed() {
		for _, w := range typed(c.book, c.s.Lang, strings.TrimPrefix(key, "typed.")) {
			if fold.Phrase(w) == fold.Phrase(word) {
				return true
			}
		}
	}
	return false
}

func TestListsOfTypedWordsAreAllThere(t *testing.T) {
	t.Parallel()
	b := shipped()
	for _, key := range talk.Typed() {
		for _, lang := range bot.Languages {
			if len(typed(b, lang, strings.TrimPrefix(key, "typed."))) == 0 {
				t.Errorf("%s has no words in %s", key, lang)
			}
		}
	}
	for key := range moves {
		if !slices.Contains(talk.Typed(), "typed."+key) {
			t.Errorf("the checker is not told of %s", key)
		}
	}
}

func TestTheNameOfALanguageIsTheWishToSpeakIt(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").tap("something", "18-59", "threats")
		for _, other := range bot.Languages {
			for _, word := range typed(c.book, other, "me") {
				if got := c.means(word); got != bot.CmdLanguage+" "+string(other) {
					t.Errorf("%s: %q means %q", lang, word, got)
				}
			}
		}
		c.say("English")
		if c.s.Lang != "en" {
			t.Errorf("%s: asked for English, speaks %s", lang, c.s.Lang)
		}
		c.wantAt("main.threats").wantNotes("talk.language_changed")
	}
}

func TestTypedCommands(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	for text, want := range map[string]string{
		"/start": bot.CmdRestart, "/START": bot.CmdRestart, " /start ": bot.CmdRestart, "/start@wheretoturn_bot": bot.CmdRestart,
		"/start now": bot.CmdRestart, "/danger": bot.CmdDanger, "/leave": bot.CmdLeave, "/back": bot.CmdBack, "/skip": bot.CmdSkip,
		"/why": bot.CmdWhy, "/help": bot.CmdHelp, "/person": bot.CmdPerson, "/privacy": bot.CmdPrivacy, "/export": bot.CmdExport,
		"/about": bot.CmdAbout, "/erase": bot.CmdErase, "/erase yes": bot.CmdErase + " yes", "/language": bot.CmdLanguage,
		"/language PL": bot.CmdLanguage + " pl", "/country al": bot.CmdCountry + " AL", "/country": bot.CmdCountry,
		"/": "", "//": "", "/unknown": "", "/dangers": "", "/ danger": "", "/18-59": "",
	} {
		if got := c.means(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
	c.say("/unknown").wantNotes("talk.not_understood")
}

func TestTooLongATextIsNotRead(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	for _, tt := range []struct {
		name, text string
		long       bool
	}{
		{"300 characters", strings.Repeat("ř", 300), false},
		{"301 characters", strings.Repeat("ř", 301), true},
		{"301 blanks", strings.Repeat(" ", 301), true},
		{"the longest text of an event", strings.Repeat("nebezpečí ", 409), true},
		{"100 kB", strings.Repeat("x", 100_000), true},
		{"100 kB of bytes that are no text", strings.Repeat("\xff", 100_000), true},
		{"a command with a long tail", "/danger" + strings.Repeat("!", 300), true},
	} {
		r := c.reading(tt.text)
		if long := r.Issue == "talk.too_long"; long != tt.long || r.Code != "" || r.Step != c.s.Step {
			t.Errorf("%s: %+v", tt.name, r)
		}
		was := c.s.Clone()
		if tt.long {
			at(t, c.s).say(tt.text).wantNotes("talk.too_long").wantSame(was)
		}
	}
}

func TestTheSecondMisunderstandingShowsContacts(t *testing.T) {
	t.Parallel()
	onEveryScreen(t, func(t *testing.T, c *chat) {
		s := c.s.Clone()
		c.say("xqzw vbn").wantNotes("talk.not_understood").wantSame(s)
		if c.shown.Notes[0].Contacts {
			t.Fatalf("contacts after the first misunderstanding at %s", s.State)
		}
		for range 2 {
			c.say("qqq www").wantNotes("talk.not_understood_twice").wantSame(s)
			if !c.shown.Notes[0].Contacts || !shows(c.msg(), bot.BlockContact) {
				t.Fatalf("no contacts after the second misunderstanding at %s", s.State)
			}
		}
		c.look()
	})
	c := start(t, "cs").say("xqzw vbn").tap("something").say("xqzw vbn").wantNotes("talk.not_understood")
	c.say(strings.Repeat("x", 400)).wantNotes("talk.too_long").say("xqzw vbn").wantNotes("talk.not_understood_twice")
	c.say("/unknown").wantNotes("talk.not_understood_twice").press(bot.CmdHelp).say("xqzw vbn").wantNotes("talk.not_understood")
}

func shows(m bot.Message, kind bot.BlockKind) bool {
	return slices.ContainsFunc(m.Bubbles, func(b bot.Bubble) bool {
		return slices.ContainsFunc(b.Blocks, func(b bot.Block) bool { return b.Kind == kind })
	})
}

func TestAReadingOfAnotherScreenAnswersNothing(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	was := c.s.Clone()
	for _, step := range []int{0, c.s.Step - 1, c.s.Step + 1} {
		late := at(t, was).event(bot.Event{Text: "1", Read: &bot.Reading{Step: step, Code: "under-15"}})
		late.wantNotes("talk.not_understood").wantSame(was)
	}
	at(t, was).event(bot.Event{Text: "1"}).wantNotes("talk.not_understood").wantSame(was)
	at(t, was).event(bot.Event{Text: "1", Read: &bot.Reading{Step: was.Step, Code: "under-15"}}).wantAt("main.group")
}

func TestReadingIsTheSameForTheRoomAndChangesNothing(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	was := written(t, c.s)
	if got := talk.Read(c.book, c.s, "11", noon); got.Code != "under-15" || got.Step != c.s.Step {
		t.Errorf("%+v", got)
	}
	if now := written(t, c.s); now != was {
		t.Errorf("Read changed the session: %s", now)
	}
	for _, text := range []string{"zpět", "zpet", "ZPĚT", "back", "wstecz", "mbrapa"} {
		if got := screen.Draw(c.book, c.shown, noon); c.means(text) != bot.CmdBack || len(got.Choices) == 0 {
			t.Errorf("%q means %q", text, c.means(text))
		}
	}
}
