package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"testing"

	tt "wheretoturn/bot/telegram/telegramtest"
)

// reply answers an update as a small bot does: /start sends, a press edits.
func (b *bench) reply(u incoming) {
	if u.Message != nil {
		b.call("sendMessage", "chat_id", u.Message.Chat.ID, "text", "Hi", "reply_markup", twoButtons)
		return
	}
	q := u.Callback
	b.call("answerCallbackQuery", "callback_query_id", q.ID)
	b.call("editMessageText", "chat_id", q.Message.Chat.ID, "message_id", q.Message.ID, "text", fmt.Sprint("Hi ", u.ID%2), "reply_markup", twoButtons) // at times the same: that is an answer too
}

func (b *bench) pollForever() {
	for offset := int64(0); b.ctx.Err() == nil; {
		a := b.call("getUpdates", "offset", offset, "timeout", 50)
		if !a.OK {
			return
		}
		var list []incoming
		_ = json.Unmarshal(a.Result, &list)
		for _, u := range list {
			b.reply(u)
			offset = u.ID + 1
		}
	}
}

func TestBenchPressesByPolling(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Fast: true})
	go b.pollForever()
	b.measured(tt.Polling)
}

func TestBenchPressesByWebhook(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Fast: true})
	h := newHook(t, func(u incoming, _ int) int { b.reply(u); return 200 })
	b.must("setWebhook", "url", h.URL)
	b.measured(tt.Webhook)
}

func TestBenchWorksWithAStrictServerToo(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	go b.pollForever()
	b.measured(tt.Polling)
	b.equal(len(b.Calls("editMessageText")), 60)
	b.noViolations()
}

func (b *bench) measured(mode tt.Mode) {
	b.Helper()
	r, err := b.Bench(b.ctx, 20, 3, mode)
	b.ok(err)
	b.equal([]any{r.Mode, r.Users, r.Updates, r.Restarts}, []any{mode, 20, 20 * 4, 0})
	if r.PerSecond <= 0 || r.P50 <= 0 || r.P50 > r.P95 || r.P95 > r.P99 || r.P99 > r.Max {
		b.Errorf("the measures do not fit: %v", r)
	}
	b.Log(r)
}
