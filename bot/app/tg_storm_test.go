package app_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot/telegram/telegramtest"
)

// storm is how long the weather is bad. The long run:
// go test ./bot/app -run Storm -storm 5m -timeout 30m -v
var storm = flag.Duration("storm", 4*time.Second, "how long four of five calls to Telegram fail")

// stormRate is the share of calls that fail, in every way a call can.
const stormRate = 0.8

func TestRE05_AStormLosesNothing(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{Second: 50 * time.Millisecond})
	l.run()
	l.start()
	l.fake.SetFaults(telegramtest.Faults{Rate: stormRate, Seed: 5, RetryMax: 1})
	over := time.Now().Add(*storm)
	var wg sync.WaitGroup
	said := make([]int, 8)
	users := make([]*telegramtest.User, len(said))
	for i := range users {
		users[i] = l.fake.User(int64(2100+i), "pl")
		wg.Go(func() { said[i] = talks(users[i], uint64(i), over) })
	}
	wg.Wait()
	l.fake.SetFaults(telegramtest.Faults{})
	for i, u := range users {
		shows(t, u, "every screen", func(ms []telegramtest.Message) bool {
			seen := map[int]bool{}
			for _, m := range fromBot(ms) {
				seen[step(m)] = true
			}
			return len(seen) == said[i]
		})
		danger, rest := sorted(u)
		if !slices.IsSorted(rest) || !slices.IsSorted(danger) {
			t.Errorf("chat %d: screens came in the order %v, danger cards %v", u.ID(), rest, danger)
		}
	}
	if early := l.fake.Early(); len(early) > 0 {
		t.Errorf("%d calls came too early", len(early))
	}
	faults := map[telegramtest.Fault]int{}
	for _, c := range l.fake.Calls("sendMessage") {
		faults[c.Fault]++
	}
	if len(faults) < 7 {
		t.Error("that was no storm of all kinds:", faults)
	}
	t.Log("texts said:", said, "sends by what became of them:", faults)
	l.calm()
}

// talks says something now and then until the storm is over, and returns how
// often. The danger card is asked for as any other screen.
func talks(u *telegramtest.User, seed uint64, over time.Time) (n int) {
	r := rand.New(rand.NewPCG(seed, 3))
	words := []string{"1", "qwrtz", "/help", "/why", "/danger", "/leave"}
	u.Say("/start")
	for n = 1; time.Now().Before(over); n++ {
		u.Say(words[r.IntN(len(words))])
		time.Sleep(time.Duration(r.IntN(int(*storm / 10))))
	}
	return n
}

// sorted returns the numbers of a chat's screens in the order they came, each
// once: danger cards, which overtake, and the others.
func sorted(u *telegramtest.User) (danger, rest []int) {
	for _, m := range fromBot(u.Messages()) {
		list := &rest
		if has(m, "/leave") {
			list = &danger
		}
		if n := step(m); !slices.Contains(*list, n) {
			*list = append(*list, n)
		}
	}
	return danger, rest
}
