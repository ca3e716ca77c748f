package screen_test

import (
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/talk"
)

var day = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC) // a Tuesday morning

// odd are the things a delivery of an older book, or a broken one, may hold.
var odd = []struct {
	n     int
	place bot.PlaceID
	door  bot.DoorName
	notes []bot.Note
	away  bool
}{
	{}, {n: 1, door: "terminal"}, {n: 1000, place: "gone", door: "telegram"}, {n: math.MaxInt, away: true, door: "web"}, {n: -1, door: "fax"},
	{place: "linka-bezpeci", notes: []bot.Note{{Key: "talk.stale"}, {Key: "no.such.key"}}},
	{notes: []bot.Note{{Key: "talk.not_understood_twice", Contacts: true}, {Key: "talk.country_changed"}}, away: true},
}

// TestDrawNeverFails draws every state, view, audience, country and language
// together, also those that do not exist.
func TestDrawNeverFails(t *testing.T) {
	t.Parallel()
	b := setup(t)
	states := []bot.StateID{"", "gone.away", "main"}
	for _, s := range b.Flow.States() {
		states = append(states, s.ID)
	}
	for i, lang := range append([]bot.Lang{"de"}, bot.Languages...) {
		t.Run("in "+string(lang), func(t *testing.T) {
			t.Parallel()
			n := i
			for _, state := range states {
				for _, view := range append(views, "gone") {
					for _, who := range everybody {
						for _, country := range append([]bot.Country{"", "DE"}, bot.Countries...) {
							if n++; n%3 != 0 && (slow || lang == "de" || country == "DE") || (slow && n%4 != 0) {
								continue
							}
							o := odd[n%len(odd)]
							who.Lang, who.Country = lang, country
							d := bot.Delivery{Asker: who, Door: o.door, Notes: o.notes, Away: o.away,
								Spot: bot.Spot{State: state, View: view, N: o.n, Place: o.place}}
							if n%3 == 0 {
								d.Answers = []bot.Answer{{State: "main.start", Code: "money"}, {State: "payment-fraud.bank", Code: "gone"}, {State: "gone", Code: "x"}}
							}
							mustDraw(t, b, d)
						}
					}
				}
			}
		})
	}
}

func mustDraw(t *testing.T, b *book.Book, d bot.Delivery) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%+v: %v", d, r)
		}
	}()
	m := draw(b, d, day)
	switch {
	case m.Lang != d.Lang:
		t.Fatalf("%+v: drawn in %s", d, m.Lang)
	case len(m.Bubbles) > bot.MaxBubbles:
		t.Fatalf("%+v: %d bubbles", d, len(m.Bubbles))
	case d.Lang != "de" && len(m.Bubbles) == 0:
		t.Fatalf("%+v: an empty screen", d)
	}
	for _, bubble := range m.Bubbles {
		for _, block := range bubble.Blocks {
			if block.Text == "" && len(block.Lines) == 0 {
				t.Fatalf("%+v: an empty block", d)
			}
		}
	}
}

// drawn is a screen that somebody can come to.
type drawn struct {
	bot.Delivery
	bot.Message
	now time.Time
}

func (d drawn) String() string {
	return fmt.Sprintf("%s %s %s %s %s %v at %s", d.Delivery.Lang, d.Country, d.State, d.View, d.Audience, d.Answers, d.now.Format("Mon 15:04"))
}

// screens are all screens that somebody can come to who reads a language, by
// day and by night. They are drawn once for all tests.
func screens(tb testing.TB, lang bot.Lang) []drawn {
	tb.Helper()
	b := setup(tb)
	once, _ := drawnIn.LoadOrStore(lang, sync.OnceValue(func() []drawn {
		var out []drawn
		seen := map[string]bool{}
		for _, country := range bot.Countries {
			for i, p := range reached(tb, b, lang, country) {
				now := day.Add(time.Duration(i%56) * 3 * time.Hour)
				for _, d := range screensOf(b, p, seen) {
					out = append(out, drawn{d, draw(b, d, now), now})
				}
			}
		}
		return out
	}))
	return once.(func() []drawn)()
}

var drawnIn sync.Map

// TestScreensFitTheirLimits measures every screen in every language (LN03).
func TestScreensFitTheirLimits(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		t.Run("in "+string(lang), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			wrong := map[string]string{}
			for _, d := range screens(t, lang) {
				s := b.Flow.State(d.State)
				question := !s.Final && !s.Card && !d.View.Covers()
				if what := limits(d.Message, question); what != "" {
					wrong[fmt.Sprint(d.State, d.View, what)] = fmt.Sprintf("%v: %s", d, what)
				}
			}
			for _, what := range wrong {
				t.Error(what)
			}
		})
	}
}

// screensOf are the main screen of a position and, once for each kind of
// person, those behind it.
func screensOf(b *book.Book, p flow.Position, seen map[string]bool) []bot.Delivery {
	s := b.Flow.State(p.State)
	out := []bot.Delivery{spot(p, bot.ViewMain)}
	key := fmt.Sprint(p.Country, p.State, p.Audience)
	if seen[key] {
		return out
	}
	seen[key] = true
	for _, view := range views[1:] {
		if view.Covers() || (s.Final && !s.Card) {
			out = append(out, spot(p, view))
		}
	}
	for n := range out {
		out[n].Door = []bot.DoorName{"terminal", "telegram", "web"}[n%3]
	}
	for n := 1; s.Final && n < 7; n++ { // steps of seniors, pages of places
		step, page := spot(p, bot.ViewMain), spot(p, bot.ViewMore)
		step.N, page.N = n, n
		out = append(out, step)
		if !s.Card {
			out = append(out, page)
		}
	}
	return out
}

// TestNotesFitAboveTheirScreens lays every note over every screen somebody can
// come to: it stands first, and all of it fits.
func TestNotesFitAboveTheirScreens(t *testing.T) {
	t.Parallel()
	for _, lang := range bot.Languages {
		t.Run("in "+string(lang), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			wrong := map[string]string{}
			seen := map[string]bool{}
			for _, country := range []bot.Country{"PL", "AL"} {
				for _, p := range reached(t, b, lang, country) {
					key := fmt.Sprint(country, p.State, p.Audience)
					if seen[key] {
						continue
					}
					seen[key] = true
					for _, n := range talk.Notes() {
						n.Contacts = n.Key == "talk.not_understood_twice" || n.Key == "talk.person_not_yet"
						d := spot(p, bot.ViewMain)
						d.Notes = []bot.Note{n}
						m := draw(b, d, day)
						what := limits(m, false)
						if first := m.Bubbles[0].Blocks[0].Text; first != say(t, b, p.Asker, n.Key, n.Data) {
							what = fmt.Sprintf("the note does not stand first: %q", first)
						}
						if what != "" {
							wrong[fmt.Sprint(p.State, n.Key, what)] = fmt.Sprintf("%s %s %s under %s: %s", country, p.State, p.Audience, n.Key, what)
						}
					}
				}
			}
			for _, what := range wrong {
				t.Error(what)
			}
		})
	}
}
