// Package booklet prints what the bot says in one country and language: every
// topic, every kind of person, every way the answers can go, and every place in
// full with its sources. A lawyer, a police officer or the head of a helpline
// reads it and signs it; the hash on its cover says of which content.
//
// It shows what package advice answers and writes no sentence of its own. Start
// reading at Write.
package booklet

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// Options say which booklet.
type Options struct {
	Country bot.Country
	Lang    bot.Lang
	Hash    string    // of the content, printed on the cover
	At      time.Time // when it is made; hours are looked at on the Wednesday and Sunday after
}

//go:embed booklet.html
var pageText string

var page = template.Must(template.New("booklet").Parse(pageText))

// Write prints the booklet as one HTML page that needs nothing else. Errors are
// those of w, and bot.Invalid for a country or language there is none of.
func Write(w io.Writer, b *book.Book, o Options) error {
	pack := b.Places.Pack(o.Country)
	if pack.Country != o.Country || b.Phrases.Entries(o.Lang) == nil {
		return &bot.Error{Kind: bot.Invalid, Op: fmt.Sprintf("no booklet for country %q in language %q", o.Country, o.Lang)}
	}
	p := printer{book: b, o: o, pack: pack}
	return page.Execute(w, p.cover())
}
