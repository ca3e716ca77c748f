package bot

import "slices"

// The codes below are those of the project's taxonomy. They are stable
// identifiers: saved in sessions, counted in statistics, never shown.
type (
	// Lang is a language of the conversation: cs, en, pl or sq.
	Lang string
	// Country is where help is needed: CZ, PL, AL, XK, or EU for elsewhere.
	Country string
	// Region is a part of a country, as its pack names it.
	Region string
	// Audience is who asks, for whom.
	Audience string
	// Age is a band of years of the person it happened to.
	Age string
	// Topic is what happened.
	Topic string
	// Role is what a place does for people.
	Role string
	// Code is an answer within a state.
	Code string
	// StateID is "topic.state".
	StateID string
	// PlaceID names a service in the packs.
	PlaceID string
)

// Languages the bot speaks, in the order of the language switch.
var Languages = []Lang{"cs", "en", "pl", "sq"}

// Elsewhere is the fallback country: numbers that work in several countries.
const Elsewhere Country = "EU"

// Countries that have a pack; XK is partial, EU means somewhere else.
var Countries = []Country{"CZ", "PL", "AL", "XK", Elsewhere}

// The audiences. Unknown is somebody who chose not to say; the empty audience
// is somebody who has not been asked yet.
const (
	Child       Audience = "child"
	YoungPerson Audience = "young-person"
	Parent      Audience = "parent"
	Senior      Audience = "senior"
	Adult       Audience = "adult"
	Relative    Audience = "relative"
	Teacher     Audience = "teacher"
	Business    Audience = "business"
	Unknown     Audience = "unknown"
)

// Audiences of the taxonomy, without Unknown.
var Audiences = []Audience{Child, YoungPerson, Parent, Senior, Adult, Relative, Teacher, Business}

// Ages are the bands a session can hold.
var Ages = []Age{"under-15", "15-17", "18-25", "26-59", "60-plus"}

// Topics of the taxonomy.
var Topics = []Topic{
	"danger-now", "suicide-self-harm", "cyberbullying", "sextortion", "intimate-images", "grooming", "csam-seen",
	"hate-extremism", "harmful-content", "stalking-threats", "domestic-abuse", "account-hacked", "identity-theft",
	"phishing", "payment-fraud", "investment-scam", "romance-scam", "shopping-fraud", "malware-ransomware",
	"gaming-overuse", "privacy-gdpr", "family-distress", "own-behaviour", "business-incident", "missing-child", "other",
}

// Urgent topics promise somebody who answers at any hour, other than 112 alone.
var Urgent = []Topic{
	"danger-now", "suicide-self-harm", "sextortion", "intimate-images", "grooming", "domestic-abuse",
	"stalking-threats", "missing-child", "payment-fraud",
}

// Roles of the taxonomy. The named ones are those the rules of ranking speak of.
const (
	RoleEmergency     Role = "emergency"
	RolePolice        Role = "police"
	RoleBank          Role = "bank"
	RoleChildLine     Role = "child-helpline"
	RoleParentLine    Role = "parent-helpline"
	RoleSeniorLine    Role = "senior-helpline"
	RoleAdultLine     Role = "adult-crisis-line"
	RoleVictimSupport Role = "victim-support"
	RoleImageRemoval  Role = "image-removal"
)

// Roles a place may fill.
var Roles = []Role{
	RoleEmergency, RolePolice, "cyber-police", RoleChildLine, RoleParentLine, RoleSeniorLine, RoleAdultLine,
	RoleVictimSupport, "legal-aid", "domestic-abuse-line", "illegal-content-hotline", RoleImageRemoval, "csirt",
	RoleBank, "consumer", "financial-regulator", "data-protection", "equality-body", "missing-children-line",
	"addiction-line", "offender-prevention", "child-protection-authority", "school-authority", "platform", "learn", "warnings",
}

// IsUrgent tells whether the topic promises somebody who answers at any hour.
func (t Topic) IsUrgent() bool { return slices.Contains(Urgent, t) }

// Minor tells whether the asker is under 18 and asks for themselves.
func (a Audience) Minor() bool { return a == Child || a == YoungPerson }

// ForOther tells whether somebody asks for another person.
func (a Audience) ForOther() bool { return a == Parent || a == Teacher || a == Relative }

// Years returns the band's first and last year of age, both inclusive.
func (a Age) Years() (first, last int) {
	switch a {
	case "under-15":
		return 0, 14
	case "15-17":
		return 15, 17
	case "18-25":
		return 18, 25
	case "26-59":
		return 26, 59
	case "60-plus":
		return 60, 120
	}
	return 0, 120
}

// Years returns the ages the person it happened to can have, both inclusive,
// as far as the audience alone tells.
func (a Audience) Years() (first, last int) {
	switch a {
	case Child:
		return 0, 14
	case YoungPerson:
		return 15, 17
	case Parent, Teacher:
		return 0, 17
	case Adult, Relative:
		return 18, 120
	case Senior:
		return 60, 120
	}
	return 0, 120
}

// CodeNone stands in conditions for what is not known.
const CodeNone = "none"
