package storetest

import (
	"context"
	"errors"

	"wheretoturn/bot/store"
)

var errThrownAway = errors.New("storetest: first run thrown away")

// Twice returns s, but with every function of an Update run twice and the
// first run thrown away. A handler that draws, sends or counts inside its
// transaction, instead of deriving, shows different results behind it.
func Twice(s store.Store) store.Store {
	return twice{s}
}

type twice struct{ store.Store }

func (t twice) Update(ctx context.Context, locks []string, fn func(store.Tx) error) error {
	_ = t.Store.Update(ctx, locks, func(tx store.Tx) error {
		_ = fn(tx) // the second run tells the outcome
		return errThrownAway
	})
	return t.Store.Update(ctx, locks, fn)
}
