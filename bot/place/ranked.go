package place

import (
	"slices"
	"sync"

	"wheretoturn/bot"
)

// maxRanked is how many rankings of one minute are kept.
const maxRanked = 4096

// ranked keeps the rankings of the current minute: hours are known by the
// minute, and many people ask for the same. Safe for concurrent use.
type ranked struct {
	mu     sync.Mutex
	minute int64
	lists  map[rankedKey][]Match
}

type rankedKey struct {
	role            bot.Role
	asker           bot.Asker
	topic           bot.Topic
	picked          bot.PlaceID
	written, prefer bool
}

// get returns a ranking of the query's minute; rank makes it where there is
// none. The caller may change the list, not what lies in it.
func (r *ranked) get(role bot.Role, q Query, rank func() []Match) []Match {
	key := rankedKey{role, q.Asker, q.Topic, q.Picked, q.Written, q.Prefer}
	minute := q.Now.Unix() / 60
	r.mu.Lock()
	if r.minute != minute || len(r.lists) > maxRanked {
		r.minute, r.lists = minute, map[rankedKey][]Match{}
	}
	list, ok := r.lists[key]
	r.mu.Unlock()
	if !ok {
		list = rank()
		r.mu.Lock()
		if r.minute == minute {
			r.lists[key] = list
		}
		r.mu.Unlock()
	}
	return slices.Clone(list)
}
