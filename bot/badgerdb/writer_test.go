package badgerdb_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/store"
)

func TestAFullDiskMakesTheStoreReadOnly(t *testing.T) {
	t.Parallel()
	var free atomic.Uint64
	free.Store(1 << 40)
	o := badgerdb.Options{FreeFunc: func(string) (uint64, error) { return free.Load(), nil }}
	dir := t.TempDir()
	s := open(t, dir, o)
	defer s.Close()
	put(t, s, "a", "1")
	free.Store(128<<20 - 1)
	var err error
	for i := 0; i < 20 && err == nil; i++ { // it asks again after some MB
		err = s.Update(t.Context(), nil, func(tx store.Tx) error { tx.Put("a", make([]byte, store.MaxValue)); return nil })
	}
	ran := false
	again := s.Update(t.Context(), nil, func(store.Tx) error { ran = true; return nil })
	for _, err := range []error{err, again, s.Drop(t.Context(), []string{"a"})} {
		if !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("error is %v", err)
		}
	}
	if ran {
		t.Error("a function ran")
	}
	if n := len(keys(t, s, "")); n != 1 {
		t.Errorf("%d rows can be read", n)
	}
	if _, err := badgerdb.Open(t.TempDir(), badgerdb.Options{MinFree: 1 << 60, FreeFunc: o.FreeFunc}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("opening on a full disk: %v", err)
	}
	free.Store(128 << 20)
	put(t, s, "a", "2")
	want(t, s, "a", "2")
}

func TestNothingIsWrittenAfterACommitThatFailed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, badgerdb.Options{})
	put(t, s, "a", "1")
	s.Break()
	write := func(tx store.Tx) error { tx.Put("a", []byte("2")); return nil }
	if err := s.Update(t.Context(), nil, write); err == nil || errors.Is(err, store.ErrReadOnly) {
		t.Errorf("error is %v", err)
	}
	for range 2 {
		if err := s.Update(t.Context(), nil, write); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("error is %v", err)
		}
	}
	s.Close()
	s = open(t, dir, badgerdb.Options{})
	defer s.Close()
	want(t, s, "a", "1")
}

// Each row is far longer on disk than it weighs, so that a batch does not fit
// in the transaction it was packed for.
func TestABatchThatIsTooBigIsHalved(t *testing.T) {
	t.Parallel()
	s := onDisk(t)
	defer s.Close()
	var wait sync.WaitGroup
	for i := range 300 {
		wait.Go(func() {
			err := s.Update(t.Context(), nil, func(tx store.Tx) error {
				for j := range 5 {
					tx.Put(fmt.Sprint("k/", i, "/", j, strings.Repeat("\xff", 1000)), nil)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	n := 0
	for after := ""; ; {
		page := keysAfter(t, s, "k/", after)
		if n += len(page); len(page) == 0 {
			break
		}
		after = page[len(page)-1]
	}
	if n != 1500 {
		t.Errorf("%d rows, want 1500", n)
	}
}

func TestHeavyWritersFillSeveralTransactions(t *testing.T) {
	t.Parallel()
	s := onDisk(t)
	defer s.Close()
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			value := []byte(long(fmt.Sprint(i)))
			err := s.Update(t.Context(), nil, func(tx store.Tx) error { tx.Put(fmt.Sprint("k/", i), value); return nil })
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for i := range 20 {
		want(t, s, fmt.Sprint("k/", i), long(fmt.Sprint(i)))
	}
}

func TestTheContextEndsTheWaitForATurn(t *testing.T) {
	t.Parallel()
	s := inMemory(t)
	defer s.Close()
	busy, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- s.Update(context.Background(), nil, func(tx store.Tx) error {
			close(busy)
			<-release
			tx.Put("a", nil)
			return nil
		})
	}()
	<-busy
	ctx, cancel := context.WithCancel(t.Context())
	second := make(chan error, 1)
	go func() { second <- s.Update(ctx, nil, func(tx store.Tx) error { tx.Put("b", nil); return nil }) }()
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	close(release)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if keys := keys(t, s, ""); fmt.Sprint(keys) != "[a]" {
		t.Errorf("rows are %q", keys)
	}
}

func keysAfter(t *testing.T, s store.Store, prefix, after string) (keys []string) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		return r.Scan(prefix, after, store.MaxPage, func(key string, _ []byte) error {
			keys = append(keys, key)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}
