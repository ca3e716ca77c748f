package app_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wheretoturn/bot/telegram/telegramtest"
)

// BenchmarkWholeUpdate measures whole updates, from the press to the changed
// message, of this bot and of a null bot on the same library, each on one core
// in a process of its own, in turns in the same run:
//
//	go test ./bot/app -run xxx -bench WholeUpdate -benchtime 1x
//
// It reports updates a second, the ratio to the null bot, and that of p99, each
// the median of the turns; -profiles DIR leaves a CPU profile of each bot.
func BenchmarkWholeUpdate(b *testing.B) {
	for _, mode := range []telegramtest.Mode{telegramtest.Webhook, telegramtest.Polling} {
		for _, users := range []int{1, 16, 256} {
			b.Run(fmt.Sprintf("%s/%d", mode, users), func(b *testing.B) {
				presses := max(20, 4000/users)
				var all turnsTaken
				for b.Loop() {
					for range turns {
						null := measure(b, mode, users, presses, true)
						all.note(compared(null, measure(b, mode, users, presses, false)))
					}
				}
				all.report(b)
			})
		}
	}
}

// profiles is where BenchmarkWholeUpdate leaves a CPU profile of each bot.
var profiles = flag.String("profiles", "", "directory for CPU profiles of the benchmark's bots")

// profiled starts the profile a child was asked for; the returned function
// writes it.
func (c childSettings) profiled() func() {
	if c.Profile == "" {
		return func() {}
	}
	f, err := os.Create(c.Profile)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return func() {}
	}
	return func() { pprof.StopCPUProfile(); f.Close() }
}

type figures struct {
	telegramtest.Report
	written, rss float64
}

// turns is how often the two bots are measured one after the other: a machine
// that does something else for a second spoils one of them.
const turns = 5

// turnsTaken are the figures of all turns, by unit.
type turnsTaken map[string][]float64

func compared(null, ours figures) map[string]float64 {
	return map[string]float64{
		"updates/s":   ours.PerSecond,
		"of-null":     ours.PerSecond / null.PerSecond,
		"p99-of-null": float64(ours.P99) / float64(null.P99),
		"B/update":    ours.written,
		"MiB-rss":     ours.rss,
	}
}

func (t *turnsTaken) note(turn map[string]float64) {
	if *t == nil {
		*t = turnsTaken{}
	}
	for unit, v := range turn {
		(*t)[unit] = append((*t)[unit], v)
	}
}

func (t turnsTaken) report(b *testing.B) {
	for unit, list := range t {
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], unit)
	}
	b.ReportMetric(0, "ns/op")
}

func measure(b *testing.B, mode telegramtest.Mode, users, presses int, null bool) figures {
	b.Helper()
	fake := telegramtest.Start(nil, telegramtest.Options{Fast: true, Avoid: avoid})
	defer fake.Close()
	c := childSettings{Data: filepath.Join(b.TempDir(), "data"), Token: fake.Token(), Endpoint: fake.Endpoint(), Null: null}
	if *profiles != "" {
		c.Profile = filepath.Join(*profiles, fmt.Sprintf("%s-%d-null=%v.prof", mode, users, null))
	}
	if mode == telegramtest.Webhook {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		c.Listen = l.Addr().String()
		l.Close()
		c.Webhook, c.Secret = "http://"+c.Listen+"/hook", "0123456789abcdef0123"
	}
	cmd := c.command()
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer stopped(cmd)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	before := written(cmd)
	r, err := fake.Bench(ctx, users, presses, mode)
	if err != nil {
		b.Fatal(err, r)
	}
	if testing.Verbose() {
		b.Log(null, r)
	}
	if r.Restarts > 0 {
		b.Log("users who had to start anew:", r.Restarts)
	}
	return figures{r, (written(cmd) - before) / float64(r.Updates), rss(cmd)}
}

// avoid leaves out what empties a chat, and the danger card: it overtakes
// everything else by design, which would be measured as the others' delay.
func avoid(data string) bool {
	for _, code := range []string{":/hide", ":/erase", ":/danger"} {
		if strings.Contains(data, code) {
			return true
		}
	}
	return false
}

// BenchmarkStart measures a process from its start to its first reply, to an
// update that waited for it, and its memory when idle and after 2,000 users:
//
//	go test ./bot/app -run xxx -bench Start -benchtime 1x
func BenchmarkStart(b *testing.B) {
	const users = 2000
	var all turnsTaken
	for b.Loop() {
		for range turns {
			all.note(started(b, users))
		}
	}
	all.report(b)
}

