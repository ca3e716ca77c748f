package engine

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// Run carries deliveries and rings timers until ctx ends, then finishes what
// it is sending. Handle may be called before and during Run, and until the
// store is closed.
func (e *Engine) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	if err := e.courier.restore(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // told to stop before it began
		}
		return err
	}
	for range e.opts.Workers {
		g.Go(func() error { return e.courier.work(ctx) })
	}
	g.Go(func() error { return e.timers(ctx) })
	g.Go(func() error { return e.ledger(ctx) })
	return errors.Join(g.Wait(), e.settleAll(context.WithoutCancel(ctx)))
}
