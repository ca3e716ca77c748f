package store

import (
	"maps"
	"slices"
	"time"
)

// Changes is what one Update wrote and a store is to commit, within the limits.
type Changes struct {
	rows   map[string][]byte // nil where the row is deleted
	timers map[timerKey]time.Time
}

type timerKey struct{ owner, name string }

func newChanges() Changes {
	return Changes{rows: map[string][]byte{}, timers: map[timerKey]time.Time{}}
}

// Apply writes the changes to w: the rows in the order of their keys, one
// change each, then the timers. Values are handed over and not copied.
func (c *Changes) Apply(w Writer) {
	for _, key := range slices.Sorted(maps.Keys(c.rows)) {
		if value := c.rows[key]; value != nil {
			w.Put(key, value)
		} else {
			w.Delete(key)
		}
	}
	for timer, at := range c.timers {
		w.Due(at, timer.owner, timer.name)
	}
}

// Touched returns the keys that changed, for Kicks.Kick.
func (c *Changes) Touched() []string {
	keys := slices.Collect(maps.Keys(c.rows))
	if len(c.timers) > 0 {
		keys = append(keys, WatchTimers)
	}
	return keys
}

// Weight returns about how many bytes the changes take in a commit, never less,
// for a store that packs several transactions into one.
func (c *Changes) Weight() int {
	weight := 0
	for key, value := range c.rows {
		weight += rowWeight + len(key) + len(value)
	}
	for timer := range c.timers {
		weight += timerWeight + 3*(len(timer.owner)+len(timer.name))
	}
	return weight
}
