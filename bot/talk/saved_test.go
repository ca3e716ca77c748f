package talk_test

import (
	"strings"
	"testing"

	"wheretoturn/bot"
)

func TestAStaleButtonShowsTheQuestionAtHandAgain(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "15-17").wantAt("main.group")
	was := c.s.Clone()
	for _, old := range []bot.Press{
		{Step: 2, Code: "under-15"}, {Step: 1, Code: "money"}, {Step: 0, Code: "threats"}, {Step: 99, Code: "threats"},
		{Step: 1, Code: bot.CmdBack}, {Step: 1, Code: bot.CmdSkip}, {Step: 1, Code: bot.CmdWhy}, {Step: 1, Code: bot.CmdLeave},
		{Step: 1, Code: "*call"}, {Step: 1, Code: ""},
	} {
		at(t, was).event(bot.Event{Press: &old}).wantNotes("talk.stale").wantSame(was).look()
	}
	// an answer of the screen at hand that this person is not offered
	for _, code := range []string{"no-such-answer", "*call", "*next", "*result", "*", "transfer"} {
		at(t, was).press(code).wantNotes("talk.stale").wantSame(was)
	}
	at(t, was).press("threats").wantAt("main.threats")
}

func TestEvergreenButtonsWorkFromOldScreens(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "15-17", "threats").wantAt("main.threats")
	was := c.s.Clone()
	old := func(code string) *chat {
		return at(t, was).event(bot.Event{Press: &bot.Press{Step: 1, Code: code}})
	}
	old(bot.CmdDanger).wantAt(card)
	old(bot.CmdRestart).wantAt("main.start")
	old(bot.CmdLanguage).wantView(bot.ViewLanguage)
	old(bot.CmdCountry).wantView(bot.ViewCountry)
	old(bot.CmdErase).wantView(bot.ViewErase)
	old(bot.CmdHelp).wantNotes("talk.help").wantSame(was)
	old(bot.CmdExport).wantSame(was)
	if c := old(bot.CmdLanguage + " sq").wantAt("main.threats"); c.s.Lang != "sq" {
		t.Errorf("speaks %s", c.s.Lang)
	}
	if c := old(bot.CmdCountry + " PL").wantAt("main.threats"); c.s.Country != "PL" {
		t.Errorf("in %s", c.s.Country)
	}
	if c := old(bot.CmdErase + " yes").wantNotes("talk.erased"); len(c.s.Answers) > 0 || c.s.Audience != "" {
		t.Errorf("erased: %+v", c.s)
	}
}

func TestASessionWhoseStateIsGoneStartsAgain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, saved string
		code        string
		state       bot.StateID
		notes       []string
	}{
		{"the state", `{"v":1,"lang":"cs","country":"CZ","audience":"adult","state":"old.where","answers":["main.who=18-59"],"step":7,"last":7}`,
			"yes", "main.start", []string{"talk.flow_changed"}},
		{"the state, and danger is pressed", `{"v":1,"lang":"cs","country":"CZ","state":"old.where","step":7,"last":7}`,
			bot.CmdDanger, card, []string{"talk.flow_changed"}},
		{"the state, and a person is asked for", `{"v":1,"lang":"cs","country":"CZ","state":"old.where","step":7,"last":7}`,
			bot.CmdPerson, "main.start", []string{"talk.flow_changed", "talk.person_not_yet"}},
		{"the state, and it is gone back from", `{"v":1,"lang":"cs","country":"CZ","state":"old.where","answers":["main.who=18-59"],"step":7,"last":7}`,
			bot.CmdBack, "main.start", []string{"talk.flow_changed"}},
		{"the state under the danger card", `{"v":1,"lang":"pl","country":"PL","state":"danger-now.what","resume":{"audience":"child","spot":{"state":"old.where"}},"step":7,"last":7}`,
			bot.CmdLeave, "main.start", []string{"talk.welcome_back", "talk.flow_changed"}},
		{"the answer before", `{"v":1,"lang":"en","country":"CZ","state":"main.group","answers":["old.where=x"],"step":7,"last":7}`,
			bot.CmdBack, "main.start", []string{"talk.flow_changed"}},
		{"an answer of the state", `{"v":1,"lang":"en","country":"CZ","state":"main.group","step":7,"last":7}`,
			"old-answer", "main.group", []string{"talk.stale"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := at(t, read(t, tt.saved)).press(tt.code).wantAt(tt.state).wantNotes(tt.notes...)
			c.look()
			if was := read(t, tt.saved); c.s.Lang != was.Lang || c.s.Country != was.Country {
				t.Errorf("language and country are %+v", c.s.Asker)
			}
			if tt.state == "main.start" && (c.s.Audience != "" || len(c.s.Answers) > 0 || c.s.Resume != nil) {
				t.Errorf("something is left over: %+v", c.s)
			}
			if n := c.shown.Notes; len(n) > 1 && n[1].Key == "talk.person_not_yet" && (n[0].Contacts || !n[1].Contacts) {
				t.Errorf("the lines stand under %+v", n)
			}
		})
	}
}

