package badgerdb

import (
	"log/slog"
	"testing"

	"github.com/dgraph-io/badger/v4"
)

// Plant writes a row of our own into a directory, and nothing else.
func Plant(t *testing.T, dir, key, value string) {
	t.Helper()
	db, err := badger.Open(settings(dir, Options{Logger: slog.New(slog.DiscardHandler)}))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(txn *badger.Txn) error { return txn.Set([]byte(key), []byte(value)) })
	if err != nil {
		t.Fatal(err)
	}
}

// Break makes the next commit fail.
func (s *Store) Break() { s.db.Close() }
