// Package telegram is the door to Telegram: its words into ours, our screens
// into its messages.
//
// It polls or listens, hands every update in as an event and acknowledges it
// after the commit, never before; it sends what the engine's courier gives it.
// It keeps no state beside its connection. Nobody's name, username or phone
// number is read; an address is the number of a private chat.
//
// Start reading at Door, then update.go (in) and send.go (out).
package telegram

import "wheretoturn/bot"

// Name is the door's name in events and message keys.
const Name bot.DoorName = "telegram"

// Limits of the Bot API (https://core.telegram.org/bots/api).
const (
	maxMessage  = 4096 // UTF-16 units of a message's text
	maxData     = 64   // bytes of callback data
	maxDeletes  = 100  // messages deleted by one call
	maxBody     = 1 << 20
	pollSeconds = 50
)
