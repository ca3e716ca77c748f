package engine

import (
	"context"
	"strconv"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// erase begins the end of a conversation: from this transaction on the address
// leads nowhere and what waited is cancelled. Only the wipe is left in the
// outbox, behind what is in flight; when the door has done it the whole prefix
// is dropped.
func (e *Engine) erase(tx store.Tx, conv bot.ConvID, in arrival, s bot.Session, out []bot.Delivery, back backlog) (outcome, error) {
	tx.Delete(lookupKey(in.lookup))
	if err := put(tx, tombKey(in.lookup), tomb{Seen: s.Seen, Until: minutes(in.At.Add(keepTomb))}); err != nil {
		return outcome{}, err
	}
	tx.Due(in.At.Add(keepTomb), in.lookup, timerTomb)
	if err := cancel(tx, conv, 0, 0); err != nil {
		return outcome{}, err
	}
	if err := put(tx, sessionKey(conv), bot.Session{Version: bot.SessionVersion, Last: s.Last}); err != nil {
		return outcome{}, err
	}
	tx.Due(in.At.Add(wipeLimit), string(conv), timerKeep)
	back.waits = false // all that did is cancelled
	return e.post(tx, conv, in, out, back)
}

// cancel takes everything out of the outbox log that lies behind a number. The
// one delivery that nearly always is all of it needs no scan.
func cancel(tx store.Tx, conv bot.ConvID, sent, last int64) error {
	if last == sent+1 {
		tx.Delete(outboxKey(conv, last))
		return nil
	}
	waiting, err := deliveries(tx, conv, sent, store.MaxPage)
	for _, d := range waiting {
		tx.Delete(outboxKey(conv, d.Seq))
	}
	return err
}

// drop erases a conversation for good. The rows are alive until here, because
// a store can only erase what is.
func (e *Engine) drop(ctx context.Context, conv bot.ConvID) error {
	e.receipts.forget(conv)
	err := e.store.Update(ctx, []string{string(conv)}, func(tx store.Tx) error {
		tx.Delete(pendingKey(conv))
		for _, name := range []string{timerKeep} {
			tx.Due(never, string(conv), name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.store.Drop(ctx, []string{prefix(conv)})
}

// known returns the ids of the messages of a conversation that are younger
// than the door may delete, and how many are too old.
func known(r store.Reader, conv bot.ConvID, oldest int64) (ids []int64, older int, err error) {
	p := messagePrefix(conv)
	after := ""
	for {
		n := 0
		err = r.Scan(p, after, store.MaxPage, func(key string, v []byte) error {
			n++
			after = key
			at, _ := strconv.ParseInt(string(v), 36, 64)
			id, err := strconv.ParseInt(strings.TrimPrefix(key, p), 36, 64)
			switch {
			case err != nil:
			case at < oldest:
				older++
			default:
				ids = append(ids, id)
			}
			return nil
		})
		if err != nil || n < store.MaxPage {
			return ids, older, err
		}
	}
}
