package advice

import (
	"slices"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/place"
)

// Regions returns the regions that have a place of their own for the outcome,
// in the order their places stand: only there does it matter where somebody
// lives.
func Regions(b *book.Book, q Query) []bot.Region {
	q.Region = ""
	var out []bot.Region
	for _, p := range For(b, q).Places {
		if p.Scope == place.Region && p.Country == b.Places.Pack(q.Country).Country && !slices.Contains(out, p.Region) {
			out = append(out, p.Region)
		}
	}
	return out
}
