package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/telegram"
)

type handler func(bot.Event) error

func (h handler) Handle(_ context.Context, e bot.Event) error { return h(e) }

const update = `{"update_id":1,"message":{"message_id":4,"from":{"id":9},"chat":{"id":9,"type":"private"},"text":"x"}}`

func post(d *telegram.Door, secret, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func TestTG01_CommitThenAcknowledge(t *testing.T) {
	t.Parallel()
	d := telegram.New(nil, telegram.Options{Secret: "s"})
	committing, commit := make(chan struct{}), make(chan struct{})
	d.SetHandler(handler(func(bot.Event) error {
		close(committing)
		<-commit
		return nil
	}))
	answered := make(chan int, 1)
	go func() { answered <- post(d, "s", update).Code }()
	<-committing
	select {
	case code := <-answered:
		t.Fatalf("%d before the commit", code)
	default:
	}
	close(commit)
	if code := <-answered; code != 200 {
		t.Error(code)
	}
	d.SetHandler(handler(func(bot.Event) error { return errors.New("cause-canary: store closed") }))
	if w := post(d, "s", update); w.Code != 503 || strings.Contains(w.Body.String(), "canary") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestTG01_TenThousandForgedPosts(t *testing.T) {
	t.Parallel()
	d := telegram.New(nil, telegram.Options{Secret: "right"})
	d.SetHandler(handler(func(bot.Event) error { t.Error("taken"); return nil }))
	for i := range 10_000 {
		if w := post(d, []string{"", "wrong", "right ", "righ"}[i%4], update); w.Code != 404 {
			t.Fatal(w.Code)
		}
	}
	open := telegram.New(nil, telegram.Options{})
	open.SetHandler(handler(func(bot.Event) error { t.Error("taken without any secret"); return nil }))
	if w := post(open, "", update); w.Code != 404 {
		t.Errorf("a door without a secret: %d", w.Code)
	}
}
