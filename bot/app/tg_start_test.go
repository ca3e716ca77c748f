package app_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/telegram/telegramtest"
)

// gate stands before a Telegram and lets calls through, drops them or refuses
// them.
type gate struct {
	way   atomic.Int32
	proxy *httputil.ReverseProxy
}

const (
	open = iota
	dropping
	refusing
	pages
)

func newGate(t *testing.T, fake *telegramtest.Server) *gate {
	t.Helper()
	base, _, _ := strings.Cut(fake.Endpoint(), "/bot")
	to, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{proxy: httputil.NewSingleHostReverseProxy(to)}
	g.proxy.ErrorLog = log.New(io.Discard, "", 0)
	return g
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch g.way.Load() {
	case dropping:
		panic(http.ErrAbortHandler)
	case refusing:
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"ok":false,"error_code":401,"description":"Unauthorized"}`)
	case pages:
		_, _ = io.WriteString(w, "<html>"+r.URL.Path+"</html>")
	default:
		g.proxy.ServeHTTP(w, r)
	}
}

func TestSE07_TheTokenIsNeverLogged(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	log := l.logged()
	g := newGate(t, l.fake)
	front := httptest.NewServer(g)
	t.Cleanup(front.Close)
	l.settings.Telegram.Endpoint = front.URL + "/bot%s/%s"
	l.run()
	l.start()
	u := l.fake.User(2500, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	for way, sign := range map[int32]string{refusing: "Unauthorized", dropping: "EOF", pages: "invalid character"} {
		g.way.Store(way)
		u.Say("1")
		until(t, "the log to say "+sign, func() bool { return strings.Contains(log.String(), sign) })
	}
	g.way.Store(open)
	shows(t, u, "all answers", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) >= 4 })
	g.way.Store(dropping)
	u.Say("/danger")
	until(t, "trouble with updates", func() bool { return strings.Contains(log.String(), "telegram: updates") })
	g.way.Store(open)
	l.stop()
	_, secret, _ := strings.Cut(l.fake.Token(), ":")
	for _, w := range []string{l.fake.Token(), url.QueryEscape(l.fake.Token()), secret} {
		if strings.Contains(log.String(), w) {
			t.Error("the token is in the log")
		}
	}
	l.calm()
}

func TestAWrongTokenIsRefusedAtStart(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	for _, token := range []string{"1:wrong-token-canary", "no token canary"} {
		s := l.settings
		s.Telegram.Token = token
		srv, err := app.NewServer(context.Background(), s)
		if err == nil {
			srv.Close()
			t.Fatal("a wrong token was taken")
		}
		if bot.KindOf(err) != bot.Denied || strings.Contains(err.Error(), "canary") {
			t.Errorf("%v: %v", bot.KindOf(err), err)
		}
	}
	l.start() // nothing is left behind: the data directory can be opened
}

func TestWithoutANetworkTheStartIsRetried(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	log := l.logged()
	addr := freePort(t)
	l.settings.Telegram.Endpoint = "http://" + addr + "/bot%s/%s"
	started := make(chan struct{})
	go func() {
		defer close(started)
		l.start()
	}()
	until(t, "a line in the log", func() bool { return strings.Contains(log.String(), "cannot be reached") })
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Server{Handler: newGate(t, l.fake)}
	go web.Serve(ln)
	t.Cleanup(func() { web.Close() })
	<-started
	u := l.fake.User(2600, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	l.stop()
	if strings.Contains(log.String(), l.fake.Token()) {
		t.Error("the token is in the log")
	}
}

func TestSomebodyElseWhoPollsIsNamedInTheLog(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{})
	log := l.logged()
	l.start()
	until(t, "a poll", l.fake.Polling)
	base, _, _ := strings.Cut(l.fake.Endpoint(), "/bot")
	resp, err := http.Get(base + "/bot" + l.fake.Token() + "/getUpdates?timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	until(t, "a line in the log", func() bool { return strings.Contains(log.String(), "somebody else polls with this token") })
	u := l.fake.User(2700, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
}
