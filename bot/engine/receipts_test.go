package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/seal"
	"wheretoturn/bot/store"
)

// paper is a door that takes every screen and remembers the numbers.
type paper struct {
	mu   sync.Mutex
	sent []int64
}

func (p *paper) Send(_ context.Context, parcel engine.Parcel) engine.Receipt {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, parcel.Delivery.Seq)
	if parcel.Delivery.Edit != 0 {
		return engine.Receipt{Message: parcel.Delivery.Edit}
	}
	return engine.Receipt{Message: 100 + parcel.Delivery.Seq}
}

func (*paper) Wipe(context.Context, bot.Address, []int64) (int, engine.Receipt) {
	return 0, engine.Receipt{}
}

// screens answers every event with one screen.
type screens struct{}

func (screens) Read(bot.Session, bot.Event) *bot.Reading { return nil }

func (screens) Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	s.Version, s.Step, s.Last = bot.SessionVersion, s.Step+1, s.Last+1
	return s, []bot.Delivery{{Seq: s.Last, Step: s.Step, Door: e.Door}}
}

// posted is an engine with a door, running until stop.
func posted(t *testing.T) (e *engine.Engine, p *paper, s store.Store, stop func()) {
	keys, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	p, s = &paper{}, memory.New()
	e = engine.New(s, screens{}, engine.Options{Seals: keys, Senders: map[bot.DoorName]engine.Sender{"paper": p}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- e.Run(ctx) }()
	return e, p, s, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func letter(n int) bot.Event {
	e := bot.Event{
		Key: bot.EventKey(fmt.Sprint("u", n)), Door: "paper", Address: "5", Fresh: "c", At: time.Now().UTC(),
		Press: &bot.Press{Step: n - 1, Code: "x"},
	}
	if n > 1 {
		e.Pressed = 101
	}
	return e
}

func TestReceiptsRideWithTheNextStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e, p, s, stop := posted(t)
		for n := 1; n <= 3; n++ {
			if err := e.Handle(t.Context(), letter(n)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if len(p.sent) != n {
				t.Fatalf("after %d events %v was sent", n, p.sent)
			}
			if left := keys(t, s, "/o/"); n > 1 && left != 1 {
				t.Errorf("%d screens in the log after event %d, want the last", left, n)
			}
		}
		stop()
		if n := keys(t, s, "/o/") + keys(t, s, "p/"); n != 0 {
			t.Errorf("%d rows say that something waits, after a stop in peace", n)
		}
		s.Close()
	})
}

func TestReceiptsOfTheSilentAreWrittenDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e, _, s, stop := posted(t)
		if err := e.Handle(t.Context(), letter(1)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
		synctest.Wait()
		if n := keys(t, s, "/o/") + keys(t, s, "p/"); n != 0 {
			t.Errorf("%d rows still say that a new message waits", n)
		}
		if n := keys(t, s, "/m/"); n != 1 {
			t.Errorf("%d message ids are known, want 1", n)
		}
		stop()
		s.Close()
	})
}

// A receipt that fell due at the moment of the stop kept the process alive.
func TestRunEndsWithAReceiptDue(t *testing.T) {
	t.Parallel()
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			e, _, s, stop := posted(t)
			if err := e.Handle(t.Context(), letter(1)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			time.Sleep(20 * time.Millisecond)
			stop()
			s.Close()
		})
	}
}

func keys(t *testing.T, s store.Store, part string) (n int) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		n = 0
		return r.Scan("", "", 1000, func(key string, _ []byte) error {
			if strings.Contains(key, part) {
				n++
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
