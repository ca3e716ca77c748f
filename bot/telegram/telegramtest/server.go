package telegramtest

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// TB is what Start needs of a test; *testing.T and *testing.B are one.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Options of a fake. The zero value is a strict Telegram in good weather.
type Options struct {
	Token string           // a made-up one if empty
	Now   func() time.Time // message dates, the age of queries, waiting times; time.Now if nil
	// Second is how long a second of waiting lasts: of retry_after, of the
	// limits, of the pauses between two tries of a webhook. A second if 0;
	// quick tests give the bot under test the same shorter one.
	Second         time.Duration
	Limits         bool // the flood limits: 1/s a chat with bursts of 5, 20/min a group, 30/s overall
	Faults         Faults
	Fast           bool                   // for benchmarks: no log, no strictness, only the newest messages kept
	Avoid          func(data string) bool // buttons that benchmarks never press
	WebhookTimeout time.Duration          // how long a post may take; a minute if 0
}

// Server is one bot's Telegram. Safe for concurrent use.
type Server struct {
	opt    Options
	token  string
	url    string
	web    *http.Server
	poster *http.Client
	ctx    context.Context // ends when the server closes
	cancel context.CancelFunc
	closed sync.Once
	shift  atomic.Int64 // how far Advance moved the clock

	mu         sync.Mutex
	work       sync.WaitGroup // handlers and posts under way
	shut       bool
	any        signal // something happened
	chats      map[int64]*Chat
	people     map[int64]*User
	queue      queue
	poll       *waiter
	hook       *hook
	queries    map[string]query
	files      []string
	serial     int64 // of queries, files and albums
	weather    weather
	limits     limits
	calls      []Call
	violations []string
	load       *load
}

// Start opens a fake Telegram. It closes with the test; without one (t is nil)
// the caller closes it, and a port that cannot be opened is a panic.
func Start(t TB, o Options) *Server {
	if o.Token == "" {
		o.Token = "4242424242:not-a-secret-it-is-for-tests-only-1"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Second == 0 {
		o.Second = time.Second
	}
	if o.WebhookTimeout == 0 {
		o.WebhookTimeout = time.Minute
	}
	s := &Server{opt: o, token: o.Token, chats: map[int64]*Chat{}, people: map[int64]*User{}, queries: map[string]query{}}
	s.any.cond = sync.NewCond(&s.mu)
	s.queue = newQueue()
	s.weather = newWeather(o.Faults)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.poster = &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: maxConnections, DisableCompression: true},
		Timeout:   o.WebhookTimeout,
		// a redirect is an answer like any other that is no 2xx
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	s.listen(t)
	if t != nil {
		t.Helper()
		t.Cleanup(s.Close)
	}
	return s
}

func (s *Server) listen(t TB) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		if t == nil {
			panic("telegramtest: " + err.Error())
		}
		t.Fatalf("telegramtest: %v", err)
	}
	s.url = "http://" + l.Addr().String()
	s.web = &http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: 5 * time.Second}
	go s.web.Serve(l)
}

// Close ends polls and posts under way and waits for them. It may be called twice.
func (s *Server) Close() {
	s.closed.Do(func() {
		s.mu.Lock()
		s.shut = true
		s.cancel()
		s.any.tell()
		for _, c := range s.chats {
			c.news.tell()
		}
		s.mu.Unlock()
		s.web.Close()
		s.work.Wait()
		s.poster.CloseIdleConnections()
	})
}

// begin counts work under way, unless the server is closing.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut {
		return false
	}
	s.work.Add(1)
	return true
}

// Endpoint is the address for go-telegram-bot-api: token and method are filled in.
func (s *Server) Endpoint() string { return s.url + "/bot%s/%s" }

// Token is the bot's.
func (s *Server) Token() string { return s.token }

// BotID is the bot's own user id: the number before the colon of its token.
func (s *Server) BotID() int64 {
	id, _, _ := strings.Cut(s.token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

// Advance moves the server's clock forward.
func (s *Server) Advance(d time.Duration) {
	s.shift.Add(int64(d))
}

func (s *Server) now() time.Time { return s.opt.Now().Add(time.Duration(s.shift.Load())).UTC() }

// ErrClosed is returned to those who wait when the server closes.
var ErrClosed = errors.New("telegramtest: closed")

// Wait returns when ok is true; it asks again whenever a call was answered or
// an update delivered. ok may use the server.
func (s *Server) Wait(ctx context.Context, ok func() bool) error {
	return s.await(ctx, &s.any, ok)
}

// signal wakes those who wait for a change; its counter makes sure that a
// change between looking and waiting is not missed. Under the server's lock.
type signal struct {
	n    uint64
	cond *sync.Cond
}

func (g *signal) tell() {
	g.n++
	g.cond.Broadcast()
}

func (s *Server) await(ctx context.Context, g *signal, ok func() bool) error {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		g.cond.Broadcast()
	})
	defer stop()
	for {
		s.mu.Lock()
		seen := g.n
		s.mu.Unlock()
		if ok() {
			return nil
		}
		s.mu.Lock()
		for g.n == seen && ctx.Err() == nil && !s.shut {
			g.cond.Wait()
		}
		shut := s.shut
		s.mu.Unlock()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if shut {
			return ErrClosed
		}
	}
}
