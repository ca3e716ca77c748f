package talk_test

import (
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

func TestBackUndoesEveryAnswer(t *testing.T) {
	t.Parallel()
	undo := func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(prev, s bot.Session, code string) {
			if prev.Version == 0 {
				return
			}
			c := at(t, s).press(bot.CmdBack).wantNotes().wantSame(prev)
			if c.s.Origin != prev.Origin {
				t.Fatalf("origin %q after %s and back, was %q", c.s.Origin, code, prev.Origin)
			}
		})
	}
	eachLanguage(t, undo)
	t.Run("the country is asked", func(t *testing.T) {
		t.Parallel()
		undo(t, "sq", "")
	})
}

func TestBackFromTheFirstQuestionStaysThere(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		c := start(t, lang)
		was := c.s.Clone()
		c.press(bot.CmdBack).wantNotes("talk.no_back").wantSame(was)
	}
}

func TestBackUndoesTheCountryThatWasAsked(t *testing.T) {
	t.Parallel()
	c := start(t, "en").tap("PL").wantAt("main.start")
	if c.s.Country != "PL" {
		t.Fatalf("country %q", c.s.Country)
	}
	c.tap(bot.CmdBack).wantAt("main.country")
	if c.s.Country != "" {
		t.Errorf("after back the country is still %q", c.s.Country)
	}
	c.tap(bot.CmdSkip).wantAt("main.start")
	if c.s.Country != bot.Elsewhere {
		t.Errorf("somebody who does not say where is in %q", c.s.Country)
	}
}

func TestBackUndoesWhoItIsAbout(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "under-15").wantAt("main.group")
	if c.s.Audience != bot.Child || c.s.Age != "under-15" {
		t.Fatalf("who is %+v", c.s.Asker)
	}
	c.tap(bot.CmdBack).wantAt("main.who")
	if c.s.Audience != "" || c.s.Age != "" {
		t.Errorf("after back who is still %+v", c.s.Asker)
	}
	c.tap(bot.CmdSkip)
	if c.s.Audience != bot.Unknown {
		t.Errorf("somebody who does not say who is %q", c.s.Audience)
	}
	c.tap(bot.CmdBack, "somebody-else", "my-child", bot.CmdBack).wantAt("main.whom")
	if c.s.Audience != "" {
		t.Errorf("after back from whom: %+v", c.s.Asker)
	}
}

func TestSG10_EveryQuestionCanBeSkipped(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			if st := shipped().Flow.State(s.State); st.Final || st.Card {
				at(t, s).press(bot.CmdSkip).wantSame(s)
				return
			}
			c := at(t, s).press(bot.CmdSkip).wantNotes()
			if c.s.State == s.State || c.s.Answer(s.State) != bot.Skipped {
				t.Fatalf("skipped %s, now at %s after %v", s.State, c.s.State, c.s.Answers)
			}
			c.press(bot.CmdBack).wantSame(s)
		})
	})
}

func TestSG10_EveryQuestionSaysWhyItIsAsked(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		eachScreen(t, lang, country, func(s bot.Session) {
			c := at(t, s).press(bot.CmdWhy)
			if c.book.Flow.State(s.State).Final {
				return
			}
			key := string(s.State) + ".why"
			if !c.book.Phrases.Has(lang, s.Audience, key) {
				key = "talk.why_default"
			}
			c.wantNotes(key).wantSame(s)
		})
	})
}

func TestWhyBehindAResultShowsItsReasons(t *testing.T) {
	t.Parallel()
	c := start(t, "en").tap("CZ", "something", "18-59", "money", "phishing", "opened", "sms").wantAt("phishing.advice")
	c.say("why").wantView(bot.ViewWhy)
	c.tap("*result").wantAt("phishing.advice")
}

func TestWordsAboutTheBotKeepThePlace(t *testing.T) {
	t.Parallel()
	notes := map[string]string{
		bot.CmdHelp: "talk.help", bot.CmdAbout: "about.text", bot.CmdPrivacy: "privacy.text", bot.CmdPerson: "talk.person_not_yet",
	}
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		eachScreen(t, lang, country, func(s bot.Session) {
			for code, key := range notes {
				c := at(t, s).press(code).wantNotes(key).wantSame(s)
				if c.shown.Notes[0].Contacts != (code == bot.CmdPerson) {
					t.Fatalf("%s shows lines: %t", code, c.shown.Notes[0].Contacts)
				}
			}
		})
	})
}

