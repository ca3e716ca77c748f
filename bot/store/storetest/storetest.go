// Package storetest is the only test of how a store behaves: every store passes
// it, and what it does not ask no room may rely on. A store's own test file
// calls [Run] and [Benchmark] and adds nothing.
//
// Each table of cases has a file named for its part of the port; start reading
// at [Run]. [Twice] is here for the tests of handlers too.
package storetest

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"wheretoturn/bot/store"
)

// Run tests the store that open makes: once as it is and once through Twice.
// open returns an empty store of its own on every call; the suite closes it.
func Run(t *testing.T, open func(testing.TB) store.Store) {
	t.Helper()
	t.Run("each function runs once", func(t *testing.T) {
		t.Parallel()
		runAll(t, open)
	})
	t.Run("each function runs twice", func(t *testing.T) {
		t.Parallel()
		runAll(t, func(tb testing.TB) store.Store { return Twice(open(tb)) })
	})
}

func runAll(t *testing.T, open func(testing.TB) store.Store) {
	for _, c := range slices.Concat(
		rowCases(), limitCases(), scanCases(), pageCases(), updateCases(), writerCases(),
		timerCases(), dropCases(), watchCases(), lifeCases(),
	) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			c.run(&bench{T: t, store: s})
		})
	}
}

// testCase is one sentence of the contract.
type testCase struct {
	name string
	run  func(b *bench)
}

// bench is one test with its empty store. Its methods end the test on an error,
// hence never stand inside a View or Update.
type bench struct {
	*testing.T
	store store.Store
}

func (b *bench) update(fn func(tx store.Tx) error) {
	b.Helper()
	b.must(b.store.Update(b.Context(), []string{"all"}, fn))
}

// put writes rows given as key, value, key, value …
func (b *bench) put(pairs ...string) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		for pair := range slices.Chunk(pairs, 2) {
			tx.Put(pair[0], []byte(pair[1]))
		}
		return nil
	})
}

// putKeys writes rows whose values do not matter.
func (b *bench) putKeys(keys ...string) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		for _, key := range keys {
			tx.Put(key, []byte("x"))
		}
		return nil
	})
}

// wantRow expects the value under key, in a transaction of its own.
func (b *bench) wantRow(key, value string) {
	b.Helper()
	var got []byte
	b.must(b.store.View(b.Context(), func(r store.Reader) (err error) {
		got, err = r.Get(key)
		return err
	}))
	if !bytes.Equal(got, []byte(value)) {
		b.Fatalf("row %.40q is %.40q (%d bytes), want %.40q", key, got, len(got), value)
	}
}

func (b *bench) wantNoRow(key string) {
	b.Helper()
	err := b.store.View(b.Context(), func(r store.Reader) error {
		_, err := r.Get(key)
		return err
	})
	b.wantErr(err, store.ErrNotFound)
}

// wantKeys expects the keys of all rows.
func (b *bench) wantKeys(want ...string) {
	b.Helper()
	b.equal(b.scan("", "", store.MaxPage), want)
}

// scan returns the keys of one page.
func (b *bench) scan(prefix, after string, limit int) []string {
	b.Helper()
	var keys []string
	b.must(b.store.View(b.Context(), func(r store.Reader) (err error) {
		keys, err = keysOf(r, prefix, after, limit)
		return err
	}))
	return keys
}

func keysOf(r store.Reader, prefix, after string, limit int) ([]string, error) {
	var keys []string
	err := r.Scan(prefix, after, limit, func(key string, _ []byte) error {
		keys = append(keys, key)
		return nil
	})
	return keys, err
}

func (b *bench) equal(got, want []string) {
	b.Helper()
	if !slices.Equal(got, want) {
		b.Fatalf("got %.400q\nwant %.400q", got, want)
	}
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) wantErr(err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Fatalf("error is %v, want %v", err, want)
	}
}
