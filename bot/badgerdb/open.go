package badgerdb

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"wheretoturn/bot/store"
)

// Options of a store; the zero value is useful.
type Options struct {
	// Logger gets the warnings of Badger. Nil drops them.
	Logger *slog.Logger
	// InMemory keeps everything in memory, for tests; there is no directory.
	InMemory bool
	// MinFree is how many bytes must be free on the disk for the store to
	// write; below, Update and Drop return store.ErrReadOnly. 0 means 128 MB.
	MinFree uint64
	// FreeFunc tells how many bytes are free. Nil asks the file system.
	FreeFunc func(dir string) (uint64, error)
}

// schema is the version of what this package writes.
const (
	schema    = 1
	schemaRow = "!v"
)

// Open opens the store in dir and makes both if they are not there. Errors that
// the operator settles are store.ErrLocked (another process has it open),
// store.ErrCorrupt (the data is damaged and was left as it is) and
// store.ErrReadOnly (the disk is so full that opening would harm); others, such
// as a directory that cannot be written or a store of a newer program, say what
// is wrong. The caller closes the store.
func Open(dir string, o Options) (*Store, error) {
	s, err := open(dir, o)
	if err != nil {
		return nil, fmt.Errorf("badgerdb: open %s: %w", dir, err)
	}
	go s.write()
	return s, nil
}

func open(dir string, o Options) (*Store, error) {
	s := &Store{
		dir:     dir,
		lock:    io.NopCloser(nil),
		jobs:    make(chan *job),
		closing: make(chan struct{}),
		drained: make(chan struct{}),
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.InMemory {
		s.dir = ""
	} else if err := s.prepare(o); err != nil {
		return nil, err
	}
	err := s.start(settings(s.dir, o))
	if err != nil {
		s.lock.Close()
		return nil, err
	}
	return s, nil
}

// prepare makes the directory ours alone: files in it are as safe as it is,
// whatever the umask. Then it looks at what is there, under the lock.
func (s *Store) prepare(o Options) (err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	if s.lock, err = lockDir(s.dir); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			s.lock.Close()
		}
	}()
	if err := os.Chmod(s.dir, 0o700); err != nil {
		o.Logger.Warn("badgerdb: directory may be open to others", "dir", s.dir, "error", err)
	}
	s.room = room{dir: s.dir, min: o.MinFree, free: o.FreeFunc}
	if s.room.min == 0 {
		s.room.min = defaultMinFree
	}
	if s.room.free == nil {
		s.room.free = freeBytes
	}
	if err := s.room.atLeast(s.room.min / 2); err != nil {
		return err // replaying the log may take some ten MB
	}
	if err := probe(s.dir); err != nil {
		return err
	}
	return verify(s.dir)
}

// probe tells a directory that we may not use from one with damaged files.
func probe(dir string) error {
	f, err := os.CreateTemp(dir, "probe-*")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// settings are those of a small machine: 12 MB of heap when idle.
func settings(dir string, o Options) badger.Options {
	return badger.DefaultOptions(dir).WithInMemory(o.InMemory).WithLogger(logger{o.Logger}).
		WithBypassLockGuard(ownLock).WithDetectConflicts(false).WithSyncWrites(!o.InMemory).
		WithMemTableSize(8 << 20).WithNumMemtables(2).
		WithBlockCacheSize(8 << 20).WithIndexCacheSize(4 << 20).
		WithValueThreshold(store.MaxValue + 1).WithValueLogFileSize(store.MaxValue + 1).
		WithNumCompactors(2).WithNumLevelZeroTables(2).WithNumLevelZeroTablesStall(4).
		WithBaseTableSize(1 << 20).WithBaseLevelSize(8 << 20).
		WithCompression(options.None).WithMetricsEnabled(false).WithCompactL0OnClose(true)
}

// start opens Badger, which panics at some damage.
func (s *Store) start(o badger.Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", store.ErrCorrupt, p)
		}
	}()
	s.db, err = badger.Open(o)
	switch {
	case err == nil:
	case strings.Contains(err.Error(), "Another process"): // where the lock is not ours
		return store.ErrLocked
	default:
		return fmt.Errorf("%w: %w", store.ErrCorrupt, err)
	}
	if err := s.db.Update(upgrade); err != nil {
		return errors.Join(err, s.db.Close())
	}
	return nil
}

// upgrade brings the store to our schema.
func upgrade(txn *badger.Txn) error {
	r := reader{txn}
	value, err := r.get(schemaRow)
	if errors.Is(err, store.ErrNotFound) {
		err := r.scan("", "", func(*badger.Item) error {
			return errors.New("this is a Badger store of another program")
		})
		if err != nil {
			return err
		}
		return txn.Set([]byte(schemaRow), strconv.AppendInt(nil, schema, 10))
	}
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(string(value))
	switch {
	case err != nil:
		return fmt.Errorf("%w: schema %q", store.ErrCorrupt, value)
	case version > schema:
		return fmt.Errorf("the store was written by a newer program: its schema is %d, ours %d", version, schema)
	}
	return nil
}
