package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/store"
	"wheretoturn/bot/store/storetest"
)

// scribe is a handler that writes down what it is given: the code of a press,
// the words of a text behind "said ".
type scribe struct{}

func (scribe) Read(s bot.Session, e bot.Event) *bot.Reading {
	if e.Text == "boom in read" {
		panic(e.Text.Reveal())
	}
	return &bot.Reading{Step: s.Step, Code: fmt.Sprintf("said %s as %s", e.Text.Reveal(), s.Lang)}
}

func (scribe) Step(s bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	code := ""
	switch {
	case e.Press != nil:
		code = e.Press.Code
	case e.Read != nil:
		code = e.Read.Code
	}
	if code == "boom" {
		panic(code)
	}
	s = s.Clone()
	s.Version, s.Lang = bot.SessionVersion, "cs"
	s.Answers = append(s.Answers, bot.Answer{State: "written", Code: bot.Code(code)})
	s.Step++
	s.Last++
	return s, []bot.Delivery{{Seq: s.Last, Step: s.Step, Door: e.Door, Notes: []bot.Note{{Key: code}}}}
}

// bench is an engine over an empty store.
type bench struct {
	t      *testing.T
	engine *engine.Engine
	store  store.Store
}

// eachStore runs a test over a store, and over one whose functions run twice.
func eachStore(t *testing.T, f func(b *bench)) {
	t.Helper()
	for _, twice := range []bool{false, true} {
		t.Run(fmt.Sprintf("functions run twice: %t", twice), func(t *testing.T) {
			t.Parallel()
			f(setup(t, scribe{}, twice))
		})
	}
}

func setup(t *testing.T, h engine.Handler, twice bool) *bench {
	t.Helper()
	var s store.Store = memory.New()
	if twice {
		s = storetest.Twice(s)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bench{t: t, store: s, engine: engine.New(s, h, engine.Options{})}
}

var noon = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)

func press(key, code string) bot.Event {
	return bot.Event{Key: bot.EventKey(key), Conv: "ana", Door: "web", At: noon, Press: &bot.Press{Code: code}}
}

func typed(key, text string) bot.Event {
	return bot.Event{Key: bot.EventKey(key), Conv: "ana", Door: "web", At: noon, Lang: "sq", Text: bot.Text(text)}
}

func (b *bench) handle(events ...bot.Event) {
	b.t.Helper()
	for _, e := range events {
		if err := b.engine.Handle(b.t.Context(), e); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bench) log(conv bot.ConvID, after int64) []bot.Delivery {
	b.t.Helper()
	out, err := b.engine.Log(b.t.Context(), conv, after)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// written is what the scribe of a conversation has noted.
func (b *bench) written(conv bot.ConvID) []string {
	b.t.Helper()
	s, err := b.engine.Session(b.t.Context(), conv)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for _, a := range s.Answers {
		out = append(out, string(a.Code))
	}
	return out
}

// rows is everything in the store.
func (b *bench) rows() map[string]string {
	b.t.Helper()
	var out map[string]string
	err := b.store.View(b.t.Context(), func(r store.Reader) error {
		out = map[string]string{}
		return r.Scan("", "", store.MaxPage, func(key string, value []byte) error {
			out[key] = string(value)
			return nil
		})
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// spoil writes into the row whose key ends so.
func (b *bench) spoil(suffix string) {
	b.t.Helper()
	for key := range b.rows() {
		if strings.HasSuffix(key, suffix) {
			err := b.store.Update(b.t.Context(), []string{key}, func(tx store.Tx) error {
				tx.Put(key, []byte("{no json"))
				return nil
			})
			if err != nil {
				b.t.Fatal(err)
			}
			return
		}
	}
	b.t.Fatalf("no row ends in %q: %v", suffix, b.rows())
}

func (b *bench) same(was map[string]string, when string) {
	b.t.Helper()
	if now := b.rows(); fmt.Sprint(now) != fmt.Sprint(was) {
		b.t.Errorf("%s: the store held\n%v\nand holds\n%v", when, was, now)
	}
}

func TestARepeatedEventChangesNothing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("1", "a"), typed("2", "hello"))
		was := b.rows()
		b.handle(press("1", "a"), typed("2", "hello"), typed("2", "something else"), press("2", "b"))
		b.same(was, "after repeats")
		if got := fmt.Sprint(b.written("ana")); got != "[a said hello as cs]" {
			t.Errorf("written: %s", got)
		}
		if n := len(b.log("ana", 0)); n != 2 {
			t.Errorf("%d screens", n)
		}
		other := press("1", "a")
		other.Conv = "eva" // keys are those of a conversation
		b.handle(other)
		if got := b.written("eva"); len(got) != 1 {
			t.Errorf("eva has %v", got)
		}
	})
}

func TestAKeyIsKnownForAsManyEventsAsTheRingHolds(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("first", "a"))
		for i := range engine.SeenKeys - 1 {
			b.handle(press(fmt.Sprint(i), "x"))
		}
		b.handle(press("first", "a"))
		if n := len(b.written("ana")); n != engine.SeenKeys {
			t.Fatalf("%d events count, want %d: the repeated one was not known", n, engine.SeenKeys)
		}
		b.handle(press("one more", "x"), press("first", "a"))
		if n := len(b.written("ana")); n != engine.SeenKeys+2 {
			t.Errorf("%d events count: the ring never forgets", n)
		}
		s, err := b.engine.Session(t.Context(), "ana")
		if err != nil || len(s.Seen)%engine.SeenKeys != 0 || len(s.Seen) == 0 {
			t.Errorf("%d keys are kept, %v", len(s.Seen), err)
		}
	})
}

