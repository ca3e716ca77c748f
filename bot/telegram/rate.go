package telegram

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"wheretoturn/bot"
)

// Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits):
// about one message a second in a chat, about thirty a second overall.
const (
	perChat  = 1
	burst    = 4 // short bursts in one chat are allowed
	overall  = 28
	reserved = 6 // of them kept for the danger card
)

// limits keeps sends within Telegram's limits. Nil knows none.
type limits struct {
	urgent, normal *rate.Limiter

	mu    sync.Mutex
	chats map[bot.Address]*rate.Limiter
}

func newLimits() *limits {
	return &limits{
		urgent: rate.NewLimiter(reserved, reserved), normal: rate.NewLimiter(overall-reserved, overall-reserved),
		chats: map[bot.Address]*rate.Limiter{},
	}
}

// wait returns how long a message to a chat must wait, 0 when it may go now.
func (l *limits) wait(a bot.Address, urgent bool, now time.Time) time.Duration {
	if l == nil {
		return 0
	}
	own, d := reserve(l.chat(a), now)
	if d > 0 && !urgent {
		return d
	}
	if urgent {
		if _, d := reserve(l.urgent, now); d == 0 {
			return 0
		}
	}
	_, d = reserve(l.normal, now)
	if d > 0 && own != nil {
		own.CancelAt(now) // the chat keeps its turn
	}
	return d
}

// reserve takes a token, or tells when there is one without taking it.
func reserve(l *rate.Limiter, now time.Time) (*rate.Reservation, time.Duration) {
	r := l.ReserveN(now, 1)
	d := r.DelayFrom(now)
	if d > 0 {
		r.CancelAt(now)
		return nil, d
	}
	return r, 0
}

func (l *limits) chat(a bot.Address) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.chats) > 10000 {
		clear(l.chats) // forgetting a limiter only forgives one message
	}
	c := l.chats[a]
	if c == nil {
		c = rate.NewLimiter(perChat, burst)
		l.chats[a] = c
	}
	return c
}
