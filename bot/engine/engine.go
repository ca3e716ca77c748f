// Package engine is the only way from an event to its screens: one lane a
// conversation, one transaction an event, duplicates recognised.
//
// It knows neither words nor doors. A Handler understands and steps; doors
// read a conversation's outbox log from where they stopped.
//
// Start reading at Engine.Handle.
package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// Limits of the log and of the memory for repeated events.
const (
	// SeenKeys is how many event keys a conversation remembers.
	SeenKeys = 32
	// KeptDeliveries is how many screens the log holds for a reader that was
	// away; older ones are dropped as new ones come.
	KeptDeliveries = 32
)

// Handler is the room that owns conversations.
type Handler interface {
	// Read understands a typed text against the session's screen; it is called
	// outside the transaction and may be slow. Nil: nothing to understand.
	Read(s bot.Session, e bot.Event) *bot.Reading
	// Step is pure and may run twice.
	Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery)
}

// Engine runs events. Safe for concurrent use.
type Engine struct {
	store   store.Store
	handler Handler
	lanes   [256]sync.Mutex
	seed    maphash.Seed
}

// New returns an engine over a store; the caller closes the store, after the
// last Handle has returned.
func New(s store.Store, h Handler) *Engine {
	return &Engine{store: s, handler: h, seed: maphash.MakeSeed()}
}

// Handle applies one event to its conversation and commits. A repeated event
// changes nothing and is no error. Events of one conversation are handled one
// at a time, in the order of the calls. An error means that nothing was
// written: the event may be handed in again.
func (e *Engine) Handle(ctx context.Context, ev bot.Event) error {
	lane := &e.lanes[maphash.String(e.seed, string(ev.Conv))%uint64(len(e.lanes))]
	lane.Lock()
	defer lane.Unlock()
	if ev.Text != "" && ev.Read == nil {
		var s bot.Session
		err := e.store.View(ctx, func(r store.Reader) (err error) { s, err = load(r, ev.Conv); return err })
		if err != nil {
			return fmt.Errorf("engine: read session: %w", err)
		}
		if s.Version == 0 {
			s.Lang, s.Country = ev.Lang, ev.Country
		}
		ev.Read = e.handler.Read(s, ev)
	}
	err := e.store.Update(ctx, []string{prefix(ev.Conv)}, func(tx store.Tx) error { return e.step(tx, ev) })
	if err != nil {
		return fmt.Errorf("engine: commit event: %w", err)
	}
	return nil
}

func (e *Engine) step(tx store.Tx, ev bot.Event) error {
	s, err := load(tx, ev.Conv)
	if err != nil {
		return err
	}
	if slices.Contains(s.Seen, ev.Key) {
		return nil
	}
	s, deliveries := e.handler.Step(s, ev)
	s.Seen = append(s.Seen, ev.Key)
	if n := len(s.Seen) - SeenKeys; n > 0 {
		s.Seen = s.Seen[n:]
	}
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	tx.Put(prefix(ev.Conv)+"s", data)
	for _, d := range deliveries {
		if data, err = json.Marshal(d); err != nil {
			return err
		}
		tx.Put(logKey(ev.Conv, d.Seq), data)
		tx.Delete(logKey(ev.Conv, d.Seq-KeptDeliveries))
	}
	return nil
}

// Log returns the deliveries of a conversation after a number, oldest first.
func (e *Engine) Log(ctx context.Context, conv bot.ConvID, after int64) ([]bot.Delivery, error) {
	var out []bot.Delivery
	err := e.store.View(ctx, func(r store.Reader) error {
		out = nil
		return r.Scan(prefix(conv)+"o/", logKey(conv, after), KeptDeliveries+1, func(_ string, v []byte) error {
			var d bot.Delivery
			if err := json.Unmarshal(v, &d); err != nil {
				return err
			}
			out = append(out, d)
			return nil
		})
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

func load(r store.Reader, conv bot.ConvID) (s bot.Session, err error) {
	data, err := r.Get(prefix(conv) + "s")
	if errors.Is(err, store.ErrNotFound) {
		return bot.Session{}, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(data, &s)
}

func prefix(conv bot.ConvID) string { return "c/" + string(conv) + "/" }

func logKey(conv bot.ConvID, seq int64) string {
	return fmt.Sprintf("%so/%016x", prefix(conv), max(seq, 0))
}
