package app_test

import (
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/telegram/telegramtest"
)

// TestSG01_DangerIsOneTapAwayOnTelegram presses it, types it and presses it on
// a screen that is gone, on several screens in every language.
func TestSG01_DangerIsOneTapAwayOnTelegram(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Polling, telegramtest.Options{})
	screens := map[string][]string{
		"the first screen": {"/start"}, "a question": {"/start", "1"}, "deeper": {"/start", "1", "4", "1"},
		"the languages": {"/start", "/language"}, "before erasing": {"/start", "/erase"}, "a hidden chat": {"/start", "/hide"},
		"help": {"/start", "/help"}, "nonsense": {"/start", "qwrtz"}, "nothing at all": nil,
	}
	id := int64(700)
	for _, lang := range bot.Languages {
		for name, way := range screens {
			for _, how := range []string{"typed", "pressed", "pressed on a screen long gone"} {
				if how != "typed" && (name == "nothing at all" || name == "a hidden chat") {
					continue // a hidden chat shows nothing of the kind; typing it works
				}
				id++
				u := l.fake.User(id, string(lang))
				t.Run(string(lang)+" "+name+" "+how, func(t *testing.T) {
					t.Parallel()
					inDanger(t, u, way, how)
				})
			}
		}
	}
	t.Cleanup(l.calm)
}

func inDanger(t *testing.T, u *telegramtest.User, way []string, how string) {
	for i, word := range way {
		u.Say(word)
		shows(t, u, "screen "+word, func(ms []telegramtest.Message) bool {
			n := len(fromBot(ms))
			return len(ms) > 0 && ms[len(ms)-1].FromBot && (n == i+1 && word != "/hide" || word == "/hide" && len(ms) == 1)
		})
	}
	switch how {
	case "typed":
		u.Say("/danger")
	case "pressed":
		press(t, u, says(t, bot.Lang(u.Lang), "ui.danger", nil))
	default:
		if err := u.PressOld(u.Last().ID, "0:/danger"); err != nil {
			t.Fatal(err)
		}
	}
	shows(t, u, "the danger card", func(ms []telegramtest.Message) bool {
		last := ms[len(ms)-1]
		return last.FromBot && has(last, "/leave") && strings.Contains(last.Text, "112")
	})
}
