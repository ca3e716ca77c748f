package telegramtest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

// bench is a fake and a bot that does what the test says.
type bench struct {
	*testing.T
	*tt.Server
	ctx context.Context
	web *http.Client
}

func setup(t *testing.T, o tt.Options) *bench {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
	t.Cleanup(cancel)
	web := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 50}}
	t.Cleanup(web.CloseIdleConnections)
	return &bench{t, tt.Start(t, o), ctx, web}
}

// answer is what the bot gets.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
	status int
	page   string // an answer that is no JSON
	err    error  // the connection broke
}

func (a answer) String() string {
	return fmt.Sprintf("%d %s%s%s%v", a.status, a.Description, a.Result, a.page, a.err)
}

// params are key, value, key, value …
func params(pairs ...any) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return v
}

// call calls a method as go-telegram-bot-api does: a form.
func (b *bench) call(method string, pairs ...any) answer {
	b.Helper()
	return b.post(fmt.Sprintf(b.Endpoint(), b.Token(), method), "application/x-www-form-urlencoded", params(pairs...).Encode())
}

func (b *bench) post(address, kind, body string) (a answer) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	resp, err := b.web.Do(r)
	if err != nil {
		return answer{err: err}
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{err: err}
	}
	if json.Unmarshal(data, &a) != nil {
		a.page = string(data)
	}
	a.status = resp.StatusCode
	return a
}

// must calls a method that must succeed.
func (b *bench) must(method string, pairs ...any) answer {
	b.Helper()
	a := b.call(method, pairs...)
	if !a.OK {
		b.Fatalf("%s %v: %s", method, pairs, a)
	}
	return a
}

// refused calls a method that must be refused with these words.
func (b *bench) refused(code int, words, method string, pairs ...any) answer {
	b.Helper()
	a := b.call(method, pairs...)
	if a.OK || a.status != code || a.Code != code || !strings.Contains(a.Description, words) {
		b.Errorf("%s %v: %s; want %d %s", method, pairs, a, code, words)
	}
	return a
}

// send sends a text and returns its id.
func (b *bench) send(chat int64, text string, pairs ...any) int64 {
	b.Helper()
	a := b.must("sendMessage", append([]any{"chat_id", chat, "text", text}, pairs...)...)
	var m struct {
		ID int64 `json:"message_id"`
	}
	if err := json.Unmarshal(a.Result, &m); err != nil || m.ID == 0 {
		b.Fatalf("sendMessage: %s", a)
	}
	return m.ID
}

// incoming is an update as far as the tests look at it.
type incoming struct {
	ID       int64    `json:"update_id"`
	Message  *message `json:"message"`
	Edited   *message `json:"edited_message"`
	Mine     any      `json:"my_chat_member"`
	Callback *struct {
		ID      string
		Data    string
		Message message
	} `json:"callback_query"`
}

type message struct {
	ID   int64 `json:"message_id"`
	Text string
	Date int64
	Chat struct{ ID int64 }
	From struct {
		Username string
		Lang     string `json:"language_code"`
	}
	MigrateTo   int64  `json:"migrate_to_chat_id"`
	MigrateFrom int64  `json:"migrate_from_chat_id"`
	Album       string `json:"media_group_id"`
	Photo       []any
}

// poll asks for updates.
func (b *bench) poll(pairs ...any) []incoming {
	b.Helper()
	a := b.must("getUpdates", pairs...)
	var list []incoming
	if err := json.Unmarshal(a.Result, &list); err != nil {
		b.Fatalf("getUpdates: %v in %s", err, a)
	}
	return list
}

// texts are what updates say, for comparing.
func texts(list []incoming) string {
	var out []string
	for _, u := range list {
		switch {
		case u.Message != nil:
			out = append(out, u.Message.Text)
		case u.Edited != nil:
			out = append(out, "edited "+u.Edited.Text)
		case u.Callback != nil:
			out = append(out, "["+u.Callback.Data+"]")
		}
	}
	return strings.Join(out, " ")
}

func (b *bench) equal(have, want any) {
	b.Helper()
	if fmt.Sprint(have) != fmt.Sprint(want) {
		b.Errorf("have %v, want %v", have, want)
	}
}

func (b *bench) noViolations() {
	b.Helper()
	if v := b.Violations(); len(v) > 0 {
		b.Errorf("violations: %q", v)
	}
}

func (b *bench) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// hook is a webhook that keeps what it gets and answers what the test says.
type hook struct {
	*httptest.Server
	mu      sync.Mutex
	got     []incoming
	secrets []string
	news    chan incoming
	answer  func(u incoming, try int) int // the status
	tries   map[int64]int
}

func newHook(t *testing.T, answer func(u incoming, try int) int) *hook {
	h := &hook{answer: answer, news: make(chan incoming, 1000), tries: map[int64]int{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var u incoming
	if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
		w.WriteHeader(400)
		return
	}
	h.mu.Lock()
	h.tries[u.ID]++
	try := h.tries[u.ID]
	h.mu.Unlock()
	status := 200
	if h.answer != nil {
		status = h.answer(u, try)
	}
	h.mu.Lock()
	h.got = append(h.got, u)
	h.secrets = append(h.secrets, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	h.mu.Unlock()
	if status == 429 {
		w.Header().Set("Retry-After", "8")
	}
	w.WriteHeader(status)
	h.news <- u
}

func (h *hook) all() []incoming {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]incoming(nil), h.got...)
}

// next waits for n posts.
func (b *bench) next(h *hook, n int) []incoming {
	b.Helper()
	var out []incoming
	for range n {
		select {
		case u := <-h.news:
			out = append(out, u)
		case <-b.ctx.Done():
			b.Fatalf("only %d of %d posts came: %s", len(out), n, texts(out))
		}
	}
	return out
}
