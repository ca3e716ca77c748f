package telegramtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// Chat is a chat as its people see it.
type Chat struct {
	s     *Server
	id    int64
	kind  string // "private", "group", "supergroup"
	title string
	user  *User // of a private chat

	// Under the server's lock.
	known    bool // the bot may write: somebody wrote to it, or it is a member
	blocked  bool
	left     bool
	admin    bool
	forum    bool
	movedTo  int64
	members  map[int64]string
	threads  map[int64]*thread
	byID     map[int64]*message
	order    []*message
	last     int64
	news     signal
	handlers func(*message) // of a benchmark: a text arrived or changed
}

func (s *Server) newChat(id int64, kind string) *Chat {
	c := &Chat{s: s, id: id, kind: kind, members: map[int64]string{}, threads: map[int64]*thread{}, byID: map[int64]*message{}}
	c.news.cond = sync.NewCond(&s.mu)
	s.chats[id] = c
	return c
}

// ID is the chat's.
func (c *Chat) ID() int64 { return c.id }

func (c *Chat) wire() wireChat {
	if u := c.user; u != nil {
		return wireChat{ID: c.id, Type: c.kind, First: u.FirstName, Last: u.LastName, Username: u.Username}
	}
	return wireChat{ID: c.id, Type: c.kind, Title: c.title, Forum: c.forum}
}

// Messages are what people see now, oldest first; deleted ones are gone.
func (c *Chat) Messages() []Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	out := make([]Message, len(c.order))
	for i, m := range c.order {
		out[i] = m.Message
		out[i].Rows = m.keys.rows
	}
	return out
}

// Last is the newest message; the zero Message if there is none.
func (c *Chat) Last() Message {
	all := c.Messages()
	if len(all) == 0 {
		return Message{}
	}
	return all[len(all)-1]
}

// WaitFor returns when ok is true of the chat's messages; it looks again
// whenever they change.
func (c *Chat) WaitFor(ctx context.Context, ok func([]Message) bool) error {
	return c.s.await(ctx, &c.news, func() bool { return ok(c.Messages()) })
}

// pressIn finds the newest message that still shows a button, by its text or
// data, and presses it.
func (c *Chat) pressIn(u *User, what string) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	shown := ""
	for _, m := range slices.Backward(c.order) {
		b, ok := m.keys.find(what)
		switch {
		case ok && b.Data == "":
			return fmt.Errorf("telegramtest: [%s] is no button that tells the bot, it opens %q", what, b.URL)
		case ok:
			c.callback(u, m.ID, b.Data)
			return nil
		}
		if shown == "" {
			shown = m.keys.labels()
		}
	}
	return fmt.Errorf("telegramtest: chat %d shows no button [%s]; the newest are %s", c.id, what, shown)
}

// pressOld presses a button of a message that may show it no longer, or be
// deleted: what a telephone does that was out of reach.
func (c *Chat) pressOld(u *User, id int64, data string) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if id < 1 || id > c.last {
		return fmt.Errorf("telegramtest: chat %d never had a message %d", c.id, id)
	}
	c.callback(u, id, data)
	return nil
}

// query is a press not answered yet.
type query struct {
	chat int64
	at   int64 // milliseconds
}

type wireQuery struct {
	ID       string    `json:"id"`
	From     *wireUser `json:"from"`
	Message  any       `json:"message"`
	Instance string    `json:"chat_instance"`
	Data     string    `json:"data"`
}

// goneMessage is Telegram's InaccessibleMessage.
type goneMessage struct {
	Chat wireChat `json:"chat"`
	ID   int64    `json:"message_id"`
	Date int64    `json:"date"` // always 0
}

func (c *Chat) callback(u *User, id int64, data string) {
	s := c.s
	s.serial++
	q := wireQuery{ID: fmt.Sprint(4_000_000_000_000_000 + s.serial), From: u.wire(), Instance: fmt.Sprint(-c.id * 7919), Data: data}
	if m := c.byID[id]; m != nil {
		q.Message = c.show(m)
	} else {
		q.Message = goneMessage{c.wire(), id, 0}
	}
	if !s.opt.Fast {
		s.queries[q.ID] = query{c.id, s.now().UnixMilli()}
	}
	s.push("callback_query", c.id, q)
}
