package badgerdb_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wheretoturn/bot/store"
)

// BenchmarkCommits measures synced commits of one row of 300 bytes each.
func BenchmarkCommits(b *testing.B) {
	for _, writers := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := onDisk(b)
			defer s.Close()
			var left atomic.Int64
			left.Store(int64(b.N))
			value := make([]byte, 300)
			var wait sync.WaitGroup
			b.ResetTimer()
			for i := range writers {
				wait.Go(func() {
					for n := left.Add(-1); n >= 0; n = left.Add(-1) {
						key := fmt.Sprintf("c/%d/%d", i, n%64)
						err := s.Update(b.Context(), nil, func(tx store.Tx) error { tx.Put(key, value); return nil })
						if err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wait.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
		})
	}
}

// BenchmarkTimers measures how long it takes to find the earliest timer behind
// many that were removed, which Badger has to pass over.
func BenchmarkTimers(b *testing.B) {
	for _, removed := range []int{0, 1000, 100_000} {
		b.Run(fmt.Sprintf("removed=%d", removed), func(b *testing.B) {
			s := onDisk(b)
			defer s.Close()
			at := time.UnixMilli(1 << 40)
			for from := 0; from < removed; from += 1000 {
				for _, t := range []time.Time{at, {}} {
					err := s.Update(b.Context(), nil, func(tx store.Tx) error {
						for i := range 1000 {
							due := t
							if !due.IsZero() {
								due = due.Add(time.Duration(from+i) * time.Millisecond)
							}
							tx.Due(due, fmt.Sprint("c/", from+i), "n")
						}
						return nil
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			for b.Loop() {
				if _, err := s.Timers(b.Context(), at, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
