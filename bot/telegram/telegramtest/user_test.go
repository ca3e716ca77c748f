package telegramtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestPressesTakeTheNewestButton(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Start("abc")
	first := b.send(7, "one", "reply_markup", twoButtons)
	second := b.send(7, "two", "reply_markup", twoButtons)
	b.send(7, "three")
	b.ok(u.Press("Yes"))
	b.must("editMessageReplyMarkup", "chat_id", 7, "message_id", second)
	b.ok(u.Press("y"))
	b.must("deleteMessage", "chat_id", 7, "message_id", first)
	for what, words := range map[string]string{"Yes": "no button [Yes]", "No": "no button [No]"} {
		if err := u.Press(what); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("pressing %s: %v", what, err)
		}
	}
	b.ok(u.PressOld(second, "z"))
	b.ok(u.PressOld(first, "y"))
	if err := u.PressOld(99, "y"); err == nil {
		t.Error("a message that never was can be pressed")
	}
	list := b.poll()
	b.equal(texts(list), "/start abc [y] [y] [z] [y]")
	b.equal([]any{list[1].Callback.Message.ID, list[2].Callback.Message.ID}, []any{second, first})
	gone := list[4].Callback.Message
	b.equal([]any{gone.ID, gone.Date, gone.Text, gone.Chat.ID}, []any{first, 0, "", 7})
	b.noViolations()
}

func TestURLButtonsTellTheBotNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Start("")
	b.send(7, "one", "reply_markup", twoButtons)
	if err := u.Press("More"); err == nil || !strings.Contains(err.Error(), "https://a.b") {
		t.Errorf("pressing a link: %v", err)
	}
}

func TestQueriesMustBeAnsweredOnceAndSoon(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Start("")
	b.send(7, "one", "reply_markup", twoButtons)
	b.ok(u.Press("Yes"))
	b.ok(u.Press("Yes"))
	list := b.poll()
	b.equal(b.Unanswered(), 2)
	b.must("answerCallbackQuery", "callback_query_id", list[1].Callback.ID)
	tooOld := "Bad Request: query is too old and response timeout expired or query ID is invalid"
	b.refused(400, tooOld, "answerCallbackQuery", "callback_query_id", list[1].Callback.ID)
	b.refused(400, tooOld, "answerCallbackQuery", "callback_query_id", "nothing")
	b.Advance(16 * time.Second)
	b.refused(400, tooOld, "answerCallbackQuery", "callback_query_id", list[2].Callback.ID)
	b.equal(b.Unanswered(), 0)
	b.noViolations()
	b.refused(400, "MESSAGE_TOO_LONG", "answerCallbackQuery", "callback_query_id", "x", "text", strings.Repeat("x", 201))
}

func TestBlockingIsToldAndAnswers403(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Start("")
	id := b.send(7, "one")
	u.Block()
	u.Block()
	for method, pairs := range map[string][]any{
		"sendMessage": {"text", "x"}, "editMessageText": {"message_id", id, "text", "x"}, "sendChatAction": {"action", "typing"},
	} {
		b.equal(b.refused(403, "Forbidden: bot was blocked by the user", method, append(pairs, "chat_id", 7)...).Code, 403)
	}
	b.must("deleteMessage", "chat_id", 7, "message_id", id)
	u.Unblock()
	b.send(7, "two")
	u.Block()
	u.Say("I am back") // the app unblocks
	b.send(7, "three")
	list := b.poll()
	b.equal(len(list), 6)
	b.equal(list[1].Mine != nil && list[2].Mine != nil && list[4].Mine != nil, true)
	b.noViolations()
}

func TestEverythingThatIsNoTextArrives(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.SendPhoto("a caption")
	u.SendVideo()
	u.SendVoice()
	u.SendDocument()
	u.SendSticker()
	u.SendContact()
	u.SendLocation()
	u.Forward("text", "Somebody")
	u.Album(3)
	raw := string(b.must("getUpdates").Result)
	for _, key := range []string{`"photo":[`, `"caption":"a caption"`, `"video":{`, `"voice":{`, `"document":{`, `"sticker":{`, `"contact":{`, `"location":{`, `"forward_origin":{`} {
		if !strings.Contains(raw, key) {
			t.Errorf("no update has %s", key)
		}
	}
	for _, id := range b.FileIDs() {
		if !strings.Contains(raw, id) {
			t.Errorf("no update has the file %s", id)
		}
	}
	b.equal(len(b.FileIDs()), 2+4+3*2)
	list := b.poll()
	b.equal(len(list), 11)
	album := list[8].Message.Album
	b.equal(album != "" && list[9].Message.Album == album && list[10].Message.Album == album, true)
	b.equal(list[0].Message.From.Lang, "cs")
	b.equal(u.Last().Media, "photo")
}

