package badgerdb

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// erase answers all drops together: one DropPrefix rewrites the tables once,
// however many prefixes it is given. Our writer waits for it, so that it never
// sees ErrBlockedWrites, with which Badger refuses writes meanwhile.
func (s *Store) erase(drops []*job) {
	var prefixes []string
	for _, j := range drops {
		prefixes = append(prefixes, j.drop...)
	}
	if len(prefixes) == 0 {
		answer(drops, nil)
		return
	}
	err := s.writable()
	if err == nil {
		if err = s.drop(outermost(prefixes)); err != nil {
			err = fmt.Errorf("badgerdb: drop: %w", err)
		}
		s.kicks.KickDropped(prefixes)
	}
	answer(drops, err)
}

// drop puts the markers, drops the prefixes and looks whether the markers went,
// because Badger passes over some of its failures. All readers are out, so that
// the old files are gone when it returns.
func (s *Store) drop(prefixes []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	keys := make([][]byte, len(prefixes))
	for i, prefix := range prefixes {
		keys[i] = []byte(escape.Replace(prefix))
	}
	if err := s.mark(keys); err != nil {
		return err
	}
	if err := s.db.DropPrefix(keys...); err != nil {
		s.broken = err // its tables and its log may no longer agree
		return err
	}
	if err := s.marked(keys); err != nil {
		return err
	}
	return s.sync()
}

// mark puts a live row under every prefix, in as many commits as it takes.
func (s *Store) mark(keys [][]byte) error {
	for some := range slices.Chunk(keys, maxBatch) {
		err := s.db.Update(func(txn *badger.Txn) error {
			for _, key := range some {
				if err := txn.Set(slices.Concat(key, []byte(marker)), nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			s.broken = err
			return err
		}
	}
	return nil
}

// marked returns an error if a marker is still there.
func (s *Store) marked(keys [][]byte) error {
	return s.db.View(func(txn *badger.Txn) error {
		for _, key := range keys {
			_, err := txn.Get(slices.Concat(key, []byte(marker)))
			switch {
			case err == nil:
				return errors.New("rows are still there, see the log")
			case !errors.Is(err, badger.ErrKeyNotFound):
				return err
			}
		}
		return nil
	})
}

// sync makes the removal of files outlive a power cut. An old write-ahead log
// that came back would bring its rows along.
func (s *Store) sync() error {
	if s.dir == "" {
		return nil
	}
	d, err := os.Open(s.dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// outermost leaves out the prefixes that lie under another one.
func outermost(prefixes []string) []string {
	var kept []string
	for _, prefix := range slices.Sorted(slices.Values(prefixes)) {
		if len(kept) == 0 || !strings.HasPrefix(prefix, kept[len(kept)-1]) {
			kept = append(kept, prefix)
		}
	}
	return kept
}