func TestEventsOfAConversationKeepTheirOrder(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		const writers, each = 32, 12
		var wg sync.WaitGroup
		for w := range writers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range each {
					shared := typed(fmt.Sprintf("%d/%d", w, i), fmt.Sprintf("%d %d", w, i))
					own := shared
					own.Conv = bot.ConvID(fmt.Sprint("own", w))
					if err := errors.Join(b.engine.Handle(t.Context(), shared), b.engine.Handle(t.Context(), own), b.engine.Handle(t.Context(), own)); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		wg.Wait()
		next := make([]int, writers)
		for _, said := range b.written("ana") {
			var w, i int
			if _, err := fmt.Sscanf(said, "said %d %d", &w, &i); err != nil || next[w] != i {
				t.Fatalf("%q comes when %d of writer %d is due (%v)", said, next[w], w, err)
			}
			next[w]++
		}
		if n := len(b.written("ana")); n != writers*each {
			t.Errorf("%d events of %d", n, writers*each)
		}
		for w := range writers {
			if n := len(b.written(bot.ConvID(fmt.Sprint("own", w)))); n != each {
				t.Errorf("conversation %d has %d events of %d", w, n, each)
			}
		}
		for i, d := range b.log("ana", 0) {
			if want := int64(writers*each - engine.KeptDeliveries + i + 1); d.Seq != want {
				t.Fatalf("screen %d has the number %d, want %d", i, d.Seq, want)
			}
		}
	})
}

func TestLogGoesOnAfterANumber(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		for i := range 5 {
			b.handle(press(fmt.Sprint(i), fmt.Sprint(i)))
		}
		for after, want := range map[int64]int{-7: 5, 0: 5, 1: 4, 4: 1, 5: 0, 99: 0} {
			got := b.log("ana", after)
			if len(got) != want || (want > 0 && got[0].Seq != max(after, 0)+1) {
				t.Errorf("after %d: %d screens, want %d: %+v", after, len(got), want, got)
			}
		}
		if got := b.log("an", 0); len(got) > 0 {
			t.Errorf("somebody else reads %v", got)
		}
		if got := b.log("ana", 3); got[0].Notes[0].Key != "3" || got[0].Door != "web" {
			t.Errorf("the fourth screen is %+v", got[0])
		}
	})
}

func TestLogIsTrimmed(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		for i := range engine.KeptDeliveries + 20 {
			b.handle(press(fmt.Sprint(i), "x"))
			kept := 0
			for key := range b.rows() {
				if strings.Contains(key, "/o/") {
					kept++
				}
			}
			if want := min(i+1, engine.KeptDeliveries); kept != want || len(b.log("ana", 0)) != want {
				t.Fatalf("after %d events %d screens lie in the store, want %d", i+1, kept, want)
			}
		}
		if got := b.log("ana", 0); got[0].Seq != 21 {
			t.Errorf("the oldest is %d", got[0].Seq)
		}
	})
}

