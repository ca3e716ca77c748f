package talk_test

import (
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/flow"
)

// card is the flow's danger card.
const card bot.StateID = "danger-now.what"

func TestWalkComesToEveryStateAndAudience(t *testing.T) {
	t.Parallel()
	states, audiences := map[bot.StateID]bool{}, map[bot.Audience]bool{}
	see := func(_, s bot.Session, _ string) { states[s.State], audiences[s.Audience] = true, true }
	everywhere(t, "en", "", see)
	for _, s := range shipped().Flow.States() {
		if (s.Asks() || s.Final) && s.Topic != "danger-now" && !states[s.ID] {
			t.Errorf("the walk of these tests never comes to %s", s.ID)
		}
	}
	for _, a := range append([]bot.Audience{"", bot.Unknown}, bot.Audiences...) {
		if !audiences[a] {
			t.Errorf("the walk of these tests never meets %q", a)
		}
	}
}

func TestSG01_DangerIsOneStepAwayFromEveryState(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			c := at(t, s).press(bot.CmdDanger).wantAt(card).wantNotes()
			if c.s.Audience != s.Audience || c.s.Country != s.Country || !c.shown.Urgent || !c.shown.Away {
				t.Fatalf("the card of %s is for %+v, urgent %t, away %t", s.State, c.s.Asker, c.shown.Urgent, c.shown.Away)
			}
		})
		eachScreen(t, lang, country, func(s bot.Session) {
			c := at(t, s)
			c.look()
			for _, text := range []string{"/danger", "/DANGER", c.label(bot.CmdDanger), "sos"} {
				if code := c.means(text); code != bot.CmdDanger {
					t.Fatalf("%q means %q at %s", text, code, s.State)
				}
			}
		})
	})
}

func TestSG01_DangerWorksFromOldScreensAndLostOnes(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "15-17")
	was := c.s
	for _, step := range []int{0, 1, c.s.Step - 1, c.s.Step + 5} {
		old := at(t, was).event(bot.Event{Press: &bot.Press{Step: step, Code: bot.CmdDanger}})
		old.wantAt(card).wantNotes().press(bot.CmdLeave).wantSame(was)
	}
	late := at(t, was).event(bot.Event{Text: "0", Read: &bot.Reading{Step: 1, Code: bot.CmdDanger}})
	late.wantAt(card).press(bot.CmdBack).wantSame(was)

	lost := was.Clone()
	lost.State = "main.no_longer_there"
	at(t, lost).press(bot.CmdDanger).wantAt(card).press(bot.CmdLeave).wantAt("main.start")
}

// covered are the screens that can lie over a state: the views of a result, the
// choices of language and country, the question of erasing.
func covered(c *chat) []string {
	out := []string{bot.CmdLanguage, bot.CmdErase}
	if c.s.Country != "" {
		out = append(out, bot.CmdCountry)
	}
	for _, ch := range c.msg().Choices {
		if strings.HasPrefix(ch.Code, bot.ActionPrefix) {
			out = append(out, ch.Code)
		}
	}
	return out
}

func TestSG02_TheCardIsLeftToExactlyTheSamePlace(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			at(t, s).press(bot.CmdDanger, bot.CmdLeave).wantNotes("talk.welcome_back").wantSame(s)
			at(t, s).press(bot.CmdDanger, bot.CmdBack).wantSame(s)
			at(t, s).press(bot.CmdDanger, bot.CmdDanger, bot.CmdLeave).wantSame(s)
		})
	})
}

func TestSG02_TheCardIsLeftToTheScreenThatLayOverAQuestion(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		eachScreen(t, lang, country, func(s bot.Session) {
			for _, code := range covered(at(t, s)) {
				over := at(t, s).press(code)
				over.look()
				at(t, over.s).press(bot.CmdDanger).wantAt(card).press(bot.CmdLeave).wantSame(over.s)
				at(t, over.s).press(bot.CmdDanger, bot.CmdBack).wantSame(over.s)
			}
		})
	})
}

func TestSG02_EveryAnswerOnTheCardHasItsWayBack(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		for _, audience := range append([]bot.Audience{"", bot.Unknown}, bot.Audiences...) {
			s := startIn(t, lang, "CZ").s
			s.Audience = audience
			c := at(t, s).press(bot.CmdDanger)
			said := c.s.Clone()
			for _, choice := range c.msg().Choices {
				on := at(t, said).tap(choice.Code)
				if !strings.HasPrefix(string(on.s.State), "danger-now.") || !on.offers(bot.CmdLeave) {
					t.Fatalf("%s leads to %s with %v", choice.Code, on.s.State, on.codes())
				}
				at(t, on.s).tap(bot.CmdLeave).wantSame(s)
				at(t, on.s).tap(bot.CmdBack).wantAt(card).tap(bot.CmdLeave).wantSame(s)
				at(t, on.s).press(bot.CmdBack, bot.CmdBack).wantSame(s)
				at(t, on.s).tap(bot.CmdDanger).wantAt(card).tap(bot.CmdLeave).wantSame(s)
				at(t, on.s).press(bot.CmdRestart).wantAt("main.start")
			}
			if len(c.msg().Choices) != 4 {
				t.Errorf("%s %s: the card offers %v", lang, audience, c.codes())
			}
		}
	}
}

func TestSG03_NothingOfTheCardIsRememberedAfterIt(t *testing.T) {
	t.Parallel()
	c := start(t, "pl").tap("something", "60-plus")
	was := written(t, c.s)
	c.press(bot.CmdDanger, "myself", bot.CmdDanger, "threatened", bot.CmdLeave)
	c.s.Step, c.s.Last = at(t, read(t, was)).s.Step, at(t, read(t, was)).s.Last
	if now := written(t, c.s); now != was {
		t.Errorf("before the card %s\nafter it      %s", was, now)
	}
}

