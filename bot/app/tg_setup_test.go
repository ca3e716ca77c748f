package app_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/telegram/telegramtest"
)

// notebook is a log that several goroutines write.
type notebook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notebook) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

func (n *notebook) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// logged writes everything the server would say into a notebook.
func (l *live) logged() *notebook {
	n := &notebook{}
	l.settings.Log = slog.New(slog.NewTextHandler(n, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return n
}

// until waits for something that is not a message.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !ok(); {
		if time.Now().After(end) {
			t.Fatal("waited in vain for", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// shows waits until the messages of a chat are as they should be.
func shows(t testing.TB, u *telegramtest.User, what string, ok func([]telegramtest.Message) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	if err := u.WaitFor(ctx, ok); err != nil {
		t.Fatalf("waited in vain for %s; the chat ends with %q %q", what, u.Last().Text, u.Last().Labels())
	}
}

// hears waits until the last message is the bot's and has some words.
func hears(t testing.TB, u *telegramtest.User, part string) telegramtest.Message {
	t.Helper()
	shows(t, u, strconv.Quote(part), func(ms []telegramtest.Message) bool {
		return len(ms) > 0 && ms[len(ms)-1].FromBot && strings.Contains(ms[len(ms)-1].Text, part)
	})
	return u.Last()
}

// says returns a sentence of the books; data are names and values.
func says(t testing.TB, l bot.Lang, key string, data map[string]string) string {
	t.Helper()
	s, ok := embedded(t).Phrases.Say(bot.Asker{Lang: l}, key, data)
	if !ok {
		t.Fatalf("no sentence %s in %s", key, l)
	}
	return s
}

// step is the number of the screen a message shows, -1 when it has no buttons.
func step(m telegramtest.Message) int {
	if len(m.Rows) == 0 {
		return -1
	}
	n, _, _ := strings.Cut(m.Rows[0][0].Data, ":")
	v, err := strconv.ParseInt(n, 36, 32)
	if err != nil {
		return -1
	}
	return int(v)
}

// fromBot are the bot's messages of a chat.
func fromBot(ms []telegramtest.Message) (out []telegramtest.Message) {
	for _, m := range ms {
		if m.FromBot {
			out = append(out, m)
		}
	}
	return out
}

// shown counts what the bot sent or changed in a chat.
func shown(fake *telegramtest.Server, chat int64) (n int) {
	for _, method := range []string{"sendMessage", "editMessageText"} {
		for _, c := range fake.Calls(method) {
			if c.Chat == chat {
				n++
			}
		}
	}
	return n
}

// canaries returns which words lie in the files of a directory, or in their
// names.
func canaries(t testing.TB, dir string, words ...string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(data, []byte(w)) || strings.Contains(filepath.Base(path), w) {
				found = append(found, w+" in "+filepath.Base(path))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// settled waits until everything that came so far, repeated updates too, was
// handled: somebody else writes twice, and the second word is fetched only
// after all of the batch before it is done.
func (l *live) settled() {
	l.t.Helper()
	other := l.fake.User(999_999, "en")
	for range 2 {
		n := len(other.Messages())
		other.Say("?")
		shows(l.t, other, "an answer", func(ms []telegramtest.Message) bool { return len(ms) >= n+2 })
	}
}

// calm fails a test in which the bot did what Telegram refuses.
func (l *live) calm() {
	l.t.Helper()
	if v := l.fake.Violations(); len(v) > 0 {
		l.t.Error("Telegram would refuse:", v[0])
	}
}
