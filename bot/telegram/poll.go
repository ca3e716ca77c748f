package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// poll asks for updates. The offset moves past a batch only when everything in
// it is committed: asking with a higher offset is what confirms updates to
// Telegram, so a process killed before that gets them again.
func (d *Door) poll(ctx context.Context) error {
	d.forget(ctx)
	offset, wait := int64(0), time.Second
	for ctx.Err() == nil {
		list, err := d.updates(ctx, offset)
		switch {
		case ctx.Err() != nil:
			return nil
		case isConflict(err):
			d.opts.Log.Error("telegram: somebody else polls with this token, or a webhook is set")
			err = errors.Join(err, d.forget(ctx))
		}
		if err == nil {
			err = d.batch(ctx, list)
		}
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			d.opts.Log.Warn("telegram: updates", "error", err)
			_, after := apiCode(err)
			if !sleep(ctx, max(wait, after)) {
				return nil
			}
			wait = min(2*wait, 30*time.Second)
			continue
		}
		wait = time.Second
		if n := len(list); n > 0 {
			offset = list[n-1].ID + 1
		}
	}
	return nil
}

// forget deletes a webhook: Telegram gives updates one way only.
func (d *Door) forget(ctx context.Context) error {
	err := d.api().tell(ctx, "deleteWebhook", tgbotapi.Params{})
	if err != nil && ctx.Err() == nil {
		d.opts.Log.Warn("telegram: delete webhook", "error", err)
	}
	return err
}

const wanted = `["message","callback_query"]`

func (d *Door) updates(ctx context.Context, offset int64) ([]update, error) {
	ctx, cancel := context.WithTimeout(ctx, (pollSeconds+15)*time.Second)
	defer cancel()
	p := tgbotapi.Params{"timeout": strconv.Itoa(pollSeconds), "limit": "100", "allowed_updates": wanted}
	if offset != 0 {
		p["offset"] = strconv.FormatInt(offset, 10)
	}
	result, err := d.api().call(ctx, "getUpdates", p)
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(result, &raw); err != nil {
		return nil, fmt.Errorf("telegram: read updates: %w", err)
	}
	return d.read(raw), nil
}

// read reads updates one by one, so that one that cannot be read stops none of
// the others: only its id is kept, to move past it.
func (d *Door) read(raw []json.RawMessage) []update {
	var list []update
	for _, r := range raw {
		var u update
		if err := json.Unmarshal(r, &u); err != nil {
			d.opts.Log.Warn("telegram: an update that cannot be read is left out", "bytes", len(r))
			u = update{ID: u.ID}
		}
		if u.ID != 0 {
			list = append(list, u)
		}
	}
	return list
}

// batch hands a batch in: chats side by side, each chat's updates in order.
// The first error ends it; what is committed is recognised when it comes again.
func (d *Door) batch(ctx context.Context, list []update) error {
	if len(list) == 1 {
		return d.take(ctx, list[0])
	}
	chats := map[int64][]update{}
	for _, u := range list {
		id := u.chat()
		chats[id] = append(chats[id], u)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, updates := range chats {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, u := range updates {
				if err := d.take(ctx, u); err != nil {
					mu.Lock()
					first = errors.Join(first, err)
					mu.Unlock()
					return
				}
			}
		}()
	}
	wg.Wait()
	return first
}

func (u update) chat() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.Callback != nil && u.Callback.Message != nil:
		return u.Callback.Message.Chat.ID
	}
	return 0
}

// apiCode returns the code of an API error and the wait it asks for.
func apiCode(err error) (code int, after time.Duration) {
	var e *tgbotapi.Error
	if errors.As(err, &e) {
		return e.Code, time.Duration(e.RetryAfter) * time.Second
	}
	return 0, 0
}
