package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

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

// TestSG02_TheDangerCardUnderTenTimesTheLoad lets ten times as many people
// write at once as Telegram takes messages a second. Their screens queue; a
// danger card among them does not.
func TestSG02_TheDangerCardUnderTenTimesTheLoad(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{Limits: true})
	l.settings.Telegram.Limits = true
	l.run()
	l.start()
	const crowd, inDanger, limit = 300, 20, 2 * time.Second
	for i := range int64(crowd) {
		l.fake.User(3000+i, "pl").Say("/start")
	}
	until(t, "the crowd's queue", func() bool { return l.fake.Pending() < crowd/2 })
	took := make(chan time.Duration, inDanger)
	for i := range int64(inDanger) {
		u := l.fake.User(4000+i, "cs")
		go func() {
			begin := time.Now()
			u.Say("/danger")
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := u.WaitFor(ctx, func(ms []telegramtest.Message) bool { return len(ms) > 1 && has(ms[1], "/leave") }); err != nil {
				t.Error(err)
			}
			took <- time.Since(begin)
		}()
		time.Sleep(50 * time.Millisecond)
	}
	var all []time.Duration
	for range inDanger {
		all = append(all, <-took)
	}
	slices.Sort(all)
	t.Logf("danger cards took %v in the middle, %v at most", all[inDanger/2], all[inDanger-1])
	if p95 := all[inDanger*95/100-1]; p95 > limit {
		t.Errorf("p95 %v", p95)
	}
	if waiting := crowd - len(l.fake.Calls("sendMessage")); waiting < crowd/10 {
		t.Errorf("only %d of the crowd still waited: that was no load", waiting)
	}
}
