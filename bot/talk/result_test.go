package talk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

// results comes to every outcome once for each audience, in one language.
func results(t *testing.T, lang bot.Lang, country bot.Country, f func(s bot.Session)) {
	t.Helper()
	eachScreen(t, lang, country, func(s bot.Session) {
		if st := shipped().Flow.State(s.State); st.Final && !st.Card {
			f(s)
		}
	})
}

// home is the view a result is read in.
func home(s bot.Session) bot.View {
	if s.Audience == bot.Senior {
		return bot.ViewPlaces
	}
	return bot.ViewMain
}

func TestEveryViewOfAResultOpensAndGoesBack(t *testing.T) {
	t.Parallel()
	views := []bot.View{
		bot.ViewPlaces, bot.ViewCall, bot.ViewSilent, bot.ViewNobody, bot.ViewAfraid, bot.ViewMore, bot.ViewOptions,
		bot.ViewWhy, bot.ViewKeep, bot.ViewBank,
	}
	for _, lang := range []bot.Lang{"cs", "pl"} {
		results(t, lang, "", func(s bot.Session) {
			for _, v := range views {
				c := at(t, s).press("*" + string(v)).wantNotes().wantView(v)
				c.look()
				if c.s.State != s.State || len(c.s.Answers) != len(s.Answers) {
					t.Fatalf("%s of %s moved to %s", v, s.State, c.s.State)
				}
				if v != bot.ViewPlaces && !c.offers("*result") {
					t.Fatalf("no way back from %s of %s", v, s.State)
				}
				at(t, c.s).press("*result").wantNotes().wantView(home(s)).look()
				back := at(t, c.s).press(bot.CmdBack).wantNotes()
				if want := home(s); v == bot.ViewPlaces {
					back.wantSame(s)
				} else {
					back.wantView(want)
				}
			}
		})
	}
}

// TestEveryButtonOfAResultOpensSomething follows the buttons people see.
func TestEveryButtonOfAResultOpensSomething(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		pressed := map[string]bool{}
		results(t, lang, country, func(s bot.Session) {
			open := []bot.Session{s}
			for range 40 {
				if len(open) == 0 {
					return
				}
				c := at(t, open[0])
				open = open[1:]
				for _, b := range c.msg().Choices {
					key := fmt.Sprint(c.s.State, c.s.Audience, c.s.View, b.Code)
					if pressed[key] || !strings.HasPrefix(b.Code, bot.ActionPrefix) {
						continue
					}
					pressed[key] = true
					next := at(t, c.s).tap(b.Code).wantNotes()
					next.look()
					if slices.Equal(next.codes(), c.codes()) && next.s.View == c.s.View && next.s.N == c.s.N && next.s.Place == c.s.Place {
						t.Errorf("%s of %s %s changes nothing", b.Code, c.s.State, c.s.View)
					}
					open = append(open, next.s)
				}
			}
		})
		if len(pressed) < 100 {
			t.Errorf("only %d buttons were pressed", len(pressed))
		}
	})
}

func TestSeniorsGetTheStepsOneByOne(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		results(t, lang, "CZ", func(s bot.Session) {
			if s.Audience != bot.Senior {
				return
			}
			c := at(t, s)
			n := len(advice.For(c.book, advice.Query{Asker: s.Asker, Spot: s.Spot, Now: noon}).Steps)
			for i := range n {
				if c.s.N != i || c.s.View != bot.ViewMain || !c.offers("*next") || !c.offers("*places") {
					t.Fatalf("step %d of %s: at %d of view %q with %v", i, s.State, c.s.N, c.s.View, c.codes())
				}
				now := at(t, c.s).tap("*places").wantView(bot.ViewPlaces)
				now.press(bot.CmdBack).wantSame(c.s)
				if i > 0 {
					before := at(t, c.s).press(bot.CmdBack).wantView(bot.ViewMain)
					if before.s.N != i-1 {
						t.Fatalf("back from step %d leads to %d", i, before.s.N)
					}
				}
				c.tap("*next")
			}
			c.wantView(bot.ViewPlaces)
			if c.offers("*next") {
				t.Fatalf("after the last step of %s comes another", s.State)
			}
			last := at(t, c.s).press(bot.CmdBack).wantView(bot.ViewMain)
			if last.s.N != n-1 {
				t.Fatalf("back from the places leads to step %d, want the last, %d", last.s.N, n-1)
			}
			c.tap("*call", "*result").wantView(bot.ViewPlaces).tap("*options").press(bot.CmdBack).wantView(bot.ViewPlaces)
			for range n + 4 {
				if c.s.State != s.State {
					break
				}
				c.press(bot.CmdBack)
			}
			if c.s.State == s.State {
				t.Fatalf("back never leaves %s", s.State)
			}
		})
	}
}

