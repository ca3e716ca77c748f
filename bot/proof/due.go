package proof

import (
	"sort"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/place"
)

// DueItem is a contact that somebody should call or open by hand.
type DueItem struct {
	File     string      `json:"file"`
	Line     int         `json:"line"`
	Place    bot.PlaceID `json:"place"`
	Name     string      `json:"name"`
	Country  bot.Country `json:"country"`
	Contact  string      `json:"contact"`  // phone, address or page
	Evidence string      `json:"evidence"` // verdict of the audit
	How      string      `json:"how"`      // how it was last verified
	Days     int         `json:"days"`     // since then
}

// strength orders evidence, weakest first; nothing is stronger than a call.
var strength = map[string]int{"unverified": 0, "conflict": 1, "single-source": 2, "confirmed": 3}

var method = map[string]int{"undated-page": 0, "second-hand": 1, "official-page": 2, "call": 3}

// Due lists every channel that no call has confirmed in the last 90 days,
// weakest evidence first, then oldest.
func Due(b *book.Book, at time.Time) []DueItem {
	var out []DueItem
	for _, country := range bot.Countries {
		for _, p := range b.Places.Pack(country).Places {
			if p.Country != country {
				continue
			}
			days := int(at.Sub(p.Verified.Date).Hours() / 24)
			if p.Verified.How == "call" && days <= WarnAfter {
				continue
			}
			for _, ch := range p.Channels {
				if ch.Value != "" && ch.Type != place.App {
					out = append(out, DueItem{p.File, ch.Line, p.ID, p.Name, country, ch.Value, p.Evidence, p.Verified.How, days})
				}
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if x, y := strength[a.Evidence], strength[b.Evidence]; x != y {
			return x < y
		}
		if x, y := method[a.How], method[b.How]; x != y {
			return x < y
		}
		return a.Days > b.Days
	})
	return out
}
