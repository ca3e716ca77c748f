package talk

import (
	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// Room is the conversation over the books in use; it is what an engine calls.
type Room struct {
	Shelf *book.Shelf
	// Operator says who runs this and how to reach them; /privacy shows it.
	Operator string
}

// Read understands a typed text against the session's screen.
func (r Room) Read(s bot.Session, e bot.Event) *bot.Reading {
	return Read(r.Shelf.Book(), s, e.Text, e.At)
}

// Step applies an event to a session.
func (r Room) Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	s, out := Step(r.Shelf.Book(), s, e)
	for i, d := range out {
		for _, n := range d.Notes {
			if n.Key == "privacy.text" && r.Operator != "" {
				out[i].Notes = append(out[i].Notes, bot.Note{Key: "privacy.operator", Data: map[string]string{"operator": r.Operator}})
			}
		}
	}
	return s, out
}
