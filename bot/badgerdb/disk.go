package badgerdb

import (
	"fmt"
	"time"

	"wheretoturn/bot/store"
)

const (
	defaultMinFree = 128 << 20
	// checkAfter is how many bytes of changes may be written unchecked: each
	// is written about four times, to the log and through the tables.
	checkAfter = 8 << 20
	checkEvery = time.Second
)

// room watches the space that is left on the disk. It belongs to the writer.
type room struct {
	dir   string
	min   uint64
	free  func(dir string) (uint64, error)
	last  time.Time
	spent int
	short bool
}

// check returns ErrReadOnly when there is too little room. It asks the file
// system at most every second, unless much was written, or while it is short.
func (r *room) check() error {
	if r.free == nil || !r.short && r.spent < checkAfter && time.Since(r.last) < checkEvery {
		return nil
	}
	r.last, r.spent = time.Now(), 0
	return r.atLeast(r.min)
}

func (r *room) atLeast(need uint64) error {
	free, err := r.free(r.dir)
	if err != nil {
		r.short = true
		return fmt.Errorf("%w: free space is not known: %w", store.ErrReadOnly, err)
	}
	if r.short = free < need; r.short {
		return fmt.Errorf("%w: %d MB free on the disk, %d MB needed", store.ErrReadOnly, free>>20, need>>20)
	}
	return nil
}

func (r *room) spend(weight int) { r.spent += weight }
