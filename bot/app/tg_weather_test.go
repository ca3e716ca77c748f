package app_test

import (
	"fmt"
	"testing"
	"time"

	"wheretoturn/bot/telegram/telegramtest"
)

func TestTG03_ABurstStaysWithinTheLimits(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{Limits: true})
	l.settings.Telegram.Limits = true
	l.run()
	l.start()
	const people, words = 40, 3
	var users []*telegramtest.User
	for i := range int64(people) {
		u := l.fake.User(2000+i, "cs")
		users = append(users, u)
		u.Say("/start")
		u.Say("1")
		u.Say("4")
	}
	for _, u := range users {
		shows(t, u, "three screens", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) >= words })
		inOrder(t, u)
	}
	storms := 0
	for _, c := range l.fake.Calls("") {
		if c.Code == 429 {
			storms++
		}
	}
	if storms > 3 {
		t.Errorf("%d calls were refused with 429", storms)
	}
	if early := l.fake.Early(); len(early) > 0 {
		t.Errorf("%d calls came too early", len(early))
	}
	l.calm()
}

// inOrder fails a test whose screens came in another order than they were made.
func inOrder(t *testing.T, u *telegramtest.User) {
	t.Helper()
	last := 0
	for _, m := range fromBot(u.Messages()) {
		if step(m) < last {
			t.Errorf("chat %d: screen %d came after screen %d", u.ID(), step(m), last)
		}
		last = step(m)
	}
}

func TestRE05_TheDangerCardOvertakes(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Polling, telegramtest.Options{Second: 50 * time.Millisecond})
	l.run()
	l.start()
	u := l.fake.User(2200, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	l.fake.SetFaults(telegramtest.Faults{Rate: 1, Kinds: []telegramtest.Fault{telegramtest.TooMany}, RetryMax: 1})
	const waiting = 12 // more than are carried at once
	for range waiting {
		u.Say("qwrtz")
	}
	until(t, "a refusal", func() bool { return shown(l.fake, 2200) > 1 })
	u.Say("/danger")
	l.settledQueue()
	l.fake.SetFaults(telegramtest.Faults{})
	shows(t, u, "all screens", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) == 2+waiting })
	if first := fromBot(u.Messages())[1]; !has(first, "/leave") {
		t.Errorf("%q came before the danger card", first.Text)
	}
	if early := l.fake.Early(); len(early) > 0 {
		t.Errorf("%d calls came too early", len(early))
	}
}

// settledQueue waits until every update is committed.
func (l *live) settledQueue() {
	l.t.Helper()
	until(l.t, "the updates", func() bool { return l.fake.Pending() == 0 })
}

func TestBlockedChatsHoldNobodyUp(t *testing.T) {
	t.Parallel()
	l := prepared(t, telegramtest.Webhook, telegramtest.Options{Faults: telegramtest.Faults{Blocked: []int64{2300}}})
	l.run()
	l.start()
	u, other := l.fake.User(2300, "en"), l.fake.User(2301, "en")
	for i := range 4 {
		u.Say(fmt.Sprint("word ", i))
		other.Say("/start")
		until(t, "a refusal", func() bool { return shown(l.fake, 2300) == i+1 })
	}
	shows(t, other, "four screens", func(ms []telegramtest.Message) bool { return len(fromBot(ms)) == 4 })
	l.stop()
	l.fake.SetFaults(telegramtest.Faults{})
	tried := shown(l.fake, 2300)
	l.start()
	l.settled()
	if n := shown(l.fake, 2300); n != tried || tried > 4 || len(fromBot(u.Messages())) != 0 {
		t.Errorf("%d tries after %d to somebody who blocked the bot", n, tried)
	}
	u.Say("/start") // unblocked: they are answered again
	hears(t, u, says(t, "en", "main.country.ask", nil))
	l.calm()
}

func TestPressesAreAnsweredAndNotWaitedFor(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Polling, telegramtest.Options{Faults: telegramtest.Faults{
		Rate: 1, Kinds: []telegramtest.Fault{telegramtest.Delay}, Methods: []string{"answerCallbackQuery"}, Delay: 3 * time.Second,
	}})
	u := l.fake.User(2400, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	begin := time.Now()
	press(t, u, says(t, "en", "main.country.CZ", nil))
	hears(t, u, says(t, "en", "main.start.ask", nil))
	if err := u.PressOld(u.Last().ID, "0:old"); err != nil {
		t.Fatal(err)
	}
	hears(t, u, says(t, "en", "talk.stale", nil))
	if took := time.Since(begin); took > 2500*time.Millisecond {
		t.Errorf("two screens took %v: the answers to presses were waited for", took)
	}
	until(t, "answers to both presses", func() bool { return l.fake.Unanswered() == 0 && len(l.fake.Calls("answerCallbackQuery")) == 2 })
	for _, c := range l.fake.Calls("answerCallbackQuery") {
		if c.Code != 200 || len(c.Params) != 1 {
			t.Errorf("answered %v: %d", c.Params, c.Code)
		}
	}
	l.calm()
}

func TestTheMenuIsSetInEveryLanguage(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Webhook, telegramtest.Options{})
	for _, method := range []string{"setMyCommands", "setMyDescription", "setMyShortDescription"} {
		until(t, method, func() bool { return len(l.fake.Calls(method)) == 4 })
		langs := map[string]bool{}
		for _, c := range l.fake.Calls(method) {
			langs[c.Params["language_code"]] = c.Code == 200
		}
		if !langs[""] || !langs["cs"] || !langs["pl"] || !langs["sq"] {
			t.Errorf("%s: %v", method, langs)
		}
	}
	l.calm()
}
