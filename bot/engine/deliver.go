package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// parcelled is all that waits in a conversation's outbox, and where it goes.
type parcelled struct {
	door     bot.DoorName
	address  bot.Address
	progress progress
	pending  []bot.Delivery
}

// after returns what was handed over while a worker was busy with old, with
// what that worker has learnt; nil means that the log has to be read.
func (w *parcelled) after(old *parcelled) *parcelled {
	if w == nil || old == nil {
		return nil
	}
	w.progress.Sent = max(w.progress.Sent, old.progress.Sent)
	w.progress.Message = max(w.progress.Message, old.progress.Message)
	return w
}

// batch is how many screens of one conversation are sent before it gives way
// to others.
const batch = 8

// deliver sends what waits in a conversation and returns how long to wait
// before the next try, 0 when all is done.
func (e *Engine) deliver(ctx context.Context, l *lane) time.Duration {
	if l.work == nil {
		w, err := e.waiting(ctx, l.conv)
		if err != nil {
			e.opts.Log.Error("outbox", "error", err)
			return e.backOff(l)
		}
		l.work = &w
	}
	work := l.work
	if len(work.pending) == 0 {
		e.noted(l, nil, 0)
		return 0
	}
	sender := e.opts.Senders[work.door]
	if sender == nil {
		return 0 // the door is not open in this process
	}
	list := urgentFirst(work.pending)
	for _, d := range list[:min(batch, len(list))] {
		r := e.sendOne(ctx, sender, l.conv, work, d)
		if wait, stop := e.settle(ctx, l, d, r); stop {
			return wait
		}
	}
	if len(list) > batch {
		e.courier.enqueue(l.conv, false, nil) // the rest, behind the others
	}
	return 0
}

// urgentFirst moves the danger card before what is less urgent.
func urgentFirst(list []bot.Delivery) []bot.Delivery {
	out := make([]bot.Delivery, 0, len(list))
	for _, urgent := range []bool{true, false} {
		for _, d := range list {
			if d.Urgent == urgent {
				out = append(out, d)
			}
		}
	}
	return out
}

func (e *Engine) waiting(ctx context.Context, conv bot.ConvID) (w parcelled, err error) {
	open := e.receipts.of(conv) // before the view: what is written meanwhile is in both
	err = e.store.View(ctx, func(r store.Reader) error {
		w = parcelled{}
		box, err := r.Get(addressKey(conv))
		if errors.Is(err, store.ErrNotFound) {
			return nil // erased meanwhile
		}
		if err != nil {
			return err
		}
		if w.door, w.address, err = e.open(conv, box); err != nil {
			return err
		}
		if err = get(r, courierKey(conv), &w.progress); err != nil {
			return err
		}
		if open != nil && open.progress.Sent >= w.progress.Sent {
			w.progress = open.progress
		}
		w.pending, err = pending(r, conv, w.progress.Sent)
		w.pending = slices.DeleteFunc(w.pending, open.covers)
		return err
	})
	return w, err
}

// open reads a sealed address.
func (e *Engine) open(conv bot.ConvID, box []byte) (bot.DoorName, bot.Address, error) {
	plain, err := e.opts.Seals.Open(box, "address/"+string(conv))
	if err != nil {
		return "", "", err
	}
	door, address, _ := bytes.Cut(plain, []byte(" "))
	return bot.DoorName(door), bot.Address(address), nil
}

func (e *Engine) sendOne(ctx context.Context, sender Sender, conv bot.ConvID, w *parcelled, d bot.Delivery) Receipt {
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	if d.Wipe != bot.WipeNone {
		if err := e.writeDown(ctx, []bot.ConvID{conv}); err != nil { // ids of messages among it
			return Receipt{Outcome: Again, Err: err}
		}
		left, r := e.wipe(ctx, sender, conv, w)
		if r.Outcome == Again || r.Outcome == Never {
			return r
		}
		d.Notes = append(d.Notes, leftNote(left)...)
	}
	if d.Edit != 0 {
		d.Edit = max(d.Edit, w.progress.Message) // never above a newer message of ours
	}
	return sender.Send(ctx, Parcel{Address: w.address, Delivery: d, Last: w.progress.Message})
}

