package telegramtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestEachFaultLooksAsInTheWild(t *testing.T) {
	t.Parallel()
	for fault, check := range map[tt.Fault]func(b *bench, a answer, said int){
		tt.TooMany: func(b *bench, a answer, said int) {
			b.equal(a.Description, fmt.Sprintf("Too Many Requests: retry after %d", a.Parameters.RetryAfter))
			b.equal([]any{a.status, a.Code, said, a.Parameters.RetryAfter >= 1 && a.Parameters.RetryAfter <= 3}, "[429 429 0 true]")
		},
		tt.Internal: func(b *bench, a answer, said int) {
			b.equal([]any{a.status, a.Code, a.Description, said}, "[500 500 Internal Server Error 0]")
		},
		tt.BadGateway: func(b *bench, a answer, said int) {
			b.equal([]any{a.status, strings.Contains(a.page, "<h1>502 Bad Gateway</h1>"), said}, "[502 true 0]")
		},
		tt.DropBefore: func(b *bench, a answer, said int) { b.equal([]any{a.err != nil, said}, "[true 0]") },
		tt.DropAfter:  func(b *bench, a answer, said int) { b.equal([]any{a.err != nil, said}, "[true 1]") },
		tt.Delay:      func(b *bench, a answer, said int) { b.equal([]any{a.OK, said}, "[true 1]") },
	} {
		b := setup(t, tt.Options{})
		u := b.User(7, "cs")
		u.Start("")
		b.SetFaults(tt.Faults{Rate: 1, Kinds: []tt.Fault{fault}, Delay: 5 * time.Millisecond})
		a := b.call("sendMessage", "chat_id", 7, "text", "x")
		b.ok(b.Wait(b.ctx, func() bool { return len(b.Calls("sendMessage")) == 1 }))
		c := b.Calls("sendMessage")[0]
		b.equal(c.Fault, fault)
		if fault == tt.DropAfter {
			b.equal([]any{c.Code, len(c.Result) > 0}, "[0 true]")
		}
		check(b, a, len(u.Messages())-1)
		b.must("getMe") // names no chat
		b.noViolations()
	}
}

func TestWeatherDependsOnTheSeedOnly(t *testing.T) {
	t.Parallel()
	weather := func(seed uint64, chats ...int64) string {
		b := setup(t, tt.Options{Second: time.Nanosecond, Faults: tt.Faults{Seed: seed, Rate: 0.5, Delay: 1}})
		out := map[int64][]string{}
		for range 20 {
			for _, id := range chats {
				b.User(id, "cs").Say("x")
				b.call("sendMessage", "chat_id", id, "text", "x")
			}
		}
		b.ok(b.Wait(b.ctx, func() bool { return len(b.Calls("")) == 20*len(chats) }))
		for _, c := range b.Calls("") {
			out[c.Chat] = append(out[c.Chat], c.Fault.String())
		}
		return strings.Join(out[7], ",")
	}
	one := weather(1, 7)
	if weather(1, 7) != one || weather(1, 8, 7, 9) != one {
		t.Error("the same seed brings other weather")
	}
	if weather(2, 7) == one {
		t.Error("another seed brings the same weather")
	}
}

func TestCallsBeforeRetryAfterIsOverAreSeen(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	b.User(8, "cs").Start("")
	b.SetFaults(tt.Faults{Rate: 1, Kinds: []tt.Fault{tt.TooMany}, RetryMax: 1})
	b.refused(429, "retry after 1", "sendMessage", "chat_id", 7, "text", "x")
	b.SetFaults(tt.Faults{})
	b.send(8, "another chat")
	b.equal(len(b.Early()), 0)
	a := b.refused(429, "retry after 1", "sendMessage", "chat_id", 7, "text", "x")
	b.equal(a.Parameters.RetryAfter, 1)
	b.equal(len(b.Early()), 1)
	b.equal(b.Early()[0].Chat, 7)
	b.Advance(time.Second)
	b.send(7, "obedient")
	b.equal(len(b.Early()), 1)
}

func TestChatsCanBeBlockedByTheWeather(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{Faults: tt.Faults{Blocked: []int64{7}}})
	b.User(7, "cs").Start("")
	b.User(8, "cs").Start("")
	b.refused(403, "bot was blocked by the user", "sendMessage", "chat_id", 7, "text", "x")
	b.send(8, "x")
}

func TestFaultsCanMeetPollsToo(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Say("a")
	b.SetFaults(tt.Faults{Rate: 1, Kinds: []tt.Fault{tt.DropAfter}, Methods: []string{"getUpdates"}})
	b.equal(b.call("getUpdates").err != nil, true)
	b.send(7, "not met")
	b.SetFaults(tt.Faults{Rate: 1, Kinds: []tt.Fault{tt.TooMany}, Methods: []string{"*"}, RetryMax: 1})
	b.refused(429, "retry after 1", "getUpdates")
	b.SetFaults(tt.Faults{})
	b.refused(429, "retry after 1", "getUpdates")
	b.must("getMe") // not the method that must wait
	b.Advance(time.Second)
	b.equal(texts(b.poll()), "a")
}

func TestLimitsHoldPerChatGroupAndOverall(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	b := setup(t, tt.Options{Limits: true, Now: func() time.Time { return clock }})
	b.User(7, "cs").Start("")
	b.Group(-5)
	for range 5 {
		b.send(7, "a burst")
	}
	b.equal(b.refused(429, "Too Many Requests", "sendMessage", "chat_id", 7, "text", "x").Parameters.RetryAfter, 1)
	b.Advance(time.Second)
	b.send(7, "one a second")
	b.refused(429, "", "sendMessage", "chat_id", 7, "text", "x")
	b.Advance(time.Minute)
	for range 20 {
		b.send(-5, "to the group")
	}
	b.equal(b.refused(429, "", "sendMessage", "chat_id", -5, "text", "x").Parameters.RetryAfter, 3)
	b.Advance(time.Minute)
	for i := range int64(30) {
		b.User(100+i, "cs").Start("")
		b.send(100+i, "overall")
	}
	b.User(200, "cs").Start("")
	b.refused(429, "retry after 1", "sendMessage", "chat_id", 200, "text", "x")
	b.equal(len(b.Early()), 0)
	b.noViolations()
}
