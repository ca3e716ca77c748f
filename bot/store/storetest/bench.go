package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"wheretoturn/bot/store"
)

// Benchmark measures Update as conversations use it, each writer with one of
// its own: read a row of 300 bytes, write it back, write another, set a timer.
func Benchmark(b *testing.B, open func(testing.TB) store.Store) {
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("Update/writers=%d", writers), func(b *testing.B) {
			s := open(b)
			defer s.Close()
			var left atomic.Int64
			left.Store(int64(b.N))
			var wait sync.WaitGroup
			b.ReportAllocs()
			b.ResetTimer()
			for i := range writers {
				wait.Go(func() {
					conversation := fmt.Sprintf("c/%d/", i)
					for left.Add(-1) >= 0 {
						if err := s.Update(b.Context(), []string{conversation}, step(conversation)); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wait.Wait()
		})
	}
}

// step writes into a ring of 64 rows, so that the store grows no further.
func step(conversation string) func(store.Tx) error {
	return func(tx store.Tx) error {
		session, err := tx.Get(conversation + "s")
		if err != nil {
			session = make([]byte, 300)
		}
		session[0]++
		tx.Put(conversation+"s", session)
		tx.Put(fmt.Sprintf("%so/%02d", conversation, session[0]%64), session)
		tx.Due(noon(), conversation, "expire")
		return nil
	}
}
