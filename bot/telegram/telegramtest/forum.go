package telegramtest

import "slices"

// thread is a topic of a forum.
type thread struct {
	name   string
	closed bool
}

func (s *Server) createForumTopic(c *call) (any, *refusal) {
	name := c.str("name")
	if n := length(name); n < 1 || n > 128 {
		return nil, wrong("topic name must be 1 to 128 characters long")
	}
	chat, refused := s.forumOf(c)
	if refused != nil {
		return nil, refused
	}
	m := s.own(c, chat) // a topic begins with the message that says so, and has its id
	m.Service = "forum_topic_created"
	chat.add(m)
	m.Thread = m.ID
	chat.threads[m.ID] = &thread{name: name}
	return map[string]any{"message_thread_id": m.ID, "name": name, "icon_color": 7322096}, nil
}

func (s *Server) forumOf(c *call) (*Chat, *refusal) {
	chat, refused := s.open(c)
	switch {
	case refused != nil:
		return nil, refused
	case !chat.forum:
		return nil, bad("the chat is not a forum")
	case !chat.admin:
		return nil, bad("not enough rights to manage topics")
	}
	return chat, nil
}

func (s *Server) topicOf(c *call) (*Chat, int64, *refusal) {
	chat, refused := s.forumOf(c)
	if refused != nil {
		return nil, 0, refused
	}
	id := c.num("message_thread_id")
	if chat.threads[id] == nil {
		return nil, 0, bad("TOPIC_ID_INVALID")
	}
	return chat, id, nil
}

func (s *Server) closeForumTopic(c *call) (any, *refusal) {
	chat, id, refused := s.topicOf(c)
	if refused != nil {
		return nil, refused
	}
	if chat.threads[id].closed {
		return nil, bad("TOPIC_NOT_MODIFIED")
	}
	chat.threads[id].closed = true
	return true, nil
}

func (s *Server) deleteForumTopic(c *call) (any, *refusal) {
	chat, id, refused := s.topicOf(c)
	if refused != nil {
		return nil, refused
	}
	delete(chat.threads, id)
	for _, m := range slices.Clone(chat.order) {
		if m.Thread == id {
			chat.remove(m)
		}
	}
	return true, nil
}

// Topics are the names of a forum's topics by id; a closed one says so.
func (g *Group) Topics() map[int64]string {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	out := map[int64]string{}
	for id, t := range g.threads {
		out[id] = t.name
		if t.closed {
			out[id] += " (closed)"
		}
	}
	return out
}

func (s *Server) getChat(c *call) (any, *refusal) {
	chat, refused := s.chat(c)
	if refused != nil {
		return nil, refused
	}
	return struct {
		wireChat
		Accent    int      `json:"accent_color_id"`
		Reactions int      `json:"max_reaction_count"`
		Gifts     struct{} `json:"accepted_gift_types"`
	}{wireChat: chat.wire(), Reactions: 11}, nil
}

func (s *Server) getChatMember(c *call) (any, *refusal) {
	chat, refused := s.chat(c)
	if refused != nil {
		return nil, refused
	}
	id := c.num("user_id")
	who, status := s.self(), chat.members[id]
	switch u := s.people[id]; {
	case id == s.BotID():
		status = "member"
		if chat.admin {
			status = "administrator"
		}
	case u == nil:
		return nil, bad("user not found")
	default:
		who = u.wire()
	}
	if status == "" {
		status = "left"
	}
	return map[string]any{"user": who, "status": status}, nil
}

func (s *Server) leaveChat(c *call) (any, *refusal) {
	chat, refused := s.chat(c)
	switch {
	case refused != nil:
		return nil, refused
	case chat.kind == "private":
		return nil, wrong("chat member status can't be changed in private chats")
	}
	chat.left = true
	return true, nil
}
