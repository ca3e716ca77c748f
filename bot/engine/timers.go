package engine

import (
	"context"
	"errors"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// The timers by name. A timer that was replaced meanwhile is found out by its
// time and does nothing.
const (
	timerKeep = "keep" // owner: conversation; answers, then everything goes
	timerTomb = "tomb" // owner: look-up; the tombstone goes
)

var never time.Time

// timers waits for the next due time or a change of timers, and acts.
func (e *Engine) timers(ctx context.Context) error {
	changed, err := e.store.Watch(ctx, store.WatchTimers)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return err
	}
	for {
		wait, err := e.due(ctx)
		if err != nil && ctx.Err() == nil {
			e.opts.Log.Error("timers", "error", err)
			wait = time.Second
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return nil
		case <-changed:
			t.Stop()
		case <-t.C:
		}
	}
}

// farAhead is how long timers sleep when nothing is due.
const farAhead = time.Hour

// due acts on everything due now and returns how long to sleep.
func (e *Engine) due(ctx context.Context) (time.Duration, error) {
	for {
		now := e.opts.Now()
		list, err := e.store.Timers(ctx, now, 64)
		if err != nil {
			return farAhead, err
		}
		for _, t := range list {
			if err := e.ring(ctx, t, now); err != nil {
				return farAhead, err
			}
		}
		if len(list) > 0 {
			continue
		}
		next, err := e.store.Timers(ctx, now.Add(farAhead), 1)
		if err != nil || len(next) == 0 {
			return farAhead, err
		}
		return max(next[0].At.Sub(e.opts.Now()), time.Millisecond), nil
	}
}

func (e *Engine) ring(ctx context.Context, t store.Timer, now time.Time) error {
	if t.Name == timerTomb {
		return e.store.Update(ctx, []string{t.Owner}, func(tx store.Tx) error {
			tx.Delete(tombKey(t.Owner))
			tx.Due(never, t.Owner, timerTomb)
			return nil
		})
	}
	return e.keep(ctx, bot.ConvID(t.Owner), now)
}

// keep forgets what is too old: first the answers, a day later everything. It
// arms itself again, lazily, because updates do not move it.
func (e *Engine) keep(ctx context.Context, conv bot.ConvID, now time.Time) error {
	gone := false
	err := e.store.Update(ctx, []string{string(conv)}, func(tx store.Tx) error {
		gone = false
		s, err := load(tx, conv)
		if err != nil {
			return err
		}
		last := time.Unix(s.At*60, 0)
		switch idle := now.Sub(last); {
		case s.At == 0 || idle >= KeepAddress:
			gone = true
			return e.unlist(tx, conv)
		case idle >= KeepAnswers:
			forgotten := bot.Session{Version: s.Version, Seen: s.Seen, Last: s.Last, Step: s.Step, At: s.At}
			forgotten.Lang, forgotten.Country, forgotten.Origin = s.Lang, s.Country, s.Country
			tx.Due(last.Add(KeepAddress), string(conv), timerKeep)
			return put(tx, sessionKey(conv), forgotten)
		default:
			tx.Due(last.Add(KeepAnswers), string(conv), timerKeep)
			return nil
		}
	})
	if err != nil || !gone {
		return err
	}
	return e.drop(ctx, conv)
}

// unlist makes the address of a conversation lead nowhere.
func (e *Engine) unlist(tx store.Tx, conv bot.ConvID) error {
	box, err := tx.Get(addressKey(conv))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	door, address, err := e.open(conv, box)
	if err != nil {
		return nil // sealed with a key we no longer have: the prefix goes all the same
	}
	key := lookupKey(e.opts.Seals.Lookup(string(door), string(address)))
	if owner, err := tx.Get(key); err == nil && bot.ConvID(owner) == conv {
		tx.Delete(key)
	}
	return nil
}
