package telegramtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// updateLife is how long Telegram keeps an update nobody fetches
// (https://core.telegram.org/bots/api#getting-updates).
const updateLife = 24 * time.Hour

// firstUpdate is the first update_id: some positive number.
const firstUpdate = 870_001

type update struct {
	id       int64
	chat     int64
	body     []byte
	made     time.Time // by the server's clock
	due      time.Time // by the real one: not delivered before
	acked    bool
	repeated bool // the weather brought it once more
	lost     bool // the weather lost the answer to it
	extra    bool // a copy: not in the queue
}

// queue holds what the bot has not confirmed, in the order of the ids.
type queue struct {
	next    int64
	pending []*update
	waiting int // of the pending ones, those not acknowledged
	again   []*update
	all     map[int64]*update // for Redeliver; a fast server keeps none
	kinds   map[string]bool   // what the bot asked for; nil means the default
}

func newQueue() queue { return queue{next: firstUpdate, all: map[int64]*update{}} }

// unasked are the kinds a bot gets only when it asks for them.
var unasked = []string{"chat_member", "message_reaction", "message_reaction_count"}

func (q *queue) wants(kind string) bool {
	if q.kinds == nil {
		return !slices.Contains(unasked, kind)
	}
	return q.kinds[kind]
}

// subscribe reads allowed_updates: a list, nothing (as before) or an empty
// list (the default).
func (s *Server) subscribe(c *call) {
	var list []string
	if json.Unmarshal([]byte(c.str("allowed_updates")), &list) != nil || list == nil {
		return
	}
	s.queue.kinds = nil
	for _, kind := range list {
		if !slices.Contains(spec().updates, kind) {
			s.violate("%s: unknown kind of update %q", c.Method, kind)
		}
		if s.queue.kinds == nil {
			s.queue.kinds = map[string]bool{}
		}
		s.queue.kinds[kind] = true
	}
}

// Push sends the bot an update of any kind ("channel_post", "inline_query" …)
// and returns its id, 0 if the bot did not ask for the kind. chat is the chat
// in whose order it comes, 0 if it belongs to none.
func (s *Server) Push(kind string, chat int64, body any) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.push(kind, chat, body)
}

func (s *Server) push(kind string, chat int64, body any) int64 {
	if !s.queue.wants(kind) {
		return 0
	}
	id := s.queue.next
	s.queue.next++
	data, err := json.Marshal(body)
	if err != nil {
		panic("telegramtest: " + err.Error()) // Push was given what is no JSON
	}
	head := `{"update_id":` + strconv.FormatInt(id, 10) + `,"` + kind + `":`
	text := append(append(append(make([]byte, 0, len(head)+len(data)+1), head...), data...), '}')
	u := &update{id: id, chat: chat, body: text, made: s.now()}
	if d := s.weather.DelayUpdates; d > 0 {
		u.due = time.Now().Add(d)
	}
	if !s.opt.Fast {
		s.queue.all[id] = u
	}
	s.queue.pending = append(s.queue.pending, u)
	s.queue.waiting++
	s.offer(u)
	return id
}

// offer makes an update available, on the way the bot chose.
func (s *Server) offer(u *update) {
	if s.hook != nil {
		s.hook.add(u)
		return
	}
	if left := time.Until(u.due); !u.due.IsZero() && left > 0 {
		time.AfterFunc(left, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.wakePoll()
		})
		return
	}
	s.wakePoll()
}

// ack takes an update off the queue.
func (s *Server) ack(u *update) {
	if u.acked {
		return
	}
	u.acked = true
	if u.extra {
		return
	}
	s.queue.waiting--
	n := 0
	for n < len(s.queue.pending) && s.queue.pending[n].acked {
		n++
	}
	clear(s.queue.pending[:n])
	s.queue.pending = s.queue.pending[n:]
	s.any.tell()
}

// live tells whether an update still counts; what is too old is dropped.
func (s *Server) live(u *update) bool {
	if !u.acked && s.now().Sub(u.made) > updateLife {
		s.ack(u)
	}
	return !u.acked
}

// Pending is how many updates the bot has not acknowledged.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queue.waiting
}

// LastUpdate is the id of the newest update, 0 before the first.
func (s *Server) LastUpdate() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.next == firstUpdate {
		return 0
	}
	return s.queue.next - 1
}

// Redeliver delivers updates once more, whether acknowledged or not, as a
// server does that lost its memory. Ids it never gave are left out.
func (s *Server) Redeliver(ids ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		u := s.queue.all[id]
		if u == nil {
			continue
		}
		u = s.copy(u)
		if s.hook == nil {
			s.queue.again = append(s.queue.again, u)
		}
		s.offer(u)
	}
}

func (s *Server) copy(u *update) *update {
	return &update{id: u.id, chat: u.chat, body: u.body, made: s.now(), repeated: true, lost: true, extra: true}
}

// drop forgets everything that waits.
func (s *Server) drop() {
	for _, u := range slices.Clone(s.queue.pending) {
		s.ack(u)
	}
	s.queue.again = nil
}
