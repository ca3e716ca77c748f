package telegramtest

// Group is a group the bot is in. Ids from -1000000000000 down are supergroups.
type Group struct{ *Chat }

const firstSupergroup = -1_000_000_000_000

// anonymous is who writes when an administrator hides behind the group.
const anonymous = 1087968824

// Group returns the group with an id, which must be negative; a new one has
// the bot as its administrator.
func (s *Server) Group(id int64) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[id]; c != nil {
		return &Group{c}
	}
	kind := "group"
	if id <= firstSupergroup {
		kind = "supergroup"
	}
	c := s.newChat(id, kind)
	c.title, c.known, c.admin = "Group-canary", true, true
	return &Group{c}
}

// Forum turns topics on in a supergroup.
func (g *Group) Forum() *Group {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.forum = true
	return g
}

// Say writes as a member; who is not one yet joins silently.
func (g *Group) Say(u *User, text string) int64 { return g.SayIn(u, 0, text) }

// SayIn writes into a topic.
func (g *Group) SayIn(u *User, thread int64, text string) int64 {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.join(u.id)
	return g.arrive(u, &message{Message: Message{Text: text, Entities: commands(text), Thread: thread}})
}

// SayAnonymously writes as an administrator who hides behind the group.
func (g *Group) SayAnonymously(text string) int64 {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	self := g.wire()
	m := &message{Message: Message{Text: text, From: anonymous}, wire: wireMedia{SenderChat: &self}}
	m.sender = &wireUser{ID: anonymous, Bot: true, First: "Group", Username: "GroupAnonymousBot"}
	g.add(m)
	g.s.push("message", g.id, g.show(m))
	return m.ID
}

// EditMessage changes what a member wrote.
func (g *Group) EditMessage(u *User, id int64, text string) error { return g.edit(u, id, text) }

// Press presses the newest button with a label or data.
func (g *Group) Press(u *User, what string) error { return g.pressIn(u, what) }

// PressOld presses a button on a message that may show it no longer.
func (g *Group) PressOld(u *User, messageID int64, data string) error {
	return g.pressOld(u, messageID, data)
}

// Join adds a member, with the message that says so.
func (g *Group) Join(u *User) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.join(u.id)
	g.arrive(u, &message{Message: Message{Service: "new_chat_members"}, wire: wireMedia{Joined: []*wireUser{u.wire()}}})
}

func (g *Group) join(id int64) {
	if status := g.members[id]; status == "" || status == "left" {
		g.members[id] = "member"
	}
}

// Promote makes a member an administrator; nobody is told.
func (g *Group) Promote(u *User) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.members[u.id] = "administrator"
}

// Leave removes a member, with the message that says so.
func (g *Group) Leave(u *User) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.members[u.id] = "left"
	g.arrive(u, &message{Message: Message{Service: "left_chat_member"}, wire: wireMedia{Left: u.wire()}})
}

// Kick throws the bot out: from now on it gets 403.
func (g *Group) Kick(by *User) { g.status(by, true, "administrator", "kicked") }

// Invite takes the bot back.
func (g *Group) Invite(by *User) { g.status(by, false, "kicked", "member") }

func (g *Group) status(by *User, left bool, was, is string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.left, g.admin = left, false
	g.membership(by, was, is)
}

// Migrate turns the group into a supergroup with another id: both chats get
// their message, and whoever writes to the old id is told the new one.
func (g *Group) Migrate(to int64) *Group {
	next := g.s.Group(to)
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.movedTo = to
	next.title = g.title
	for id, status := range g.members {
		next.members[id] = status
	}
	say := func(c *Chat, service string, wire wireMedia) {
		m := &message{Message: Message{From: anonymous, Service: service}, wire: wire}
		m.sender = &wireUser{ID: anonymous, Bot: true, First: "Group", Username: "GroupAnonymousBot"}
		c.add(m)
		g.s.push("message", c.id, c.show(m))
	}
	say(g.Chat, "migrate_to_chat_id", wireMedia{MigrateTo: to})
	say(next.Chat, "migrate_from_chat_id", wireMedia{MigrateFrom: g.id})
	return next
}
