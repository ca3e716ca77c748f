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

	// Address is set by doors that send on their own; the conversation is then
	// found by it and Conv is empty. Message is the id of the message that
	// came, Pressed of the one whose button was pressed; 0 where a door has no
	// such ids. Fresh is a random id for a conversation that begins with this
	// event.
	Address Address
	Message int64
	Pressed int64
	Fresh   ConvID

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
	// Edit is the message to change in place; 0 sends a new one.
	Edit int64 `json:"edit,omitempty"`
	// Wipe says what to delete of the chat before this screen is sent.
	Wipe Wipe `json:"wipe,omitempty"`
}

// Wipe is how much of a chat goes.
type Wipe string

// The wipes. A door deletes what it may and reports what it could not.
const (
	WipeNone  Wipe = ""
	WipeHide  Wipe = "hide"  // the messages on the screen; what we know stays
	WipeErase Wipe = "erase" // the messages, then everything we know
)

// Note is a sentence by key, with the data put into it.
type Note struct {
	Key  string            `json:"key"`
	Data map[string]string `json:"data,omitempty"`
	// Contacts asks for the lines of the first places beneath the sentence.
	Contacts bool `json:"contacts,omitempty"`
}
