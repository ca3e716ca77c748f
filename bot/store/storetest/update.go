package storetest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"wheretoturn/bot/store"
)

// errOwn is an error of a handler, unknown to every store.
var errOwn = errors.New("storetest: an error of our own")

func updateCases() []testCase {
	return []testCase{
		{"an error leaves nothing and is returned", func(b *bench) {
			b.wantRollback(func(tx store.Tx) error {
				scribble(tx)
				return errOwn
			}, errOwn)
		}},
		{"a panic leaves nothing and is returned as an error", func(b *bench) {
			err := b.wantRollback(func(tx store.Tx) error {
				scribble(tx)
				panic("out of cheese")
			}, store.ErrPanic)
			b.wantPanic(err, "out of cheese")
		}},
		{"a panic in a view is returned as an error", func(b *bench) {
			err := b.store.View(b.Context(), func(store.Reader) error { panic("out of cheese") })
			b.wantErr(err, store.ErrPanic)
			b.wantPanic(err, "out of cheese")
			b.put("a", "1") // nothing stays locked
		}},
		{"a view returns the error of its function", func(b *bench) {
			err := b.store.View(b.Context(), func(store.Reader) error { return errOwn })
			b.wantErr(err, errOwn)
		}},
		{"a failed read fails a view that passes over it", func(b *bench) {
			err := b.store.View(b.Context(), func(r store.Reader) error {
				_, _ = r.Get("")
				return nil
			})
			b.wantErr(err, store.ErrInvalid)
		}},
		{"an update without writes is fine", func(b *bench) {
			b.update(func(store.Tx) error { return nil })
			b.wantKeys()
		}},
		{"what a failed update wrote is not seen by the next", func(b *bench) {
			_ = b.store.Update(b.Context(), nil, func(tx store.Tx) error {
				scribble(tx)
				return errOwn
			})
			b.update(func(tx store.Tx) error { return expect(tx, "old=?", "new=?") })
		}},
	}
}

// scribble changes all that wantRollback looks at.
func scribble(tx store.Tx) {
	tx.Put("old", []byte("2"))
	tx.Put("new", []byte("2"))
	tx.Delete("gone")
	tx.Due(noon(), "o", "set")
	tx.Due(noon(), "o", "moved")
}

func (b *bench) wantRollback(fn func(store.Tx) error, want error) error {
	b.Helper()
	moved := store.Timer{Owner: "o", Name: "moved", At: noon().AddDate(0, 0, 1)}
	b.put("old", "1", "gone", "1")
	b.due(moved.At, moved.Owner, moved.Name)
	err := b.store.Update(b.Context(), nil, fn)
	b.wantErr(err, want)
	b.wantKeys("gone", "old")
	b.wantRow("old", "1")
	b.wantTimers(moved)
	return err
}

func (b *bench) wantPanic(err error, value any) {
	b.Helper()
	var p *store.PanicError
	if !errors.As(err, &p) || p.Value != value || !strings.Contains(string(p.Stack), "storetest") {
		b.Fatalf("error is %v, want a PanicError of %v with its stack", err, value)
	}
	if !strings.Contains(err.Error(), fmt.Sprint(value)) {
		b.Fatalf("error %q does not name the value", err)
	}
}

func writerCases() []testCase {
	return []testCase{
		{"sixteen writers of one counter lose no update", func(b *bench) {
			b.together(16, func(int) error {
				for range 25 {
					if err := b.store.Update(b.Context(), []string{"n"}, increment("n")); err != nil {
						return err
					}
				}
				return nil
			})
			b.wantRow("n", "400")
		}},
		{"locks in any order and more than once block nobody", func(b *bench) {
			locks := [][]string{{"x", "y", "z"}, {"z", "y", "x"}, {"y", "y", "x", "x"}, {"", "x"}}
			b.together(16, func(i int) error {
				for range 10 {
					if err := b.store.Update(b.Context(), locks[i%len(locks)], increment("n")); err != nil {
						return err
					}
				}
				return nil
			})
			b.wantRow("n", "160")
		}},
		{"a writer that fails takes no other with it", func(b *bench) {
			b.together(16, func(i int) error {
				want := []error{nil, errOwn, store.ErrPanic, store.ErrInvalid}[i%4]
				err := b.store.Update(b.Context(), []string{"n"}, func(tx store.Tx) error {
					switch err := increment("n")(tx); want {
					case store.ErrPanic:
						panic(err)
					case store.ErrInvalid:
						tx.Put("", nil)
						return nil
					default:
						return errors.Join(err, want)
					}
				})
				if !errors.Is(err, want) {
					return fmt.Errorf("error is %v, want %v", err, want)
				}
				return nil
			})
			b.wantRow("n", "4")
		}},
		{"a view sees one state while others write", oneState},
	}
}

// together runs fn in n goroutines and waits for all of them.
func (b *bench) together(n int, fn func(i int) error) {
	b.Helper()
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { errs[i] = fn(i) })
	}
	wait.Wait()
	b.must(errors.Join(errs...))
}

func increment(key string) func(store.Tx) error {
	return func(tx store.Tx) error {
		value, err := tx.Get(key)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		n, _ := strconv.Atoi(string(value)) // a missing row counts from zero
		tx.Put(key, strconv.AppendInt(nil, int64(n)+1, 10))
		return nil
	}
}

// oneState moves two rows in step and looks whether anybody sees one ahead.
func oneState(b *bench) {
	b.put("a", "0", "z", "0")
	b.together(8, func(i int) error {
		for range 50 {
			if err := b.store.View(b.Context(), equalRows("a", "z")); err != nil {
				return err
			}
			if i%2 == 1 {
				continue // a reader
			}
			err := b.store.Update(b.Context(), []string{"az"}, func(tx store.Tx) error {
				return errors.Join(equalRows("a", "z")(tx), increment("a")(tx), increment("z")(tx))
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	b.wantRow("z", "200")
}

func equalRows(a, z string) func(store.Reader) error {
	return func(r store.Reader) error {
		x, err := r.Get(a)
		if err != nil {
			return err
		}
		return expect(r, z+"="+string(x))
	}
}
