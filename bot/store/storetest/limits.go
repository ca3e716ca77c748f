package storetest

import (
	"fmt"
	"strings"
	"time"

	"wheretoturn/bot/store"
)

func limitCases() []testCase {
	cases := []testCase{
		{"the longest key and value fit", func(b *bench) {
			key := strings.Repeat("k", store.MaxKey)
			value := strings.Repeat("v", store.MaxValue)
			b.put(key, value)
			b.wantRow(key, value)
			b.put(key[:1], value[:store.MaxValue/2])
			b.wantRow(key[:1], value[:store.MaxValue/2])
			b.equal(b.scan("", "", 10), []string{key[:1], key})
		}},
		{"a transaction of many rows fits", func(b *bench) {
			const rows = 5000
			b.update(func(tx store.Tx) error {
				for i := range rows {
					tx.Put(fmt.Sprintf("r/%05d", i), make([]byte, 100))
				}
				return nil
			})
			b.equal(b.scan("r/", "r/04997", 10), []string{"r/04998", "r/04999"})
		}},
		{"a transaction that weighs too much leaves nothing", func(b *bench) {
			err := b.store.Update(b.Context(), nil, func(tx store.Tx) error {
				tx.Put("a", make([]byte, store.MaxValue))
				tx.Put("b", make([]byte, store.MaxWeight-store.MaxValue))
				return nil
			})
			b.wantErr(err, store.ErrInvalid)
			b.wantKeys()
		}},
		{"only what is committed weighs", func(b *bench) {
			b.update(func(tx store.Tx) error {
				for range 4 {
					tx.Put("a", make([]byte, store.MaxValue))
				}
				tx.Put("a", []byte("small"))
				return nil
			})
			b.wantRow("a", "small")
		}},
		{"the outermost timers fit", outermostTimers},
	}
	for _, bad := range outside() {
		cases = append(cases, testCase{bad.name + " fails the whole update", func(b *bench) {
			err := b.store.Update(b.Context(), nil, func(tx store.Tx) error {
				tx.Put("before", nil)
				bad.do(tx)
				tx.Put("after", nil)
				return nil
			})
			b.wantErr(err, store.ErrInvalid)
			b.wantKeys()
			b.wantTimers()
		}})
	}
	return cases
}

func outermostTimers(b *bench) {
	owner, name := strings.Repeat("o", store.MaxOwner), strings.Repeat("n", store.MaxName)
	first := time.UnixMilli(0).UTC()
	last := time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC)
	b.due(first, owner, name)
	b.due(last, "\x00/\xff", "\x00\xff")
	b.wantTimers(store.Timer{Owner: owner, Name: name, At: first},
		store.Timer{Owner: "\x00/\xff", Name: "\x00\xff", At: last})
}

type outsideCase struct {
	name string
	do   func(store.Tx) // drops its error on purpose
}

// outside lists what lies one step beyond a limit.
func outside() []outsideCase {
	long := strings.Repeat("k", store.MaxKey+1)
	scan := func(tx store.Tx, prefix string, limit int) {
		_ = tx.Scan(prefix, "", limit, func(string, []byte) error { return nil })
	}
	due := func(at time.Time, owner, name string) func(store.Tx) {
		return func(tx store.Tx) { tx.Due(at, owner, name) }
	}
	soon := noon()
	return []outsideCase{
		{"putting an empty key", func(tx store.Tx) { tx.Put("", nil) }},
		{"putting too long a key", func(tx store.Tx) { tx.Put(long, nil) }},
		{"putting a key of the store itself", func(tx store.Tx) { tx.Put("!due/", nil) }},
		{"putting a key below those of the store", func(tx store.Tx) { tx.Put("\x00", nil) }},
		{"putting too long a value", func(tx store.Tx) { tx.Put("a", make([]byte, store.MaxValue+1)) }},
		{"deleting an empty key", func(tx store.Tx) { tx.Delete("") }},
		{"getting too long a key", func(tx store.Tx) { _, _ = tx.Get(long) }},
		{"scanning the store's own prefix", func(tx store.Tx) { scan(tx, "!", 1) }},
		{"scanning a page of none", func(tx store.Tx) { scan(tx, "", 0) }},
		{"scanning too large a page", func(tx store.Tx) { scan(tx, "", store.MaxPage+1) }},
		{"a timer of nobody", due(soon, "", "n")},
		{"a timer of too long an owner", due(soon, long[:store.MaxOwner+1], "n")},
		{"a timer without a name", due(soon, "o", "")},
		{"a timer with too long a name", due(soon, "o", long[:store.MaxName+1])},
		{"a timer with a slash in its name", due(soon, "o", "a/b")},
		{"a timer before 1970", due(time.UnixMilli(-1), "o", "n")},
		{"a timer after 9999", due(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "o", "n")},
	}
}
