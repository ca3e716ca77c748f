// Package place knows the country packs: who helps here, whom they serve, how
// they are reached and when they are open.
//
// Load reads flows/places, Rank answers "who fits this person, for this role,
// now" and gives the reasons with each answer. Sentences are not its business,
// and it never guesses: unknown hours stay unknown.
//
// Start reading at Place, then Rank in rank.go.
package place

import (
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/hours"
)

// Place is one service to turn to. Immutable after Load.
type Place struct {
	ID       bot.PlaceID
	Country  bot.Country
	Name     string
	Names    map[bot.Lang]string // glosses for readers of other languages
	Operator string
	// Descriptive names are words, not a name: readers of other languages see
	// their own word in its place.
	Descriptive bool
	Roles       []bot.Role // the first is the main one
	Audiences   []bot.Audience
	Ages        Ages
	WomenOnly   bool
	Scope       Scope
	Region      bot.Region
	Topics      []bot.Topic // nil: all
	Refuses     []Refusal
	Staffed     bool // a person answers, not only a form
	Generic     bot.Role
	Channels    []Channel
	HaveReady   []string
	Call        []string // what happens on a call, by code
	CallMinors  []string // and what only matters to people under 18 and those who ask for them
	Evidence    string
	Verified    Verified
	Sources     []Source

	File  string
	Line  int
	order int // place in its file: editors put the better known first
}

// Ages is a range of years, both inclusive; Max 0 means no upper limit.
type Ages struct{ Min, Max int }

// Scope says how far a place reaches.
type Scope string

// The scopes, nearest first.
const (
	Region        Scope = "region"
	National      Scope = "national"
	International Scope = "international"
)

// Refusal is a topic a place turns away, and the place that takes it.
type Refusal struct {
	Topic bot.Topic
	To    bot.PlaceID
	Line  int
}

// Channel is one way to reach a place.
type Channel struct {
	Type      ChannelType
	Value     string // as printed, an address, or "" when Text is set
	Text      string // code of words that stand for a value
	Dial      string
	Abroad    string
	Hours     *hours.Schedule // nil: not known
	Cost      string          // "": not known
	Languages []bot.Lang
	Anonymous *bool // nil: not known
	Notes     []string
	Line      int
	// weekly hours name weekdays and say nothing of holidays.
	weekly bool
}

// ChannelType is how a channel works.
type ChannelType string

// The channel types.
const (
	Phone    ChannelType = "phone"
	SMS      ChannelType = "sms"
	Chat     ChannelType = "chat"
	Web      ChannelType = "web"
	WebForm  ChannelType = "web-form"
	Email    ChannelType = "email"
	App      ChannelType = "app"
	InPerson ChannelType = "in-person"
)

// Written tells whether nobody has to speak aloud.
func (t ChannelType) Written() bool {
	return t == SMS || t == Chat || t == WebForm || t == Email || t == App
}

// Live tells whether a person can answer at once on this type of channel.
func (t ChannelType) Live() bool { return t == Phone || t == Chat || t == SMS }

// Verified is when and how the facts of a place were last checked.
type Verified struct {
	Date time.Time
	How  string // official-page, second-hand, undated-page, call
}

// Source is a public page people can open.
type Source struct{ URL, Seen string }

// Step is a country's own step, put into the steps of an outcome.
type Step struct {
	ID       string
	Topics   []bot.Topic
	When     Condition
	After    string
	Instead  string // the step of the outcome it replaces
	First    bool
	Optional bool
	Data     map[string]string
	Verified Verified
	File     string
	Line     int
}

// Condition is a match on finite sets, as in flows; book compiles it.
type Condition struct {
	Audience []bot.Audience
	Answers  map[string][]string // local state name → codes
}

// Pack is one country's places.
type Pack struct {
	Country   bot.Country
	Names     map[bot.Lang]string
	Languages []bot.Lang
	Zone      *time.Location
	Dial      string
	Partial   bool
	Regions   map[bot.Region]map[bot.Lang]string // those some place serves, by name
	Calendar  *hours.Calendar
	Places    []*Place // own ones, then those laid under every country
	Steps     []*Step
	File      string
}

// Directory is all packs. Immutable but for what it remembers of a minute; safe for concurrent use.
type Directory struct {
	packs  map[bot.Country]*Pack
	byID   map[bot.PlaceID]*Place
	byRole map[roleKey][]*Place
	ranked ranked
}

type roleKey struct {
	country bot.Country
	role    bot.Role
}

// Pack returns the country's pack; an unknown or empty country gets the
// fallback.
func (d *Directory) Pack(c bot.Country) *Pack {
	if p := d.packs[c]; p != nil {
		return p
	}
	return d.packs[bot.Elsewhere]
}

// Get returns a place by its id, or nil.
func (d *Directory) Get(id bot.PlaceID) *Place { return d.byID[id] }

// Filling returns the places of a country that fill a role, in file order.
func (d *Directory) Filling(c bot.Country, r bot.Role) []*Place {
	return d.byRole[roleKey{d.Pack(c).Country, r}]
}

// Is tells whether the place fills a role.
func (p *Place) Is(r bot.Role) bool {
	for _, x := range p.Roles {
		if x == r {
			return true
		}
	}
	return false
}

// Handles tells whether the place takes a topic; refused ones it does not.
func (p *Place) Handles(t bot.Topic) bool {
	for _, r := range p.Refuses {
		if r.Topic == t {
			return false
		}
	}
	if p.Topics == nil {
		return true
	}
	for _, x := range p.Topics {
		if x == t {
			return true
		}
	}
	return false
}
