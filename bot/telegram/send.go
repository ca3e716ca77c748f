package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wheretoturn/bot"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/screen"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Send shows a delivery: it changes the message whose button was pressed, or
// sends a new one. It does not retry.
func (d *Door) Send(ctx context.Context, p engine.Parcel) engine.Receipt {
	if wait := d.rate.wait(p.Address, p.Delivery.Urgent, d.now()); wait > 0 {
		return engine.Receipt{Outcome: engine.Again, After: wait}
	}
	m := screen.Draw(d.shelf.Book(), p.Delivery, d.now())
	params := tgbotapi.Params{
		"chat_id": string(p.Address), "text": Text(m), "parse_mode": "HTML",
		"link_preview_options": `{"is_disabled":true}`,
	}
	if k := buttons(m, p.Delivery.Step); len(k.Rows) > 0 {
		jsonParam(params, "reply_markup", k)
	}
	if p.Delivery.Edit != 0 {
		if r, gone := d.edit(ctx, params, p.Delivery.Edit); !gone {
			return r
		}
		delete(params, "message_id")
	}
	return d.sendNew(ctx, params)
}

// edit changes a message in place; gone tells that it cannot be changed any
// more and a new one has to be sent.
func (d *Door) edit(ctx context.Context, params tgbotapi.Params, id int64) (r engine.Receipt, gone bool) {
	params["message_id"] = strconv.FormatInt(id, 10)
	err := d.api().tell(ctx, "editMessageText", params)
	var e *tgbotapi.Error
	if errors.As(err, &e) && e.Code == http.StatusBadRequest {
		switch {
		case strings.Contains(e.Message, "message is not modified"):
			return engine.Receipt{Message: id}, false
		case strings.Contains(e.Message, "message to edit not found"), strings.Contains(e.Message, "message can't be edited"):
			return engine.Receipt{}, true
		}
	}
	r = receipt(err)
	if r.Outcome == engine.Uncertain {
		r.Outcome = engine.Again // changing twice does no harm
	}
	r.Message = id
	return r, false
}

func (d *Door) sendNew(ctx context.Context, params tgbotapi.Params) engine.Receipt {
	params["disable_notification"] = "true" // silent: the person is here, or should not be called by us
	result, err := d.api().call(ctx, "sendMessage", params)
	r := receipt(err)
	if err == nil {
		var sent struct {
			ID int64 `json:"message_id"`
		}
		if err := json.Unmarshal(result, &sent); err == nil {
			r.Message = sent.ID
		}
	}
	return r
}

// Wipe deletes messages of a chat in batches of 100.
func (d *Door) Wipe(ctx context.Context, a bot.Address, ids []int64) (left int, r engine.Receipt) {
	for some := range slices.Chunk(ids, maxDeletes) {
		n, r := d.wipe(ctx, a, some)
		if left += n; r.Outcome != engine.Done {
			return left, r
		}
	}
	return left, engine.Receipt{}
}

// wipe deletes one batch. One message that may not be deleted spoils a batch,
// so a refused one is tried again in halves.
func (d *Door) wipe(ctx context.Context, a bot.Address, ids []int64) (left int, r engine.Receipt) {
	params := tgbotapi.Params{"chat_id": string(a)}
	jsonParam(params, "message_ids", ids)
	err := d.api().tell(ctx, "deleteMessages", params)
	switch r := receipt(err); {
	case r.Outcome == engine.Again || r.Outcome == engine.Uncertain:
		return 0, engine.Receipt{Outcome: engine.Again, After: r.After, Err: r.Err}
	case r.Outcome == engine.Never:
		return 0, r
	case err == nil:
		return 0, engine.Receipt{}
	case len(ids) == 1:
		return 1, engine.Receipt{}
	}
	for half := range slices.Chunk(ids, (len(ids)+1)/2) {
		n, r := d.wipe(ctx, a, half)
		if left += n; r.Outcome != engine.Done {
			return left, r
		}
	}
	return left, engine.Receipt{}
}

// receipt reads an error of the Bot API: again after a while, never, perhaps,
// or — for a request Telegram refuses as such — done, because repeating it
// would stop everything behind it. Only a time-out is perhaps: after a
// connection that broke, a message twice is better than a silence (RE05).
func receipt(err error) engine.Receipt {
	if err == nil {
		return engine.Receipt{}
	}
	var e *tgbotapi.Error
	if errors.As(err, &e) {
		return refused(e)
	}
	var n net.Error
	var op *net.OpError
	dialled := !(errors.As(err, &op) && op.Op == "dial")
	timeout := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.As(err, &n) && n.Timeout()
	if dialled && timeout {
		return engine.Receipt{Outcome: engine.Uncertain, Err: err}
	}
	return engine.Receipt{Outcome: engine.Again, Err: err}
}

func refused(e *tgbotapi.Error) engine.Receipt {
	switch {
	case e.Code == http.StatusTooManyRequests || e.RetryAfter > 0:
		return engine.Receipt{Outcome: engine.Again, After: time.Duration(e.RetryAfter) * time.Second, Err: e}
	case e.Code >= 500 || e.Code == http.StatusUnauthorized || e.Code == http.StatusNotFound || e.Code == http.StatusConflict:
		return engine.Receipt{Outcome: engine.Again, Err: e}
	case e.Code == http.StatusForbidden, strings.Contains(e.Message, "chat not found"):
		return engine.Receipt{Outcome: engine.Never, Err: e}
	}
	return engine.Receipt{Err: e}
}
