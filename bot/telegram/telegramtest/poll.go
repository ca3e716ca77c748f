package telegramtest

import (
	"bytes"
	"encoding/json"
	"time"
)

// waiter is a long poll under way; there is at most one.
type waiter struct {
	wake  chan struct{}
	ended *refusal
}

func conflict(text string) *refusal { return &refusal{code: 409, text: "Conflict: " + text} }

func (s *Server) wakePoll() {
	if s.poll != nil {
		select {
		case s.poll.wake <- struct{}{}:
		default:
		}
	}
}

// endPoll answers a poll that waits with a conflict.
func (s *Server) endPoll(text string) {
	if s.poll != nil {
		s.poll.ended = conflict(text)
		s.wakePoll()
		s.poll = nil
	}
}

// getUpdates confirms what is below the offset and waits for more. As at
// Telegram it is the poll that already waits that gets the 409 when a second
// one comes.
func (s *Server) getUpdates(c *call) (any, *refusal) {
	limit := int(c.num("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	seconds := min(max(c.num("timeout"), 0), 50)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	s.subscribe(c)
	s.confirm(c.num("offset"))
	var mine *waiter
	end := time.NewTimer(time.Duration(seconds) * time.Second)
	defer end.Stop()
	for over := seconds == 0; ; {
		if mine != nil && mine.ended != nil {
			return nil, mine.ended
		}
		list := s.batch(limit)
		if len(list) > 0 || over {
			s.leave(mine)
			return join(list), nil
		}
		if mine == nil {
			s.endPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
			mine = &waiter{wake: make(chan struct{}, 1)}
			s.poll = mine
			s.any.tell()
		}
		s.mu.Unlock()
		select {
		case <-mine.wake:
		case <-end.C:
			over = true
		case <-c.ctx.Done():
			over = true
		case <-s.ctx.Done():
			over = true
		}
		s.mu.Lock()
	}
}

func (s *Server) leave(mine *waiter) {
	if mine != nil && s.poll == mine {
		s.poll = nil
	}
}

// Polling tells whether the bot waits in a long poll.
func (s *Server) Polling() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.poll != nil
}

// confirm takes off the queue what is below the offset. An offset beyond what
// there ever was confirms nothing; a negative one keeps so many of the newest.
func (s *Server) confirm(offset int64) {
	if offset > s.queue.next {
		return
	}
	if offset < 0 {
		offset = max(s.queue.next+offset, 1)
	}
	for _, u := range s.below(offset) {
		s.ack(u)
		if s.weather.RepeatUpdates == AfterAck && !u.repeated {
			u.repeated = true
			s.queue.again = append(s.queue.again, u)
		}
	}
}

func (s *Server) below(offset int64) []*update {
	n := 0
	for n < len(s.queue.pending) && s.queue.pending[n].id < offset {
		n++
	}
	return append([]*update(nil), s.queue.pending[:n]...)
}

// batch is what a poll is answered with.
func (s *Server) batch(limit int) [][]byte {
	var out [][]byte
	for len(s.queue.again) > 0 && len(out) < limit {
		out = append(out, s.queue.again[0].body)
		s.queue.again = s.queue.again[1:]
	}
	now := time.Now()
	for i := 0; i < len(s.queue.pending) && len(out) < limit; i++ {
		u := s.queue.pending[i]
		if u.due.After(now) {
			break
		}
		if s.now().Sub(u.made) > updateLife || u.acked {
			continue
		}
		out = append(out, u.body)
		if s.weather.RepeatUpdates == Twice && !u.repeated && len(out) < limit {
			u.repeated = true
			out = append(out, u.body)
		}
	}
	return out
}

func join(list [][]byte) json.RawMessage {
	return append(append([]byte{'['}, bytes.Join(list, []byte{','})...), ']')
}
