package engine_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/talk"
)

// said is a conversation as a careless network hands it in: typed and pressed,
// some of it twice, some of it late.
var said = []struct{ text, press string }{
	{text: "ahoj"}, {press: "something"}, {text: "11"}, {text: "2"}, {press: bot.CmdDanger}, {press: bot.CmdLeave}, {text: "zpět"},
	{text: "někdo mi vyhrožuje nebo co"}, {text: "nn"}, {press: "threats"}, {text: "1"}, {press: "/language pl"}, {text: "wstecz"}, {press: "/country PL"},
}

// TestAConversationTwiceIsTheSameConversation talks over a plain store once,
// over one that runs everything twice, and with every event handed in twice.
func TestAConversationTwiceIsTheSameConversation(t *testing.T) {
	t.Parallel()
	b, findings := book.Load(book.Embedded())
	if b == nil {
		t.Fatal(findings[0])
	}
	room := talk.Room{Shelf: book.NewShelf(b)}
	var first string
	for _, tt := range []struct {
		name   string
		twice  bool
		repeat int
	}{{"once", false, 1}, {"functions twice", true, 1}, {"events twice", false, 2}, {"both", true, 3}} {
		be := setup(t, room, tt.twice)
		step := 0
		for i, x := range said {
			e := bot.Event{Key: bot.EventKey(fmt.Sprint(i)), Conv: "ana", Door: "web", At: noon, Lang: "cs", Text: bot.Text(x.text)}
			if x.press != "" {
				e.Press = &bot.Press{Step: step, Code: x.press}
			}
			for range tt.repeat {
				be.handle(e)
			}
			step = be.log("ana", int64(i))[0].Step
		}
		data, err := json.Marshal(be.log("ana", 0))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(be.log("ana", 0)); n != len(said) {
			t.Errorf("%s: %d screens for %d events", tt.name, n, len(said))
		}
		if now := string(data) + fmt.Sprint(be.rows()); first == "" {
			first = now
		} else if now != first {
			t.Errorf("%s: the conversation was\n%s\nand is\n%s", tt.name, first, now)
		}
	}
}

// TestErasedMeansNoRowKnowsAnAnswer looks into the store of a door that reads
// the log.
func TestErasedMeansNoRowKnowsAnAnswer(t *testing.T) {
	t.Parallel()
	b, findings := book.Load(book.Embedded())
	if b == nil {
		t.Fatal(findings[0])
	}
	be := setup(t, talk.Room{Shelf: book.NewShelf(b)}, true)
	for i, code := range []string{"/start", "something", "15-17", "threats", "/erase", "/erase yes"} {
		be.handle(bot.Event{Key: bot.EventKey(fmt.Sprint(i)), Conv: "ana", Lang: "cs", At: noon, Press: &bot.Press{Step: i, Code: code}})
	}
	if n := len(be.log("ana", 0)); n != 1 {
		t.Errorf("%d screens are left, want the last", n)
	}
	for key, value := range be.rows() {
		for _, code := range []string{"15-17", "young-person", "threats", "CZ"} {
			if strings.Contains(value, code) {
				t.Errorf("row %s still holds %q: %s", key, code, value)
			}
		}
	}
	be.handle(bot.Event{Key: "5", Conv: "ana", Lang: "cs", At: noon, Press: &bot.Press{Step: 5, Code: "/erase yes"}})
	if n := len(be.log("ana", 0)); n != 1 {
		t.Errorf("a repeated erase began something: %d screens", n)
	}
}