func started(b *testing.B, users int) map[string]float64 {
	b.Helper()
	fake := telegramtest.Start(nil, telegramtest.Options{Fast: true, Avoid: avoid})
	defer fake.Close()
	u := fake.User(1, "cs")
	u.Say("/start")
	c := childSettings{Data: filepath.Join(b.TempDir(), "data"), Token: fake.Token(), Endpoint: fake.Endpoint()}
	cmd := c.command()
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer stopped(cmd)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := u.WaitFor(ctx, func(ms []telegramtest.Message) bool { return len(fromBot(ms)) > 0 }); err != nil {
		b.Fatal(err)
	}
	reply := time.Since(begin)
	time.Sleep(time.Second) // until it is idle
	idle := rss(cmd)
	if _, err := fake.Bench(ctx, users, 3, telegramtest.Polling); err != nil {
		b.Fatal(err)
	}
	return map[string]float64{"ms-to-first-reply": float64(reply.Milliseconds()), "MiB-idle": idle, "MiB-2000-users": rss(cmd)}
}

func stopped(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
}

// written is how many bytes a process has caused to be written to disk.
func written(cmd *exec.Cmd) float64 { return procField(cmd, "io", "write_bytes:") }

// rss is a process's resident memory in MiB.
func rss(cmd *exec.Cmd) float64 { return procField(cmd, "status", "VmRSS:") / 1024 }

func procField(cmd *exec.Cmd, file, field string) float64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", cmd.Process.Pid, file))
	_, rest, _ := strings.Cut(string(data), field)
	f := strings.Fields(rest)
	if len(f) == 0 {
		return 0
	}
	n, _ := strconv.ParseFloat(f[0], 64)
	return n
}

// nullBot answers every press with the same screen and keeps nothing.
type nullBot struct{ api *tgbotapi.BotAPI }

func runNull(ctx context.Context, c childSettings) error {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 512, 512
	api, err := tgbotapi.NewBotAPIWithClient(c.Token, c.Endpoint, &http.Client{Transport: t})
	if err != nil {
		return err
	}
	n := nullBot{api}
	if c.Webhook == "" {
		return n.poll(ctx)
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	s := &http.Server{Handler: http.HandlerFunc(n.hook), ReadHeaderTimeout: 5 * time.Second}
	go func() { <-ctx.Done(); s.Close() }()
	if _, err := api.MakeRequest("setWebhook", tgbotapi.Params{"url": c.Webhook, "secret_token": c.Secret, "max_connections": "100"}); err != nil {
		return err
	}
	_ = s.Serve(l)
	return nil
}

func (n nullBot) hook(_ http.ResponseWriter, r *http.Request) {
	var u tgbotapi.Update
	if json.NewDecoder(r.Body).Decode(&u) == nil {
		n.answer(u)
	}
}

func (n nullBot) poll(ctx context.Context) error {
	offset := 0
	for ctx.Err() == nil {
		list, err := n.api.GetUpdates(tgbotapi.UpdateConfig{Offset: offset, Limit: 100, Timeout: 1})
		if err != nil {
			continue
		}
		for _, u := range list {
			offset = u.UpdateID + 1
			go n.answer(u)
		}
	}
	return nil
}

var nullText = strings.Repeat("Někdo vyhrožuje nebo šikanuje. ", 8)

func nullKeyboard() tgbotapi.InlineKeyboardMarkup {
	var rows [][]tgbotapi.InlineKeyboardButton
	for i := range 8 {
		rows = append(rows, tgbotapi.NewInlineKeyboardRow(tgbotapi.NewInlineKeyboardButtonData("Někdo vyhrožuje nebo šikanuje", strconv.Itoa(i))))
	}
	return tgbotapi.NewInlineKeyboardMarkup(rows...)
}

func (n nullBot) answer(u tgbotapi.Update) {
	switch {
	case u.CallbackQuery != nil:
		_, _ = n.api.Request(tgbotapi.NewCallback(u.CallbackQuery.ID, ""))
		m := u.CallbackQuery.Message
		_, _ = n.api.Send(tgbotapi.NewEditMessageTextAndMarkup(m.Chat.ID, m.MessageID, nullText+u.CallbackQuery.ID, nullKeyboard()))
	case u.Message != nil:
		m := tgbotapi.NewMessage(u.Message.Chat.ID, nullText)
		m.ReplyMarkup = nullKeyboard()
		_, _ = n.api.Send(m)
	}
}
