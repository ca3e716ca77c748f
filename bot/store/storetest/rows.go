package storetest

import (
	"errors"
	"fmt"
	"strings"

	"wheretoturn/bot/store"
)

func rowCases() []testCase {
	return []testCase{
		{"a missing row is not found", func(b *bench) {
			b.wantNoRow("a")
			err := b.store.Update(b.Context(), nil, func(tx store.Tx) error {
				_, err := tx.Get("a")
				return err
			})
			b.wantErr(err, store.ErrNotFound)
		}},
		{"not finding a row does not fail an update", func(b *bench) {
			b.update(func(tx store.Tx) error {
				if _, err := tx.Get("a"); errors.Is(err, store.ErrNotFound) {
					tx.Put("a", []byte("new"))
				}
				return nil
			})
			b.wantRow("a", "new")
		}},
		{"a put is read back and replaces what was there", func(b *bench) {
			b.put("a", "first", "b", "other")
			b.wantRow("a", "first")
			b.put("a", "second")
			b.wantRow("a", "second")
			b.wantRow("b", "other")
		}},
		{"a deleted row is gone and may be put again", func(b *bench) {
			b.put("a", "1", "b", "2")
			remove := func(tx store.Tx) error { tx.Delete("a"); return nil }
			b.update(remove)
			b.wantNoRow("a")
			b.wantKeys("b")
			b.update(remove) // a missing row is no error
			b.put("a", "3")
			b.wantRow("a", "3")
		}},
		{"an empty value is a row", func(b *bench) {
			b.update(func(tx store.Tx) error {
				tx.Put("nil", nil)
				tx.Put("none", []byte{})
				_, err := tx.Get("nil")
				return err
			})
			b.wantRow("nil", "")
			b.wantRow("none", "")
			b.wantKeys("nil", "none")
		}},
		{"keys and values are bytes and not text", binaryRows},
		{"an update sees its own writes", ownWrites},
		{"changing a slice that was put changes no row", putCopies},
		{"changing a slice that was read changes no row", getCopies},
	}
}

func binaryRows(b *bench) {
	keys := []string{"%_'\"\\", "a", "a\x00", "a\x00b", "a\n", "a'", "ä", "\xc3", "\xff", "\xff\x00"}
	for i, key := range keys {
		b.put(key, fmt.Sprintf("\x00%d\xff\xfe", i))
	}
	for i, key := range keys {
		b.wantRow(key, fmt.Sprintf("\x00%d\xff\xfe", i))
	}
}

func ownWrites(b *bench) {
	b.put("old", "1", "gone", "1")
	b.update(func(tx store.Tx) error {
		tx.Put("old", []byte("2"))
		tx.Put("new", []byte("2"))
		tx.Delete("gone")
		if err := expect(tx, "old=2", "new=2", "gone=?"); err != nil {
			return err
		}
		tx.Put("gone", []byte("3"))
		tx.Delete("new")
		tx.Delete("old")
		tx.Put("old", []byte("3"))
		return expect(tx, "old=3", "new=?", "gone=3")
	})
	b.wantKeys("gone", "old")
	b.wantRow("old", "3")
}

// expect compares rows with key=value, where a missing one has the value "?".
func expect(r store.Reader, rows ...string) error {
	for _, want := range rows {
		key, _, _ := strings.Cut(want, "=")
		value, err := r.Get(key)
		if errors.Is(err, store.ErrNotFound) {
			value, err = []byte("?"), nil
		}
		if got := key + "=" + string(value); err != nil || got != want {
			return fmt.Errorf("row is %s (%v), want %s", got, err, want)
		}
	}
	return nil
}

func putCopies(b *bench) {
	b.update(func(tx store.Tx) error {
		value := []byte("abc")
		tx.Put("a", value)
		value[0] = 'X'
		return expect(tx, "a=abc")
	})
	value := []byte("abc")
	b.update(func(tx store.Tx) error { tx.Put("b", value); return nil })
	value[0] = 'X'
	b.wantRow("a", "abc")
	b.wantRow("b", "abc")
}

func getCopies(b *bench) {
	b.put("a", "abc")
	var kept [][]byte
	spoil := func(r store.Reader) error {
		value, err := r.Get("a")
		if err != nil {
			return err
		}
		value[0] = 'X'
		kept = append(kept, value)
		return errors.Join(expect(r, "a=abc"), r.Scan("", "", 10, func(_ string, value []byte) error {
			value[1] = 'X'
			kept = append(kept, value)
			return nil
		}), expect(r, "a=abc"))
	}
	b.must(b.store.View(b.Context(), spoil))
	b.update(func(tx store.Tx) error { return spoil(tx) })
	b.update(func(tx store.Tx) error {
		tx.Put("a", []byte("abc"))
		return spoil(tx)
	})
	b.wantRow("a", "abc")
	b.put("a", "later", "b", "later")
	for _, value := range kept {
		if got := string(value); got != "Xbc" && got != "aXc" {
			b.Fatalf("a kept slice has become %q", got)
		}
	}
}
