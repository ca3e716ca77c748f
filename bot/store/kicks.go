package store

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// Kicks holds the watchers of a store. The zero value is ready. A store hands
// its Watch calls here and calls Kick after each commit, in order of commits.
type Kicks struct {
	mu      sync.Mutex
	closed  bool
	watches map[*watch]struct{}
}

type watch struct {
	prefix string
	kick   chan struct{} // holds one, so that a kick never waits
	forget func() bool   // lets go of the context
}

// Watch implements Store.Watch.
func (k *Kicks) Watch(ctx context.Context, prefix string) (<-chan struct{}, error) {
	if err := checkPrefix(prefix); err != nil && prefix != WatchTimers {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil, ErrClosed
	}
	w := &watch{prefix: prefix, kick: make(chan struct{}, 1)}
	w.forget = context.AfterFunc(ctx, func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.end(w)
	})
	if k.watches == nil {
		k.watches = map[*watch]struct{}{}
	}
	k.watches[w] = struct{}{}
	return w.kick, nil
}

// Kick wakes those who watch a prefix of one of the keys, which come from
// Changes.Touched.
func (k *Kicks) Kick(keys []string) {
	k.wake(func(watched string) bool {
		return slices.ContainsFunc(keys, func(key string) bool {
			return strings.HasPrefix(key, watched)
		})
	})
}

// KickDropped wakes those who watch anything under the dropped prefixes.
func (k *Kicks) KickDropped(prefixes []string) {
	k.wake(func(watched string) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool {
			return strings.HasPrefix(prefix, watched) || strings.HasPrefix(watched, prefix)
		})
	})
}

// Close ends all watches and refuses new ones. Closing again is safe.
func (k *Kicks) Close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
	for w := range k.watches {
		w.forget()
		k.end(w)
	}
}

func (k *Kicks) wake(touched func(watched string) bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for w := range k.watches {
		if !touched(w.prefix) {
			continue
		}
		select {
		case w.kick <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// end closes the channel once, whichever of context and Close comes first.
func (k *Kicks) end(w *watch) {
	if _, live := k.watches[w]; live {
		delete(k.watches, w)
		close(w.kick)
	}
}
