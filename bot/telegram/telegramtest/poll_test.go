package telegramtest_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestPollingConfirmsBelowTheOffset(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	for _, word := range []string{"a", "b", "c", "d"} {
		u.Say(word)
	}
	list := b.poll("limit", 3)
	b.equal(texts(list), "a b c")
	for i := 1; i < len(list); i++ {
		b.equal(list[i].ID, list[i-1].ID+1)
	}
	b.equal(texts(b.poll()), "a b c d") // nothing was confirmed
	b.equal(b.Pending(), 4)
	b.equal(texts(b.poll("offset", list[1].ID)), "b c d")
	b.equal(b.Pending(), 3)
	b.equal(texts(b.poll("offset", list[0].ID)), "b c d") // what is confirmed is gone
	b.equal(texts(b.poll("offset", b.LastUpdate()+1000)), "b c d")
	b.equal(texts(b.poll("offset", -1)), "d")
	b.equal(texts(b.poll("offset", b.LastUpdate()+1)), "")
	b.equal(b.Pending(), 0)
	u.Say("e")
	b.equal(texts(b.poll("offset", b.LastUpdate())), "e")
}

func TestLongPollsWaitForAnUpdate(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	got := make(chan string)
	go func() { got <- texts(b.poll("timeout", 50)) }()
	b.ok(b.Wait(b.ctx, b.Polling))
	b.User(7, "cs").Say("now")
	b.equal(<-got, "now")
	b.equal(b.Polling(), false)
	started := time.Now()
	b.equal(texts(b.poll("timeout", 1, "offset", b.LastUpdate()+1)), "")
	if d := time.Since(started); d < 900*time.Millisecond {
		t.Errorf("an empty poll of a second took %v", d)
	}
}

func TestAPollWhoseCallerWentAwayLosesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	ctx, cancel := context.WithCancel(b.ctx)
	address := fmt.Sprintf(b.Endpoint(), b.Token(), "getUpdates")
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(params("timeout", 50).Encode()))
	b.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	gone := make(chan error)
	go func() { _, err := b.web.Do(r); gone <- err }()
	b.ok(b.Wait(b.ctx, b.Polling))
	cancel()
	<-gone
	b.ok(b.Wait(b.ctx, func() bool { return !b.Polling() }))
	b.User(7, "cs").Say("still here")
	b.equal(texts(b.poll()), "still here")
}

func TestTwoPollersAreAConflict(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	first := make(chan answer)
	go func() { first <- b.call("getUpdates", "timeout", 50) }()
	b.ok(b.Wait(b.ctx, b.Polling))
	second := make(chan answer)
	go func() { second <- b.call("getUpdates", "timeout", 50) }()
	a := <-first // as at Telegram, the one that waited
	b.equal([]any{a.Code, a.Description}, "[409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running]")
	b.ok(b.Wait(b.ctx, b.Polling))
	h := newHook(t, nil)
	b.must("setWebhook", "url", h.URL)
	b.equal((<-second).Description, "Conflict: terminated by setWebhook request")
	b.refused(409, "Conflict: can't use getUpdates method while webhook is active", "getUpdates")
	b.must("deleteWebhook")
	b.poll()
}

func TestOnlyWantedUpdatesCome(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.poll("allowed_updates", `["message","callback_query"]`)
	u := b.User(7, "cs")
	id := u.Say("a")
	b.ok(u.EditMessage(id, "b"))
	u.Block()
	b.equal(b.Push("inline_query", 0, map[string]any{"id": "1", "query": "x"}), 0)
	b.equal(len(b.poll()), 1)
	b.poll("allowed_updates", `[]`) // the default
	b.ok(u.EditMessage(id, "c"))
	b.equal(b.Push("chat_member", 7, map[string]any{}), 0)
	if b.Push("channel_post", -1000000000009, map[string]any{"text": "x"}) == 0 {
		t.Error("a post of a channel does not come")
	}
	b.equal(len(b.poll()), 3)
	b.noViolations()
	b.poll("allowed_updates", `["messages"]`)
	b.equal(b.Violations(), `[getUpdates: unknown kind of update "messages"]`)
}

func TestUpdatesAreKeptForADay(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Say("old")
	b.Advance(23 * time.Hour)
	u.Say("young")
	b.equal(texts(b.poll()), "old young")
	b.Advance(2 * time.Hour)
	b.equal(texts(b.poll()), "young")
}

func TestRepeatedAndDelayedUpdates(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Faults: tt.Faults{RepeatUpdates: tt.Twice}})
	u := b.User(7, "cs")
	u.Say("a")
	u.Say("b")
	b.equal(texts(b.poll()), "a a b b")
	b.SetFaults(tt.Faults{RepeatUpdates: tt.AfterAck})
	u.Say("c")
	last := b.LastUpdate()
	b.equal(texts(b.poll("offset", last)), "c")
	b.equal(texts(b.poll("offset", last+1)), "c") // once more after it was acknowledged
	b.equal(texts(b.poll("offset", last+1)), "")
	b.Redeliver(last-1, last, 5)
	b.equal(texts(b.poll("offset", last+1)), "b c")
	b.equal(b.Pending(), 0)

	b.SetFaults(tt.Faults{DelayUpdates: 50 * time.Millisecond})
	u.Say("late")
	b.equal(texts(b.poll()), "")
	b.equal(texts(b.poll("timeout", 5)), "late")
}
