package engine

import (
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
	work   *parcelled // what to send; nil: read the log
	ride   *receipt   // written along with the step
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
	back, err := e.backlog(tx, conv, s, in, fresh)
	if err != nil {
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
		if in.Pressed != 0 { // a message of a conversation that is forgotten
			tx.Put(messageKey(conv, in.Pressed), stamp(in.At))
		}
	}
	if in.lookup != "" {
		if err := addressed(tx, conv, in, s, out); err != nil {
			return outcome{}, err
		}
	}
	if s.Wipe == bot.WipeErase && in.lookup != "" {
		return e.erase(tx, conv, in, s, out, back)
	}
	if s.Wipe == bot.WipeErase {
		if err := cancel(tx, conv, 0, 0); err != nil { // screens hold answers, too
			return outcome{}, err
		}
	}
	if err := put(tx, sessionKey(conv), s); err != nil {
		return outcome{}, err
	}
	return e.post(tx, conv, in, out, back)
}

// backlog is what the step of an addressed conversation finds in its outbox.
type backlog struct {
	progress progress
	waits    bool     // something posted earlier is still to be sent
	ride     *receipt // of sends that are done, written with this step
}

// backlog brings the progress of a conversation up to date. A press on the
// current screen proves that it has arrived: whoever presses a button has seen
// it. So it is taken out of the log; else a screen whose receipt was lost with
// a killed process would be sent again, below the answer.
func (e *Engine) backlog(tx store.Tx, conv bot.ConvID, s bot.Session, in arrival, fresh bool) (b backlog, err error) {
	if in.lookup == "" || fresh {
		return b, nil
	}
	if b.ride = e.receipts.of(conv); b.ride != nil {
		b.progress = b.ride.progress
		err = b.ride.ride(tx, conv)
	} else {
		err = get(tx, courierKey(conv), &b.progress)
	}
	if err != nil {
		return b, err
	}
	last, err := latest(tx, conv)
	if err != nil {
		return b, err
	}
	b.waits = last > b.progress.Sent
	proven := b.waits && in.Press != nil && in.Press.Step == s.Step && s.Step != 0
	if proven {
		if err := cancel(tx, conv, b.progress.Sent, last); err != nil {
			return b, err
		}
		b.progress.Sent, b.progress.Tries, b.waits = last, 0, false
	}
	if last != 0 && !b.waits {
		tx.Delete(pendingKey(conv))
	}
	if proven || b.ride != nil {
		err = put(tx, courierKey(conv), b.progress)
	}
	return b, err
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
func (e *Engine) post(tx store.Tx, conv bot.ConvID, in arrival, out []bot.Delivery, back backlog) (outcome, error) {
	o := outcome{conv: conv, ride: back.ride}
	for _, d := range out {
		if err := put(tx, outboxKey(conv, d.Seq), d); err != nil {
			return o, err
		}
		if in.lookup == "" {
			tx.Delete(outboxKey(conv, d.Seq-KeptDeliveries))
		}
		o.send = in.lookup != ""
		o.urgent = o.urgent || d.Urgent
	}
	if o.send {
		tx.Put(pendingKey(conv), strconv.AppendInt(nil, out[len(out)-1].Seq, 36))
		if !back.waits {
			o.work = &parcelled{door: in.Door, address: in.Address, progress: back.progress, pending: out}
		}
	}
	return o, nil
}

func minutes(t time.Time) int64 { return t.Unix() / 60 }

func stamp(t time.Time) []byte { return strconv.AppendInt(nil, minutes(t), 36) }
