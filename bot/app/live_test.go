package app_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
	"wheretoturn/bot/telegram"
	"wheretoturn/bot/telegram/telegramtest"
)

// live is a whole server between a data directory and a Telegram of its own;
// it can be stopped and started like the real one.
type live struct {
	t        testing.TB
	fake     *telegramtest.Server
	settings app.Settings
	clock    atomic.Pointer[time.Time]
	runs     atomic.Int64 // since when the clock runs by itself; 0: it stands
	stop     func()
}

func newLive(t testing.TB, mode telegramtest.Mode, o telegramtest.Options) *live {
	t.Helper()
	l := prepared(t, mode, o)
	l.start()
	return l
}

// prepared is a server whose settings can still be changed.
func prepared(t testing.TB, mode telegramtest.Mode, o telegramtest.Options) *live {
	t.Helper()
	l := &live{t: t, stop: func() {}}
	l.set(time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC))
	o.Now = l.now
	l.fake = telegramtest.Start(t, o)
	l.settings = app.Settings{
		Data: filepath.Join(t.TempDir(), "data"), Console: "off", Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: l.now,
		Telegram: telegram.Options{Token: l.fake.Token(), Endpoint: l.fake.Endpoint()},
	}
	if mode == telegramtest.Webhook {
		addr := freePort(t)
		l.settings.Listen, l.settings.Telegram.Webhook = addr, "http://"+addr+"/hook"
		l.settings.Telegram.Secret = "0123456789abcdef0123"
	}
	t.Cleanup(func() { l.stop() })
	return l
}

func (l *live) set(at time.Time) { l.clock.Store(&at) }

func (l *live) now() time.Time {
	if since := l.runs.Load(); since != 0 {
		return l.clock.Load().Add(time.Duration(time.Now().UnixNano() - since))
	}
	return *l.clock.Load()
}

// run lets the clock run.
func (l *live) run() { l.runs.Store(time.Now().UnixNano()) }

func (l *live) start() {
	l.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	srv, err := app.NewServer(ctx, l.settings)
	if err != nil {
		cancel()
		l.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- srv.Run(ctx) }()
	l.stop = func() {
		cancel()
		if err := <-done; err != nil {
			l.t.Error("run:", err)
		}
		if err := srv.Close(); err != nil {
			l.t.Error("close:", err)
		}
		l.stop = func() {}
	}
}

func (l *live) restart() {
	l.stop()
	l.start()
}

func freePort(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

var tags = regexp.MustCompile(`<[^>]+>`)

// words is a message as Telegram shows it, without markup.
func words(m bot.Message) string {
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(telegram.Text(m), "")))
}

// await waits until the last message of a chat is the bot's and says so.
func await(t testing.TB, u *telegramtest.User, want string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := u.WaitFor(ctx, func(ms []telegramtest.Message) bool {
		return len(ms) > 0 && ms[len(ms)-1].FromBot && strings.TrimSpace(ms[len(ms)-1].Text) == want
	})
	if err != nil {
		return fmt.Errorf("waited for %q, the chat says %q", want, u.Last().Text)
	}
	return nil
}

// TestTranscriptsHoldOnTelegram replays every story through the loopback Bot
// API: the same words as the house in memory says them, with every update
// delivered twice and the process restarted between lines.
func TestTranscriptsHoldOnTelegram(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../flows/transcripts/*.txt")
	b := embedded(t)
	for i, name := range files {
		mode := []telegramtest.Mode{telegramtest.Polling, telegramtest.Webhook}[i%2]
		t.Run(filepath.Base(name)+" by "+string(mode), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			l := newLive(t, mode, telegramtest.Options{Faults: telegramtest.Faults{RepeatUpdates: telegramtest.Twice}})
			s := &story{live: l, book: b, every: *restarts, n: i}
			if _, err := app.Replay(b, data, telegram.Name, s.line); err != nil && !errors.Is(err, errErased) {
				t.Fatal(err)
			}
			if v := l.fake.Violations(); len(v) > 0 {
				t.Error("Telegram would refuse:", v[0])
			}
			for _, never := range []string{"getFile", "forwardMessage", "copyMessage"} {
				if n := len(l.fake.Calls(never)); n > 0 {
					t.Errorf("%s was called %d times", never, n)
				}
			}
		})
	}
}

// errErased ends a story whose conversation was erased: on Telegram the next
// word begins a new one.
var errErased = errors.New("erased")

// story is one transcript on its way through Telegram.
type story struct {
	*live
	book  *book.Book
	user  *telegramtest.User
	n     int // lines so far; stories begin at different ones
	every int // restart before each so-many-th line
}

// restarts is how often the server is started anew. Before any line at all:
// go test ./bot/app -run OnTelegram -restarts 1 -timeout 30m
var restarts = flag.Int("restarts", 12, "restart the server before each so-many-th line of a story")

func (s *story) line(now time.Time, said string, pressed bool, shown []bot.Message) error {
	if s.user != nil && now.Sub(s.now()) >= 24*time.Hour {
		s.t.Skip("the story waits longer than answers are kept")
	}
	s.set(now)
	if s.user == nil {
		s.user = s.fake.User(1000, string(shown[0].Lang))
	}
	if s.n++; s.n%s.every == 0 {
		s.restart()
	}
	switch {
	case !pressed:
		s.user.Say(said)
	default:
		label, ok := find(s.user.Last(), said)
		if !ok {
			return fmt.Errorf("no button %q among %q", said, s.user.Last().Labels())
		}
		if err := s.user.Press(label); err != nil {
			return err
		}
	}
	if err := await(s.t, s.user, words(shown[len(shown)-1])); err != nil {
		return fmt.Errorf("after %q: %w", said, err)
	}
	erased, _ := s.book.Phrases.Say(bot.Asker{Lang: shown[0].Lang}, "talk.erased", nil)
	if strings.Contains(words(shown[0]), erased) {
		return errErased
	}
	return nil
}

func find(m telegramtest.Message, label string) (string, bool) {
	for _, l := range m.Labels() {
		if l == label || strings.HasSuffix(l, " "+label) {
			return l, true
		}
	}
	return "", false
}
