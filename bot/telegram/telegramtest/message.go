package telegramtest

import (
	"encoding/json"
	"slices"
	"time"
)

// Message is a message as the people in the chat see it now.
type Message struct {
	ID        int64
	FromBot   bool
	From      int64 // a user's id
	At        time.Time
	Text      string // without markup; the caption of a picture
	Entities  []Entity
	Rows      [][]Button
	Edits     int // how often it was changed
	Silent    bool
	Protected bool
	Preview   string // link_preview_options as they came
	ReplyTo   int64
	Thread    int64  // of a forum
	Media     string // "photo", "voice", …; empty for a text
	Service   string // "left_chat_member", …: not said by anybody
}

// Labels are the texts of its buttons, in reading order.
func (m Message) Labels() []string {
	var out []string
	for _, row := range m.Rows {
		for _, b := range row {
			out = append(out, b.Text)
		}
	}
	return out
}

// Button finds a button by its text or data.
func (m Message) Button(what string) (Button, bool) { return keyboard{rows: m.Rows}.find(what) }

// message is how the server keeps it.
type message struct {
	Message
	keys   keyboard
	sender *wireUser
	edited time.Time
	wire   wireMedia // what else goes into the update
}

// The objects of the Bot API as far as the fake sends them.
type wireUser struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Lang     string `json:"language_code,omitempty"`
}

type wireChat struct {
	ID       int64  `json:"id"`
	Type     string `json:"type"`
	Title    string `json:"title,omitempty"`
	First    string `json:"first_name,omitempty"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Forum    bool   `json:"is_forum,omitempty"`
}

type wireMessage struct {
	ID        int64           `json:"message_id"`
	Thread    int64           `json:"message_thread_id,omitempty"`
	From      *wireUser       `json:"from,omitempty"`
	Chat      wireChat        `json:"chat"`
	Date      int64           `json:"date"`
	Edited    int64           `json:"edit_date,omitempty"`
	Topic     bool            `json:"is_topic_message,omitempty"`
	ReplyTo   *wireMessage    `json:"reply_to_message,omitempty"`
	Protected bool            `json:"has_protected_content,omitempty"`
	Text      string          `json:"text,omitempty"`
	Caption   string          `json:"caption,omitempty"`
	Entities  []Entity        `json:"entities,omitempty"`
	Preview   json.RawMessage `json:"link_preview_options,omitempty"`
	Markup    *wireKeyboard   `json:"reply_markup,omitempty"`
	wireMedia
}

type wireKeyboard struct {
	Inline [][]Button `json:"inline_keyboard"`
}

// wireMedia holds what a message is when it is no text.
type wireMedia struct {
	SenderChat  *wireChat       `json:"sender_chat,omitempty"`
	Origin      json.RawMessage `json:"forward_origin,omitempty"`
	Album       string          `json:"media_group_id,omitempty"`
	Photo       json.RawMessage `json:"photo,omitempty"`
	Video       json.RawMessage `json:"video,omitempty"`
	Voice       json.RawMessage `json:"voice,omitempty"`
	Document    json.RawMessage `json:"document,omitempty"`
	Sticker     json.RawMessage `json:"sticker,omitempty"`
	Contact     json.RawMessage `json:"contact,omitempty"`
	Location    json.RawMessage `json:"location,omitempty"`
	Joined      []*wireUser     `json:"new_chat_members,omitempty"`
	Left        *wireUser       `json:"left_chat_member,omitempty"`
	MigrateTo   int64           `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom int64           `json:"migrate_from_chat_id,omitempty"`
}

// show makes the Message object of a message.
func (c *Chat) show(m *message) *wireMessage {
	w := &wireMessage{
		ID: m.ID, Thread: m.Thread, From: m.sender, Chat: c.wire(), Date: m.At.Unix(), Topic: m.Thread != 0,
		Protected: m.Protected, Text: m.Text, Entities: m.Entities, wireMedia: m.wire,
	}
	if m.Media != "" {
		w.Text, w.Caption = "", m.Text
	}
	if m.Preview != "" {
		w.Preview = json.RawMessage(m.Preview)
	}
	if !m.edited.IsZero() {
		w.Edited = m.edited.Unix()
	}
	if len(m.keys.rows) > 0 {
		w.Markup = &wireKeyboard{m.keys.rows}
	}
	if to := c.byID[m.ReplyTo]; to != nil {
		w.ReplyTo = &wireMessage{ID: to.ID, From: to.sender, Chat: w.Chat, Date: to.At.Unix(), Text: to.Text}
	}
	return w
}

// add puts a message at the end of the chat. Under the lock.
func (c *Chat) add(m *message) *message {
	c.last++
	m.ID, m.At = c.last, c.s.now()
	c.byID[m.ID] = m
	c.order = append(c.order, m)
	if c.s.opt.Fast && len(c.order) > keptFast {
		delete(c.byID, c.order[0].ID)
		c.order = slices.Delete(c.order, 0, 1)
	}
	c.news.tell()
	return m
}

const keptFast = 4 // messages a chat keeps in a benchmark

func (c *Chat) remove(m *message) {
	delete(c.byID, m.ID)
	c.order = slices.DeleteFunc(c.order, func(o *message) bool { return o == m })
	c.news.tell()
}