func TestASeniorTypesThroughTheSteps(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").tap("contacts", "60-plus").wantAt("other.contacts")
		for _, word := range typed(c.book, lang, "next") {
			next := at(t, c.s).say(word).wantNotes()
			if next.s.N != 1 {
				t.Errorf("%s: %q leads to step %d", lang, word, next.s.N)
			}
		}
		at(t, c.s).say("1").wantNotes()
		at(t, c.s).say("2").wantView(bot.ViewPlaces)
		for _, word := range typed(c.book, lang, "back") {
			if back := at(t, c.s).tap("*next").say(word); back.s.N != 0 || back.s.State != "other.contacts" {
				t.Errorf("%s: %q leads to step %d of %s", lang, word, back.s.N, back.s.State)
			}
		}
	}
}

func TestOnlySeniorsGetTheStepsOneByOne(t *testing.T) {
	t.Parallel()
	results(t, "cs", "", func(s bot.Session) {
		if s.Audience != bot.Senior && at(t, s).offers("*next") {
			t.Errorf("%s gets single steps at %s", s.Audience, s.State)
		}
	})
}

func TestABankIsPickedAfterTheResult(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "18-59", "money", "payment-fraud", "transfer", bot.CmdSkip).wantAt("payment-fraud.advice")
	c.tap("*options", "*bank").wantView(bot.ViewBank)
	banks := advice.Pickable(c.book, c.s.Asker, bot.RoleBank)
	if len(c.msg().Choices) != len(banks) || len(banks) < 2 {
		t.Fatalf("%d of %d banks", len(c.msg().Choices), len(banks))
	}
	for _, bank := range banks {
		n := len(c.s.Answers)
		picked := at(t, c.s).tap("*bank:" + string(bank.ID)).wantView(bot.ViewPlaces)
		if len(picked.s.Answers) > n+1 || !slices.ContainsFunc(picked.s.Answers, func(a bot.Answer) bool { return a.Code == bot.Code(bank.ID) }) {
			t.Errorf("picked %s: %v", bank.ID, picked.s.Answers)
		}
		once(t, picked.s.Answers)
		r := advice.For(picked.book, advice.Query{Asker: picked.s.Asker, Spot: picked.s.Spot, Now: noon})
		if r.Places[0].ID != bank.ID {
			t.Errorf("picked %s, first is %s", bank.ID, r.Places[0].ID)
		}
		again := picked.press("*options", "*bank").tap("*bank:" + string(banks[0].ID))
		once(t, again.s.Answers)
	}
}

func TestMorePlacesComePageByPage(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("contacts", "18-59").wantAt("other.contacts")
	all := len(advice.For(c.book, advice.Query{Asker: c.s.Asker, Spot: c.s.Spot, Now: noon}).Places)
	for _, code := range []string{"*more", "*options"} {
		if c.offers(code) {
			c.tap(code)
			break
		}
	}
	if c.s.View == bot.ViewOptions {
		c.tap("*more")
	}
	pages := 1
	for c.offers("*next") {
		if pages++; pages > all {
			t.Fatal("the pages never end")
		}
		c.tap("*next").wantView(bot.ViewMore)
	}
	if pages < 2 {
		t.Fatalf("%d places on %d page", all, pages)
	}
	c.press(bot.CmdBack).wantAt("other.contacts")
	if c.s.N != 0 {
		t.Errorf("a page number is left over: %d", c.s.N)
	}
}

func TestViewsBelongToResultsOnly(t *testing.T) {
	t.Parallel()
	eachScreen(t, "cs", "", func(s bot.Session) {
		st := shipped().Flow.State(s.State)
		if st.Final && !st.Card {
			at(t, s).press("*no-such-view").wantNotes("talk.stale").wantSame(s)
			at(t, s).press("*bank:").wantView(bot.ViewBank)
			return
		}
		for _, code := range []string{"*call", "*result", "*next", "*bank:csob", "*"} {
			at(t, s).press(code).wantNotes("talk.stale").wantSame(s)
		}
		at(t, s).press(bot.CmdDanger, "*silent").wantNotes("talk.stale").wantAt(card)
	})
}

func TestSG13_AChildAtRiskAtHomeFindsItsOwnResult(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		for _, who := range []string{"under-15", "15-17"} {
			startIn(t, lang, "CZ").tap("something", who, "threats", "sextortion", "threats", "home").wantAt("main.unsafe")
			c := startIn(t, lang, "CZ").tap("something", who, "threats", "cyberbullying", "words", "elsewhere").wantAt("cyberbullying.advice")
			c.tap("unsafe").wantAt("main.unsafe").tap(bot.CmdBack).wantAt("cyberbullying.advice")
		}
	}
}
