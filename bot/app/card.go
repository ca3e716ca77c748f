package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/store"
	"wheretoturn/bot/talk"
	"wheretoturn/bot/telegram"
)

// cardEvery is how often one chat gets the emergency card while the store does
// not work.
const cardEvery = 10 * time.Minute

// errCardOnly says that an event was answered with the card and is not done:
// it must not be acknowledged.
var errCardOnly = errors.New("app: the store does not work; the emergency card was shown")

// cardOnly answers everybody with the emergency card from the books inside the
// binary. It needs no store, no setting and no books of the operator.
type cardOnly struct {
	sender engine.Sender
	book   func() *book.Book // loaded when it is needed

	mu   sync.Mutex
	last map[bot.Address]time.Time
}

func newCardOnly(s engine.Sender) *cardOnly {
	load := sync.OnceValue(func() *book.Book {
		b, _ := book.Load(book.Embedded())
		return b
	})
	return &cardOnly{sender: s, book: load, last: map[bot.Address]time.Time{}}
}

// Handle shows the card, at most once a chat in ten minutes, and never
// acknowledges.
func (c *cardOnly) Handle(ctx context.Context, e bot.Event) error {
	if e.Address == "" || !c.turn(e) {
		return errCardOnly
	}
	s := talk.Begin(c.book(), e.Lang, e.Country)
	d := bot.Delivery{Asker: s.Asker, Spot: bot.Spot{State: c.book().Flow.Danger}, Door: e.Door, Urgent: true}
	d.Notes = []bot.Note{{Key: "talk.trouble"}}
	if r := c.sender.Send(ctx, engine.Parcel{Address: e.Address, Delivery: d}); r.Outcome == engine.Again {
		c.forget(e.Address)
	}
	return errCardOnly
}

// forget lets a chat have the card that did not arrive.
func (c *cardOnly) forget(a bot.Address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.last, a)
}

func (c *cardOnly) turn(e bot.Event) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.last[e.Address]; ok && e.At.Sub(at) < cardEvery {
		return false
	}
	if len(c.last) > 100000 {
		clear(c.last)
	}
	c.last[e.Address] = e.At
	return true
}

// guard turns a store that stops working into the emergency card.
type guard struct {
	next telegram.Handler
	card *cardOnly
	log  *slog.Logger
}

// Handle hands the event on; when the store refuses to write the user gets the
// card, and the door gets the error. An event over which a step panics would
// do so again: it is acknowledged, so that what comes behind it is served.
func (g *guard) Handle(ctx context.Context, e bot.Event) error {
	err := g.next.Handle(ctx, e)
	var p *store.PanicError
	if errors.As(err, &p) {
		g.log.Error("an event is left out", "type", fmt.Sprintf("%T", p.Value), "stack", string(p.Stack))
		_ = g.card.Handle(ctx, e)
		return nil
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrClosed) {
		_ = g.card.Handle(ctx, e)
	}
	return err
}
