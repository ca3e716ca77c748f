package app_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"wheretoturn/bot/telegram/telegramtest"
)

// post sends something to the webhook as anybody on the net could.
func (l *live) post(method, secret, body string) (code int, answer string) {
	l.t.Helper()
	r, err := http.NewRequest(method, l.settings.Telegram.Webhook, strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	if secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "" // the connection was closed over a body that is too big
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data)
}

func textUpdate(id, chat int64, kind, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":1,"date":1,"text":%q,"from":{"id":%d,"is_bot":false,"first_name":"x"},"chat":{"id":%d,"type":%q}}}`,
		id, text, chat, chat, kind)
}

func TestTG01_ForgedPostsAreNotAccepted(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Webhook, telegramtest.Options{})
	until(t, "the webhook", l.fake.Hooked)
	victim := l.fake.User(77, "en")
	_, nothing := l.post("GET", "", "")
	for i := range int64(300) {
		secret := []string{"", "x", l.settings.Telegram.Secret[:19], l.settings.Telegram.Secret + "0", strings.ToUpper(l.settings.Telegram.Secret)}[i%5]
		if code, answer := l.post("POST", secret, textUpdate(9000+i, 77, "private", "/start")); code != 404 || answer != nothing {
			t.Fatalf("a post with secret %q: %d %q", secret, code, answer)
		}
	}
	for _, method := range []string{"GET", "PUT", "HEAD", "DELETE"} {
		if code, _ := l.post(method, l.settings.Telegram.Secret, textUpdate(1, 77, "private", "/start")); code != 404 {
			t.Errorf("%s: %d", method, code)
		}
	}
	if code, _ := l.post("POST", l.settings.Telegram.Secret, string(bytes.Repeat([]byte(" "), 2<<20))); code != 413 && code != 0 {
		t.Errorf("2 MB: %d", code)
	}
	for _, garbage := range []string{"", "{", "[]", "7", "null", `"x"`, "\x00\xff", `{"update_id":"x","message":5}`, strings.Repeat("[", 5000), `{"message":{"chat":{"id":1e99}}}`} {
		if code, answer := l.post("POST", l.settings.Telegram.Secret, garbage); code != 200 || answer != "" {
			t.Errorf("%.20q: %d %q", garbage, code, answer)
		}
	}
	other := l.fake.User(78, "en")
	other.Say("/start")
	hears(t, other, says(t, "en", "main.country.ask", nil))
	if n := shown(l.fake, 77); n != 0 || len(victim.Messages()) != 0 {
		t.Errorf("%d messages went to somebody who wrote nothing", n)
	}
	l.calm()
}

func TestTG04_WhatIsNotAWordToUsIsLeftAlone(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Webhook, telegramtest.Options{})
	until(t, "the webhook", l.fake.Hooked)
	u := l.fake.User(500, "en")
	u.Say("/start")
	hears(t, u, says(t, "en", "main.country.ask", nil))
	edited := strings.Replace(textUpdate(12, 500, "private", "/danger"), `"message"`, `"edited_message"`, 1)
	channel := strings.Replace(textUpdate(13, -1001, "channel", "/start"), `"message"`, `"channel_post"`, 1)
	for i, body := range []string{
		textUpdate(10, -44, "group", "/start"),
		textUpdate(11, -1000000000044, "supergroup", "/danger"),
		edited, channel, strings.Replace(channel, "channel_post", "edited_channel_post", 1), textUpdate(14, -1001, "channel", "/start"),
		strings.Replace(textUpdate(15, 501, "private", "/start"), `"is_bot":false`, `"is_bot":true`, 1),
		`{"update_id":16,"inline_query":{"id":"1","from":{"id":500,"is_bot":false,"first_name":"x"},"query":"help","offset":""}}`,
		`{"update_id":17,"callback_query":{"id":"5","from":{"id":500,"is_bot":false,"first_name":"x"},"inline_message_id":"abc","data":"1:/danger"}}`,
		`{"update_id":18,"my_chat_member":{"chat":{"id":500,"type":"private"},"from":{"id":500},"date":1}}`,
		`{"update_id":19,"message":{"message_id":9,"date":1,"from":{"id":500},"chat":{"id":500,"type":"private"},"pinned_message":{"message_id":1}}}`,
		`{"update_id":20,"callback_query":{"id":"6","from":{"id":500},"message":{"message_id":3,"date":1,"chat":{"id":-44,"type":"group"}},"data":"1:/danger"}}`,
		`{"update_id":21}`,
	} {
		if code, _ := l.post("POST", l.settings.Telegram.Secret, body); code != 200 {
			t.Errorf("update %d: %d", i, code)
		}
	}
	g := l.fake.Group(-55)
	g.Say(u, "/start")
	g.Say(u, "help me")
	u.Say("2") // Poland; what came before it in another chat would have been answered by now
	hears(t, u, says(t, "en", "main.start.ask", nil))
	until(t, "the group's updates", func() bool { return l.fake.Pending() == 0 })
	for _, c := range l.fake.Calls("") {
		if c.Chat != 0 && c.Chat != 500 {
			t.Errorf("%s to %d", c.Method, c.Chat)
		}
	}
	if n := shown(l.fake, 500); n != 2 {
		t.Errorf("%d screens for two words", n)
	}
	l.calm()
}

func TestTG04_LinksAndForwardsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	l := newLive(t, telegramtest.Polling, telegramtest.Options{})
	for i, link := range []string{"ref_payload-canary", "xx-YY", "<b>payload-canary", strings.Repeat("A", 64), "en-payload-canary"} {
		u := l.fake.User(int64(600+i), "en")
		u.Start(link)
		hears(t, u, says(t, "en", "main.country.ask", nil))
	}
	u := l.fake.User(650, "en")
	u.Start("pl-PL")
	hears(t, u, says(t, "pl", "main.start.ask", nil))
	u.Forward("forwarded-canary words", "Author-canary")
	hears(t, u, says(t, "pl", "talk.not_understood", nil))
	l.stop()
	if found := canaries(t, l.settings.Data, "payload-canary", "forwarded-canary", "Author-canary"); len(found) > 0 {
		t.Error(found)
	}
	l.calm()
}
