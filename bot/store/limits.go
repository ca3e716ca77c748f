package store

import (
	"fmt"
	"strings"
	"time"
)

// The limits are those that every store can hold: a key must fit an index row
// of PostgreSQL (2,704 bytes), a transaction one of Badger with a memtable of
// 8 MiB (1.26 MB and 13,000 entries). From 1 MiB on Badger keeps a value apart
// from its row, in a log that Drop does not reach.
const (
	// MaxKey is the longest key in bytes, MaxValue the longest value.
	MaxKey   = 1 << 10
	MaxValue = 1<<20 - 1
	// MaxOwner and MaxName are the longest owner and name of a timer in bytes.
	MaxOwner = 256
	MaxName  = 64
	// MaxPage is the most rows or timers read at once.
	MaxPage = 1000
	// MaxWeight is the heaviest transaction, as Changes.Weight weighs it.
	MaxWeight = 1<<20 + 128<<10
)

// What a change weighs beside its bytes, so that many small ones fill a
// transaction too. A store without tables keeps a timer as several rows.
const (
	rowWeight   = 100
	timerWeight = 3 * rowWeight
)

// lastOwn is the highest first byte of the keys that belong to the store.
const lastOwn = '!'

var (
	firstTime = time.UnixMilli(0)
	endOfTime = time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// Cut returns t in UTC and whole milliseconds, rounded down, which is what
// every store can keep. Two cut times may be compared with ==.
func Cut(t time.Time) time.Time {
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// CheckLimit returns ErrInvalid unless limit is 1 to MaxPage.
func CheckLimit(limit int) error {
	if limit < 1 || limit > MaxPage {
		return fmt.Errorf("%w: page of %d", ErrInvalid, limit)
	}
	return nil
}

// CheckDrop returns ErrInvalid if one of the prefixes may not be dropped.
func CheckDrop(prefixes []string) error {
	for _, prefix := range prefixes {
		if err := checkKey(prefix); err != nil {
			return err
		}
	}
	return nil
}

func checkKey(key string) error {
	if key == "" {
		return fmt.Errorf("%w: empty key", ErrInvalid)
	}
	return checkPrefix(key)
}

func checkPrefix(prefix string) error {
	switch {
	case len(prefix) > MaxKey:
		return fmt.Errorf("%w: key of %d bytes", ErrInvalid, len(prefix))
	case prefix != "" && prefix[0] <= lastOwn:
		return fmt.Errorf("%w: key belongs to the store", ErrInvalid)
	}
	return nil
}

func checkTimer(at time.Time, owner, name string) error {
	switch {
	case owner == "" || len(owner) > MaxOwner:
		return fmt.Errorf("%w: timer owner of %d bytes", ErrInvalid, len(owner))
	case name == "" || len(name) > MaxName || strings.Contains(name, "/"):
		return fmt.Errorf("%w: timer name %q", ErrInvalid, name)
	case !at.IsZero() && (at.Before(firstTime) || !at.Before(endOfTime)):
		return fmt.Errorf("%w: timer at %v", ErrInvalid, at)
	}
	return nil
}
