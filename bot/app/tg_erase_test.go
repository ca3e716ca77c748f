package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/seal"
	"wheretoturn/bot/store"
	"wheretoturn/bot/telegram/telegramtest"
)

func contains(m telegramtest.Message, part string) bool { return strings.Contains(m.Text, part) }

func TestTG05_HideTakesBothSidesAway(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Webhook, telegramtest.Options{})
	u := l.fake.User(800, "en")
	u.Say("/start pl-PL")
	hears(t, u, says(t, "pl", "main.start.ask", nil))
	const words = 55
	for range words {
		u.Say("qwrtz")
	}
	shows(t, u, "all answers", func(ms []telegramtest.Message) bool { return len(ms) == 2+2*words })
	u.Say("1")
	place := hears(t, u, says(t, "pl", "main.who.ask", nil))
	u.Say("/hide")
	shows(t, u, "a bare chat", func(ms []telegramtest.Message) bool { return len(ms) == 1 && ms[0].FromBot })
	last := u.Last()
	if strings.TrimSpace(last.Text) != says(t, "pl", "talk.hidden", nil) || len(last.Labels()) != 1 {
		t.Errorf("a hidden chat says %q %q", last.Text, last.Labels())
	}
	if calls := batches(t, l.fake); len(calls) < 2 || max(calls[0], calls[1]) > 100 || calls[0]+calls[1] != 2*words+5 {
		t.Errorf("deleted in batches of %v", calls)
	}
	press(t, u, says(t, "pl", "ui.show_again", nil))
	back := hears(t, u, says(t, "pl", "main.who.ask", nil))
	if len(u.Messages()) != 1 || strings.Join(back.Labels(), "|") != strings.Join(place.Labels(), "|") {
		t.Errorf("shown again: %q, it was %q", back.Labels(), place.Labels())
	}
	l.calm()
}

// batches are the sizes of the deletions so far.
func batches(t *testing.T, fake *telegramtest.Server) (sizes []int) {
	t.Helper()
	for _, c := range fake.Calls("deleteMessages") {
		var ids []int64
		if err := json.Unmarshal([]byte(c.Params["message_ids"]), &ids); err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(ids))
	}
	return sizes
}

// conversation reads which conversation belongs to a chat, while the server is
// stopped; "" when there is none.
func (l *live) conversation(chat int64) (conv, lookup string) {
	l.t.Helper()
	master, _, err := seal.LoadKey(l.settings.Data + ".key")
	if err != nil {
		l.t.Fatal(err)
	}
	keys, err := seal.New(master)
	if err != nil {
		l.t.Fatal(err)
	}
	lookup = keys.Lookup("telegram", fmt.Sprint(chat))
	st, err := badgerdb.Open(l.settings.Data, badgerdb.Options{})
	if err != nil {
		l.t.Fatal(err)
	}
	defer st.Close()
	_ = st.View(context.Background(), func(r store.Reader) error {
		data, err := r.Get("x/" + lookup)
		conv = string(data)
		return err
	})
	return conv, lookup
}

func TestPR02_EraseLeavesNothing(t *testing.T) {
	t.Parallel()
	const chat = 7391846250
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	log := l.logged()
	l.start()
	u := l.fake.User(chat, "en")
	talkFor50Hours(l, u)
	start := l.fake.LastUpdate()
	l.stop()
	conv, _ := l.conversation(chat)
	if conv == "" || len(canaries(t, l.settings.Data, conv)) == 0 {
		t.Fatalf("the test looks for %q, which was never there", conv)
	}
	l.start()
	u.Say("/erase")
	hears(t, u, says(t, "en", "erase.ask", nil))
	asked := l.fake.LastUpdate()
	press(t, u, says(t, "en", "erase.yes", nil))
	last := hears(t, u, says(t, "en", "talk.erased", nil))
	if left := says(t, "en", "talk.wipe_left", map[string]string{"count": "4"}); !contains(last, left) {
		t.Errorf("%q does not say %q", last.Text, left)
	}
	if ms := u.Messages(); len(ms) != 5 { // four too old, and this one
		t.Errorf("%d messages are left", len(ms))
	}
	calls := shown(l.fake, chat)
	l.fake.Redeliver(start, asked, l.fake.LastUpdate())
	l.settled()
	if n := shown(l.fake, chat); n != calls {
		t.Errorf("%d screens went to somebody who had erased", n-calls)
	}
	l.stop()
	if again, _ := l.conversation(chat); again != "" {
		t.Error("a repeated update began a conversation")
	}
	if found := canaries(t, l.settings.Data, conv, fmt.Sprint(chat), "main.who", "Firstname", "Lastname", "username_"); len(found) > 0 {
		t.Error("after the erase:", found)
	}
	if strings.Contains(log.String(), fmt.Sprint(chat)) || strings.Contains(log.String(), conv) {
		t.Error("the log names the conversation")
	}
	l.start()
	press(t, u, says(t, "en", "main.country.CZ", nil)) // on the last screen
	hears(t, u, says(t, "en", "main.start.ask", nil))
	u.Say("1")
	hears(t, u, says(t, "en", "main.who.ask", nil))
	l.calm()
}

// talkFor50Hours says something often enough to be remembered, so that the
// first four messages are too old to be deleted.
func talkFor50Hours(l *live, u *telegramtest.User) {
	begin := l.now()
	u.Say("/start")
	hears(l.t, u, says(l.t, "en", "main.country.ask", nil))
	u.Say("2")
	hears(l.t, u, says(l.t, "en", "main.start.ask", nil))
	press(l.t, u, says(l.t, "en", "ui.danger", nil))
	for _, h := range []time.Duration{20, 40, 50} {
		l.settled() // receipts are written before the clock moves
		l.set(begin.Add(h * time.Hour))
		n := len(fromBot(u.Messages()))
		u.Say("1")
		shows(l.t, u, "an answer", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) == n+1 })
	}
}

func TestPR04_NamesAreNowhere(t *testing.T) {
	t.Parallel()
	const chat = 8150263947
	l := prepared(t, telegramtest.Webhook, telegramtest.Options{Faults: telegramtest.Faults{
		Rate: 0.3, Kinds: []telegramtest.Fault{telegramtest.Internal, telegramtest.BadGateway, telegramtest.DropBefore}, Seed: 3,
	}})
	log := l.logged()
	l.run()
	l.start()
	u := l.fake.User(chat, "cs")
	u.FirstName, u.LastName, u.Username = "Frantiska-canary", "Novakova-canary", "user_canary"
	for i, word := range []string{"/start", "1", "my name is text-canary", "/privacy"} {
		u.Say(word)
		shows(t, u, "an answer", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) > i })
	}
	l.stop()
	who := []string{"canary", fmt.Sprint(chat), l.fake.Token()}
	if found := canaries(t, l.settings.Data, who...); len(found) > 0 {
		t.Error("in the data directory:", found)
	}
	if key, err := os.ReadFile(l.settings.Data + ".key"); err != nil || strings.Contains(string(key), "canary") {
		t.Error("the key:", err)
	}
	for _, w := range who {
		if strings.Contains(log.String(), w) {
			t.Errorf("%q is in the log", w)
		}
	}
}
