package place

import (
	"slices"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/hours"
)

// Query is who asks, about what, when, and how they can be reached.
type Query struct {
	bot.Asker
	Topic   bot.Topic
	Now     time.Time
	Written bool        // cannot speak aloud
	Prefer  bool        // would rather write: written ways are shown first
	Picked  bot.PlaceID // the bank they chose, if any
}

// Match is a place that fits, with what is true of it at this minute.
type Match struct {
	*Place
	Role     bot.Role // the role it was found for
	Channels []Reach  // in the order to show them
	Reasons  []string // codes, in the order of the ranking
	// Answers is true when a person answers at this minute.
	Answers bool
	fit     [8]int8
}

// Reach is a channel and its state at this minute.
type Reach struct {
	*Channel
	Open   *bool // nil: hours not known
	Always bool
	Next   time.Time // when Open changes; zero: never or not known
}

// IsOpen tells whether the channel is known to be open.
func (r Reach) IsOpen() bool { return r.Open != nil && *r.Open }

// Rank returns the places of the asker's country that fill the role and fit,
// best first: age and audience, language, reachable the chosen way, open now,
// free for children, the asker's region before the whole country and that
// before other countries, then free ones for everybody. Places of one region
// stand last as long as nobody has said where they live, and only theirs are
// left once somebody has. Ties keep the order of the pack.
func (d *Directory) Rank(role bot.Role, q Query) []Match {
	q.Now = q.Now.Truncate(time.Minute)
	return d.ranked.get(role, q, func() []Match { return d.rank(role, q) })
}

