package badgerdb

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"

	"wheretoturn/bot/store"
)

// firstRow is the least key that belongs to the rows; below lie our own.
const firstRow = "\""

// Badger sets a version of eight bytes behind each key and matches the prefix
// of a DropPrefix against both. All versions begin with 0xff, so dropping
// "a\xff" would take the row "a" with it. So 0xff is never written: it becomes
// two bytes, as does 0xfe that leads them. The order of keys stays, and so does
// what is a prefix of what.
var (
	escape   = strings.NewReplacer("\xfe", "\xfe\x01", "\xff", "\xfe\x02")
	unescape = strings.NewReplacer("\xfe\x01", "\xfe", "\xfe\x02", "\xff")
)

// marker follows the prefix in the key of a marker row. No escaped key has it.
const marker = "\xfe\x03"

// reader reads rows in a Badger transaction; it sees the writes of that one.
type reader struct{ txn *badger.Txn }

// Get implements store.Reader.
func (r reader) Get(key string) ([]byte, error) {
	return r.get(escape.Replace(key))
}

func (r reader) get(key string) ([]byte, error) {
	item, err := r.txn.Get([]byte(key))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("badgerdb: get: %w", err)
	}
	value, err := item.ValueCopy(nil)
	if err != nil {
		return nil, fmt.Errorf("badgerdb: get: %w", err)
	}
	return value, nil
}

// Scan implements store.Reader.
func (r reader) Scan(prefix, after string, limit int, fn func(key string, value []byte) error) error {
	from := max(escape.Replace(prefix), escape.Replace(after), firstRow)
	return r.scan(escape.Replace(prefix), from, func(item *badger.Item) error {
		key := string(item.Key())
		if strings.HasSuffix(key, marker) {
			return nil
		}
		if key = unescape.Replace(key); key == after {
			return nil
		}
		if limit == 0 {
			return store.ErrStop
		}
		limit--
		value, err := item.ValueCopy(nil)
		if err != nil {
			return fmt.Errorf("badgerdb: scan: %w", err)
		}
		return fn(key, value)
	})
}

// scan calls fn for the items under prefix, from the first key not below from,
// until it returns an error, which scan returns unless it is ErrStop. Values are
// not fetched ahead: they lie beside the keys.
func (r reader) scan(prefix, from string, fn func(*badger.Item) error) error {
	o := badger.IteratorOptions{Prefix: []byte(prefix)}
	it := r.txn.NewIterator(o)
	defer it.Close()
	for it.Seek([]byte(from)); it.Valid(); it.Next() {
		if err := fn(it.Item()); err != nil {
			if err == store.ErrStop {
				return nil
			}
			return err
		}
	}
	return nil
}

// writer puts the changes of one function into a Badger transaction.
type writer struct {
	reader
	err      error  // the first that went wrong
	earliest string // stamp of all timers set
}

// Put implements store.Writer and keeps value.
func (w *writer) Put(key string, value []byte) { w.set(escape.Replace(key), value) }

// Delete implements store.Writer.
func (w *writer) Delete(key string) { w.remove(escape.Replace(key)) }

// Due implements store.Writer. A timer is two rows: one that sorts by time, one
// that finds the first again.
func (w *writer) Due(at time.Time, owner, name string) {
	index := timerKey(owner, name)
	old, err := w.get(index)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		w.fail(err)
		return
	}
	var now string
	if !at.IsZero() {
		now = stamp(at)
	}
	if now == string(old) {
		return
	}
	if old != nil {
		w.remove(dueKey(string(old), owner, name))
	}
	if now == "" {
		w.remove(index)
		return
	}
	w.earliest = min(w.earliest, now)
	w.set(index, []byte(now))
	w.set(dueKey(now, owner, name), nil)
}

func (w *writer) set(key string, value []byte) { w.fail(w.txn.Set([]byte(key), value)) }

func (w *writer) remove(key string) { w.fail(w.txn.Delete([]byte(key))) }

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
