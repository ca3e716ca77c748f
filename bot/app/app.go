// Package app builds the house from settings: books, store, engine, doors.
// The wiring is written out here, top to bottom; nothing registers itself.
//
// Start reading at New.
package app

import (
	"fmt"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/talk"
)

// House is a built house. Close it when done.
type House struct {
	Shelf  *book.Shelf
	Engine *engine.Engine
	close  func() error
}

// New builds a house over an in-memory store: what is said in it is gone when
// it is closed.
func New(b *book.Book) *House {
	shelf := book.NewShelf(b)
	st := memory.New()
	return &House{Shelf: shelf, Engine: engine.New(st, talk.Room{Shelf: shelf}, engine.Options{}), close: st.Close}
}

// Close ends the house; safe to call twice.
func (h *House) Close() error { return h.close() }

// Source returns where books are read from: a folder, or the binary when dir
// is empty.
func Source(dir string) book.Source {
	if dir == "" {
		return book.Embedded()
	}
	return book.Dir(dir)
}

// Books loads the books from a folder, or from the binary when dir is empty.
// The error names the first finding; check lists them all.
func Books(dir string) (*book.Book, error) {
	b, findings := book.Load(Source(dir))
	if b == nil {
		return nil, broken(findings)
	}
	return b, nil
}

func broken(findings []bot.Finding) error {
	var first bot.Finding
	for _, f := range findings {
		if !f.Warning {
			first = f
			break
		}
	}
	return &bot.Error{Kind: bot.Invalid, Op: "books cannot be used", Cause: fmt.Errorf("%s (%d findings; run: wheretoturn check)", first, len(findings))}
}

// Hash names the content of the books in use.
func Hash(dir string) (string, error) { return Source(dir).Hash() }
