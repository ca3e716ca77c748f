package talk_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
)

// commands are the words a typed text can become beside the buttons.
var commands = []string{
	bot.CmdDanger, bot.CmdLeave, bot.CmdBack, bot.CmdSkip, bot.CmdRestart, bot.CmdWhy, bot.CmdLanguage, bot.CmdCountry,
	bot.CmdHelp, bot.CmdPerson, bot.CmdErase, bot.CmdPrivacy, bot.CmdExport, bot.CmdAbout, bot.CmdHide,
}

// FuzzRead types anything on some of the screens: what comes out is a button
// of the screen, a command, or nothing.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", " ", "0", "1", "-1", "007", "16", "112", "ano", "NE", "jo", "zpět", "zpet", "/start@bot", "/language cs", "/country xx",
		"/erase yes", "čeština", "Něco se stalo", "neco se stlao", "🙂🙂🙂", "\x00\xff", "‮danger", strings.Repeat("a ", 200), "*silent", "under-15",
	} {
		f.Add(seed, uint8(0))
	}
	var screens []*chat
	for _, lang := range bot.Languages {
		c := startIn(f, lang, "CZ")
		who := c.s.Clone()
		c.tap("something")
		screens = append(screens, at(f, who), at(f, c.s), at(f, c.s).press(bot.CmdErase), at(f, c.s).press(bot.CmdLanguage),
			at(f, c.s).press(bot.CmdDanger), at(f, c.s).press("60-plus", "threats"), at(f, who).press("contacts", "60-plus"))
	}
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		c := screens[int(n)%len(screens)]
		r := talk.Read(c.book, c.s, bot.Text(text), noon)
		word, _, _ := strings.Cut(r.Code, " ")
		known := r.Code == "" || has(commands, word) || has(c.codes(), r.Code)
		if !known || r.Step != c.s.Step || (r.Issue != "" && r.Code != "") {
			t.Errorf("%q means %+v at %s", text, r, c.s.State)
		}
		next, out := talk.Step(c.book, c.s, bot.Event{Text: bot.Text(text), Read: r, At: noon})
		if len(out) != 1 || c.book.Flow.State(next.State) == nil {
			t.Errorf("%q leads to %+v", text, next)
		}
	})
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// odd are things people send that no screen asked for.
var odd = []string{
	"", " ", "asdf", "pomoc", "help", "0", "1", "2", "3", "7", "16", "112", "ano", "ne", "no", "jo", "/back", "/start", "/skip", "/x", "zpět", "čeština",
	"English", "*silent", "*next", "*call:nobody", "*bank:csob", "*", "/", "/language", "/language zz", "/country", "/country AL", "/country XK", "/country CZ",
	"/danger", "/leave", "/erase", "/erase yes", "/erase no", "/export", "/why", "/person", "/hide", "skip", "blackmail", "under-15", "ceska-sporitelna",
	strings.Repeat("x", 301), "\xff\xfe",
}

// FuzzStep lives a life from a seed: buttons of the screen, buttons of old
// screens, codes nobody offers, typed words. No screen is ever empty and
// danger is always one press away.
func FuzzStep(f *testing.F) {
	for seed := range uint64(24) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := &chat{t: t, book: shipped()}
		c.event(bot.Event{Text: "hi", Lang: bot.Languages[r.IntN(len(bot.Languages))], Country: []bot.Country{"", "CZ", "PL", "AL", "XK", "EU"}[r.IntN(6)]})
		for range 40 {
			live(c, r)
			c.look()
			before := c.s.Clone()
			card := at(t, c.s).press(bot.CmdDanger).wantAt(c.book.Flow.Danger)
			if before.Resume == nil && before.Country != "" {
				card.press(bot.CmdLeave).wantSame(before)
			}
		}
	})
}

// live does one thing.
func live(c *chat, r *rand.Rand) {
	codes := c.codes()
	switch pick := r.IntN(10); {
	case pick < 5 && len(codes) > 0:
		c.tap(codes[r.IntN(len(codes))])
	case pick == 5:
		c.event(bot.Event{Press: &bot.Press{Step: r.IntN(c.s.Step + 2), Code: odd[r.IntN(len(odd))]}})
	case pick == 6:
		c.press(odd[r.IntN(len(odd))])
	case pick == 7:
		b := buttons(screen.Draw(c.book, c.shown, noon))
		c.say(b[r.IntN(len(b))].Label)
	default:
		c.say(odd[r.IntN(len(odd))])
	}
}
