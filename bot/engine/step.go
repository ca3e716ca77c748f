package engine

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// Terms of keeping (PR03), counted from the last thing the user did.
const (
	KeepAnswers = 24 * time.Hour // then the answers are forgotten
	KeepAddress = 48 * time.Hour // then message ids and the address, too
	keepTomb    = 48 * time.Hour
	wipeLimit   = 10 * time.Minute // an erase waits no longer for the door
)

// outcome tells what the committed transaction left to do.
type outcome struct {
	conv   bot.ConvID
	send   bool
	urgent bool
}

// step is the transaction of one event.
func (e *Engine) step(tx store.Tx, in arrival) (outcome, error) {
	conv, fresh, err := find(tx, &in)
	if err != nil {
		return outcome{}, err
	}
	s, err := load(tx, conv)
	if err != nil {
		return outcome{}, err
	}
	if fresh {
		var t tomb
		if err := get(tx, tombKey(in.lookup), &t); err != nil {
			return outcome{}, err
		}
		s.Seen = t.Seen
	}
	if s.Seen.Has(in.Key) {
		if in.lookup == "" || in.Message == 0 || fresh {
			return outcome{}, nil
		}
		return outcome{}, remembered(tx, conv, in.Message, in.At) // one more of an album
	}
	if err := arrived(tx, conv, s, in); err != nil {
		return outcome{}, err
	}
	s, out := e.handler.Step(s, in.Event)
	s.Seen = s.Seen.Add(in.Key, SeenKeys)
	s.At = minutes(in.At)
	if fresh {
		tx.Put(lookupKey(in.lookup), []byte(conv))
		tx.Put(addressKey(conv), in.box)
		tx.Delete(tombKey(in.lookup))
		tx.Due(in.At.Add(KeepAnswers), string(conv), timerKeep)
	}
	if in.lookup != "" {
		if err := addressed(tx, conv, in, s, out); err != nil {
			return outcome{}, err
		}
	}
	if s.Wipe == bot.WipeErase && in.lookup != "" {
		return e.erase(tx, conv, in, s, out)
	}
	if s.Wipe == bot.WipeErase {
		if err := cancel(tx, conv); err != nil { // screens hold answers, too
			return outcome{}, err
		}
	}
	if err := put(tx, sessionKey(conv), s); err != nil {
		return outcome{}, err
	}
	return e.post(tx, conv, in, out)
}

// arrived takes screens out of the outbox that a press proves to have arrived:
// whoever presses a button of a screen has seen it. Without it a screen whose
// receipt was lost with a killed process would be sent again, below the answer.
func arrived(tx store.Tx, conv bot.ConvID, s bot.Session, in arrival) error {
	if in.lookup == "" || in.Press == nil || in.Press.Step != s.Step || s.Step == 0 {
		return nil
	}
	if last, err := latest(tx, conv); err != nil || last == 0 {
		return err
	}
	return cancel(tx, conv)
}

// addressed writes what only doors with addresses need: ids of messages, and
// which message to change.
func addressed(tx store.Tx, conv bot.ConvID, in arrival, s bot.Session, out []bot.Delivery) error {
	for i := range out {
		out[i].Edit = in.Pressed
		out[i].Wipe = s.Wipe
		if s.Wipe != bot.WipeNone {
			out[i].Edit = 0
		}
	}
	if in.Message == 0 {
		return nil
	}
	return remembered(tx, conv, in.Message, in.At)
}

// remembered lists a message for /hide and /erase. Changing it later makes it
// no younger.
func remembered(tx store.Tx, conv bot.ConvID, id int64, at time.Time) error {
	_, err := tx.Get(messageKey(conv, id))
	if errors.Is(err, store.ErrNotFound) {
		tx.Put(messageKey(conv, id), stamp(at))
		return nil
	}
	return err
}

// post appends deliveries to the outbox log and marks them as to be sent.
func (e *Engine) post(tx store.Tx, conv bot.ConvID, in arrival, out []bot.Delivery) (outcome, error) {
	o := outcome{conv: conv}
	for _, d := range out {
		data, err := json.Marshal(d)
		if err != nil {
			return o, err
		}
		tx.Put(outboxKey(conv, d.Seq), data)
		if in.lookup == "" {
			tx.Delete(outboxKey(conv, d.Seq-KeptDeliveries))
		}
		o.send = in.lookup != ""
		o.urgent = o.urgent || d.Urgent
	}
	if o.send {
		tx.Put(pendingKey(conv), strconv.AppendInt(nil, out[len(out)-1].Seq, 36))
	}
	return o, nil
}

func minutes(t time.Time) int64 { return t.Unix() / 60 }

func stamp(t time.Time) []byte { return strconv.AppendInt(nil, minutes(t), 36) }
