package telegramtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestMethodsAndTokensAreKnownOrRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.equal(strings.Contains(string(b.must("getMe").Result), fmt.Sprintf(`"id":%d`, b.BotID())), true)
	b.must("GETME") // Telegram does not mind
	b.noViolations()
	b.refused(404, "Not Found", "sendMesage", "chat_id", 1, "text", "x")
	b.equal(len(b.Violations()), 1)
	a := b.post(fmt.Sprintf(b.Endpoint(), "1:wrong", "getMe"), "", "")
	b.equal(a.String(), "401 Unauthorized<nil>")
	b.equal(a.Code, 401)
	b.refused(400, "does not play sendPhoto", "sendPhoto", "chat_id", 1, "photo", "x")
}

func TestParametersAreHeldAgainstTheBotAPI(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	for name, c := range map[string]struct {
		words  string
		method string
		pairs  []any
	}{
		"a misspelt parameter":         {`unknown parameter "chatid"`, "sendMessage", []any{"chatid", 7, "text", "x"}},
		"one of an older Bot API":      {`unknown parameter "disable_web_page_preview"`, "sendMessage", []any{"chat_id", 7, "text", "x", "disable_web_page_preview", true}},
		"no chat":                      {"chat_id is empty", "sendMessage", []any{"text", "x"}},
		"no text":                      {"message text is empty", "sendMessage", []any{"chat_id", 7}},
		"a number that is none":        {"can't parse message_id", "editMessageText", []any{"chat_id", 7, "message_id", "x", "text", "x"}},
		"a Boolean that is none":       {"can't parse protect_content", "sendMessage", []any{"chat_id", 7, "text", "x", "protect_content", "maybe"}},
		"JSON that is none":            {"can't parse reply_markup", "sendMessage", []any{"chat_id", 7, "text", "x", "reply_markup", "{"}},
		"an unknown field in JSON":     {`unknown field "disabled"`, "sendMessage", []any{"chat_id", 7, "text", "x", "link_preview_options", `{"disabled":true}`}},
		"a wrong type in JSON":         {"a value of type Boolean", "sendMessage", []any{"chat_id", 7, "text", "x", "link_preview_options", `{"is_disabled":"yes"}`}},
		"a field of JSON that is left": {`"text" of InlineKeyboardButton is missing`, "sendMessage", []any{"chat_id", 7, "text", "x", "reply_markup", `{"inline_keyboard":[[{"url":"https://a.b"}]]}`}},
		"a list that is none":          {"an Array expected", "deleteMessages", []any{"chat_id", 7, "message_ids", "5"}},
		"a command out of bounds":      {"BOT_COMMAND_INVALID", "setMyCommands", []any{"commands", `[{"command":"Help","description":"x"}]`}},
		"a command without words":      {"BOT_COMMAND_DESCRIPTION_INVALID", "setMyCommands", []any{"commands", `[{"command":"help","description":""}]`}},
		"a scope nobody knows":         {"Unsupported type", "setMyCommands", []any{"commands", `[]`, "scope", `{"type":"all"}`}},
		"a language of three letters":  {"language code", "setMyName", []any{"name", "x", "language_code", "ces"}},
		"a long name":                  {"name is too long", "setMyName", []any{"name", strings.Repeat("x", 65)}},
		"a long description":           {"is too long", "setMyDescription", []any{"description", strings.Repeat("x", 513)}},
		"a long short description":     {"is too long", "setMyShortDescription", []any{"short_description", strings.Repeat("x", 121)}},
		"an action nobody knows":       {"action", "sendChatAction", []any{"chat_id", 7, "action", "thinking"}},
	} {
		before := len(b.Violations())
		b.refused(400, c.words, c.method, c.pairs...)
		if len(b.Violations()) != before+1 {
			t.Errorf("%s is no violation", name)
		}
	}
}

func TestCallsAreTakenInEveryFormTelegramTakes(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	address := fmt.Sprintf(b.Endpoint(), b.Token(), "sendMessage")
	b.equal(b.post(address, "application/json", `{"chat_id":7,"text":"json","protect_content":true,"reply_markup":{"inline_keyboard":[]},"parse_mode":null}`).OK, true)
	b.equal(b.post(address+"?chat_id=7&text=query", "", "").OK, true)
	multipart := "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--x--\r\n"
	b.equal(b.post(address, "multipart/form-data; boundary=x", multipart).OK, true)
	b.equal(b.post(address, "application/json", `{"chat_id":`).Code, 400)
	var said []string
	for _, c := range b.Calls("sendMessage") {
		said = append(said, fmt.Sprint(c.Params["text"], " ", c.Chat, " ", c.Code))
	}
	b.equal(said, "[json 7 200 query 7 200 parts 7 200  0 400]")
	b.equal(b.User(7, "").Messages()[1].Protected, true)
}

func TestProfileOfTheBotIsTaken(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.must("setMyCommands", "commands", `[{"command":"help","description":"Help now"}]`, "language_code", "pl", "scope", `{"type":"all_private_chats"}`)
	b.must("deleteMyCommands", "scope", `{"type":"chat","chat_id":7}`)
	b.must("setMyName", "name", "Kam se obrátit", "language_code", "cs")
	b.must("setMyDescription", "description", strings.Repeat("x", 512))
	b.must("setMyShortDescription")
	b.equal(len(b.Calls("")), 5)
	b.noViolations()
}

func TestCloseEndsAPollAndRefusesCalls(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	done := make(chan answer)
	go func() { done <- b.call("getUpdates", "timeout", 50) }()
	b.ok(b.Wait(b.ctx, b.Polling))
	b.Close()
	<-done
	b.Close()
	if _, err := http.Get(fmt.Sprintf(b.Endpoint(), b.Token(), "getMe")); err == nil {
		t.Error("a closed fake answers")
	}
	if err := b.Wait(b.ctx, func() bool { return false }); err != tt.ErrClosed {
		t.Errorf("waiting on a closed fake: %v", err)
	}
}
