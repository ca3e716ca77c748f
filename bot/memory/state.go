package memory

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"wheretoturn/bot/store"
)

// state is what is committed. The overlay above it keeps the port's rules; here
// keys are valid and values are owned and never changed in place.
type state struct {
	rows   map[string][]byte
	keys   []string // of rows, sorted
	timers map[timerKey]time.Time
	queue  []store.Timer // the timers, earliest first
}

type timerKey struct{ owner, name string }

func newState() state {
	return state{rows: map[string][]byte{}, timers: map[timerKey]time.Time{}}
}

// Get implements store.Reader.
func (s *state) Get(key string) ([]byte, error) {
	value, ok := s.rows[key]
	if !ok {
		return nil, store.ErrNotFound
	}
	return bytes.Clone(value), nil
}

// Scan implements store.Reader.
func (s *state) Scan(prefix, after string, limit int, fn func(key string, value []byte) error) error {
	from, found := slices.BinarySearch(s.keys, max(prefix, after))
	if found && after >= prefix {
		from++
	}
	for _, key := range s.keys[from:] {
		if limit == 0 || !strings.HasPrefix(key, prefix) {
			return nil
		}
		limit--
		if err := fn(key, bytes.Clone(s.rows[key])); err != nil {
			return err
		}
	}
	return nil
}

// Put implements store.Writer and keeps value.
func (s *state) Put(key string, value []byte) {
	if at, found := slices.BinarySearch(s.keys, key); !found {
		s.keys = slices.Insert(s.keys, at, key)
	}
	s.rows[key] = value
}

// Delete implements store.Writer.
func (s *state) Delete(key string) {
	if at, found := slices.BinarySearch(s.keys, key); found {
		s.keys = slices.Delete(s.keys, at, at+1)
	}
	delete(s.rows, key)
}

// Due implements store.Writer.
func (s *state) Due(at time.Time, owner, name string) {
	id := timerKey{owner, name}
	if old, ok := s.timers[id]; ok {
		i, _ := slices.BinarySearchFunc(s.queue, store.Timer{Owner: owner, Name: name, At: old}, compare)
		s.queue = slices.Delete(s.queue, i, i+1)
		delete(s.timers, id)
	}
	if at.IsZero() {
		return
	}
	timer := store.Timer{Owner: owner, Name: name, At: at}
	i, _ := slices.BinarySearchFunc(s.queue, timer, compare)
	s.queue = slices.Insert(s.queue, i, timer)
	s.timers[id] = at
}

func (s *state) due(until time.Time, limit int) []store.Timer {
	late := func(t store.Timer) bool { return t.At.After(until) }
	end := slices.IndexFunc(s.queue[:min(limit, len(s.queue))], late)
	if end < 0 {
		end = min(limit, len(s.queue))
	}
	return slices.Clone(s.queue[:end])
}

func (s *state) drop(prefix string) {
	from, _ := slices.BinarySearch(s.keys, prefix)
	end := from
	for end < len(s.keys) && strings.HasPrefix(s.keys[end], prefix) {
		delete(s.rows, s.keys[end])
		end++
	}
	s.keys = slices.Delete(s.keys, from, end)
}

func compare(a, b store.Timer) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Name, b.Name))
}
