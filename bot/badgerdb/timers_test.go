package badgerdb_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wheretoturn/bot/store"
)

// The store remembers up to when there is no timer, from whoever looked last.
func TestATimerIsSeenByWhoLooksAfterIt(t *testing.T) {
	t.Parallel()
	s := inMemory(t)
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	start := time.UnixMilli(1 << 40).UTC()
	for range 2 { // they look all the time, so that some look during a commit
		go func() {
			for ctx.Err() == nil {
				_, _ = s.Timers(ctx, start, 1)
			}
		}()
	}
	for i := range 200 {
		at := start.Add(time.Duration(i%20) * -time.Minute)
		owner := fmt.Sprint(i)
		update(t, s, func(tx store.Tx) { tx.Due(at, owner, "n") })
		timers, err := s.Timers(t.Context(), at, 1)
		if err != nil || len(timers) != 1 || timers[0].Owner != owner {
			t.Fatalf("%d: timers are %v, error %v", i, timers, err)
		}
		if i%20 == 19 || i%3 == 0 {
			update(t, s, func(tx store.Tx) {
				for j := i - i%20; j <= i; j++ {
					tx.Due(time.Time{}, fmt.Sprint(j), "n")
				}
			})
		}
	}
}
