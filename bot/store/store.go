// Package store is the port behind which all data lies: rows found by key, and
// named timers. It knows no sessions, cases or deliveries; the rooms above
// write those nouns as rows, and any store that passes storetest can keep them.
//
// The package does no I/O. Start reading at [Store]. What every store would
// otherwise write again is here once: the limits, the transaction before its
// commit ([Try], [Look], [Changes]) and the watchers ([Kicks]). A new store
// brings a [Reader], a [Writer] and a commit.
//
// # Keys
//
// A key is a string of any bytes and sorts by byte, so rows that are read or
// erased together share a prefix that ends in a slash: "c/<conversation>/".
// The first byte is above '!'. What sorts below belongs to the store itself,
// for instance the timers of a store that has nothing but rows.
package store

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrNotFound says that there is no row under the key.
	ErrNotFound = errors.New("store: not found")
	// ErrInvalid says that a key, value, timer, page or transaction is outside
	// the limits. Nothing was written; trying again gives the same answer.
	ErrInvalid = errors.New("store: invalid")
	// ErrConflict says that other writers were in the way and that the store
	// has given up after tries of its own. Nothing was written; the caller may
	// try again. A store with a single writer never returns it.
	ErrConflict = errors.New("store: conflict")
	// ErrReadOnly says that the store refuses writes for now, as it does before
	// the disk is full. Nothing was written; reads still work.
	ErrReadOnly = errors.New("store: read only")
	// ErrPanic says that the function given to View or Update panicked. The
	// error is a [*PanicError], nothing was written and the store lives on.
	ErrPanic = errors.New("store: function panicked")
	// ErrClosed says that the store is closed.
	ErrClosed = errors.New("store: closed")
	// ErrLocked says that another process has the store open. Only opening a
	// store returns it.
	ErrLocked = errors.New("store: locked by another process")
	// ErrCorrupt says that what the store finds on its medium is damaged. Opening
	// a store returns it and leaves the damage as it is.
	ErrCorrupt = errors.New("store: corrupt")

	// ErrStop ends a Scan early and without an error when its function returns it.
	ErrStop = errors.New("store: stop")
)

// WatchTimers is the prefix to watch for commits that set or remove a timer.
const WatchTimers = "!due/"

// Reader reads rows as they stand for one transaction. It is valid until the
// function it was given to returns, and for one goroutine.
type Reader interface {
	// Get returns the value under key, or ErrNotFound. An empty value is a row,
	// only the error tells that there is none. The caller may keep and change
	// the slice.
	Get(key string) ([]byte, error)

	// Scan calls fn for at most limit rows, limit being 1 to MaxPage, whose keys
	// begin with prefix and sort strictly after `after`, in ascending order of
	// bytes. The empty prefix covers every row; after need be no row and may lie
	// outside the prefix. The next page starts after the last key seen.
	//
	// The rows are those that stood when Scan was called, so fn may write. It
	// may keep and change value. Scan returns fn's error as it is and nil when
	// that is ErrStop; finding no row is no error.
	Scan(prefix, after string, limit int, fn func(key string, value []byte) error) error
}

// Writer takes changes. None of its methods returns an error: a change outside
// the limits makes the whole Update fail with ErrInvalid once the function has
// returned, so a handler need not check every line.
type Writer interface {
	// Put writes the row, whether or not there was one. Nil is an empty value.
	// The caller may change value afterwards.
	Put(key string, value []byte)

	// Delete removes the row; a missing one is no error. It hides the bytes
	// and need not erase them: see Store.Drop.
	Delete(key string)

	// Due sets the timer that owner calls name, in place of the one it had
	// under that name. The zero time removes it; a missing one is no error.
	// The time is cut by Cut, lies in 1970 to 9999 and may be past already. A
	// name holds no slash, so that owner/name means one timer.
	Due(at time.Time, owner, name string)
}

// Tx is one transaction. It sees its own writes, nobody else sees them before
// the commit.
type Tx interface {
	Reader
	Writer
}

// Timer is a named point in time that somebody waits for. At is in UTC and
// whole milliseconds.
type Timer struct {
	Owner, Name string
	At          time.Time
}

// Store keeps rows and timers. All methods may be called by many goroutines at
// once. Each returns an error that wraps ctx.Err() if ctx has ended and
// ErrClosed after Close. Whoever opened the store closes it, after everybody
// who uses it has stopped.
//
// The functions given to View and Update compute, and nothing else: no I/O,
// clock, randomness or call of the Store, which may deadlock. They may run on
// another goroutine, so they never call runtime.Goexit, as t.Fatal does. Their
// error is returned as it is. A read that the store could not do makes the
// whole call fail even if the function passes over the error.
type Store interface {
	// View runs fn over one committed state, which holds still meanwhile.
	View(ctx context.Context, fn func(Reader) error) error

	// Update runs fn and commits what it wrote, all of it or nothing. After nil
	// it outlives a crash (where the store is kept on disk), and everybody
	// sees it.
	//
	// fn may run twice, over different states, and only the last run counts:
	// it sets the variables it shares with its caller, it does not add to them.
	// If fn returns an error or panics, nothing is written. The same holds if
	// the error wraps ctx.Err(): ctx ends the wait for a turn, never a commit
	// half done. Only an error of the medium itself (a lost connection, a
	// broken disk) leaves open whether the commit happened; read to find out.
	//
	// Two Updates that share a lock run one after the other, the second seeing
	// all that the first wrote. So fn holds a lock for every row on which its
	// writes depend, and by custom the lock is the row's prefix. Order and
	// repetition of locks do not matter. Without a shared lock the later write
	// of a row wins; a store with a single writer ignores locks.
	Update(ctx context.Context, locks []string, fn func(Tx) error) error

	// Timers returns at most limit timers, limit being 1 to MaxPage, that are
	// due at until or before, earliest first and equal ones in any order. They
	// stay until their owner's transaction replaces or removes them. With
	// limit 1 and until far ahead it tells how long one may sleep.
	Timers(ctx context.Context, until time.Time, limit int) ([]Timer, error)

	// Drop erases all rows under the prefixes for good, bytes and all, as far
	// as the medium can. It promises nothing for rows deleted one by one before
	// (some media then do nothing), and none for a row written under a prefix
	// while it runs. It leaves timers alone. It is no transaction: after an
	// error some prefixes may be gone, and calling again is safe. An empty
	// prefix is ErrInvalid, and nothing is dropped.
	Drop(ctx context.Context, prefixes []string) error

	// Watch returns a channel that gets a kick after each commit or Drop that
	// touched a key under prefix; the reader then sees the change. The empty
	// prefix means any change, WatchTimers any timer. Kicks that nobody has
	// taken yet melt into one, so no commit ever waits for a watcher. There may
	// be one too many (after a lost connection, say), never one too few. The
	// channel is closed when ctx ends or the store closes.
	Watch(ctx context.Context, prefix string) (<-chan struct{}, error)

	// Close waits for running transactions, then frees what the store holds and
	// ends all watches. Closing again is safe and returns nil.
	Close() error
}
