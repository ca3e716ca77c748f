package telegramtest_test

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestWebhooksAreCheckedWhenSet(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	const url = "http://127.0.0.1:1/hook"
	b.refused(400, "bad webhook: An HTTPS URL must be provided for webhook", "setWebhook", "url", "http://example.org/hook")
	b.refused(400, "invalid webhook URL", "setWebhook", "url", "hook")
	b.refused(400, "secret token contains unallowed characters", "setWebhook", "url", url, "secret_token", "a b")
	b.refused(400, "secret token contains unallowed characters", "setWebhook", "url", url, "secret_token", "é")
	b.refused(400, "secret token is too long", "setWebhook", "url", url, "secret_token", strings.Repeat("x", 257))
	b.refused(400, "max_connections", "setWebhook", "url", url, "max_connections", 101)
	b.equal(len(b.Violations()), 6)
	b.must("setWebhook", "url", url, "secret_token", "A-z_9", "max_connections", 7, "allowed_updates", `["message"]`)
	b.User(7, "cs").Say("x")
	b.ok(b.Wait(b.ctx, func() bool { return strings.Contains(string(b.must("getWebhookInfo").Result), "last_error_message") }))
	var info struct {
		URL     string
		Pending int      `json:"pending_update_count"`
		Max     int      `json:"max_connections"`
		Kinds   []string `json:"allowed_updates"`
		Error   string   `json:"last_error_message"`
	}
	b.ok(json.Unmarshal(b.must("getWebhookInfo").Result, &info))
	b.equal(info, "{"+url+" 1 7 [message] Can't connect to the webhook}")
	b.must("setWebhook", "url", "")
	b.equal(b.Hooked(), false)
	b.must("deleteWebhook", "drop_pending_updates", true)
	b.equal(b.Pending(), 0)
	b.equal(texts(b.poll()), "")
}

func TestPostsCarryTheSecretAndKeepTheOrderOfAChat(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Second: time.Millisecond})
	busy := map[int64]*atomic.Int32{7: {}, 8: {}}
	h := newHook(t, func(u incoming, try int) int {
		n := busy[u.Message.Chat.ID]
		if n.Add(1) > 1 {
			t.Error("two posts of one chat at the same time")
		}
		defer n.Add(-1)
		time.Sleep(time.Millisecond)
		if try < 3 && u.Message.Text == "b" {
			return 503
		}
		return 200
	})
	b.User(7, "cs").Say("a") // before the webhook was set
	b.must("setWebhook", "url", h.URL, "secret_token", "s3cret")
	for _, word := range []string{"b", "c"} {
		b.User(7, "cs").Say(word)
	}
	for _, word := range []string{"b", "c", "d"} {
		b.User(8, "cs").Say(word)
	}
	b.next(h, 10)
	var order [2][]incoming
	for _, u := range h.all() {
		order[u.Message.Chat.ID-7] = append(order[u.Message.Chat.ID-7], u)
	}
	b.equal(texts(order[0]), "a b b b c") // the next comes only when the one before was taken
	b.equal(texts(order[1]), "b b b c d")
	for _, s := range h.secrets {
		b.equal(s, "s3cret")
	}
	b.ok(b.Wait(b.ctx, func() bool { return b.Pending() == 0 }))
	b.noViolations()
}

func TestChatsArePostedSideBySideUpToTheLimit(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	var now atomic.Int32
	came, open := make(chan struct{}, 8), make(chan struct{})
	h := newHook(t, func(incoming, int) int {
		if n := now.Add(1); n > 3 {
			t.Errorf("%d posts at the same time", n)
		}
		came <- struct{}{}
		<-open
		now.Add(-1)
		return 200
	})
	b.must("setWebhook", "url", h.URL, "max_connections", 3)
	for i := range int64(3) {
		b.User(100+i, "cs").Say("x")
	}
	for range 3 {
		<-came // three posts side by side
	}
	for i := range int64(5) {
		b.User(200+i, "cs").Say("x")
	}
	close(open)
	b.next(h, 8)
}

func TestRetriesPauseLongerAndLongerAndObeyRetryAfter(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Second: 5 * time.Millisecond})
	var at []time.Time
	h := newHook(t, func(_ incoming, try int) int {
		at = append(at, time.Now())
		return []int{500, 500, 500, 302, 429, 204}[try-1]
	})
	b.must("setWebhook", "url", h.URL)
	b.User(7, "cs").Say("x")
	b.next(h, 6)
	for i, least := range []time.Duration{0, 10, 20, 40, 40} { // milliseconds: 2, 4, 8 seconds, and the 8 asked for
		if d := at[i+1].Sub(at[i]); d < least*time.Millisecond {
			t.Errorf("try %d came after %v, want at least %v", i+2, d, least*time.Millisecond)
		}
	}
	b.ok(b.Wait(b.ctx, func() bool { return b.Pending() == 0 }))
}

func TestLostAnswersAndRepeatsArePostedAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Second: time.Millisecond, Faults: tt.Faults{LoseWebhookAnswer: 1}})
	h := newHook(t, nil)
	b.must("setWebhook", "url", h.URL)
	u := b.User(7, "cs")
	u.Say("a")
	u.Say("b")
	b.equal(texts(b.next(h, 4)), "a a b b")
	b.ok(b.Wait(b.ctx, func() bool { return b.Pending() == 0 }))
	b.SetFaults(tt.Faults{RepeatUpdates: tt.Twice})
	u.Say("c")
	b.equal(texts(b.next(h, 2)), "c c")
	b.SetFaults(tt.Faults{RepeatUpdates: tt.AfterAck, DelayUpdates: 20 * time.Millisecond})
	u.Say("d")
	u.Say("e")
	b.equal(texts(b.next(h, 4)), "d e d e") // late, after newer ones
	b.SetFaults(tt.Faults{})
	b.Redeliver(b.LastUpdate())
	b.equal(texts(b.next(h, 1)), "e")
	b.equal(b.Pending(), 0)
}

func TestUpdatesOfAWebhookCanBePolledWhenItIsGone(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	h := newHook(t, func(incoming, int) int { return 500 })
	b.must("setWebhook", "url", h.URL)
	u := b.User(7, "cs")
	u.Say("a")
	u.Say("b")
	b.next(h, 2)
	b.must("deleteWebhook")
	b.equal(texts(b.poll()), "a b")
}