func TestAnUnreadableSessionIsAnErrorAndStays(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("1", "a"))
		b.spoil("/s")
		was := b.rows()
		for _, e := range []bot.Event{press("2", "b"), typed("3", "hello"), press("1", "a")} {
			err := b.engine.Handle(t.Context(), e)
			if err == nil || strings.Contains(err.Error(), "ana") {
				t.Errorf("error is %v; it must be one and name nobody", err)
			}
		}
		b.same(was, "after events for an unreadable session")
		if _, err := b.engine.Session(t.Context(), "ana"); err == nil {
			t.Error("the session can be read")
		}
		if n := len(b.log("ana", 0)); n != 1 {
			t.Errorf("%d screens are left", n)
		}
		other := press("1", "a")
		other.Conv = "eva"
		b.handle(other)
	})
}

func TestAnUnreadableScreenIsAnErrorOfTheLogOnly(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("1", "a"), press("2", "b"))
		b.spoil("1")
		if _, err := b.engine.Log(t.Context(), "ana", 0); err == nil {
			t.Error("the log can be read")
		}
		b.handle(press("3", "c"))
		if got := b.log("ana", 1); len(got) != 2 {
			t.Errorf("after the unreadable one come %v", got)
		}
	})
}

func TestAHandlerThatPanicsIsAnErrorAndTheEngineLivesOn(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("1", "a"))
		was := b.rows()
		for name, e := range map[string]bot.Event{
			"a step": press("2", "boom"), "a reading": typed("3", "boom in read"),
			"a step of somebody new": {Key: "1", Conv: "eva", At: noon, Press: &bot.Press{Code: "boom"}},
		} {
			err := b.engine.Handle(t.Context(), e)
			if !errors.Is(err, store.ErrPanic) {
				t.Errorf("%s panics, the error is %v", name, err)
			}
			if name == "a reading" && strings.Contains(err.Error(), "boom") {
				t.Errorf("the error tells what was typed: %v", err)
			}
		}
		b.same(was, "after a panic")
		done := make(chan error, 1)
		go func() { done <- b.engine.Handle(context.WithoutCancel(t.Context()), typed("4", "hello")) }()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the lane is still taken")
		}
		if got := fmt.Sprint(b.written("ana")); got != "[a said hello as cs]" {
			t.Errorf("written: %s", got)
		}
	})
}

func TestATextIsReadOnceAgainstTheSessionAsItStands(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(typed("1", "hello"))
		understood := typed("2", "whatever")
		understood.Read = &bot.Reading{Code: "understood before"}
		b.handle(understood, typed("3", "again"))
		if got := fmt.Sprint(b.written("ana")); got != "[said hello as sq understood before said again as cs]" {
			t.Errorf("written: %s", got)
		}
	})
}

func TestAnEndedContextAndAClosedStoreWriteNothing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		b.handle(press("1", "a"))
		was := b.rows()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, e := range []bot.Event{press("2", "b"), typed("3", "c")} {
			if err := b.engine.Handle(ctx, e); !errors.Is(err, context.Canceled) {
				t.Errorf("error is %v", err)
			}
		}
		if _, err := b.engine.Log(ctx, "ana", 0); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
		b.same(was, "after an ended context")
		b.handle(press("2", "b"))
		if err := b.store.Close(); err != nil {
			t.Fatal(err)
		}
		if err := b.engine.Handle(t.Context(), press("3", "c")); !errors.Is(err, store.ErrClosed) {
			t.Errorf("error is %v", err)
		}
		if _, err := b.engine.Session(t.Context(), "ana"); !errors.Is(err, store.ErrClosed) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestAConversationThatNeverWasIsEmpty(t *testing.T) {
	t.Parallel()
	eachStore(t, func(b *bench) {
		s, err := b.engine.Session(t.Context(), "nobody")
		if data, _ := json.Marshal(s); err != nil || s.Version != 0 || string(data) != `{"v":0}` {
			t.Errorf("%+v, %v", s, err)
		}
		if got := b.log("nobody", 0); len(got) > 0 {
			t.Errorf("screens: %v", got)
		}
		if len(b.rows()) > 0 {
			t.Errorf("asking wrote %v", b.rows())
		}
	})
}
