package talk

import (
	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// Room is the conversation over the books in use; it is what an engine calls.
type Room struct{ Shelf *book.Shelf }

// Read understands a typed text against the session's screen.
func (r Room) Read(s bot.Session, e bot.Event) *bot.Reading {
	return Read(r.Shelf.Book(), s, e.Text, e.At)
}

// Step applies an event to a session.
func (r Room) Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	return Step(r.Shelf.Book(), s, e)
}
