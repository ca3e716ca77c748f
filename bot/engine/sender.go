package engine

import (
	"context"
	"time"

	"wheretoturn/bot"
)

// Sender is a door that sends on its own.
type Sender interface {
	// Send shows one delivery at an address. It draws the screen now, so that
	// what is open is true. It must not retry by itself.
	Send(ctx context.Context, p Parcel) Receipt
	// Wipe deletes messages of a chat, both sides, and returns how many it
	// could not delete.
	Wipe(ctx context.Context, a bot.Address, ids []int64) (left int, r Receipt)
}

// Parcel is a delivery with where it goes.
type Parcel struct {
	Address  bot.Address
	Delivery bot.Delivery
	// Last is the message that shows the screen before, 0 when there is none.
	Last int64
}

// Outcome is what became of a send.
type Outcome int

// The outcomes. Uncertain is a time-out: it may have arrived.
const (
	Done Outcome = iota
	Again
	Never
	Uncertain
)

// Receipt is the answer to a send. After is the least wait before the next try
// at the same address, Message the id of a new message, 0 when one was changed
// in place.
type Receipt struct {
	Outcome Outcome
	After   time.Duration
	Message int64
	Err     error
}

// Waits of the courier.
const (
	firstWait = time.Second      // after a failure that names no wait
	maxWait   = 30 * time.Second // it doubles up to this: somebody waits
	deletable = 47 * time.Hour   // messages younger than this are tried; the limit is 48 h
	sendLimit = 30 * time.Second // one send may take this long
)
