package storetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wheretoturn/bot/store"
)

func lifeCases() []testCase {
	return []testCase{
		{"nothing happens once the context has ended", func(b *bench) {
			b.putKeys("a")
			ctx, cancel := context.WithCancel(b.Context())
			cancel()
			b.wantAllErr(ctx, context.Canceled)
			b.wantKeys("a")
			b.wantTimers()
		}},
		{"nothing happens once the deadline has passed", func(b *bench) {
			ctx, cancel := context.WithDeadline(b.Context(), noon())
			defer cancel()
			b.wantAllErr(ctx, context.DeadlineExceeded)
			b.wantKeys()
		}},
		{"a context that ends midway leaves all or nothing", func(b *bench) {
			ctx, cancel := context.WithCancel(b.Context())
			err := b.store.Update(ctx, nil, func(tx store.Tx) error {
				tx.Put("a", nil)
				cancel()
				tx.Put("b", nil)
				return nil
			})
			if err == nil {
				b.wantKeys("a", "b")
				return
			}
			b.wantErr(err, context.Canceled)
			b.wantKeys()
		}},
		{"a closed store refuses everything", func(b *bench) {
			b.putKeys("a")
			kick := b.watch("a")
			b.must(b.store.Close())
			b.wantEnd(kick)
			b.wantAllErr(b.Context(), store.ErrClosed)
		}},
		{"closing again is safe", func(b *bench) {
			b.together(4, func(int) error { return b.store.Close() })
			b.must(b.store.Close())
		}},
		{"closing lets writers finish or refuses them", closeAmongWriters},
	}
}

// wantAllErr calls every method but Close and expects the error from each,
// without a call of any function.
func (b *bench) wantAllErr(ctx context.Context, want error) {
	b.Helper()
	ran := errors.New("the function ran")
	_, timers := b.store.Timers(ctx, noon(), 1)
	_, watch := b.store.Watch(ctx, "a")
	for name, err := range map[string]error{
		"View": b.store.View(ctx, func(store.Reader) error { return ran }),
		"Update": b.store.Update(ctx, nil, func(tx store.Tx) error {
			tx.Put("b", nil)
			tx.Due(noon(), "o", "n")
			return ran
		}),
		"Timers": timers,
		"Watch":  watch,
		"Drop":   b.store.Drop(ctx, []string{"a"}),
	} {
		if !errors.Is(err, want) {
			b.Errorf("%s: error is %v, want %v", name, err, want)
		}
	}
}

func closeAmongWriters(b *bench) {
	started := make(chan struct{}, 8)
	b.together(9, func(i int) error {
		if i == 8 {
			<-started
			return b.store.Close()
		}
		deadline := time.Now().Add(patience)
		for time.Now().Before(deadline) {
			err := b.store.Update(b.Context(), nil, increment("n"))
			if errors.Is(err, store.ErrClosed) {
				return nil
			}
			if err != nil {
				return err
			}
			select {
			case started <- struct{}{}:
			default:
			}
		}
		return fmt.Errorf("writer %d was never refused", i)
	})
}
