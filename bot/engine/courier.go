package engine

import (
	"container/heap"
	"context"
	"strings"
	"sync"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/store"
)

// courier hands conversations with something to send to its workers: urgent
// ones first, each to one worker at a time, those that must wait not before
// their time. It holds no screens; those lie in the outbox log.
type courier struct {
	engine *Engine

	mu    sync.Mutex
	wake  chan struct{} // one worker may look again
	ready [2][]bot.ConvID
	lanes map[bot.ConvID]*lane
	later waiting
}

// lane is a conversation with something to send.
type lane struct {
	conv   bot.ConvID
	busy   bool // a worker has it
	again  bool // more came meanwhile
	urgent bool
	queued bool
	wait   time.Duration // of the last failure
	work   *parcelled    // what to send; nil: read the log
	next   *parcelled    // handed over while busy
	at     time.Time     // not before
	index  int           // in later, -1 when not
}

const (
	urgently = iota
	normally
)

func newCourier(e *Engine) *courier {
	return &courier{engine: e, wake: make(chan struct{}, 1), lanes: map[bot.ConvID]*lane{}}
}

// enqueue tells that a conversation has something to send. work is all of it,
// handed over so that nobody has to read it back from the store; nil means that
// the log has to be read, and so does a conversation that has something to send
// already.
func (c *courier) enqueue(conv bot.ConvID, urgent bool, work *parcelled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lanes[conv]
	switch {
	case l == nil:
		l = &lane{conv: conv, index: -1, work: work}
		c.lanes[conv] = l
	case l.busy && !l.again:
		l.next = work
	case l.busy:
		l.next = nil
	default:
		l.work = nil
	}
	was := l.urgent
	l.urgent = l.urgent || urgent
	switch {
	case l.busy:
		l.again = true
	case l.index >= 0: // waits for its time: nothing may hurry it
	case l.queued && l.urgent && !was:
		c.ready[urgently] = append(c.ready[urgently], conv) // its old place is skipped
	case !l.queued:
		c.push(l)
	}
	c.kick()
}

func (c *courier) push(l *lane) {
	l.queued = true
	q := normally
	if l.urgent {
		q = urgently
	}
	c.ready[q] = append(c.ready[q], l.conv)
}

func (c *courier) kick() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// take returns the next conversation to serve, or how long to wait for one.
func (c *courier) take(now time.Time) (*lane, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.later) > 0 && !c.later[0].at.After(now) {
		l := heap.Pop(&c.later).(*lane)
		c.push(l)
	}
	for q := range c.ready {
		for len(c.ready[q]) > 0 {
			l := c.lanes[c.ready[q][0]]
			c.ready[q] = c.ready[q][1:]
			if l == nil || !l.queued || l.busy {
				continue
			}
			l.queued, l.busy, l.again = false, true, false
			if len(c.ready[urgently])+len(c.ready[normally]) > 0 {
				c.kick()
			}
			return l, 0
		}
	}
	if len(c.later) > 0 {
		return nil, c.later[0].at.Sub(now)
	}
	return nil, farAhead
}

// release gives a conversation back: to wait, to be served again, or done.
func (c *courier) release(l *lane, wait time.Duration, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.busy = false
	l.work, l.next = l.next.after(l.work), nil
	switch {
	case wait > 0:
		l.work = nil
		l.at = now.Add(wait)
		heap.Push(&c.later, l)
	case l.again:
		c.push(l)
	default:
		delete(c.lanes, l.conv)
		return
	}
	c.kick()
}

// work serves until ctx ends; what is being sent then is finished under its
// own deadline.
func (c *courier) work(ctx context.Context) error {
	for {
		l, wait := c.take(c.engine.opts.Now())
		if l == nil {
			t := time.NewTimer(wait)
			select {
			case <-ctx.Done():
				t.Stop()
				c.kick() // the next one leaves, too
				return nil
			case <-c.wake:
			case <-t.C:
			}
			t.Stop()
			continue
		}
		again := c.engine.deliver(context.WithoutCancel(ctx), l)
		c.release(l, again, c.engine.opts.Now())
		if ctx.Err() != nil {
			c.kick()
			return nil
		}
	}
}

// restore queues what an earlier process left to send.
func (c *courier) restore(ctx context.Context) error {
	after := ""
	for {
		n := 0
		err := c.engine.store.View(ctx, func(r store.Reader) error {
			n = 0
			return r.Scan(pendingPrefix, after, store.MaxPage, func(key string, _ []byte) error {
				n++
				after = key
				c.enqueue(bot.ConvID(strings.TrimPrefix(key, pendingPrefix)), false, nil)
				return nil
			})
		})
		if err != nil || n < store.MaxPage {
			return err
		}
	}
}

// waiting is a heap of lanes by time.
type waiting []*lane

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].at.Before(w[j].at) }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i]; w[i].index, w[j].index = i, j }
func (w *waiting) Push(x any)        { l := x.(*lane); l.index = len(*w); *w = append(*w, l) }
func (w *waiting) Pop() any {
	old := *w
	l := old[len(old)-1]
	*w = old[:len(old)-1]
	l.index = -1
	return l
}
