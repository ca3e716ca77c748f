package bot

import "time"

// Event is something a user did. Exactly one of Text and Press is set.
type Event struct {
	Key  EventKey
	Conv ConvID
	Door DoorName
	At   time.Time // UTC, cut to milliseconds
	// Lang and Country are the client's own, used only for a new session.
	Lang    Lang
	Country Country

	Text  Text
	Press *Press

	// Read is what was understood of Text before the transaction, against the
	// screen numbered ReadStep; nil when nothing was.
	Read *Reading
}

// Press is a button: Code as in Choice, Step the number of its screen.
type Press struct {
	Step int
	Code string
}

// Reading is the outcome of understanding a typed text.
type Reading struct {
	Step  int    // Session.Step of the screen it was read against
	Code  string // the choice or command meant; "" when not understood
	Issue string // message key saying why not, when Code is ""
}

// Delivery is one screen on its way to a door: codes, not text. The door
// renders it when it sends, so that "open now" is right after a long wait.
type Delivery struct {
	Seq   int64  `json:"seq"`
	Asker        // as at this screen
	Spot         // what is shown
	Notes []Note `json:"notes,omitempty"` // lines above it
	Step  int    `json:"step"`
	Door  DoorName
	// Urgent deliveries overtake others.
	Urgent bool `json:"urgent,omitempty"`
	// Away is true while the danger card covers another spot.
	Away bool `json:"away,omitempty"`
}

// Note is a sentence by key, with the data put into it.
type Note struct {
	Key  string            `json:"key"`
	Data map[string]string `json:"data,omitempty"`
	// Contacts asks for the lines of the first places beneath the sentence.
	Contacts bool `json:"contacts,omitempty"`
}
