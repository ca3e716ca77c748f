package telegramtest

import (
	"fmt"
	"time"
)

// Flood limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits).
// Telegram does not publish its bursts; these are on the careful side.
const (
	chatBurst, chatRate   = 5, 1.0        // a chat: one a second
	groupBurst, groupRate = 20, 20.0 / 60 // a group: twenty a minute
	allBurst, allRate     = 30, 30.0      // all chats: thirty a second
)

// limited are the methods that count: what people see arrive or change.
var limited = map[string]bool{
	"sendMessage": true, "editMessageText": true, "editMessageReplyMarkup": true, "forwardMessage": true, "copyMessage": true,
}

type limits struct {
	all   bucket
	chats map[int64]*bucket
}

// bucket holds tokens; the zero bucket is full.
type bucket struct {
	used float64
	at   time.Time
}

// lacks returns how many seconds it takes until there is a token, 0 if there is one.
func (b *bucket) lacks(now time.Time, burst, rate float64, second time.Duration) float64 {
	b.used = max(0, b.used-rate*float64(now.Sub(b.at))/float64(second))
	b.at = now
	return max(0, (b.used+1-burst)/rate)
}

// flooded refuses a call that goes over the limits. Under the lock.
func (s *Server) flooded(c *call) *refusal {
	if !s.opt.Limits || !limited[c.Method] {
		return nil
	}
	if s.limits.chats == nil {
		s.limits.chats = map[int64]*bucket{}
	}
	own := s.limits.chats[c.Chat]
	if own == nil {
		own = &bucket{}
		s.limits.chats[c.Chat] = own
	}
	burst, rate := float64(chatBurst), chatRate
	if c.Chat < 0 {
		burst, rate = groupBurst, groupRate
	}
	lacks := max(own.lacks(c.Time, burst, rate, s.opt.Second), s.limits.all.lacks(c.Time, allBurst, allRate, s.opt.Second))
	if lacks > 0 {
		return s.wait(c, time.Duration(lacks*float64(s.opt.Second)))
	}
	own.used++
	s.limits.all.used++
	return nil
}

func tooMany(seconds int) *refusal {
	seconds = max(1, seconds)
	return &refusal{code: 429, text: fmt.Sprintf("Too Many Requests: retry after %d", seconds), retryAfter: seconds}
}
