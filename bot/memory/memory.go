// Package memory is a store that forgets: rows and timers in maps behind one
// mutex, for tests, for the terminal and as the plainest reading of the port.
// It writes no file and is gone with the process. Start reading at [Store].
package memory

import (
	"context"
	"fmt"
	"sync"
	"time"

	"wheretoturn/bot/store"
)

// Store implements store.Store. One writer runs at a time, so locks are
// ignored. Use [New].
type Store struct {
	mu     sync.RWMutex
	closed bool
	state  state
	kicks  store.Kicks
}

var _ store.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{state: newState()}
}

// View implements store.Store.
func (s *Store) View(ctx context.Context, fn func(store.Reader) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	return store.Look(&s.state, fn)
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, _ []string, fn func(store.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	changes, err := store.Try(&s.state, fn)
	if err != nil {
		return err
	}
	changes.Apply(&s.state)
	s.kicks.Kick(changes.Touched())
	return nil
}

// Timers implements store.Store.
func (s *Store) Timers(ctx context.Context, until time.Time, limit int) ([]store.Timer, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if err := store.CheckLimit(limit); err != nil {
		return nil, err
	}
	return s.state.due(until, limit), nil
}

// Drop implements store.Store.
func (s *Store) Drop(ctx context.Context, prefixes []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := store.CheckDrop(prefixes); err != nil {
		return err
	}
	for _, prefix := range prefixes {
		s.state.drop(prefix)
	}
	s.kicks.KickDropped(prefixes)
	return nil
}

// Watch implements store.Store.
func (s *Store) Watch(ctx context.Context, prefix string) (<-chan struct{}, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	return s.kicks.Watch(ctx, prefix)
}

// Close implements store.Store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.state = newState()
	s.kicks.Close()
	return nil
}

// ready is asked under the mutex, after the wait for it.
func (s *Store) ready(ctx context.Context) error {
	if s.closed {
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return nil
}