func (d *Directory) rank(role bot.Role, q Query) []Match {
	filling := d.Filling(q.Country, role)
	out := make([]Match, 0, len(filling))
	for _, p := range filling {
		if p.fits(&q) {
			out = append(out, d.Match(p, role, q))
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int { return slices.Compare(b.fit[:], a.fit[:]) })
	return out
}

// Match describes one place for a query, whether or not it fits. Its hours and
// languages are those of its own pack: an international place keeps no
// holidays of the asker's country.
func (d *Directory) Match(p *Place, role bot.Role, q Query) Match {
	return p.match(role, &q, d.Pack(p.Country))
}

func (p *Place) fits(q *Query) bool {
	return p.Handles(q.Topic) && p.Serves(q.Asker) && (p.Scope != Region || q.Region == "" || q.Region == p.Region)
}

// Serves tells whether the asker's audience and age are served. A young person
// is served where children are, never where only adults are. An unknown asker
// is served everywhere.
func (p *Place) Serves(a bot.Asker) bool {
	first, last := a.Audience.Years()
	if a.Age != "" {
		first, last = a.Age.Years()
	}
	if last < p.Ages.Min || (p.Ages.Max > 0 && first > p.Ages.Max) {
		return false
	}
	switch a.Audience {
	case "", bot.Unknown:
		return true
	case bot.YoungPerson:
		return p.lists(bot.YoungPerson) || p.lists(bot.Child)
	}
	return p.lists(a.Audience)
}

func (p *Place) lists(a bot.Audience) bool { return slices.Contains(p.Audiences, a) }

func (p *Place) match(role bot.Role, q *Query, pack *Pack) Match {
	m := Match{Place: p, Role: role, Channels: make([]Reach, len(p.Channels)), Reasons: make([]string, 0, maxReasons)}
	for i := range p.Channels {
		m.Channels[i] = p.Channels[i].reach(q.Now, pack)
	}
	slices.SortStableFunc(m.Channels, func(a, b Reach) int { return b.rank(q.Written || q.Prefer) - a.rank(q.Written || q.Prefer) })
	speaks, written, open, free := false, false, false, false
	for _, r := range m.Channels {
		speaks = speaks || (p.Staffed && r.Type.Live() && r.speaks(q.Lang, pack))
		written = written || r.Type.Written()
		if r.IsOpen() && (!q.Written || r.Type.Written()) && (r.Value != "" || r.Text != "") {
			open = open || r.Type.Live()
			free = free || (r.Type.Live() && r.Cost == "free")
		}
		m.Answers = m.Answers || p.answersOn(r)
	}
	m.reason(0, "picked-bank", p.ID == q.Picked && q.Picked != "")
	if q.Picked == "" && p.Generic != "" && p.Channels[0].Text != "" {
		m.fit[0] = 1 // "your own bank" stands before services for all banks
	}
	m.reason(1, "audience", p.special(q.Asker))
	if p.WomenOnly {
		m.fit[1] = -1 // nobody is asked whether they are a woman
	}
	m.reason(2, "language", speaks)
	m.reason(3, "written", q.Written && written)
	m.reason(4, "open", open)
	m.reason(5, "free", free && (q.Audience.Minor() || q.Audience == "" || q.Audience == bot.Unknown))
	m.near(q.Region != "")
	if free {
		m.fit[7] = 1 // among equals, nobody should pay
	}
	return m
}

// maxReasons is how many reasons a place mostly has, with one of a promise.
const maxReasons = 6

// answersOn tells whether somebody answers on a channel at this minute. The
// emergency numbers do not count: they are for danger, not for talking.
func (p *Place) answersOn(r Reach) bool {
	return p.Staffed && r.IsOpen() && (r.Type == Phone || r.Type == Chat) && !p.Is(bot.RoleEmergency) && !p.Is(bot.RoleBank)
}

// special tells whether the place is meant for people like the asker: a line
// for the young, for seniors, for parents, for firms, rather than for every
// adult as well.
func (p *Place) special(a bot.Asker) bool {
	switch a.Audience {
	case bot.Child, bot.YoungPerson, bot.Senior, bot.Parent, bot.Teacher, bot.Business:
		return !p.lists(bot.Adult)
	}
	return false
}

func (m *Match) reason(i int, code string, holds bool) {
	if holds {
		m.fit[i] = 1
		m.Reasons = append(m.Reasons, code)
	}
}

func (m *Match) near(asked bool) {
	switch m.Scope {
	case Region: // nearer, but only for those who live there
		m.fit[6] = 3
		if !asked {
			m.fit[1] = -1
		}
		m.Reasons = append(m.Reasons, "local")
	case International:
		m.fit[6] = 1
		m.Reasons = append(m.Reasons, "international")
	default:
		m.fit[6] = 2
		m.Reasons = append(m.Reasons, "national")
	}
}

func (c *Channel) reach(now time.Time, pack *Pack) Reach {
	r := Reach{Channel: c}
	if c.Hours == nil {
		return r
	}
	if hours.Always(c.Hours) {
		r.Open, r.Always = &isOpen, true
		return r
	}
	if c.weekly && pack.holiday(now) {
		return r // "Monday to Friday" says nothing of a Friday that is a holiday
	}
	s := c.Hours.At(now, pack.Zone, pack.Calendar)
	r.Open, r.Next = &isClosed, s.Next
	if s.Open {
		r.Open = &isOpen
	}
	for range maxHolidays {
		if s.Open || r.Next.IsZero() || !c.weekly || !pack.holiday(r.Next) {
			return r
		}
		// an opening on a holiday is not known to be one: the next day's counts
		y, m, d := r.Next.In(pack.Zone).Date()
		r.Next = c.Hours.At(time.Date(y, m, d+1, 0, 0, 0, 0, pack.Zone).Add(-time.Minute), pack.Zone, pack.Calendar).Next
	}
	r.Next = time.Time{}
	return r
}

// What Reach.Open points to; nobody writes there.
var isOpen, isClosed = true, false

// maxHolidays is more than any country has in a row.
const maxHolidays = 10

func (p *Pack) holiday(t time.Time) bool {
	y, m, d := t.In(p.Zone).Date()
	return p.Calendar.Is(y, m, d)
}

// rank orders the channels of one place: the chosen way, then open ones.
func (r Reach) rank(written bool) int {
	n := 0
	if written && r.Type.Written() {
		n += 8
		if r.Type.Live() {
			n += 2
		}
	}
	if r.IsOpen() {
		n += 4
	}
	if r.Type.Live() && !written {
		n += 2
	}
	return n
}

func (r Reach) speaks(lang bot.Lang, pack *Pack) bool {
	langs := r.Languages
	if langs == nil {
		langs = pack.Languages
	}
	return slices.Contains(langs, lang)
}

// Speaks returns the languages of a place's channels, or the pack's.
func (d *Directory) Speaks(p *Place) []bot.Lang {
	var out []bot.Lang
	for _, c := range p.Channels {
		for _, l := range c.Languages {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	if out == nil {
		out = d.Pack(p.Country).Languages
	}
	return out
}

// Phone returns the first channel to call, or nil.
func (m *Match) Phone() *Reach {
	for i := range m.Channels {
		if m.Channels[i].Type == Phone && m.Channels[i].Value != "" {
			return &m.Channels[i]
		}
	}
	return nil
}