func TestLanguageChangesAnywhereAndKeepsThePlace(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		eachScreen(t, lang, country, func(s bot.Session) {
			to := bot.Languages[(slices.Index(bot.Languages, lang)+1)%len(bot.Languages)]
			want := s
			want.Lang = to
			at(t, s).press(bot.CmdLanguage + " " + string(to)).wantNotes("talk.language_changed").wantSame(want)
			at(t, s).press(bot.CmdLanguage).wantView(bot.ViewLanguage).tap(bot.CmdLanguage + " " + string(to)).wantSame(want)
			at(t, s).press(bot.CmdLanguage, bot.CmdBack).wantSame(s)
			at(t, s).press(bot.CmdLanguage + " de").wantView(bot.ViewLanguage).press(bot.CmdBack).wantSame(s)
		})
	})
}

func TestCountryChangesAnywhereAndKeepsThePlace(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			for _, to := range []bot.Country{"CZ", "PL", "XK"} {
				c := at(t, s).press(bot.CmdCountry + " " + string(to)).wantNotes("talk.country_changed")
				want := moved(c, s, to)
				c.wantSame(want)
				at(t, s).press(bot.CmdCountry).wantView(bot.ViewCountry).press(bot.CmdCountry + " " + string(to)).wantSame(want)
			}
			at(t, s).press(bot.CmdCountry, bot.CmdBack).wantSame(s)
			at(t, s).press(bot.CmdCountry + " US").wantView(bot.ViewCountry).press(bot.CmdBack).wantSame(s)
		})
	})
}

func TestBackAfterAnotherCountryAsksForTheCountryAgain(t *testing.T) {
	t.Parallel()
	c := start(t, "sq").tap("AL", "something").press(bot.CmdCountry + " XK").wantAt("main.who")
	if c.s.Answer("main.country") != "XK" || c.s.Country != "XK" {
		t.Errorf("in %s after %v", c.s.Country, c.s.Answers)
	}
	c.press(bot.CmdDanger, bot.CmdCountry+" PL", bot.CmdLeave).wantAt("main.who")
	if c.s.Answer("main.country") != "PL" || c.s.Country != "PL" {
		t.Errorf("in %s after %v", c.s.Country, c.s.Answers)
	}
	c.tap(bot.CmdBack, bot.CmdBack).wantAt("main.country")
	if c.s.Country != "" {
		t.Errorf("the country is asked and known: %s", c.s.Country)
	}
	c = start(t, "cs").press(bot.CmdCountry+" PL").tap("something").press(bot.CmdBack, bot.CmdBack).wantAt("main.start")
	if c.s.Country != "PL" {
		t.Errorf("told unasked, the country is now %q", c.s.Country)
	}
}

// moved is the session as it should be in another country: no bank of the old
// one, and no question for a bank where there is none to pick.
func moved(c *chat, s bot.Session, to bot.Country) bot.Session {
	s = s.Clone()
	s.Country = to
	for i, a := range s.Answers {
		if c.book.Flow.State(a.State).Pick != "" {
			s.Answers[i].Code = bot.Skipped
		}
	}
	if st := c.book.Flow.State(s.State); st.Pick != "" && len(advice.Pickable(c.book, s.Asker, st.Pick)) == 0 {
		s.Answers = append(s.Answers, bot.Answer{State: s.State, Code: bot.Skipped})
		s.State = c.s.State
	}
	return s
}

func TestViewsComeBackFromUnderAChoice(t *testing.T) {
	t.Parallel()
	for _, audience := range []string{"under-15", "60-plus"} {
		for _, opened := range [][]string{{"*silent"}, {"*call"}, {"*more"}, {"*more", "*next"}, {"*places"}, {"*options"}, {"*next"}} {
			s := start(t, "cs").tap("contacts", audience).press(opened...).s
			name := audience + " " + strings.Join(opened, " ")
			want := s.Clone()
			want.Lang = "en"
			at(t, s).press(bot.CmdLanguage, bot.CmdLanguage+" en").wantSame(want)
			at(t, s).press(bot.CmdLanguage + " en").wantSame(want)
			at(t, s).press(bot.CmdCountry, bot.CmdLanguage, bot.CmdCountry, bot.CmdBack).wantSame(s)
			at(t, s).press(bot.CmdErase, bot.CmdErase+" no").wantSame(s)
			at(t, s).press(bot.CmdHide).wantView(bot.ViewHidden).tap(bot.CmdBack).wantSame(s)
			if c := at(t, s).press(bot.CmdErase + " no"); c.s.View != s.View {
				t.Errorf("%s: an old \"no\" closes a view", name)
			}
		}
	}
}

