package talk_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/talk"
)

func TestFirstScreenAsksForTheCountryOnlyWhereTheLanguageLeavesItOpen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		lang    bot.Lang
		country bot.Country
		want    bot.Asker
		state   bot.StateID
	}{
		{"Czech suggests Czechia", "cs", "", bot.Asker{Lang: "cs", Country: "CZ"}, "main.start"},
		{"Polish suggests Poland", "pl", "", bot.Asker{Lang: "pl", Country: "PL"}, "main.start"},
		{"English is spoken everywhere", "en", "", bot.Asker{Lang: "en"}, "main.country"},
		{"Albanian is spoken in two countries", "sq", "", bot.Asker{Lang: "sq"}, "main.country"},
		{"a language nobody speaks here becomes English", "de", "", bot.Asker{Lang: "en"}, "main.country"},
		{"no language becomes English", "", "", bot.Asker{Lang: "en"}, "main.country"},
		{"a client that knows its country is not asked", "en", "CZ", bot.Asker{Lang: "en", Country: "CZ"}, "main.start"},
		{"the client's country is stronger than the language", "cs", "PL", bot.Asker{Lang: "cs", Country: "PL"}, "main.start"},
		{"a country without a pack leaves what the language suggests", "cs", "US", bot.Asker{Lang: "cs", Country: "CZ"}, "main.start"},
		{"a country without a pack is asked in English", "en", "US", bot.Asker{Lang: "en"}, "main.country"},
		{"elsewhere is a country", "sq", "EU", bot.Asker{Lang: "sq", Country: "EU"}, "main.start"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := startIn(t, tt.lang, tt.country).wantAt(tt.state).wantNotes()
			if c.s.Asker != tt.want || c.s.Origin != tt.want.Country {
				t.Errorf("asker %+v, origin %q, want %+v", c.s.Asker, c.s.Origin, tt.want)
			}
			if begun := talk.Begin(shipped(), tt.lang, tt.country); begun.Asker != tt.want || begun.State != tt.state {
				t.Errorf("Begin is at %+v", begun)
			}
		})
	}
}

func TestNobodyAnswersAQuestionNotSeenYet(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, first string
		state       bot.StateID
		view        bot.View
	}{
		{"an answer of the first screen", "something", "main.start", ""},
		{"a button of a result", "*call", "main.start", ""},
		{"a skip", bot.CmdSkip, "main.start", ""},
		{"a step back", bot.CmdBack, "main.start", ""},
		{"a way out of the card", bot.CmdLeave, "main.start", ""},
		{"nothing", "", "main.start", ""},
		{"danger", bot.CmdDanger, "danger-now.what", ""},
		{"the choice of language", bot.CmdLanguage, "main.start", bot.ViewLanguage},
		{"the choice of country", bot.CmdCountry, "main.start", bot.ViewCountry},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for step := range 3 {
				c := &chat{t: t, book: shipped()}
				c.event(bot.Event{Press: &bot.Press{Step: step, Code: tt.first}, Lang: "cs"}).wantView(tt.view)
				if c.s.State != tt.state || len(c.s.Answers) > 0 {
					t.Errorf("pressed for screen %d: at %s after %v", step, c.s.State, c.s.Answers)
				}
			}
		})
	}
}

func TestFirstWordsAreReadAgainstTheFirstScreen(t *testing.T) {
	t.Parallel()
	say := func(text string) *chat {
		c := &chat{t: t, book: shipped()}
		hello := bot.Session{}
		hello.Lang = "cs"
		return c.event(bot.Event{Text: bot.Text(text), Lang: "cs", Read: talk.Read(c.book, hello, bot.Text(text), noon)})
	}
	say("/danger").wantAt("danger-now.what")
	say("jsem v nebezpečí").wantAt("danger-now.what")
	say("0").wantAt("danger-now.what")
	say("dobrý večer všem tady").wantAt("main.start").wantNotes()
	say("1").wantAt("main.start").wantNotes()
	say("dál").wantAt("main.start").wantNotes()
	if c := say("/language pl"); c.s.Lang != "pl" {
		t.Errorf("asked for Polish, got %s", c.s.Lang)
	}
}

func TestStartAgainKeepsLanguageAndCountry(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, lang bot.Lang, country bot.Country) {
		everywhere(t, lang, country, func(_, s bot.Session, _ string) {
			c := at(t, s).press(bot.CmdRestart).wantAt("main.start").wantNotes()
			if c.s.Asker != (bot.Asker{Lang: s.Lang, Country: s.Country}) || len(c.s.Answers) > 0 || c.s.Resume != nil {
				t.Fatalf("started again from %s: %+v", s.State, c.s)
			}
		})
	})
	c := start(t, "en").tap("PL", "something").press(bot.CmdRestart).wantAt("main.start")
	if c.s.Country != "PL" {
		t.Errorf("the country that was answered is %q", c.s.Country)
	}
	c.press(bot.CmdBack).wantAt("main.start").wantNotes("talk.no_back")
	c.tap("something", "under-15").press(bot.CmdDanger, "hurting", bot.CmdRestart).wantAt("main.start")
}
