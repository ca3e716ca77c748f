// Package engine is the only way from an event to its screens: one lane a
// conversation, one transaction an event, duplicates recognised, timers, and a
// courier that carries what was committed to the doors.
//
// It knows neither words nor doors. A Handler understands and steps, a Sender
// sends. Doors that show pages themselves read a conversation's outbox log.
//
// Start reading at Engine.Handle, then courier.go.
package engine

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// Handler is the room that owns conversations.
type Handler interface {
	// Read understands a typed text against the session's screen; it is called
	// outside the transaction and may be slow. Nil: nothing to understand.
	Read(s bot.Session, e bot.Event) *bot.Reading
	// Step is pure and may run twice.
	Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery)
}

// Seals hides addresses; seal.Keys is one.
type Seals interface {
	Seal(plain []byte, purpose string) []byte
	Open(box []byte, purpose string) ([]byte, error)
	Lookup(parts ...string) string
}

// Options of an engine. The zero value serves doors that read the log.
type Options struct {
	Seals   Seals                   // needed by doors with addresses
	Senders map[bot.DoorName]Sender // the doors that send on their own
	Workers int                     // sends at once; 0 means DefaultWorkers
	Now     func() time.Time
	Log     *slog.Logger
}

// DefaultWorkers is how many sends wait for an answer at once.
const DefaultWorkers = 64

// Engine runs events. Safe for concurrent use.
type Engine struct {
	store    store.Store
	handler  Handler
	opts     Options
	lanes    [256]sync.Mutex
	seed     maphash.Seed
	courier  *courier
	receipts *receipts
	stats    counters
}

// Stats are figures since the start.
type Stats struct{ Events, Sent, Failed int64 }

type counters struct{ events, sent, failed atomic.Int64 }

// Stats returns the figures; they hold nothing about anybody.
func (e *Engine) Stats() Stats {
	return Stats{e.stats.events.Load(), e.stats.sent.Load(), e.stats.failed.Load()}
}

// New returns an engine over a store; the caller closes the store, after Run
// and the last Handle have returned.
func New(s store.Store, h Handler, o Options) *Engine {
	if o.Workers == 0 {
		o.Workers = DefaultWorkers
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{store: s, handler: h, opts: o, seed: maphash.MakeSeed()}
	e.courier, e.receipts = newCourier(e), newReceipts()
	return e
}

// Handle applies one event to its conversation and commits. A repeated event
// changes nothing and is no error. Events of one conversation are handled one
// at a time, in the order of the calls. An error means that nothing was
// written: the event may be handed in again. When Handle returns nil the door
// may acknowledge; what is to be sent is on its way.
func (e *Engine) Handle(ctx context.Context, ev bot.Event) error {
	in := e.arrive(ev)
	lane := &e.lanes[maphash.String(e.seed, in.lane)%uint64(len(e.lanes))]
	lane.Lock()
	defer lane.Unlock()
	if ev.Text != "" && ev.Read == nil {
		if err := e.understand(ctx, &in); err != nil {
			return err
		}
	}
	var out outcome
	err := e.store.Update(ctx, []string{in.lane}, func(tx store.Tx) (err error) {
		out, err = e.step(tx, in)
		return err
	})
	if err != nil {
		return fmt.Errorf("engine: commit event: %w", err)
	}
	e.stats.events.Add(1)
	e.receipts.written(out.conv, out.ride)
	if out.send {
		e.courier.enqueue(out.conv, out.urgent, out.work)
	}
	return nil
}

// arrival is an event with what was worked out before its transaction.
type arrival struct {
	bot.Event
	lookup string // name of the address; "" for doors without
	lane   string
	box    []byte // sealed address for a conversation that begins now
}

func (e *Engine) arrive(ev bot.Event) arrival {
	in := arrival{Event: ev, lane: string(ev.Conv)}
	if ev.Address != "" {
		in.lookup = e.opts.Seals.Lookup(string(ev.Door), string(ev.Address))
		in.lane = in.lookup
		in.box = e.opts.Seals.Seal([]byte(string(ev.Door)+" "+string(ev.Address)), "address/"+string(ev.Fresh))
	}
	return in
}

// understand reads the text against the session as it stands; the lane is
// held, so it still stands so in the transaction.
func (e *Engine) understand(ctx context.Context, in *arrival) error {
	var s bot.Session
	err := e.store.View(ctx, func(r store.Reader) error {
		conv, _, err := find(r, in)
		if err != nil {
			return err
		}
		s, err = load(r, conv)
		return err
	})
	if err != nil {
		return fmt.Errorf("engine: read session: %w", err)
	}
	if s.Version == 0 {
		s.Lang, s.Country = in.Lang, in.Country
	}
	in.Read, err = e.read(s, in.Event)
	return err
}

// read asks the handler what a text means. A panic becomes an error that says
// nothing of the text, as it does in a transaction: one text ends no process.
func (e *Engine) read(s bot.Session, ev bot.Event) (r *bot.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("engine: read text: %w", &store.PanicError{Value: fmt.Sprintf("%T", v), Stack: debug.Stack()})
		}
	}()
	return e.handler.Read(s, ev), nil
}

// find returns the conversation of an event; fresh tells that it begins now.
func find(r store.Reader, in *arrival) (conv bot.ConvID, fresh bool, err error) {
	if in.lookup == "" {
		return in.Conv, false, nil
	}
	data, err := r.Get(lookupKey(in.lookup))
	if errors.Is(err, store.ErrNotFound) {
		return in.Fresh, true, nil
	}
	return bot.ConvID(data), false, err
}

// Log returns the deliveries of a conversation after a number, oldest first.
func (e *Engine) Log(ctx context.Context, conv bot.ConvID, after int64) (out []bot.Delivery, err error) {
	err = e.store.View(ctx, func(r store.Reader) (err error) {
		out, err = deliveries(r, conv, after, KeptDeliveries+1)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("engine: read outbox: %w", err)
	}
	return out, nil
}

// Session returns a conversation's session; its version is 0 when there is
// none.
func (e *Engine) Session(ctx context.Context, conv bot.ConvID) (s bot.Session, err error) {
	err = e.store.View(ctx, func(r store.Reader) (err error) { s, err = load(r, conv); return err })
	return s, err
}
