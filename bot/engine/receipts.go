package engine

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// How long a receipt may wait in memory for a transaction to ride in. A process
// killed meanwhile sends the screen again: a new message would be there twice,
// so its receipt waits for no more than a few batches; a changed message is
// changed to what it shows already, which nobody sees.
const (
	newWaits    = 20 * time.Millisecond
	editedWaits = time.Second
)

// maxReceipts is how many conversations' receipts one transaction carries.
const maxReceipts = 256

// receipts are sends that have been done and are not yet written down. They
// ride in the next transaction of their conversation; those of a conversation
// that falls silent are written together by run. Safe for concurrent use.
type receipts struct {
	mu   sync.Mutex
	open map[bot.ConvID]*receipt
	next time.Time // when ledger looks again by itself
	wake chan struct{}
}

// receipt is what one conversation's row of progress is to become.
type receipt struct {
	progress progress
	sent     []int64       // numbers to take out of the log
	messages []sentMessage // new ones to remember
	due      time.Time
	version  int
	original *receipt // of a copy
}

// sentMessage is a message by its id, and when it was sent: that decides how long
// it may be deleted.
type sentMessage struct {
	id int64
	at time.Time
}

func newReceipts() *receipts {
	return &receipts{open: map[bot.ConvID]*receipt{}, wake: make(chan struct{}, 1)}
}

// add notes that deliveries were dealt with; message is the id of a new one.
func (b *receipts) add(conv bot.ConvID, p progress, sent []bot.Delivery, message int64, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.open[conv]
	if r == nil {
		r = &receipt{due: now.Add(editedWaits)}
		b.open[conv] = r
	}
	r.version++
	r.progress = p
	for _, d := range sent {
		r.sent = append(r.sent, d.Seq)
	}
	if message != 0 {
		r.messages = append(r.messages, sentMessage{message, now})
		r.due = now.Add(newWaits)
	}
	if r.due.Before(b.next) {
		b.next = r.due
		select {
		case b.wake <- struct{}{}:
		default:
		}
	}
}

// forget drops the receipt of a conversation that is gone.
func (b *receipts) forget(conv bot.ConvID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.open, conv)
}

// of returns the open receipt of a conversation, or nil. It is a copy.
func (b *receipts) of(conv bot.ConvID) *receipt {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.open[conv]
	if r == nil {
		return nil
	}
	c := *r
	c.original = r
	return &c
}

// written tells that a copy of a receipt is committed. It stays open if it has
// grown since, whole, because writing a part twice does no harm; and so does one
// that was begun since: a step and the ledger may both have carried the one
// before.
func (b *receipts) written(conv bot.ConvID, r *receipt) {
	if r == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.open[conv]; now == r.original && now.version == r.version {
		delete(b.open, conv)
	}
}

// due returns up to maxReceipts conversations whose time has come, or how long
// to wait for the first.
func (b *receipts) due(now time.Time, all bool) (list []bot.ConvID, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	wait = farAhead
	defer func() { b.next = now.Add(wait) }()
	for conv, r := range b.open {
		left := r.due.Sub(now)
		if left > 0 && !all {
			wait = min(wait, left)
			continue
		}
		if list = append(list, conv); len(list) == maxReceipts {
			break
		}
	}
	return list, wait
}

// covers tells whether a delivery is dealt with.
func (r *receipt) covers(d bot.Delivery) bool { return r != nil && slices.Contains(r.sent, d.Seq) }

// write puts a receipt into a transaction. A step may have moved the cursor
// further meanwhile.
func (r *receipt) write(tx store.Tx, conv bot.ConvID) error {
	if err := r.ride(tx, conv); err != nil {
		return err
	}
	var row progress
	if err := get(tx, courierKey(conv), &row); err != nil {
		return err
	}
	p := r.progress
	p.Sent = max(p.Sent, row.Sent)
	return put(tx, courierKey(conv), p)
}

// ride writes all of a receipt but the progress, which a step writes itself.
func (r *receipt) ride(tx store.Tx, conv bot.ConvID) error {
	for _, seq := range r.sent {
		tx.Delete(outboxKey(conv, seq))
	}
	for _, m := range r.messages {
		if err := remembered(tx, conv, m.id, m.at); err != nil {
			return err
		}
	}
	return nil
}

// ledger writes receipts that found no transaction to ride in, until ctx ends.
func (e *Engine) ledger(ctx context.Context) error {
	for {
		list, wait := e.receipts.due(e.opts.Now(), false)
		if len(list) > 0 {
			err := e.writeDown(ctx, list)
			switch {
			case ctx.Err() != nil:
				return nil
			case err == nil:
				continue
			}
			e.opts.Log.Error("receipts", "error", err)
			wait = firstWait
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return nil
		case <-e.receipts.wake:
		case <-t.C:
		}
		t.Stop()
	}
}

// settleAll writes every open receipt.
func (e *Engine) settleAll(ctx context.Context) error {
	for {
		list, _ := e.receipts.due(e.opts.Now(), true)
		if len(list) == 0 {
			return nil
		}
		if err := e.writeDown(ctx, list); err != nil {
			return err
		}
	}
}

// writeDown writes the receipts of some conversations in one transaction.
func (e *Engine) writeDown(ctx context.Context, list []bot.ConvID) error {
	locks := make([]string, len(list))
	for i, conv := range list {
		locks[i] = string(conv)
	}
	var done []*receipt
	err := e.store.Update(ctx, locks, func(tx store.Tx) error {
		done = make([]*receipt, len(list))
		for i, conv := range list {
			r := e.receipts.of(conv)
			if r == nil {
				continue // it has found a ride meanwhile
			}
			done[i] = r
			if err := e.settled(tx, conv, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, conv := range list {
		e.receipts.written(conv, done[i])
	}
	return nil
}

// settled writes a receipt, and that nothing waits any more where that is so.
func (e *Engine) settled(tx store.Tx, conv bot.ConvID, r *receipt) error {
	if _, err := tx.Get(addressKey(conv)); errors.Is(err, store.ErrNotFound) {
		tx.Delete(pendingKey(conv)) // erased meanwhile: leave no row behind
		return nil
	}
	if err := r.write(tx, conv); err != nil {
		return err
	}
	last, err := latest(tx, conv)
	if err == nil && last <= r.progress.Sent {
		tx.Delete(pendingKey(conv))
	}
	return err
}
