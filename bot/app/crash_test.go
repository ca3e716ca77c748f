package app_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
	"wheretoturn/bot/telegram"
	"wheretoturn/bot/telegram/telegramtest"

	"wheretoturn/bot/book"
)

// kills is how often the process is killed in each way of getting updates. The
// long run: go test ./bot/app -run Crash -kills 150 -timeout 30m -v
var kills = flag.Int("kills", 5, "kill -9 so often by webhook and as often by polling")

// childVariable makes this test binary the server that is killed.
const childVariable = "WHERETOTURN_TEST_SERVER"

type childSettings struct {
	Data, Token, Endpoint, Webhook, Listen, Secret string
	Null                                           bool   // the null bot of the benchmark
	Profile                                        string // where the CPU profile goes; "" is nowhere
}

func TestMain(m *testing.M) {
	if s := os.Getenv(childVariable); s != "" {
		os.Exit(child(s))
	}
	os.Exit(m.Run())
}

func child(s string) int {
	var c childSettings
	if err := json.Unmarshal([]byte(s), &c); err != nil {
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer c.profiled()()
	if c.Null {
		if err := runNull(ctx, c); err != nil {
			return 1
		}
		return 0
	}
	srv, err := app.NewServer(ctx, app.Settings{
		Data: c.Data, Console: "off", Listen: c.Listen, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Telegram: telegram.Options{Token: c.Token, Endpoint: c.Endpoint, Webhook: c.Webhook, Secret: c.Secret},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer srv.Close()
	if err := srv.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func (c childSettings) command() *exec.Cmd {
	s, _ := json.Marshal(c)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(s))
	cmd.Stderr = os.Stderr
	return cmd
}

func TestRE01_CrashUnderTrafficLosesNothing(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	for _, mode := range []telegramtest.Mode{telegramtest.Webhook, telegramtest.Polling} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			r := crashRun(t, b, mode, *kills, people)
			t.Logf("%d kills by %s: %d updates, %d lost, %d stepped twice or thrown back, %d messages repeated", *kills, mode, r.updates, r.lost, r.wrong, r.repeated)
			if r.lost+r.wrong > 0 || r.repeated > *kills*people {
				t.Errorf("%+v", r)
			}
		})
	}
}

// people walk at once; each may have one message in flight when the process is
// killed.
const people = 24

type crashResult struct{ updates, lost, wrong, repeated int }

func crashRun(t *testing.T, b *book.Book, mode telegramtest.Mode, kills, people int) crashResult {
	fake := telegramtest.Start(t, telegramtest.Options{})
	c := childSettings{Data: filepath.Join(t.TempDir(), "data"), Token: fake.Token(), Endpoint: fake.Endpoint()}
	if mode == telegramtest.Webhook {
		c.Listen = freePort(t)
		c.Webhook, c.Secret = "http://"+c.Listen+"/hook", "0123456789abcdef0123"
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	var mu sync.Mutex
	var sum crashResult
	for i := range people {
		wg.Add(1)
		go func() {
			defer wg.Done()
			w := newWalker(b, fake.User(int64(5000+i), "cs"), uint64(i))
			w.run(ctx)
			mu.Lock()
			defer mu.Unlock()
			sum.updates += w.updates
			sum.lost += w.lost
			sum.wrong += w.wrong
			sum.repeated += w.repeated()
			if w.story != "" {
				t.Log(w.story)
			}
		}()
	}
	for range kills {
		cmd := c.command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(250*time.Millisecond + time.Duration(rand.Int64N(int64(400*time.Millisecond))))
		_ = cmd.Process.Signal(syscall.SIGKILL)
		_ = cmd.Wait()
	}
	cmd := c.command() // the last one lives until everybody has the answer they wait for
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cancel()
	wg.Wait()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Error("the last server:", err)
	}
	return sum
}

// walker is somebody who taps and types at random, beside a house in memory
// that tells what the next screen must be.
type walker struct {
	user    *telegramtest.User
	book    *book.Book
	house   *engine.Engine
	random  *rand.Rand
	n       int
	step    int
	screen  bot.Message
	at      telegramtest.Message // the message that shows it
	sent    int                  // new messages that must have come
	updates int
	lost    int
	wrong   int
	story   string // of the loss
}

func newWalker(b *book.Book, u *telegramtest.User, seed uint64) *walker {
	shelf := book.NewShelf(b)
	return &walker{
		user: u, book: b, random: rand.New(rand.NewPCG(seed, 7)),
		house: engine.New(memory.New(), talk.Room{Shelf: shelf}, engine.Options{}),
	}
}

// run walks until ctx ends, and then until the last answer is there.
func (w *walker) run(ctx context.Context) {
	w.move("/start", nil)
	for ctx.Err() == nil && w.lost+w.wrong == 0 {
		choices := append(append([]bot.Choice(nil), w.screen.Choices...), w.screen.Nav...)
		c := choices[w.random.IntN(len(choices))]
		switch {
		case strings.HasPrefix(c.Code, bot.CmdErase), c.Code == bot.CmdHide:
			continue // these take messages away; they have tests of their own
		case w.random.IntN(4) == 0 && len(w.screen.Choices) > 0:
			w.move("1", nil)
		default:
			w.move(c.Label, &bot.Press{Step: w.step, Code: c.Code})
		}
	}
}

// move says or presses, here and in the house in memory, and waits for the
// same words.
func (w *walker) move(said string, press *bot.Press) {
	w.n++
	w.updates++
	e := bot.Event{Key: bot.EventKey(fmt.Sprint(w.n)), Conv: "w", Door: telegram.Name, At: time.Now(), Lang: "cs", Press: press}
	if press == nil {
		e.Text = bot.Text(said)
		w.sent++
		w.user.Say(said)
	} else if !w.press(said) {
		w.wrong++
		return
	}
	if err := w.house.Handle(context.Background(), e); err != nil {
		w.wrong++
		return
	}
	log, _ := w.house.Log(context.Background(), "w", int64(w.n-1))
	d := log[len(log)-1]
	w.step, w.screen = d.Step, screen.Draw(w.book, d, time.Now())
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	want := words(w.screen)
	err := w.user.WaitFor(ctx, func(ms []telegramtest.Message) bool {
		for _, m := range ms {
			if m.FromBot && same(m, want, d.Step) {
				w.at = m
				return true
			}
		}
		return false
	})
	if err != nil {
		w.lost++
		w.story = fmt.Sprintf("after %q waited for %q (%s), the chat says %q", said, want, base36(d.Step), w.user.Last().Text)
	}
}

// press presses a button of the screen at hand. A message repeated by a process
// that died before it could note its number may stand below it.
func (w *walker) press(label string) bool {
	for _, row := range w.at.Rows {
		for _, b := range row {
			if b.Text == label || strings.HasSuffix(b.Text, " "+label) {
				return w.user.PressOld(w.at.ID, b.Data) == nil
			}
		}
	}
	return false
}

// same compares words, and the number of the screen that its buttons carry: a
// step taken twice shows there.
func same(m telegramtest.Message, want string, step int) bool {
	if strings.TrimSpace(m.Text) != want || len(m.Rows) == 0 {
		return false
	}
	n, _, _ := strings.Cut(m.Rows[0][0].Data, ":")
	return n == fmt.Sprint(base36(step))
}

func base36(n int) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	if n < 36 {
		return digits[n : n+1]
	}
	return base36(n/36) + digits[n%36:n%36+1]
}

// repeated counts messages of the bot beyond one for each text.
func (w *walker) repeated() int {
	n := 0
	for _, m := range w.user.Messages() {
		if m.FromBot {
			n++
		}
	}
	return n - w.sent
}
