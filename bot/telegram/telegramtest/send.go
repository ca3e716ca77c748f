package telegramtest

import (
	"encoding/json"
	"reflect"
)

// chat finds the chat a call names, if the bot may use it.
func (s *Server) chat(c *call) (*Chat, *refusal) {
	chat := s.chats[c.Chat]
	switch {
	case chat == nil || !chat.known:
		return nil, bad("chat not found")
	case chat.movedTo != 0:
		r := bad("group chat was upgraded to a supergroup chat")
		r.migrateTo = chat.movedTo
		return nil, r
	case chat.left:
		return nil, &refusal{code: 403, text: "Forbidden: bot was kicked from the " + chat.kind + " chat"}
	}
	return chat, nil
}

// open finds the chat of a call that shows people something.
func (s *Server) open(c *call) (*Chat, *refusal) {
	chat, refused := s.chat(c)
	if refused == nil && chat.blocked {
		return nil, &refusal{code: 403, text: "Forbidden: bot was blocked by the user"}
	}
	return chat, refused
}

func (s *Server) sendMessage(c *call) (any, *refusal) {
	text, entities, refused := s.readText(c)
	if refused != nil {
		return nil, refused
	}
	keys, refused := s.readKeyboard(c)
	if refused != nil {
		return nil, refused
	}
	chat, refused := s.open(c)
	if refused != nil {
		return nil, refused
	}
	m := s.own(c, chat)
	m.Text, m.Entities, m.keys = text, entities, keys
	if m.Thread != 0 && chat.threads[m.Thread] == nil {
		return nil, bad("message thread not found")
	}
	if m.ReplyTo, refused = chat.replied(c); refused != nil {
		return nil, refused
	}
	chat.add(m)
	chat.arrived(m)
	return chat.show(m), nil
}

// own begins a message of the bot.
func (s *Server) own(c *call, chat *Chat) *message {
	m := &message{Message: Message{
		FromBot: true, From: s.BotID(), Silent: c.yes("disable_notification"), Protected: c.yes("protect_content"),
		Preview: c.str("link_preview_options"), Thread: c.num("message_thread_id"),
	}}
	m.sender = s.self()
	return m
}

// replied reads reply_parameters.
func (c *Chat) replied(call *call) (int64, *refusal) {
	src := call.str("reply_parameters")
	if src == "" {
		return 0, nil
	}
	var to struct {
		ID      int64 `json:"message_id"`
		Without bool  `json:"allow_sending_without_reply"`
	}
	if err := json.Unmarshal([]byte(src), &to); err != nil {
		return 0, wrong("can't parse reply_parameters")
	}
	if c.byID[to.ID] != nil {
		return to.ID, nil
	}
	if to.Without {
		return 0, nil
	}
	return 0, bad("message to be replied not found")
}

// arrived lets a benchmark see what people see.
func (c *Chat) arrived(m *message) {
	if c.handlers != nil {
		c.handlers(m)
	}
}

// editable finds the bot's message that a call changes.
func (s *Server) editable(c *call) (*Chat, *message, *refusal) {
	if c.str("inline_message_id") != "" {
		return nil, nil, wrong("telegramtest plays no inline messages")
	}
	if c.str("chat_id") == "" || c.str("message_id") == "" {
		return nil, nil, wrong("message identifier is not specified")
	}
	chat, refused := s.open(c)
	if refused != nil {
		return nil, nil, refused
	}
	m := chat.byID[c.num("message_id")]
	switch {
	case m == nil:
		return nil, nil, bad("message to edit not found")
	case !m.FromBot:
		return nil, nil, bad("message can't be edited")
	}
	return chat, m, nil
}

const notModified = "message is not modified: specified new message content and reply markup are exactly the same " +
	"as a current content and reply markup of the message"

func (s *Server) editMessageText(c *call) (any, *refusal) {
	if _, given := c.Params["text"]; !given {
		return nil, wrong("message text is empty")
	}
	text, entities, refused := s.readText(c)
	if refused != nil {
		return nil, refused
	}
	keys, refused := s.readKeyboard(c)
	if refused != nil {
		return nil, refused
	}
	chat, m, refused := s.editable(c)
	if refused != nil {
		return nil, refused
	}
	if !s.opt.Fast && m.Text == text && m.keys.raw == keys.raw && sameEntities(m.Entities, entities) {
		chat.arrived(m) // people see the answer, it is the one they had
		return nil, bad(notModified)
	}
	m.Text, m.Entities, m.keys, m.Preview = text, entities, keys, c.str("link_preview_options")
	chat.changed(m)
	chat.arrived(m)
	return chat.show(m), nil
}

func (s *Server) editMessageReplyMarkup(c *call) (any, *refusal) {
	keys, refused := s.readKeyboard(c)
	if refused != nil {
		return nil, refused
	}
	chat, m, refused := s.editable(c)
	if refused != nil {
		return nil, refused
	}
	if m.keys.raw == keys.raw {
		return nil, bad(notModified)
	}
	m.keys = keys
	chat.changed(m)
	return chat.show(m), nil
}

func (c *Chat) changed(m *message) {
	m.Edits++
	m.edited = c.s.now()
	c.news.tell()
}

func sameEntities(a, b []Entity) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

func (s *Server) forwardMessage(c *call) (any, *refusal) {
	chat, m, refused := s.passOn(c)
	if refused != nil {
		return nil, refused
	}
	return chat.show(m), nil
}

func (s *Server) copyMessage(c *call) (any, *refusal) {
	_, m, refused := s.passOn(c)
	if refused != nil {
		return nil, refused
	}
	return map[string]any{"message_id": m.ID}, nil
}

// passOn puts a message of one chat into another.
func (s *Server) passOn(c *call) (*Chat, *message, *refusal) {
	chat, refused := s.open(c)
	if refused != nil {
		return nil, nil, refused
	}
	from := s.chats[c.num("from_chat_id")]
	if from == nil || from.byID[c.num("message_id")] == nil {
		return nil, nil, bad("message to forward not found")
	}
	source := from.byID[c.num("message_id")]
	if source.Protected {
		return nil, nil, bad("message has protected content and can't be forwarded")
	}
	m := s.own(c, chat)
	m.Text, m.Entities, m.Media, m.wire = source.Text, source.Entities, source.Media, source.wire
	chat.add(m)
	return chat, m, nil
}