func TestTypingInAStateThatIsGoneIsNoCrash(t *testing.T) {
	t.Parallel()
	s := read(t, `{"v":1,"lang":"cs","country":"CZ","state":"old.where","view":"bank","n":3,"step":7,"last":7}`)
	at(t, s).say("něco").wantAt("main.start").wantNotes("talk.flow_changed").look()
	at(t, s).say("sos").wantAt(card).look()
}

// TestSessionsOfEarlierVersionsStillWork reads sessions as other versions of
// the bot wrote them: fields that are not known here, fields that are missing.
func TestSessionsOfEarlierVersionsStillWork(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, saved string
		code        string
		state       bot.StateID
	}{
		{"an empty one", `{}`, "something", "main.country"},
		{"one without a version begins anew", `{"lang":"cs","state":"main.who","step":3}`, "under-15", "main.country"},
		{"the least there can be", `{"v":1,"state":"main.start"}`, "something", "main.who"},
		{"nobody's language", `{"v":1,"lang":"de","country":"DE","state":"main.start"}`, "something", "main.who"},
		{"without a country, beyond the question", `{"v":1,"lang":"sq","state":"main.who"}`, "under-15", "main.group"},
		{"without origin and delivery number", `{"v":1,"lang":"cs","country":"CZ","state":"main.start","step":4}`, bot.CmdBack, "main.start"},
		{"with fields of a later version", `{"v":9,"lang":"cs","country":"CZ","mood":"fine","state":"main.who","resume":null,"tags":["a"],"deep":{"er":1}}`,
			"under-15", "main.group"},
		{"a view of a later version", `{"v":1,"lang":"cs","country":"CZ","audience":"child","state":"other.contacts","view":"map","n":3}`, "*result", "other.contacts"},
		{"a step far beyond the last", `{"v":1,"lang":"cs","country":"CZ","audience":"senior","state":"other.contacts","n":99}`, "*next", "other.contacts"},
		{"a page far beyond the last", `{"v":1,"lang":"cs","country":"CZ","audience":"adult","state":"other.contacts","view":"more","n":99}`, "*next", "other.contacts"},
		{"a place that is gone", `{"v":1,"lang":"cs","country":"CZ","audience":"adult","state":"other.contacts","view":"call","place":"old-line"}`, "*result", "other.contacts"},
		{"a bank that is gone", `{"v":1,"lang":"cs","country":"CZ","audience":"adult","state":"payment-fraud.advice","answers":["payment-fraud.which_bank=old-bank"]}`,
			"*call", "payment-fraud.advice"},
		{"an audience that is gone", `{"v":1,"lang":"cs","country":"CZ","audience":"pensioner","state":"main.group"}`, "threats", "main.threats"},
		{"the card without a way back", `{"v":1,"lang":"cs","country":"CZ","state":"danger-now.what"}`, bot.CmdLeave, card},
		{"a step before the first", `{"v":1,"lang":"cs","country":"CZ","audience":"senior","state":"other.contacts","n":-2}`, bot.CmdHelp, "other.contacts"},
		{"a choice that lies over nothing", `{"v":1,"lang":"cs","country":"CZ","state":"main.who","view":"language"}`, bot.CmdBack, "main.who"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := at(t, read(t, tt.saved)).press(tt.code)
			c.look()
			if c.s.State != tt.state {
				t.Errorf("at %s %q, want %s", c.s.State, c.s.View, tt.state)
			}
			at(t, c.s).press(bot.CmdDanger).wantAt(card).look()
			at(t, c.s).press(bot.CmdRestart).look()
		})
	}
}

