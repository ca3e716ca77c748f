package badgerdb

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"wheretoturn/bot/store"
)

// maxBatch is how many functions share a commit at most. 512 are some
// milliseconds of work, which is how long the first of them waits for the last.
const maxBatch = 512

// job is one Update, or one Drop where fn is nil.
type job struct {
	fn   func(store.Tx) error
	drop []string
	done chan error // takes the one answer without waiting
}

// submit waits for a turn, and then for the answer, which always comes.
func (s *Store) submit(ctx context.Context, j *job) error {
	select {
	case s.jobs <- j:
		return <-j.done
	case <-ctx.Done():
		return fmt.Errorf("badgerdb: %w", ctx.Err())
	case <-s.closing:
		return store.ErrClosed
	}
}

// write is the one goroutine that changes the store. It sleeps until somebody
// waits.
func (s *Store) write() {
	defer close(s.drained)
	for {
		select {
		case first := <-s.jobs:
			updates, drops := s.gather(first)
			s.update(updates)
			s.erase(drops)
		case <-s.closing:
			return
		}
	}
}

// gather takes everybody who waits at this moment.
func (s *Store) gather(first *job) (updates, drops []*job) {
	for next, n := first, 1; ; n++ {
		if next.fn != nil {
			updates = append(updates, next)
		} else {
			drops = append(drops, next)
		}
		if n == maxBatch {
			return updates, drops
		}
		select {
		case next = <-s.jobs:
		default:
			return updates, drops
		}
	}
}

// update answers all jobs, in as many commits as it takes.
func (s *Store) update(jobs []*job) {
	for len(jobs) > 0 {
		if err := s.writable(); err != nil {
			answer(jobs, err)
			return
		}
		jobs = jobs[s.commit(jobs):]
	}
}

// writable says why nothing may be written now.
func (s *Store) writable() error {
	if s.broken != nil {
		return fmt.Errorf("%w until it is opened again: %w", store.ErrReadOnly, s.broken)
	}
	return s.room.check()
}

// commit runs jobs, commits what they wrote and answers them. It returns how
// many it has answered, at least one.
func (s *Store) commit(jobs []*job) int {
	txn := s.db.NewTransaction(true)
	defer txn.Discard()
	b := batch{writer: writer{reader: reader{txn}, earliest: never}}
	err := b.run(jobs)
	ran := len(b.outcomes)
	if err == nil {
		err = s.finish(&b)
	}
	switch {
	case err == nil:
		s.room.spend(b.weight)
	case errors.Is(err, badger.ErrTxnTooBig) && ran > 1:
		return s.commit(jobs[:ran/2])
	case errors.Is(err, badger.ErrTxnTooBig):
		err = fmt.Errorf("%w: %w", store.ErrInvalid, err)
	default:
		s.broken = err
		err = fmt.Errorf("badgerdb: commit: %w", err)
	}
	for i, j := range jobs[:ran] {
		if b.outcomes[i] == nil {
			b.outcomes[i] = err
		}
		j.done <- b.outcomes[i]
	}
	if err == nil && len(b.touched) > 0 {
		s.kicks.Kick(b.touched)
	}
	return ran
}

func (s *Store) finish(b *batch) error {
	if b.earliest != never {
		s.floor.begin(b.earliest)
		defer s.floor.end()
	}
	return b.txn.Commit()
}

// batch is what one transaction carries.
type batch struct {
	writer
	outcomes []error // of each function that has run
	touched  []string
	weight   int
}

// run lets each function see what those before it wrote, and keeps what it
// wrote itself if it succeeds. It stops before the function that would make the
// transaction too heavy; that one runs again in the next.
func (b *batch) run(jobs []*job) error {
	for _, j := range jobs {
		changes, err := store.Try(b.reader, j.fn)
		if err == nil {
			weight := changes.Weight()
			if len(b.outcomes) > 0 && b.weight+weight > store.MaxWeight {
				return nil
			}
			b.weight += weight
			b.touched = append(b.touched, changes.Touched()...)
		}
		b.outcomes = append(b.outcomes, err)
		if err != nil {
			continue
		}
		changes.Apply(b)
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

func answer(jobs []*job, err error) {
	for _, j := range jobs {
		j.done <- err
	}
}