func TestEditedWordsAreTold(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	id := u.Say("helo")
	b.ok(u.EditMessage(id, "hello"))
	b.equal(texts(b.poll()), "helo edited hello")
	b.equal(u.Last().Text, "hello")
	bots := b.send(7, "x")
	if u.EditMessage(bots, "y") == nil {
		t.Error("a user can edit what the bot wrote")
	}
}

func TestWaitForWakesWithoutPolling(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	u.Start("")
	go func() {
		for i := range 5 {
			b.call("sendMessage", "chat_id", 7, "text", fmt.Sprint("n", i))
		}
	}()
	b.ok(u.WaitFor(b.ctx, func(all []tt.Message) bool { return len(all) == 6 && all[5].Text == "n4" }))
	b.ok(b.Wait(b.ctx, func() bool { return len(b.Calls("sendMessage")) == 5 }))
}

func TestGroupsAreOtherRooms(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	g := b.Group(-500)
	g.Say(u, "hello all")
	g.SayAnonymously("I am the boss")
	g.Join(b.User(8, "pl"))
	g.Leave(b.User(8, "pl"))
	b.send(-500, "from the bot", "reply_markup", twoButtons)
	b.ok(g.Press(u, "Yes"))
	b.equal(texts(b.poll()), "hello all I am the boss   [y]")
	b.equal(strings.Contains(string(b.must("getChat", "chat_id", -500).Result), `"type":"group"`), true)
	member := func(id int64) string { return string(b.must("getChatMember", "chat_id", -500, "user_id", id).Result) }
	b.equal(strings.Contains(member(7), `"status":"member"`), true)
	b.equal(strings.Contains(member(8), `"status":"left"`), true)
	b.equal(strings.Contains(member(b.BotID()), `"status":"administrator"`), true)
	b.refused(400, "user not found", "getChatMember", "chat_id", -500, "user_id", 99)

	to := g.Migrate(-1000000000500)
	b.equal(b.refused(400, "upgraded to a supergroup", "sendMessage", "chat_id", -500, "text", "x").Parameters.MigrateTo, to.ID())
	b.send(to.ID(), "in the new one")
	list := b.poll("offset", b.LastUpdate()-1)
	b.equal([]int64{list[0].Message.MigrateTo, list[1].Message.MigrateFrom}, []int64{to.ID(), -500})

	to.Kick(u)
	b.refused(403, "Forbidden: bot was kicked from the supergroup chat", "sendMessage", "chat_id", to.ID(), "text", "x")
	to.Invite(u)
	b.must("leaveChat", "chat_id", to.ID())
	b.noViolations()
	b.refused(400, "private", "leaveChat", "chat_id", privateChat(b))
}

func privateChat(b *bench) int64 {
	b.User(7, "cs").Start("")
	return 7
}

func TestTopicsOpenCloseAndGo(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u := b.User(7, "cs")
	b.Group(-1000000000001)
	b.refused(400, "not a forum", "createForumTopic", "chat_id", -1000000000001, "name", "x")
	g := b.Group(-1000000000002).Forum()
	b.must("createForumTopic", "chat_id", g.ID(), "name", "Case Blue Heron")
	id := g.Last().ID
	b.equal(g.Topics(), map[int64]string{id: "Case Blue Heron"})
	b.send(g.ID(), "in the topic", "message_thread_id", id)
	g.SayIn(u, id, "an answer")
	b.must("closeForumTopic", "chat_id", g.ID(), "message_thread_id", id)
	b.refused(400, "TOPIC_NOT_MODIFIED", "closeForumTopic", "chat_id", g.ID(), "message_thread_id", id)
	b.equal(g.Topics(), map[int64]string{id: "Case Blue Heron (closed)"})
	b.must("deleteForumTopic", "chat_id", g.ID(), "message_thread_id", id)
	b.equal(len(g.Messages()), 0)
	b.refused(400, "message thread not found", "sendMessage", "chat_id", g.ID(), "text", "x", "message_thread_id", id)
	b.refused(400, "TOPIC_ID_INVALID", "closeForumTopic", "chat_id", g.ID(), "message_thread_id", id)
	b.noViolations()
}

func TestMembersEditPressAndRise(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	u, g := b.User(7, "cs"), b.Group(-500)
	said := g.Say(u, "a")
	b.ok(g.EditMessage(u, said, "b"))
	b.send(-500, "x", "reply_markup", twoButtons)
	if button, ok := g.Last().Button("Yes"); !ok || button.Data != "y" {
		t.Errorf("no button Yes but %v", button)
	}
	b.ok(g.PressOld(u, g.Last().ID, "old"))
	g.Promote(u)
	b.equal(strings.Contains(string(b.must("getChatMember", "chat_id", -500, "user_id", 7).Result), `"status":"administrator"`), true)
	b.equal(texts(b.poll()), "a edited b [old]")
	b.noViolations()
}