func TestASessionForgottenForItsAgeKeepsLanguageAndCountry(t *testing.T) {
	t.Parallel()
	s := read(t, `{"v":1,"lang":"pl","country":"CZ","step":12,"last":12}`)
	for code, state := range map[string]bot.StateID{"under-15": "main.start", bot.CmdSkip: "main.start", bot.CmdRestart: "main.start", bot.CmdDanger: card} {
		c := at(t, s).press(code).wantAt(state)
		if c.s.Lang != "pl" || c.s.Country != "CZ" {
			t.Errorf("%s: %+v", code, c.s.Asker)
		}
	}
}

func TestEraseAsksFirstAndForgets(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		eachScreen(t, lang, country, func(s bot.Session) {
			s.Seen = bot.Seen(nil).Add("k1", 32).Add("k2", 32)
			at(t, s).press(bot.CmdErase, bot.CmdErase+" no").wantSame(s)
			at(t, s).press(bot.CmdErase, bot.CmdBack).wantSame(s)
			at(t, s).press(bot.CmdErase + " no").wantSame(s)
			c := at(t, s).press(bot.CmdErase).wantView(bot.ViewErase)
			if c.s.Audience != s.Audience || len(c.s.Answers) != len(s.Answers) {
				t.Fatal("erased before it was said")
			}
			forgotten(t, at(t, c.s).tap(bot.CmdErase+" yes"))
			forgotten(t, at(t, c.s).press(bot.CmdDanger, bot.CmdErase, bot.CmdErase+" yes"))
			forgotten(t, at(t, c.s).say("/erase yes"))
		})
	})
}

// forgotten expects that only the language is left, and what recognises
// repeated events.
func forgotten(t *testing.T, c *chat) {
	t.Helper()
	c.wantNotes("talk.erased").wantView(bot.ViewMain)
	want := bot.Session{Version: bot.SessionVersion, Seen: bot.Seen(nil).Add("k1", 32).Add("k2", 32), Step: c.s.Step, Last: c.s.Last, At: c.s.At}
	want.Lang, want.State = c.s.Lang, c.book.Flow.Initial
	if got := written(t, c.s); got != written(t, want) {
		t.Fatalf("after erasing there is\n%s\nwant\n%s", got, written(t, want))
	}
	c.look()
}

func TestExportShowsOnlyCodes(t *testing.T) {
	t.Parallel()
	start(t, "cs").press(bot.CmdExport).wantNotes("export.nothing").wantAt("main.start")
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			c := at(t, s).press(bot.CmdExport)
			if len(s.Answers) == 0 {
				c.wantNotes("export.nothing").wantSame(s)
				return
			}
			c.wantNotes("export.text", "export.line").wantSame(s)
			want := "language=" + string(s.Lang) + " country=" + string(s.Country)
			for _, a := range s.Answers {
				want += " " + string(a.State) + "=" + string(a.Code)
			}
			if got := c.shown.Notes[1].Data["codes"]; got != want || len(c.shown.Notes[1].Data) != 1 {
				t.Fatalf("export says %q, want %q", got, want)
			}
		})
	})
}

func TestNothingTypedIsKept(t *testing.T) {
	t.Parallel()
	const canary = "Zuzana z Hradce"
	c := start(t, "cs").say(canary).tap("something").say(canary + " 42").say("/" + canary).say("/language " + canary)
	c.say("/country " + canary).say("/erase " + canary).say(strings.Repeat(canary, 30)).press(bot.CmdExport)
	for _, word := range strings.Fields(canary) {
		if saved := written(t, c.s) + strings.Join(c.codes(), " "); strings.Contains(saved, word) {
			t.Errorf("%q was kept in %s", word, saved)
		}
	}
}
