package app_test

import (
	"testing"

	"wheretoturn/bot/telegram/telegramtest"
)

// sendAll sends one of everything that is no text; it returns how many answers
// that calls for.
func sendAll(u *telegramtest.User) int {
	u.SendPhoto("caption-canary")
	u.SendVideo()
	u.SendVoice()
	u.SendDocument("caption-canary")
	u.SendSticker()
	u.SendContact()
	u.SendLocation()
	u.Album(5)
	return 8
}

func pictures(ms []telegramtest.Message) (n int) {
	for _, m := range ms {
		if m.Media != "" {
			n++
		}
	}
	return n
}

func TestSG04_PicturesAreRefusedAndDeleted(t *testing.T) {
	t.Parallel()
	for _, mode := range []telegramtest.Mode{telegramtest.Polling, telegramtest.Webhook} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			l := prepared(t, mode, telegramtest.Options{Faults: telegramtest.Faults{RepeatUpdates: telegramtest.Twice}})
			log := l.logged()
			l.start()
			u := l.fake.User(400, "en")
			u.Say("/start pl")
			hears(t, u, says(t, "en", "main.country.ask", nil)[:0])
			want := 1 + sendAll(u)
			shows(t, u, "one answer to each, and no pictures", func(ms []telegramtest.Message) bool {
				return pictures(ms) == 0 && len(fromBot(ms)) >= want
			})
			l.settled()
			answers := fromBot(u.Messages())
			if len(answers) != want {
				t.Errorf("%d messages of the bot, want %d", len(answers), want)
			}
			for _, m := range answers[1:] {
				if !contains(m, says(t, "pl", "talk.no_pictures", nil)) {
					t.Errorf("answered %q", m.Text)
				}
			}
			for _, never := range []string{"getFile", "forwardMessage", "copyMessage"} {
				if n := len(l.fake.Calls(never)); n > 0 {
					t.Errorf("%d calls of %s", n, never)
				}
			}
			l.stop()
			secrets := append(l.fake.FileIDs(), "unique-canary", "file-id-canary", "caption-canary", "Contact-canary", "555010203", "chat-screenshots")
			if found := canaries(t, l.settings.Data, secrets...); len(found) > 0 {
				t.Error("in the data directory:", found)
			}
			for _, w := range secrets {
				if contains(telegramtest.Message{Text: log.String()}, w) {
					t.Error("in the log:", w)
				}
			}
			l.calm()
		})
	}
}

func TestSG04_KeptPicturesGoWithTheRest(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	l.settings.Telegram.KeepMedia = true
	l.start()
	u := l.fake.User(401, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	want := 1 + sendAll(u)
	shows(t, u, "one answer to each", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) == want })
	l.settled()
	if n := pictures(u.Messages()); n != 12 || len(l.fake.Calls("deleteMessage")) != 0 {
		t.Errorf("%d pictures are left of 12", n)
	}
	u.Say("/erase")
	hears(t, u, says(t, "en", "erase.ask", nil))
	press(t, u, says(t, "en", "erase.yes", nil))
	hears(t, u, says(t, "en", "talk.erased", nil))
	if ms := u.Messages(); len(ms) != 1 {
		t.Errorf("%d messages are left after an erase, %d of them pictures", len(ms), pictures(ms))
	}
	l.calm()
}
