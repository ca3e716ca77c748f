package app_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot/telegram/telegramtest"
)

func TestRE10_ADamagedStoreShowsTheCardOnly(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"MANIFEST", "*.sst"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			l := prepared(t, telegramtest.Webhook, telegramtest.Options{Second: 20 * time.Millisecond})
			log := l.logged()
			l.settings.Console = freePort(t)
			l.start()
			u := l.fake.User(2800, "en")
			u.Say("/start")
			hears(t, u, says(t, "en", "main.country.ask", nil))
			if code, _ := l.console("/readyz"); code != 200 {
				t.Error("not ready:", code)
			}
			l.stop()
			l.damage(what)
			l.start()
			cardsOnly(t, l, u, log)
			for _, w := range []string{l.fake.Token(), "2800"} {
				if strings.Contains(log.String(), w) {
					t.Errorf("%q is in the log", w)
				}
			}
			l.calm()
		})
	}
}

// refusals counts how often an update was not taken.
func refusals(log *notebook) int { return strings.Count(log.String(), "update not committed") }

func cardsOnly(t *testing.T, l *live, u *telegramtest.User, log *notebook) {
	t.Helper()
	code, body := l.console("/readyz")
	if code != 503 || strings.Contains(body, l.settings.Data) {
		t.Errorf("readyz: %d %q", code, body)
	}
	if code, _ := l.console("/healthz"); code != 200 {
		t.Error("healthz:", code)
	}
	l.fake.SetFaults(telegramtest.Faults{Rate: 1, Kinds: []telegramtest.Fault{telegramtest.Internal}})
	u.Say("1")
	until(t, "a card that Telegram refuses", func() bool { return shown(l.fake, u.ID()) > 1 })
	l.fake.SetFaults(telegramtest.Faults{})
	card := hears(t, u, says(t, "en", "talk.trouble", nil))
	if !contains(card, "112") {
		t.Errorf("a card without numbers: %q", card.Text)
	}
	u.Say("2")
	posts := refusals(log)
	until(t, "more posts", func() bool { return refusals(log) > posts })
	if n := len(fromBot(u.Messages())); n != 2 {
		t.Errorf("%d messages of the bot: more than one card", n)
	}
	if l.fake.Pending() != 2 {
		t.Errorf("%d updates wait, want 2: what was not done was acknowledged", l.fake.Pending())
	}
	l.set(l.now().Add(11 * time.Minute))
	shows(t, u, "a second card", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) == 3 })
}

func (l *live) console(path string) (int, string) {
	l.t.Helper()
	resp, err := http.Get("http://" + l.settings.Console + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data)
}

// damage writes garbage over files of the store.
func (l *live) damage(what string) {
	l.t.Helper()
	files, _ := filepath.Glob(filepath.Join(l.settings.Data, what))
	if len(files) == 0 {
		l.t.Fatal("no files", what)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err == nil {
			err = os.WriteFile(f, []byte(strings.Repeat("garbage!", int(info.Size()/8)+1)), 0o600)
		}
		if err != nil {
			l.t.Fatal(err)
		}
	}
}
