package telegramtest

import (
	"encoding/json"
	"time"
)

// A message can be deleted for so long, a hundred at a time
// (https://core.telegram.org/bots/api#deletemessages).
const (
	deletable  = 48 * time.Hour
	maxDeletes = 100
)

func (s *Server) deleteMessage(c *call) (any, *refusal) {
	chat, refused := s.chat(c)
	if refused != nil {
		return nil, refused
	}
	m := chat.byID[c.num("message_id")]
	if m == nil {
		return nil, bad("message to delete not found")
	}
	if refused := chat.undeletable(m); refused != nil {
		return nil, refused
	}
	chat.remove(m)
	return true, nil
}

// deleteMessages skips ids it does not find; one message that may not be
// deleted spoils the whole call.
func (s *Server) deleteMessages(c *call) (any, *refusal) {
	var ids []int64
	if err := json.Unmarshal([]byte(c.str("message_ids")), &ids); err != nil {
		return nil, wrong("can't parse message identifiers JSON object")
	}
	switch {
	case len(ids) == 0:
		return nil, wrong("message identifiers are not specified")
	case len(ids) > maxDeletes:
		return nil, wrong("too many message identifiers specified")
	}
	chat, refused := s.chat(c)
	if refused != nil {
		return nil, refused
	}
	var found []*message
	for _, id := range ids {
		if id <= 0 {
			return nil, wrong("invalid message identifier specified")
		}
		m := chat.byID[id]
		if m == nil {
			continue
		}
		if refused := chat.undeletable(m); refused != nil {
			return nil, refused
		}
		found = append(found, m)
	}
	for _, m := range found {
		chat.remove(m)
	}
	return true, nil
}

func (c *Chat) undeletable(m *message) *refusal {
	if c.s.now().Sub(m.At) >= deletable {
		return bad("message can't be deleted for everyone")
	}
	if !m.FromBot && c.kind != "private" && !c.admin {
		return bad("message can't be deleted")
	}
	return nil
}
