package store_test

import (
	"errors"
	"testing"

	"wheretoturn/bot/store"
)

var errBroken = errors.New("a broken disk")

// broken is the committed state of a store that can no longer read.
type broken struct{}

func (broken) Get(string) ([]byte, error) { return nil, errBroken }

func (broken) Scan(string, string, int, func(string, []byte) error) error { return errBroken }

func TestAReadThatFailsIsNotTakenForAMissingRow(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(store.Reader){
		"a get":  func(r store.Reader) { _, _ = r.Get("a") },
		"a scan": func(r store.Reader) { _ = r.Scan("", "", 1, func(string, []byte) error { return nil }) },
	} {
		t.Run(name+" whose error is passed over", func(t *testing.T) {
			t.Parallel()
			changes, err := store.Try(broken{}, func(tx store.Tx) error {
				read(tx)
				tx.Put("a", []byte("as if it were new"))
				return nil
			})
			if !errors.Is(err, errBroken) || changes != nil {
				t.Errorf("Try: error is %v, changes %v", err, changes)
			}
			if err := store.Look(broken{}, func(r store.Reader) error { read(r); return nil }); !errors.Is(err, errBroken) {
				t.Errorf("Look: error is %v", err)
			}
		})
	}
}
