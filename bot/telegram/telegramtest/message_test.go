package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestKeyboardsHaveBounds(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	row := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"text":"x","callback_data":"y"},`, n), ",") + "]"
	}
	rows := func(n, wide int) string { return strings.TrimSuffix(strings.Repeat(row(wide)+",", n), ",") }
	for inline, words := range map[string]string{
		`[]`:                                 "a row is empty",
		`[{"text":" ","callback_data":"x"}]`: "text must be non-empty",
		`[{"text":"x"}]`:                     "Text buttons are unallowed in the inline keyboard",
		`[{"text":"x","callback_data":"y","url":"https://a.b"}]`:            "exactly one action expected, found callback_data, url",
		`[{"text":"x","callback_data":""}]`:                                 "BUTTON_DATA_INVALID",
		`[{"text":"x","callback_data":"` + strings.Repeat("ž", 32) + `y"}]`: "BUTTON_DATA_INVALID",
		`[{"text":"x","url":"tel:+420116111"}]`:                             "inline keyboard button URL 'tel:+420116111' is invalid: Unsupported URL protocol",
		`[{"text":"x","url":"mailto:a@b.cz"}]`:                              "Unsupported URL protocol",
		`[{"text":"x","url":"example.org"}]`:                                "Unsupported URL protocol",
		`[{"text":"x","url":"https://"}]`:                                   "URL host is empty",
		`[{"text":"x","callback_data":"y","style":"red"}]`:                  "unknown style",
		`[{"text":"x","callback_data":"y","color":"red"}]`:                  `unknown field "color"`,
		row(9):      "reply markup is too long",
		rows(13, 8): "reply markup is too long",
	} {
		before := len(b.Violations())
		b.refused(400, words, "sendMessage", "chat_id", 7, "text", "x", "reply_markup", `{"inline_keyboard":[`+inline+`]}`)
		b.equal(len(b.Violations()), before+1)
	}
	for _, inline := range []string{
		rows(12, 8),
		`[{"text":"x","callback_data":"` + strings.Repeat("ž", 32) + `","style":"danger"}]`,
		`[{"text":"x","url":"http://a.b"},{"text":"y","url":"tg://resolve?domain=x"}],[{"text":"z","copy_text":{"text":"116 111"}}]`,
	} {
		b.send(7, "x", "reply_markup", `{"inline_keyboard":[`+inline+`]}`)
	}
	b.send(7, "x", "reply_markup", `{"keyboard":[[{"text":"a"}]]}`)
	b.send(7, "x", "reply_markup", `{"remove_keyboard":true}`)
	b.refused(400, "must be non-empty", "sendMessage", "chat_id", 7, "text", "x", "reply_markup", `{"keyboard":[[{"text":""}]]}`)
}

const twoButtons = `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}],[{"text":"More","url":"https://a.b"}]]}`

func TestMessagesAreKeptAsTheUserSeesThem(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	b.refused(400, "chat not found", "sendMessage", "chat_id", 7, "text", "nobody wrote yet")
	mine := u.Say("hello")
	id := b.send(7, "Hi", "reply_markup", twoButtons, "disable_notification", true, "protect_content", true,
		"link_preview_options", `{"is_disabled":true}`, "reply_parameters", fmt.Sprintf(`{"message_id":%d}`, mine))
	m := u.Last()
	b.equal(m.ID, id)
	b.equal(m.FromBot, true)
	b.equal(m.Labels(), "[Yes More]")
	b.equal([]bool{m.Silent, m.Protected}, "[true true]")
	b.equal(m.Preview, `{"is_disabled":true}`)
	b.equal(m.ReplyTo, mine)
	b.equal(u.Messages()[0].Text, "hello")
	b.refused(400, "message to be replied not found", "sendMessage", "chat_id", 7, "text", "x", "reply_parameters", `{"message_id":99}`)
	b.send(7, "x", "reply_parameters", `{"message_id":99,"allow_sending_without_reply":true}`)
	b.refused(400, "message thread not found", "sendMessage", "chat_id", 7, "text", "x", "message_thread_id", 5)
	b.noViolations()
}

func TestEditsNeedSomethingNewAndAMessageOfTheBot(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	mine := u.Say("hello")
	id := b.send(7, "<b>Hi</b>", "parse_mode", "HTML", "reply_markup", twoButtons)
	edit := func(pairs ...any) []any { return append([]any{"chat_id", 7, "message_id", id}, pairs...) }

	same := "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	b.equal(b.call("editMessageText", edit("text", "<b>Hi</b> ", "parse_mode", "HTML", "reply_markup", twoButtons)...).Description, same)
	reordered := `{"inline_keyboard":[[{"callback_data":"y","text":"Yes"}],[{"url":"https://a.b","text":"More"}]]}`
	b.equal(b.call("editMessageReplyMarkup", edit("reply_markup", reordered)...).Description, same)
	b.must("editMessageText", edit("text", "Hi", "reply_markup", twoButtons)...) // no longer bold
	b.must("editMessageText", edit("text", "Hi")...)                             // no keyboard: it goes
	b.equal(len(u.Last().Rows), 0)
	b.equal(b.call("editMessageReplyMarkup", edit()...).Description, same)
	b.must("editMessageReplyMarkup", edit("reply_markup", twoButtons)...)
	b.equal(u.Last().Edits, 3)
	b.equal(u.Last().Labels(), "[Yes More]")

	b.refused(400, "message can't be edited", "editMessageText", "chat_id", 7, "message_id", mine, "text", "x")
	b.refused(400, "message to edit not found", "editMessageText", "chat_id", 7, "message_id", 99, "text", "x")
	b.refused(400, "chat not found", "editMessageText", "chat_id", 8, "message_id", id, "text", "x")
	b.noViolations()
	b.refused(400, "message text is empty", "editMessageText", edit()...)
	b.refused(400, "message identifier is not specified", "editMessageText", "chat_id", 7, "text", "x")
	b.refused(400, "InlineKeyboardMarkup", "editMessageText", edit("text", "x", "reply_markup", `{"force_reply":true}`)...)
	b.equal(len(b.Violations()), 3)
}

func TestMessagesCanBeDeletedForTwoDays(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	mine := u.Say("hello")
	old := b.send(7, "old")
	b.Advance(24 * time.Hour)
	one, two, three := b.send(7, "one"), b.send(7, "two"), b.send(7, "three")
	b.must("deleteMessage", "chat_id", 7, "message_id", mine) // incoming ones too
	b.refused(400, "message to delete not found", "deleteMessage", "chat_id", 7, "message_id", mine)
	b.Advance(24 * time.Hour)
	b.refused(400, "message can't be deleted", "deleteMessage", "chat_id", 7, "message_id", old)
	b.refused(400, "message can't be deleted", "deleteMessages", "chat_id", 7, "message_ids", ids(old, one))
	b.equal(len(u.Messages()), 4) // a message that may not be deleted spoils the whole call
	b.must("deleteMessages", "chat_id", 7, "message_ids", ids(one, two, 999))
	b.must("deleteMessages", "chat_id", 7, "message_ids", ids(998, 999)) // what is not found is skipped
	b.equal(len(u.Messages()), 2)
	b.equal(u.Last().ID, three)
	b.noViolations()
	b.refused(400, "not specified", "deleteMessages", "chat_id", 7, "message_ids", `[]`)
	b.refused(400, "too many", "deleteMessages", "chat_id", 7, "message_ids", ids(make([]int64, 101)...))
	b.refused(400, "invalid", "deleteMessages", "chat_id", 7, "message_ids", `[0]`)
	b.equal(len(b.Violations()), 3)
}

func ids(list ...int64) string {
	data, _ := json.Marshal(list)
	return string(data)
}

func TestForwardingAndFilesAreSeen(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u, v := b.User(7, "cs"), b.User(8, "pl")
	photo := u.SendPhoto("look")
	v.Start("")
	b.must("forwardMessage", "chat_id", 8, "from_chat_id", 7, "message_id", photo)
	b.must("copyMessage", "chat_id", 8, "from_chat_id", 7, "message_id", photo)
	b.equal(v.Last().Media, "photo")
	b.equal(len(b.Calls("forwardMessage"))+len(b.Calls("copyMessage")), 2)
	secret := b.send(7, "x", "protect_content", true)
	b.refused(400, "protected content", "forwardMessage", "chat_id", 8, "from_chat_id", 7, "message_id", secret)
	b.must("getFile", "file_id", b.FileIDs()[0])
	b.refused(400, "wrong file_id", "getFile", "file_id", "nothing")
	b.equal(len(b.Calls("getFile")), 2)
}