func TestAnotherCountryShowsItsAdviceInsteadOfAView(t *testing.T) {
	t.Parallel()
	for audience, view := range map[string]bot.View{"under-15": bot.ViewMain, "60-plus": bot.ViewPlaces} {
		for _, opened := range [][]string{{"*silent"}, {"*call:linka-bezpeci"}, {"*more", "*next"}, {"*places"}} {
			s := start(t, "cs").tap("contacts", audience).press(opened...).s
			for _, over := range [][]string{nil, {bot.CmdCountry}, {bot.CmdLanguage, bot.CmdCountry}} {
				c := at(t, s).press(over...).press(bot.CmdCountry + " AL").wantView(view)
				if c.s.N != 0 || c.s.Place != "" || c.s.State != s.State || c.s.Country != "AL" {
					t.Errorf("%s, %v, %v: at %+v in %s", audience, opened, over, c.s.Spot, c.s.Country)
				}
			}
		}
	}
	c := start(t, "cs").tap("contacts", "60-plus", "*next").press(bot.CmdCountry, bot.CmdCountry+" AL").wantView(bot.ViewMain)
	if c.s.N != 1 {
		t.Errorf("the step at hand was lost: %d", c.s.N)
	}
}

func TestCountryAskedForAtTheCountryQuestionAnswersIt(t *testing.T) {
	t.Parallel()
	c := start(t, "sq").wantAt("main.country").press(bot.CmdCountry).wantAt("main.country")
	c.press(bot.CmdCountry + " US").wantAt("main.country")
	c.press(bot.CmdCountry + " XK").wantAt("main.start")
	if c.s.Country != "XK" || c.s.Answer("main.country") != "XK" {
		t.Errorf("in %q after %v", c.s.Country, c.s.Answers)
	}
	c.press(bot.CmdBack).wantAt("main.country")
	if c.s.Country != "" {
		t.Errorf("after back in %q", c.s.Country)
	}
}

func TestABankOfAnotherCountryIsForgotten(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("money").wantAt("payment-fraud.bank")
	bank := firstBank(t, c)
	c.tap(bank).wantAt("payment-fraud.how").press(bot.CmdCountry + " PL").wantAt("payment-fraud.how")
	if got := c.s.Answer("payment-fraud.bank"); got != bot.Skipped {
		t.Errorf("in Poland the bank is %q", got)
	}
	c.press(bot.CmdCountry + " CZ")
	if got := c.s.Answer("payment-fraud.bank"); got != bot.Skipped {
		t.Errorf("the bank came back as %q", got)
	}
}

func TestOnlyABankOfTheCountryCanBePicked(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"no-such-place", "linka-bezpeci", "pko-bp", "Petr Novák, Brno"} {
		c := start(t, "cs").tap("money").wantAt("payment-fraud.bank")
		was := c.s.Clone()
		c.press(code).wantNotes("talk.stale").wantSame(was)
		c = start(t, "cs").tap("something", "18-59", "money", "payment-fraud", "transfer", bot.CmdSkip).wantAt("payment-fraud.advice")
		was = c.s.Clone()
		c.press("*bank:" + code).wantNotes("talk.stale").wantSame(was)
	}
}

func TestACountryWithoutBanksHasNoQuestionForOne(t *testing.T) {
	t.Parallel()
	for _, country := range bot.Countries {
		c := startIn(t, "en", country).tap("money")
		if c.s.State == "payment-fraud.bank" && len(c.msg().Choices) == 0 {
			t.Errorf("%s: a question with nothing to answer", country)
		}
		c.press(bot.CmdBack).wantAt("main.start").tap("money", bot.CmdSkip)
		for len(c.s.Answers) > 0 {
			n := len(c.s.Answers)
			if c.press(bot.CmdBack); len(c.s.Answers) >= n {
				t.Fatalf("%s: back stays at %s after %v", country, c.s.State, c.s.Answers)
			}
			if len(c.msg().Choices) == 0 {
				t.Fatalf("%s: back leads to %s, where there is nothing to choose", country, c.s.State)
			}
		}
		c.wantAt("main.start")
	}
}
