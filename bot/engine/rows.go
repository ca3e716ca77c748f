package engine

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

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

// The rows of a conversation lie under one prefix, so that one drop erases
// them: s the session, a the sealed address, o/ the outbox log, w how far the
// courier is, m/ message ids. Beside them x/ finds a conversation by its
// address, e/ remembers for a while what was erased, p/ marks what is to be
// sent.

func prefix(conv bot.ConvID) string { return "c/" + string(conv) + "/" }

func sessionKey(conv bot.ConvID) string { return prefix(conv) + "s" }

func addressKey(conv bot.ConvID) string { return prefix(conv) + "a" }

func courierKey(conv bot.ConvID) string { return prefix(conv) + "w" }

func outboxPrefix(conv bot.ConvID) string { return prefix(conv) + "o/" }

func outboxKey(conv bot.ConvID, seq int64) string {
	return fmt.Sprintf("%s%012x", outboxPrefix(conv), max(seq, 0))
}

func messagePrefix(conv bot.ConvID) string { return prefix(conv) + "m/" }

func messageKey(conv bot.ConvID, id int64) string {
	return messagePrefix(conv) + strconv.FormatInt(id, 36)
}

func lookupKey(lookup string) string { return "x/" + lookup }

func tombKey(lookup string) string { return "e/" + lookup }

const pendingPrefix = "p/"

func pendingKey(conv bot.ConvID) string { return pendingPrefix + string(conv) }

// tomb is what stays of an erased conversation for 48 h: which events it has
// seen, so that a repeated /erase or /start begins nothing.
type tomb struct {
	Seen  bot.Seen `json:"seen"`
	Until int64    `json:"until"` // minutes since 1970
}

// progress is how far the courier is in a conversation's outbox.
type progress struct {
	Sent    int64 `json:"sent"`            // everything up to this number is dealt with
	Message int64 `json:"msg,omitempty"`   // id of the message that shows it
	Tries   int   `json:"tries,omitempty"` // uncertain sends of the next one
}

func load(r store.Reader, conv bot.ConvID) (s bot.Session, err error) {
	err = get(r, sessionKey(conv), &s)
	return s, err
}

// get reads a row; a missing one leaves v as it is.
func get(r store.Reader, key string, v any) error {
	data, err := r.Get(key)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := decode(data, v); err != nil {
		return fmt.Errorf("engine: row %s: %w", kindOf(key), err)
	}
	return nil
}

// kindOf names a row in errors without its ids.
func kindOf(key string) string {
	parts := strings.Split(key, "/")
	if len(parts) > 2 {
		return parts[0] + "/…/" + parts[2]
	}
	return parts[0] + "/…"
}

func put(tx store.Tx, key string, v any) error {
	data, err := rows.Marshal(v)
	if err != nil {
		return err
	}
	tx.Put(key, data)
	return nil
}

// latest returns the number of the last delivery that was posted and is not
// known to be dealt with, 0 when nothing waits.
func latest(r store.Reader, conv bot.ConvID) (int64, error) {
	data, err := r.Get(pendingKey(conv))
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(string(data), 36, 64)
}

// pending returns what waits behind the cursor. Nearly always that is nothing
// or one delivery, which is found without a scan.
func pending(r store.Reader, conv bot.ConvID, sent int64) ([]bot.Delivery, error) {
	last, err := latest(r, conv)
	switch {
	case err != nil || last <= sent:
		return nil, err
	case last > sent+1:
		return deliveries(r, conv, sent, store.MaxPage)
	}
	var d bot.Delivery
	if err := get(r, outboxKey(conv, last), &d); err != nil || d.Seq == 0 {
		return nil, err
	}
	return []bot.Delivery{d}, nil
}

func deliveries(r store.Reader, conv bot.ConvID, after int64, limit int) ([]bot.Delivery, error) {
	var out []bot.Delivery
	err := r.Scan(outboxPrefix(conv), outboxKey(conv, after), limit, func(_ string, v []byte) error {
		var d bot.Delivery
		if err := decode(v, &d); err != nil {
			return err
		}
		out = append(out, d)
		return nil
	})
	return out, err
}
