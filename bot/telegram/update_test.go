package telegram

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
)

func TestUpdatesBecomeEvents(t *testing.T) {
	t.Parallel()
	d := New(nil, Options{Now: func() time.Time { return time.Unix(1_800_000_000, 999_999) }})
	for _, tt := range []struct {
		name, update string
		ok           bool
		key          bot.EventKey
		text         bot.Text
		press        *bot.Press
		lang         bot.Lang
		country      bot.Country
	}{
		{name: "a word", update: `{"update_id":36,"message":{"message_id":4,"from":{"id":9,"language_code":"cs"},"chat":{"id":9,"type":"private"},"text":"ahoj"}}`,
			ok: true, key: "u10", text: "ahoj", lang: "cs"},
		{name: "the start", update: privately(`"text":"/start"`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdRestart}},
		{name: "a link", update: privately(`"text":"/start pl-PL"`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdRestart}, lang: "pl", country: "PL"},
		{name: "a link with half of it", update: privately(`"text":"/start sq"`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdRestart}, lang: "sq"},
		{name: "a link of somebody else's", update: privately(`"text":"/start ../../x"`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdRestart}},
		{name: "control characters only", update: privately(`"text":"\u0000\u202e"`), ok: true, key: "u1", text: "?"},
		{name: "a picture", update: privately(`"photo":[{"file_id":"x"}],"caption":"words"`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdMedia}},
		{name: "one of an album", update: privately(`"photo":[],"media_group_id":"77"`), ok: true, key: "album:77", press: &bot.Press{Code: bot.CmdMedia}},
		{name: "a poll", update: privately(`"poll":{}`), ok: true, key: "u1", press: &bot.Press{Code: bot.CmdMedia}},
		{name: "a service message", update: privately(`"pinned_message":{}`)},
		{name: "another bot", update: strings.Replace(privately(`"text":"x"`), `"id":9,`, `"id":9,"is_bot":true,`, 1)},
		{name: "a group", update: strings.Replace(privately(`"text":"x"`), "private", "group", 1)},
		{name: "a channel", update: strings.Replace(privately(`"text":"x"`), "private", "channel", 1)},
		{name: "a press", update: pressed("3:/danger"), ok: true, key: "u1", press: &bot.Press{Step: 3, Code: "/danger"}},
		{name: "a press of what is not ours", update: pressed("buy now"), ok: true, key: "u1", press: &bot.Press{Step: -1, Code: "?"}},
		{name: "an inline press", update: `{"update_id":1,"callback_query":{"id":"1","data":"3:x","inline_message_id":"y"}}`},
		{name: "nothing", update: `{"update_id":1}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var u update
			if err := json.Unmarshal([]byte(tt.update), &u); err != nil {
				t.Fatal(err)
			}
			e, ok := d.event(u)
			if ok != tt.ok {
				t.Fatalf("taken: %v", ok)
			}
			if !ok {
				return
			}
			if e.Key != tt.key || e.Text != tt.text || e.Lang != tt.lang || e.Country != tt.country || e.Address != "9" || e.Fresh == "" {
				t.Errorf("%+v", e)
			}
			if (e.Press == nil) != (tt.press == nil) || e.Press != nil && *e.Press != *tt.press {
				t.Errorf("press %+v", e.Press)
			}
			if e.At.Location() != time.UTC || e.At.Nanosecond()%1e6 != 0 {
				t.Errorf("at %v", e.At)
			}
		})
	}
}

func privately(rest string) string {
	return `{"update_id":1,"message":{"message_id":4,"from":{"id":9,"first_name":"x"},"chat":{"id":9,"type":"private"},` + rest + `}}`
}

func pressed(data string) string {
	return `{"update_id":1,"callback_query":{"id":"1","from":{"id":9},"message":{"message_id":4,"chat":{"id":9,"type":"private"}},"data":"` + data + `"}}`
}

func TestLanguagesOfClients(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bot.Lang{
		"cs": "cs", "CS": "cs", "cs-CZ": "cs", "sk": "cs", "pl": "pl", "pl-PL": "pl", "sq": "sq", "en-US": "en", "de": "", "": "", "-": "", "csx": "",
	} {
		if got := language(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestOneUnreadableUpdateStopsNoOther(t *testing.T) {
	t.Parallel()
	d := New(nil, Options{})
	raw := []json.RawMessage{
		[]byte(`{"update_id":7,"message":{"message_id":"no number","text":"x"}}`), []byte(`"nonsense"`), []byte(`{"update_id":9}`),
	}
	list := d.read(raw)
	if len(list) != 2 || list[0].ID != 7 || list[0].Message != nil || list[1].ID != 9 {
		t.Errorf("%+v", list)
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add([]byte(privately(`"text":"/start pl-PL"`)))
	f.Add([]byte(pressed("zz:*call:x")))
	f.Add([]byte(privately(`"photo":null,"media_group_id":"77"`)))
	d := New(nil, Options{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var u update
		if json.Unmarshal(data, &u) != nil {
			return
		}
		e, ok := d.event(u)
		if ok && ((e.Press == nil) == (e.Text == "") || e.Address == "" || e.Key == "") {
			t.Errorf("%+v", e)
		}
	})
}
