package telegram

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// Handler takes events; engine.Engine is one. A nil error means committed.
type Handler interface {
	Handle(ctx context.Context, e bot.Event) error
}

// Options of the door.
type Options struct {
	Token    string
	Endpoint string // another Bot API server; "" is Telegram's own
	Webhook  string // address Telegram posts to; "" polls
	Secret   string // of the webhook
	Limits   bool   // keep Telegram's sending limits
	// KeepMedia leaves pictures people sent where they are.
	KeepMedia bool
	Now       func() time.Time
	Log       *slog.Logger
}

// Door is the connection to Telegram. Safe for concurrent use.
type Door struct {
	opts    Options
	shelf   *book.Shelf
	handler Handler
	rate    *limits
	client  atomic.Pointer[client]
	tasks   sync.WaitGroup // answers to presses, deletions of media
	slots   chan struct{}
}

// New returns a door; Connect it before Run. Handler may be set later with
// SetHandler, because the engine that handles also sends through the door.
func New(shelf *book.Shelf, o Options) *Door {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &Door{opts: o, shelf: shelf, slots: make(chan struct{}, 256)}
	if o.Limits {
		d.rate = newLimits()
	}
	return d
}

// SetHandler says who takes the events.
func (d *Door) SetHandler(h Handler) { d.handler = h }

func (d *Door) now() time.Time { return d.opts.Now() }

func (d *Door) api() *client { return d.client.Load() }

// Connect learns who the bot is. A refused token is an error of kind
// bot.Denied at once; a network that is not there is retried until ctx ends.
func (d *Door) Connect(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		c, err := newClient(d.opts.Token, d.opts.Endpoint)
		if err == nil {
			d.client.Store(c)
			return nil
		}
		if bot.KindOf(err) == bot.Denied {
			return err
		}
		d.opts.Log.Warn("telegram cannot be reached, trying again", "wait", wait, "error", err)
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

// Run takes updates until ctx ends: it polls, or tells Telegram where to post.
// Updates posted are taken by ServeHTTP.
func (d *Door) Run(ctx context.Context) error {
	defer d.tasks.Wait()
	go d.introduce(ctx)
	if d.opts.Webhook != "" {
		return d.listen(ctx)
	}
	return d.poll(ctx)
}

// beside runs a small call beside the update that caused it; when too many run
// already it is left out.
func (d *Door) beside(f func(ctx context.Context)) {
	select {
	case d.slots <- struct{}{}:
	default:
		return
	}
	d.tasks.Add(1)
	go func() {
		defer d.tasks.Done()
		defer func() { <-d.slots }()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		f(ctx)
	}()
}

// take hands one update in. Nil means it is committed, or nothing of ours.
func (d *Door) take(ctx context.Context, u update) error {
	e, ok := d.event(u)
	if u.Callback != nil {
		d.answer(u.Callback.ID) // at once, beside the commit, never waited for
	}
	if !ok {
		return nil
	}
	if m := u.Message; m != nil && m.media.any() && !d.opts.KeepMedia {
		d.discard(m.Chat.ID, m.ID)
	}
	return d.handler.Handle(ctx, e)
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// isConflict tells that somebody else takes the updates of this bot.
func isConflict(err error) bool {
	code, _ := apiCode(err)
	return code == http.StatusConflict
}
