package badgerdb

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"

	"wheretoturn/bot/store"
)

const (
	dueRows   = store.WatchTimers // "!due/<ms>/<owner>/<name>", by time
	timerRows = "!timer/"         // "!timer/<owner>/<name>" → <ms>
	stampSize = 15                // digits up to the year 9999
	never     = ":"               // sorts after every stamp
)

func timerKey(owner, name string) string {
	return timerRows + owner + "/" + name
}

func dueKey(stamp, owner, name string) string {
	return dueRows + stamp + "/" + owner + "/" + name
}

func stamp(at time.Time) string {
	return fmt.Sprintf("%0*d", stampSize, at.UnixMilli())
}

// due returns the timers that are due, earliest first, and the stamp of the
// earliest there is, due or not. No stamp sorts before from.
func due(txn *badger.Txn, from string, until time.Time, limit int) (timers []store.Timer, first string, err error) {
	first = never
	err = reader{txn}.scan(dueRows, dueRows+from, func(item *badger.Item) error {
		timer, err := parseDue(string(item.Key()))
		if err != nil {
			return err
		}
		first = min(first, stamp(timer.At))
		if len(timers) == limit || timer.At.After(until) {
			return store.ErrStop
		}
		timers = append(timers, timer)
		return nil
	})
	return timers, first, err
}

// parseDue reads a key back. Owners may hold slashes, names never do.
func parseDue(key string) (store.Timer, error) {
	ms, id, ok := strings.Cut(strings.TrimPrefix(key, dueRows), "/")
	n, err := strconv.ParseInt(ms, 10, 64)
	slash := strings.LastIndexByte(id, '/')
	if !ok || err != nil || slash < 0 {
		return store.Timer{}, fmt.Errorf("badgerdb: timers: %w: key %q", store.ErrCorrupt, key)
	}
	return store.Timer{Owner: id[:slash], Name: id[slash+1:], At: time.UnixMilli(n).UTC()}, nil
}

// floor remembers up to which stamp there is no timer. Without it every look for
// timers passes over all those that were removed, until a compaction forgets
// them: 14 ms for 100,000.
type floor struct {
	mu    sync.Mutex
	stamp string // no timer's stamp sorts before it
	turns int    // odd while timers are being committed
}

// begin lowers the floor before a commit that sets timers, none before stamp.
func (f *floor) begin(stamp string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stamp = min(f.stamp, stamp)
	f.turns++
}

// end follows begin when the commit is over.
func (f *floor) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.turns++
}

// read is called before the snapshot is taken.
func (f *floor) read() (stamp string, turns int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stamp, f.turns
}

// raise sets the floor to the first stamp of a snapshot, unless timers were
// committed while somebody looked.
func (f *floor) raise(stamp string, turns int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if turns%2 == 0 && turns == f.turns {
		f.stamp = stamp
	}
}
