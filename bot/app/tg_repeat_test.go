package app_test

import (
	"testing"

	"wheretoturn/bot/telegram/telegramtest"
)

func TestTG02_RepeatedUpdatesDoNothingTwice(t *testing.T) {
	t.Parallel()
	for _, mode := range []telegramtest.Mode{telegramtest.Polling, telegramtest.Webhook} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			l := newLive(t, mode, telegramtest.Options{})
			u := l.fake.User(300, "en")
			var ids []int64
			did := func(want string) {
				t.Helper()
				hears(t, u, want)
				ids = append(ids, l.fake.LastUpdate())
			}
			u.Say("/start")
			did(says(t, "en", "main.country.ask", nil))
			press(t, u, says(t, "en", "main.country.PL", nil))
			did(says(t, "en", "main.start.ask", nil))
			u.Say("1")
			did(says(t, "en", "main.who.ask", nil))
			press(t, u, says(t, "en", "ui.danger", nil))
			until(t, "the card", func() bool { return has(u.Last(), "/leave") })
			press(t, u, says(t, "en", "ui.danger_leave", nil))
			did(says(t, "en", "talk.welcome_back", nil))
			at, messages, calls := step(u.Last()), len(u.Messages()), shown(l.fake, 300)
			for _, id := range append(ids, ids...) {
				l.fake.Redeliver(id)
			}
			u.Say("xyzzy") // comes after them
			hears(t, u, says(t, "en", "talk.not_understood", nil))
			if s, n, c := step(u.Last()), len(u.Messages()), shown(l.fake, 300); s != at+1 || n != messages+2 || c != calls+1 {
				t.Errorf("screen %d after %d, %d messages after %d, %d calls after %d", s, at, n, messages, c, calls)
			}
			l.calm()
		})
	}
}

// press presses a button by its words; the door may set a sign before them.
func press(t testing.TB, u *telegramtest.User, words string) {
	t.Helper()
	label, ok := find(u.Last(), words)
	if !ok {
		t.Fatalf("no button %q among %q under %q", words, u.Last().Labels(), u.Last().Text)
	}
	if err := u.Press(label); err != nil {
		t.Fatal(err)
	}
}

// has tells whether a message has a button with a code.
func has(m telegramtest.Message, code string) bool {
	for _, row := range m.Rows {
		for _, b := range row {
			if len(b.Data) > len(code) && b.Data[len(b.Data)-len(code)-1:] == ":"+code {
				return true
			}
		}
	}
	return false
}
