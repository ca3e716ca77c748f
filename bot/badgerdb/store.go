// Package badgerdb is the embedded store: Badger in one directory, one process
// at a time, behind the port of package store. It is where rows, timers and the
// promise to erase meet the disk, and knows nothing of what the rows mean.
// Start reading at [Open], then [Store.Update].
//
// # Writing
//
// One goroutine writes (writer.go). It takes the functions that wait, runs them
// one after another in one Badger transaction and commits once, so that many
// writers share one fsync; while it commits, the next batch gathers. Badger has
// no such group commit of its own, and with one writer there are no conflicts.
//
// # Erasing
//
// A row that is overwritten or deleted is only hidden: its bytes stay in the
// write-ahead log and in the tables until a compaction meets them, which may be
// never. Measured in a store of 80 MB: of 40 overwritten and 40 deleted rows all
// were still to be read in the files after Close, and after opening and closing
// ten times more; in an almost empty one Close left one. Timers are such rows,
// hence their owners should be ids that say nothing.
//
// Only Drop removes bytes, and it removes all: rows alive, overwritten and
// deleted, keys too, from the log and from the tables of all levels. When Drop
// returns, no file of the directory holds them, before Close as after. It takes
// about 50 ms for 100 prefixes among 20,000, 0.2 s the first time. Two things
// make that hold:
//
//   - Badger's DropPrefix does nothing for a prefix without a live row. So a
//     marker row is put under every prefix first, which is never shown.
//   - Values lie beside their keys. Badger keeps values from 1 MiB on in a value
//     log that DropPrefix does not rewrite; store.MaxValue is one byte below.
//
// It holds no further than the files: blocks of a removed file keep their bytes
// until the disk uses them again, and backups are another matter.
//
// # When things break
//
// Open verifies the checksums of all tables before Badger touches the directory
// (a second for 1 GB), because Badger itself leaves out a damaged table, and all
// tables if the MANIFEST is gone, without a word. What Open cannot see: a log is
// read up to its first damaged transaction, as if the process had been killed
// there, and damage that comes while the store is open is found at the next Open.
//
// After a commit that failed nothing is written until the store is opened again,
// for nobody knows what reached the disk. A full disk ends the process by SIGBUS,
// as the log is mapped memory; that is why Update refuses to write long before.
package badgerdb

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"

	"wheretoturn/bot/store"
)

// Store implements store.Store. It has a single writer, so locks are ignored.
// Use [Open].
type Store struct {
	db   *badger.DB
	dir  string // empty in memory
	lock io.Closer
	room room

	jobs    chan *job     // unbuffered: whoever is received has its turn
	closing chan struct{} // closed when no more turns are given
	drained chan struct{} // closed when the writer has answered everybody
	broken  error         // the writer's own: why nothing is written any more

	// mu is held for reading by every View, so that its state holds still while
	// Drop and Close wait, and for writing by those two.
	mu   sync.RWMutex
	once sync.Once

	floor floor
	kicks store.Kicks
}

var _ store.Store = (*Store)(nil)

// View implements store.Store.
func (s *Store) View(ctx context.Context, fn func(store.Reader) error) error {
	return s.read(ctx, func(txn *badger.Txn) error {
		return store.Look(reader{txn}, fn)
	})
}

// Timers implements store.Store.
func (s *Store) Timers(ctx context.Context, until time.Time, limit int) (timers []store.Timer, err error) {
	from, turns := s.floor.read()
	err = s.read(ctx, func(txn *badger.Txn) error {
		if err := store.CheckLimit(limit); err != nil {
			return err
		}
		var first string
		timers, first, err = due(txn, from, until, limit)
		if err == nil {
			s.floor.raise(first, turns)
		}
		return err
	})
	return timers, err
}

// read gives fn one committed state. Badger waits for a commit under way, so
// that fn sees all that was answered before.
func (s *Store) read(ctx context.Context, fn func(*badger.Txn) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	return fn(txn)
}

func (s *Store) ready(ctx context.Context) error {
	select {
	case <-s.closing:
		return store.ErrClosed
	default:
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("badgerdb: %w", err)
	}
	return nil
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, _ []string, fn func(store.Tx) error) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	return s.submit(ctx, &job{fn: fn, done: make(chan error, 1)})
}

// Drop implements store.Store. Unlike the port it also erases rows that were
// deleted one by one before. Drops that wait are done together; writers and
// readers wait meanwhile.
func (s *Store) Drop(ctx context.Context, prefixes []string) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := store.CheckDrop(prefixes); err != nil {
		return err
	}
	return s.submit(ctx, &job{drop: prefixes, done: make(chan error, 1)})
}

// Watch implements store.Store.
func (s *Store) Watch(ctx context.Context, prefix string) (<-chan struct{}, error) {
	return s.kicks.Watch(ctx, prefix)
}

// Close implements store.Store. Functions that have their turn are answered as
// ever, those that still wait with ErrClosed.
func (s *Store) Close() (err error) {
	s.once.Do(func() {
		close(s.closing)
		<-s.drained
		s.mu.Lock()
		defer s.mu.Unlock()
		err = s.db.Close()
		s.lock.Close()
		s.kicks.Close()
	})
	if err != nil {
		return fmt.Errorf("badgerdb: close: %w", err)
	}
	return nil
}
