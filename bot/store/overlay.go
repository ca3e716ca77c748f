package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// overlay is a transaction before its commit: the writes of one function, laid
// over the committed rows of a store. It holds the rules of Tx (limits, copies,
// own writes), so that a store's own Reader and Writer need not.
type overlay struct {
	base Reader
	Changes
	err error // the first thing that went wrong and fails the transaction
}

type row struct {
	key   string
	value []byte
}

// Get implements Reader.
func (o *overlay) Get(key string) ([]byte, error) {
	if err := checkKey(key); err != nil {
		return nil, o.fail(err)
	}
	value, own := o.rows[key]
	switch {
	case own && value == nil:
		return nil, ErrNotFound
	case own:
		return bytes.Clone(value), nil
	}
	value, err := o.base.Get(key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, o.fail(err)
	}
	return value, err
}

// Scan implements Reader.
func (o *overlay) Scan(prefix, after string, limit int, fn func(key string, value []byte) error) error {
	if err := errors.Join(checkPrefix(prefix), CheckLimit(limit)); err != nil {
		return o.fail(err)
	}
	page, err := o.page(prefix, after, limit)
	if err != nil {
		return o.fail(err)
	}
	for _, r := range page {
		err := fn(r.key, r.value)
		if errors.Is(err, ErrStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// page merges the committed rows with our own. Each own write hides at most one
// committed row, so that many more are asked for.
func (o *overlay) page(prefix, after string, limit int) ([]row, error) {
	var page []row
	hidden := 0
	for key, value := range o.rows {
		if !strings.HasPrefix(key, prefix) || key <= after {
			continue
		}
		hidden++
		if value != nil {
			page = append(page, row{key, bytes.Clone(value)})
		}
	}
	err := o.base.Scan(prefix, after, limit+hidden, func(key string, value []byte) error {
		if _, own := o.rows[key]; !own {
			page = append(page, row{key, value})
		}
		return nil
	})
	slices.SortFunc(page, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return page[:min(limit, len(page))], err
}

// Put implements Writer.
func (o *overlay) Put(key string, value []byte) {
	if len(value) > MaxValue {
		o.fail(fmt.Errorf("%w: value of %d bytes", ErrInvalid, len(value)))
		return
	}
	if err := checkKey(key); err != nil {
		o.fail(err)
		return
	}
	o.rows[key] = append([]byte{}, value...) // never nil: that means deleted
}

// Delete implements Writer.
func (o *overlay) Delete(key string) {
	if err := checkKey(key); err != nil {
		o.fail(err)
		return
	}
	o.rows[key] = nil
}

// Due implements Writer.
func (o *overlay) Due(at time.Time, owner, name string) {
	if err := checkTimer(at, owner, name); err != nil {
		o.fail(err)
		return
	}
	if !at.IsZero() {
		at = Cut(at)
	}
	o.timers[timerKey{owner, name}] = at
}

func (o *overlay) fail(err error) error {
	if o.err == nil {
		o.err = err
	}
	return err
}
