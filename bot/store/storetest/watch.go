package storetest

import (
	"context"
	"strings"
	"time"

	"wheretoturn/bot/store"
)

// patience is how long a kick may take before a test gives up on it.
const patience = 10 * time.Second

func watchCases() []testCase {
	return []testCase{
		{"a commit kicks who watches a prefix of it", func(b *bench) {
			exact, prefix, all := b.watch("c/1/s"), b.watch("c/1/"), b.watch("")
			b.put("c/1/s", "1")
			for _, kick := range []<-chan struct{}{exact, prefix, all} {
				b.wantKick(kick)
			}
			b.wantRow("c/1/s", "1")
		}},
		{"a commit elsewhere kicks nobody", func(b *bench) {
			near, longer, other := b.watch("c/1/"), b.watch("c/10/s"), b.watch("c/2/")
			b.putKeys("c/1", "c/10/", "d")
			b.putKeys("c/2/s")
			b.wantKick(other) // kicks come in order of commits, so the others would be here
			b.wantNoKick(near, longer)
		}},
		{"deleting, dropping and timers kick too", otherKicks},
		{"an update that fails kicks nobody", func(b *bench) {
			failed, done := b.watch("a"), b.watch("b")
			for _, fn := range []func(store.Tx) error{
				func(tx store.Tx) error { tx.Put("a", nil); return errOwn },
				func(tx store.Tx) error { tx.Put("a", nil); panic("out of cheese") },
			} {
				if b.store.Update(b.Context(), nil, fn) == nil {
					b.Fatal("the update has not failed")
				}
			}
			b.putKeys("b")
			b.wantKick(done)
			b.wantNoKick(failed)
		}},
		{"kicks that nobody takes block no commit", func(b *bench) {
			kick := b.watch("a")
			for range 100 {
				b.putKeys("a")
			}
			b.wantKick(kick)
		}},
		{"a watcher misses no change", missNothing},
		{"a watch ends with its context", func(b *bench) {
			ctx, cancel := context.WithCancel(b.Context())
			kick, err := b.store.Watch(ctx, "a")
			b.must(err)
			b.putKeys("a")
			cancel()
			b.wantEnd(kick)
			b.putKeys("a")
		}},
		{"a watch of a prefix outside the limits is invalid", func(b *bench) {
			for _, prefix := range []string{strings.Repeat("k", store.MaxKey+1), "!", "\x00"} {
				_, err := b.store.Watch(b.Context(), prefix)
				b.wantErr(err, store.ErrInvalid)
			}
		}},
	}
}

func otherKicks(b *bench) {
	b.putKeys("a/1", "b/1/x")
	deleted, dropped, above, timers := b.watch("a/"), b.watch("b/1/"), b.watch("b"), b.watch(store.WatchTimers)
	b.update(func(tx store.Tx) error { tx.Delete("a/1"); return nil })
	b.wantKick(deleted)
	b.wantNoKick(dropped, above, timers)
	b.drop("b/")
	b.wantKick(dropped)
	b.wantKick(above)
	b.due(noon(), "o", "n")
	b.wantKick(timers)
	b.due(time.Time{}, "o", "n")
	b.wantKick(timers)
}

// missNothing reads the row only when kicked and still comes to its last value.
func missNothing(b *bench) {
	kick := b.watch("n")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 200 {
			if err := b.store.Update(b.Context(), []string{"n"}, increment("n")); err != nil {
				b.Errorf("Update: %v", err)
			}
		}
	}()
	defer func() { <-done }()
	for last := false; !last; {
		b.wantKick(kick)
		b.must(b.store.View(b.Context(), func(r store.Reader) error {
			value, err := r.Get("n")
			last = string(value) == "200"
			return err
		}))
	}
}

func (b *bench) watch(prefix string) <-chan struct{} {
	b.Helper()
	kick, err := b.store.Watch(b.Context(), prefix)
	b.must(err)
	return kick
}

func (b *bench) wantKick(kick <-chan struct{}) {
	b.Helper()
	select {
	case _, live := <-kick:
		if !live {
			b.Fatal("the watch has ended")
		}
	case <-time.After(patience):
		b.Fatal("no kick")
	}
}

func (b *bench) wantNoKick(kicks ...<-chan struct{}) {
	b.Helper()
	for i, kick := range kicks {
		select {
		case _, live := <-kick:
			b.Fatalf("watch %d got a kick too many (live: %v)", i, live)
		default:
		}
	}
}

// wantEnd expects the channel to be closed, perhaps behind a last kick.
func (b *bench) wantEnd(kick <-chan struct{}) {
	b.Helper()
	end := time.After(patience)
	for {
		select {
		case _, live := <-kick:
			if !live {
				return
			}
		case <-end:
			b.Fatal("the watch has not ended")
		}
	}
}
