package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wheretoturn/bot"
	"wheretoturn/bot/engine"
)

func TestReceiptsOfErrors(t *testing.T) {
	t.Parallel()
	api := func(code, after int, text string) error {
		return &tgbotapi.Error{Code: code, Message: text, ResponseParameters: tgbotapi.ResponseParameters{RetryAfter: after}}
	}
	for _, tt := range []struct {
		name  string
		err   error
		want  engine.Outcome
		after time.Duration
	}{
		{"no error", nil, engine.Done, 0},
		{"too many requests", api(429, 7, "Too Many Requests: retry after 7"), engine.Again, 7 * time.Second},
		{"a fault inside", api(500, 0, "Internal Server Error"), engine.Again, 0},
		{"a token refused meanwhile", api(401, 0, "Unauthorized"), engine.Again, 0},
		{"blocked", api(403, 0, "Forbidden: bot was blocked by the user"), engine.Never, 0},
		{"a chat that is gone", api(400, 0, "Bad Request: chat not found"), engine.Never, 0},
		{"a request refused as such", api(400, 0, "Bad Request: can't parse entities"), engine.Done, 0},
		{"a page of a proxy", &json.SyntaxError{}, engine.Again, 0},
		{"half an answer", io.ErrUnexpectedEOF, engine.Again, 0},
		{"no answer", io.EOF, engine.Again, 0},
		{"a reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, engine.Again, 0},
		{"nobody there", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, engine.Again, 0},
		{"a dial that timed out", &net.OpError{Op: "dial", Err: context.DeadlineExceeded}, engine.Again, 0},
		{"a time-out", context.DeadlineExceeded, engine.Uncertain, 0},
		{"a read that timed out", &net.OpError{Op: "read", Err: syscall.ETIMEDOUT}, engine.Uncertain, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := receipt(tt.err)
			if r.Outcome != tt.want || r.After != tt.after || (tt.err != nil && !errors.Is(r.Err, tt.err)) {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestLimitsPaceChatsAndKeepRoomForDanger(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	l := newLimits()
	for i := range burst {
		if d := l.wait("a", false, now); d != 0 {
			t.Fatalf("message %d waits %v", i, d)
		}
	}
	if d := l.wait("a", false, now); d <= 0 || d > time.Second {
		t.Errorf("one more than a burst waits %v", d)
	}
	if d := l.wait("a", true, now); d != 0 {
		t.Errorf("the danger card waits %v", d)
	}
	n := burst
	for ; l.wait(bot.Address(rune('b'+n)), false, now) == 0; n++ {
	}
	if n != overall-reserved {
		t.Errorf("%d messages went at once, want %d", n, overall-reserved)
	}
	for range 3 * burst { // asking is no sending: the chat keeps its turns
		if l.wait("late", false, now) == 0 {
			t.Fatal("one more than all")
		}
	}
	for i := range reserved - 1 {
		if d := l.wait(bot.Address(rune('A'+i)), true, now); d != 0 {
			t.Errorf("danger card %d waits %v", i, d)
		}
	}
	now = now.Add(time.Second)
	for i := range burst {
		if d := l.wait("late", false, now); d != 0 {
			t.Errorf("message %d waits %v although it never went", i, d)
		}
	}
	var none *limits
	if none.wait("a", false, now) != 0 {
		t.Error("no limits make nobody wait")
	}
}