func TestSG02_LeavingWithoutBeingOnTheCardStays(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	was := c.s.Clone()
	c.press(bot.CmdLeave).wantNotes("talk.welcome_back").wantSame(was)
}

func TestSG02_BlackmailLeadsThroughWhoToSextortion(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		c := startIn(t, lang, "CZ").press(bot.CmdDanger).tap("threatened", "blackmail").wantAt("main.who").tap("under-15")
		c.wantAt("sextortion.happened")
		if c.s.Resume != nil || c.shown.Away || c.s.Audience != bot.Child {
			t.Errorf("%s: still away: %+v", lang, c.s)
		}
		c.tap("threats").wantAt("sextortion.who").tap("stranger").wantAt("sextortion.advice")
	}
}

// TestSG02_BlackmailAsksNothingTwice presses the way from the danger card to
// blackmail at every place and answers on to the result.
func TestSG02_BlackmailAsksNothingTwice(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			c := at(t, s).press(bot.CmdDanger, "threatened").tap("blackmail")
			if c.s.Resume != nil {
				t.Fatalf("from %s: still on the card at %s", s.State, c.s.State)
			}
			for range 8 {
				if c.book.Flow.State(c.s.State).Final {
					break
				}
				if s.Answer(c.s.State) != "" {
					t.Fatalf("%s is asked again from %s; answers were %v, are %v", c.s.State, s.State, s.Answers, c.s.Answers)
				}
				c.press(answers(c.book, c.s)[0])
			}
			if !slices.Contains([]bot.StateID{"sextortion.advice", "main.unsafe"}, c.s.State) {
				t.Fatalf("blackmail led from %s to %s", s.State, c.s.State)
			}
			for _, a := range s.Answers {
				if c.s.Answer(a.State) == "" {
					t.Fatalf("%s was forgotten on the way from %s", a.State, s.State)
				}
			}
			once(t, c.s.Answers)
		})
	})
}

func once(t *testing.T, answers []bot.Answer) {
	t.Helper()
	for i, a := range answers {
		if slices.ContainsFunc(answers[:i], func(b bot.Answer) bool { return a.State == b.State }) {
			t.Fatalf("%s is answered twice in %v", a.State, answers)
		}
	}
}

func TestSG02_BackFromBlackmailReturnsToBeforeTheCard(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something")
	was := c.s.Clone()
	c.press(bot.CmdDanger, "threatened").tap("blackmail").wantAt("main.who").tap("under-15")
	c.tap(bot.CmdBack).wantAt("main.who")
	if c.s.Audience != "" || c.s.Age != "" {
		t.Errorf("who it is was not forgotten: %+v", c.s.Asker)
	}
	for range 4 {
		if c.press(bot.CmdBack); len(c.s.Answers) == 0 {
			break
		}
	}
	c.wantAt("main.start")
	if was.Country != c.s.Country {
		t.Errorf("country is %q", c.s.Country)
	}
}

func TestDangerCardKeepsWhatIsChangedOnIt(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "18-59", "money", "payment-fraud", "transfer").wantAt("payment-fraud.which_bank")
	c.tap(firstBank(t, c)).wantAt("payment-fraud.advice")
	was := c.s.Clone()
	c.press(bot.CmdDanger, bot.CmdLanguage+" pl").wantAt(card).wantNotes("talk.language_changed")
	c.press(bot.CmdCountry + " PL").wantAt(card).wantNotes("talk.country_changed")
	c.press(bot.CmdLeave).wantAt("payment-fraud.advice")
	if c.s.Lang != "pl" || c.s.Country != "PL" || c.s.Audience != was.Audience {
		t.Errorf("back as %+v", c.s.Asker)
	}
	if bank := c.s.Answer("payment-fraud.which_bank"); bank != bot.Skipped {
		t.Errorf("in Poland the bank is still %q", bank)
	}
	if r := advice.For(c.book, advice.Query{Asker: c.s.Asker, Spot: c.s.Spot, Now: noon}); r.Places[0].Role != bot.RoleBank {
		t.Errorf("the first place is %s", r.Places[0].ID)
	}
}

func TestCountryGivenOnTheDangerCardIsNotAskedAfterIt(t *testing.T) {
	t.Parallel()
	c := start(t, "en").wantAt("main.country")
	c.press(bot.CmdDanger, bot.CmdCountry+" AL").wantAt(card).press(bot.CmdLeave).wantAt("main.start")
	if c.s.Country != "AL" || len(c.s.Answers) > 0 {
		t.Errorf("at %s in %q after %v", c.s.State, c.s.Country, c.s.Answers)
	}
}

// firstBank returns the first bank a question offers.
func firstBank(t *testing.T, c *chat) string {
	t.Helper()
	list := advice.Pickable(c.book, c.s.Asker, bot.RoleBank)
	if len(list) == 0 || c.book.Flow.State(c.s.State).Pick != bot.RoleBank {
		t.Fatalf("no bank to pick at %s", c.s.State)
	}
	return string(list[0].ID)
}

func TestDangerCardIsAStateOfTheFlow(t *testing.T) {
	t.Parallel()
	if g := shipped().Flow; g.Danger != card || g.State(card) == nil || g.Initial != "main.country" || flow.Main != "main" {
		t.Errorf("these tests think of another flow: %s, %s", g.Danger, g.Initial)
	}
}
