package bot

import (
	"bytes"
	"hash/fnv"
)

// seenSize is the length of one remembered key in bytes. 40 bits make two of
// 32 keys look alike once in thirty billion events.
const seenSize = 5

// Seen is a ring of the last event keys of a conversation, packed small: it is
// written with every update.
type Seen []byte

// Has tells whether a key is among the last ones.
func (s Seen) Has(k EventKey) bool {
	h := short(k)
	for i := 0; i+seenSize <= len(s); i += seenSize {
		if bytes.Equal(s[i:i+seenSize], h) {
			return true
		}
	}
	return false
}

// Add returns the ring with a key more, at most limit of them. The given ring
// is not changed.
func (s Seen) Add(k EventKey, limit int) Seen {
	if over := len(s)/seenSize + 1 - limit; over > 0 {
		s = s[over*seenSize:]
	}
	return append(append(make(Seen, 0, len(s)+seenSize), s...), short(k)...)
}

func short(k EventKey) []byte {
	h := fnv.New64a()
	h.Write([]byte(k)) //nolint:errcheck // never fails
	return h.Sum(nil)[:seenSize]
}
