package telegramtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// lane posts the updates of one chat one after the other: the next only when
// the one before was taken. Updates of no chat have a lane each.
type lane struct {
	key     laneKey
	queue   []*update
	busy    bool // posting, or waiting for a connection
	resting bool // between two tries
	fails   int
}

type laneKey struct{ chat, update int64 }

// add puts an update into its lane. Under the lock, like all of hook but post.
func (h *hook) add(u *update) {
	key := laneKey{chat: u.chat}
	if u.chat == 0 {
		key.update = u.id
	}
	l := h.lanes[key]
	if l == nil {
		l = &lane{key: key}
		h.lanes[key] = l
	}
	l.queue = append(l.queue, u)
	h.start(l)
}

// start gives a lane a connection, or a place in the line for one.
func (h *hook) start(l *lane) {
	if l.busy || l.resting || len(l.queue) == 0 || h.over || h.s.shut {
		return
	}
	l.busy = true
	if h.active == h.max {
		h.ready = append(h.ready, l)
		return
	}
	h.active++
	h.s.work.Add(1)
	go h.run(l)
}

// run is a connection: it posts from lane after lane until nothing is ready.
func (h *hook) run(l *lane) {
	defer h.s.work.Done()
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	for l != nil && !h.over && !h.s.shut {
		h.step(l)
		switch {
		case len(h.ready) > 0: // whoever waited longest
			h.ready = append(h.ready, h.again(l)...)
			l = h.ready[0]
			h.ready = h.ready[1:]
		case len(h.again(l)) == 0:
			l = nil
		}
	}
	h.active--
}

// again returns the lane if it has more to post now, and lets it go if not.
func (h *hook) again(l *lane) []*lane {
	if l.resting || len(l.queue) == 0 {
		l.busy = false
		if len(l.queue) == 0 {
			delete(h.lanes, l.key)
		}
		return nil
	}
	return []*lane{l}
}

// step posts the first update of a lane; the lock is free meanwhile.
func (h *hook) step(l *lane) {
	u := l.queue[0]
	if !h.s.live(u) {
		l.queue = l.queue[1:]
		return
	}
	if left := time.Until(u.due); !u.due.IsZero() && left > 0 {
		h.rest(l, left)
		return
	}
	h.s.mu.Unlock()
	pause, err := h.post(u)
	h.s.mu.Lock()
	if err == nil && h.s.weather.loses(u) {
		u.lost = true
		err = errLost
	}
	if err != nil {
		h.failed(l, pause, err)
		return
	}
	l.queue, l.fails = l.queue[1:], 0
	h.s.ack(u)
	if how := h.s.weather.RepeatUpdates; how != Once && !u.repeated {
		at := 0
		if how == AfterAck {
			at = len(l.queue)
		}
		l.queue = slices.Insert(l.queue, at, h.s.copy(u))
	}
}

var errLost = errors.New("the answer was lost")

// failed rests before the next try: the first one comes at once, then the
// pauses double from two seconds to a minute, as at Telegram.
func (h *hook) failed(l *lane, asked time.Duration, err error) {
	if !errors.Is(err, errLost) {
		h.errAt, h.errText = h.s.now().Unix(), err.Error()
	}
	pause := asked
	if pause == 0 && l.fails > 0 {
		pause = time.Duration(min(60, 1<<min(l.fails, 6))) * h.s.opt.Second
	}
	l.fails++
	h.rest(l, pause)
	h.s.any.tell()
}

func (h *hook) rest(l *lane, d time.Duration) {
	l.resting = true
	time.AfterFunc(d, func() {
		h.s.mu.Lock()
		defer h.s.mu.Unlock()
		l.resting = false
		h.start(l)
	})
}

// post sends an update; pause is what a Retry-After asks for.
func (h *hook) post(u *update) (pause time.Duration, err error) {
	address, err := url.Parse(h.url)
	if err != nil || !isLoopback(address.Hostname()) {
		return 0, errors.New("telegramtest posts to the loopback only")
	}
	r, err := http.NewRequestWithContext(h.s.ctx, http.MethodPost, h.url, bytes.NewReader(u.body))
	if err != nil {
		return 0, errors.New("URL is too long")
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := h.s.poster.Do(r)
	if err != nil {
		return 0, errors.New("Can't connect to the webhook")
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return 0, errors.New("Webhook connection closed")
	}
	if resp.StatusCode/100 != 2 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(min(max(seconds, 0), 3600)) * h.s.opt.Second,
			fmt.Errorf("Wrong response from the webhook: %s", resp.Status)
	}
	var method struct{ Method string }
	if json.Unmarshal(body, &method) == nil && method.Method != "" {
		h.s.mu.Lock()
		defer h.s.mu.Unlock()
		h.s.violate("webhook: telegramtest does not play %s as the answer to an update", method.Method)
	}
	return 0, nil
}

// loses tells whether the first 2xx to an update gets lost.
func (w *weather) loses(u *update) bool {
	return !u.lost && w.LoseWebhookAnswer > 0 && w.dice(roll{"webhook", u.id}).Float64() < w.LoseWebhookAnswer
}