func leftNote(left int) []bot.Note {
	if left == 0 {
		return nil
	}
	return []bot.Note{{Key: "talk.wipe_left", Data: map[string]string{"count": fmt.Sprint(left)}}}
}

func (e *Engine) wipe(ctx context.Context, sender Sender, conv bot.ConvID, w *parcelled) (int, Receipt) {
	var ids []int64
	var older int
	err := e.store.View(ctx, func(r store.Reader) (err error) {
		ids, older, err = known(r, conv, minutes(e.opts.Now().Add(-deletable)))
		return err
	})
	if err != nil {
		return 0, Receipt{Outcome: Again, Err: err}
	}
	left, r := sender.Wipe(ctx, w.address, ids)
	if r.Outcome == Done && left == 0 {
		err = e.gone(ctx, conv, ids)
	}
	if err != nil {
		return 0, Receipt{Outcome: Again, Err: err}
	}
	return left + older, r
}

// gone takes deleted messages off the list, so that nobody is told later that
// they could not be deleted.
func (e *Engine) gone(ctx context.Context, conv bot.ConvID, ids []int64) error {
	return e.store.Update(ctx, []string{string(conv)}, func(tx store.Tx) error {
		for _, id := range ids {
			tx.Delete(messageKey(conv, id))
		}
		return nil
	})
}

// dealt moves the cursor over everything up to the first delivery that still
// waits. A reader starts behind it: a store may keep what was deleted in the
// way of its scans.
func (w *parcelled) dealt(seq int64) {
	w.progress.Tries = 0
	w.pending = slices.DeleteFunc(w.pending, func(d bot.Delivery) bool { return d.Seq == seq })
	switch {
	case len(w.pending) > 0:
		w.progress.Sent = max(w.progress.Sent, min(seq, w.pending[0].Seq-1))
	default:
		w.progress.Sent = max(w.progress.Sent, seq)
	}
}

// settle notes what became of a send; stop tells that the conversation must
// wait or is finished.
func (e *Engine) settle(ctx context.Context, l *lane, d bot.Delivery, r Receipt) (wait time.Duration, stop bool) {
	w := l.work
	if r.Err != nil {
		e.stats.failed.Add(1)
		e.opts.Log.Warn("send", "outcome", int(r.Outcome), "error", r.Err)
	}
	switch r.Outcome {
	case Again:
		if r.Err == nil { // the door paces itself: nothing has failed
			return max(r.After, time.Millisecond), true
		}
		l.wait = min(max(2*l.wait, firstWait), maxWait)
		return max(r.After, l.wait), true
	case Uncertain:
		if w.progress.Tries++; w.progress.Tries < 2 { // at most once more
			e.noted(l, nil, 0)
			return e.now(ctx, l, firstWait), true
		}
	case Never:
		// blocked or gone: nothing will ever arrive there
		for _, d := range w.pending {
			w.progress.Sent = max(w.progress.Sent, d.Seq)
		}
		e.noted(l, w.pending, 0)
		return e.now(ctx, l, 0), true
	}
	l.wait = 0
	e.stats.sent.Add(1)
	w.dealt(d.Seq)
	fresh := r.Message
	if r.Message == w.progress.Message || r.Message == d.Edit {
		fresh = 0
	}
	if r.Message != 0 {
		w.progress.Message = r.Message
	}
	if d.Wipe == bot.WipeErase {
		if err := e.drop(ctx, l.conv); err != nil {
			return e.backOff(l), true
		}
		return 0, true
	}
	e.noted(l, []bot.Delivery{d}, fresh)
	return 0, false
}

// noted leaves a receipt, which rides in whatever transaction comes next.
func (e *Engine) noted(l *lane, dealt []bot.Delivery, message int64) {
	e.receipts.add(l.conv, l.work.progress, dealt, message, e.opts.Now())
}

// now writes the receipt of a conversation at once and returns the wait, or a
// longer one if that failed.
func (e *Engine) now(ctx context.Context, l *lane, wait time.Duration) time.Duration {
	if err := e.writeDown(ctx, []bot.ConvID{l.conv}); err != nil {
		return e.backOff(l)
	}
	return wait
}

func (e *Engine) backOff(l *lane) time.Duration {
	l.wait = min(max(2*l.wait, firstWait), maxWait)
	return l.wait
}
