package telegramtest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// User is somebody with a telephone, and the private chat with the bot. The
// names are such that they can be looked for where they must not be.
type User struct {
	*Chat
	FirstName, LastName, Username string // set them before the first word
	Lang                          string
}

// User returns the person with an id, a new one in a language at first.
func (s *Server) User(id int64, lang string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.people[id]
	if u == nil {
		u = &User{
			Chat: s.newChat(id, "private"), Lang: lang,
			FirstName: fmt.Sprintf("Firstname%d", id), LastName: fmt.Sprintf("Lastname%d", id), Username: fmt.Sprintf("username_%d", id),
		}
		u.user = u
		s.people[id] = u
	}
	return u
}

func (u *User) wire() *wireUser {
	return &wireUser{ID: u.id, First: u.FirstName, Last: u.LastName, Username: u.Username, Lang: u.Lang}
}

// Start presses the Start button, of a link with a payload if there is one.
func (u *User) Start(payload string) int64 {
	return u.Say(strings.TrimSpace("/start " + payload))
}

// Say writes a text and returns the id of the message. Writing to a bot one
// has blocked unblocks it first, as the app does.
func (u *User) Say(text string) int64 {
	return u.send(&message{Message: Message{Text: text, Entities: commands(text)}})
}

// Forward passes on a text somebody else wrote.
func (u *User) Forward(text, author string) int64 {
	origin, _ := json.Marshal(map[string]any{"type": "hidden_user", "sender_user_name": author, "date": u.s.now().Unix()})
	return u.send(&message{Message: Message{Text: text}, wire: wireMedia{Origin: origin}})
}

// EditMessage changes a message of the user's own.
func (u *User) EditMessage(id int64, text string) error {
	return u.edit(u, id, text)
}

// Press presses the newest button with a label or data.
func (u *User) Press(what string) error { return u.pressIn(u, what) }

// PressOld presses a button on a message that may show it no longer.
func (u *User) PressOld(messageID int64, data string) error { return u.pressOld(u, messageID, data) }

// Block blocks the bot: from now on it gets 403.
func (u *User) Block() {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	if !u.blocked {
		u.blocked = true
		u.membership(u, "member", "kicked")
	}
}

// Unblock lets the bot write again.
func (u *User) Unblock() {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.unblock()
}

func (u *User) unblock() {
	if u.blocked {
		u.blocked = false
		u.membership(u, "kicked", "member")
	}
}

// send puts a message into the chat and tells the bot.
func (u *User) send(m *message) int64 {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.unblock()
	u.known = true
	return u.arrive(u, m)
}

// arrive is under the lock.
func (c *Chat) arrive(u *User, m *message) int64 {
	m.From, m.sender = u.id, u.wire()
	c.add(m)
	c.s.push("message", c.id, c.show(m))
	return m.ID
}

func (c *Chat) edit(u *User, id int64, text string) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m := c.byID[id]
	if m == nil || m.From != u.id {
		return fmt.Errorf("telegramtest: user %d has no message %d in chat %d", u.id, id, c.id)
	}
	m.Text, m.Entities, m.edited = text, commands(text), c.s.now()
	m.Edits++
	c.news.tell()
	c.s.push("edited_message", c.id, c.show(m))
	return nil
}

// membership tells the bot what became of itself in a chat.
func (c *Chat) membership(u *User, was, is string) {
	self := map[string]any{"id": c.s.BotID(), "is_bot": true, "first_name": botName, "username": botUsername}
	member := func(status string) any {
		m := map[string]any{"user": self, "status": status}
		if status == "kicked" {
			m["until_date"] = 0
		}
		return m
	}
	c.s.push("my_chat_member", c.id, map[string]any{
		"chat": c.wire(), "from": u.wire(), "date": c.s.now().Unix(), "old_chat_member": member(was), "new_chat_member": member(is),
	})
}

// commands marks a command at the start of a text, as the server does.
func commands(text string) []Entity {
	if !strings.HasPrefix(text, "/") {
		return nil
	}
	word, _, _ := strings.Cut(text, " ")
	word, _, _ = strings.Cut(word, "\n")
	if len(word) < 2 {
		return nil
	}
	return []Entity{{Type: "bot_command", Length: length(word)}}
}
