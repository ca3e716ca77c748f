package talk_test

import (
	"reflect"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/talk"
)

// TestStepIsPure gives the same session and event to many goroutines at once:
// all get the same, and the session given stays as it was.
func TestStepIsPure(t *testing.T) {
	t.Parallel()
	room := talk.Room{Shelf: book.NewShelf(shipped())}
	for _, code := range []string{
		"transfer", bot.CmdDanger, bot.CmdBack, bot.CmdSkip, bot.CmdRestart, bot.CmdLanguage + " pl", bot.CmdCountry + " PL",
		bot.CmdErase + " yes", bot.CmdExport, bot.CmdWhy, "", "no-such-answer",
	} {
		for _, away := range []bool{false, true} {
			c := start(t, "cs").tap("money", "ceska-sporitelna").wantAt("payment-fraud.how")
			if away {
				c.press(bot.CmdDanger, "threatened")
			}
			given := c.s
			given.Seen = make(bot.Seen, 10, 200) // room to write into
			given.Answers = append(make([]bot.Answer, 0, 40), given.Answers...)
			was := given.Clone()
			e := bot.Event{Press: &bot.Press{Step: given.Step, Code: code}, At: noon, Door: "terminal"}
			s1, d1 := talk.Step(c.book, given, e)
			var wg sync.WaitGroup
			for range 8 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					s2, d2 := room.Step(given, e)
					if !reflect.DeepEqual(s1, s2) || !reflect.DeepEqual(d1, d2) {
						t.Errorf("%q: once\n%+v %+v\nand once\n%+v %+v", code, s1, d1, s2, d2)
					}
				}()
			}
			wg.Wait()
			if !reflect.DeepEqual(given, was) {
				t.Errorf("%q: Step changed the session it was given: %+v", code, given)
			}
			for i := range given.Answers[:cap(given.Answers)] {
				if i >= len(was.Answers) && given.Answers[:cap(given.Answers)][i] != (bot.Answer{}) {
					t.Errorf("%q: Step wrote behind the answers it was given", code)
				}
			}
		}
	}
}

// TestTheNextSessionSharesNothing changes what a step returned.
func TestTheNextSessionSharesNothing(t *testing.T) {
	t.Parallel()
	c := start(t, "cs").tap("something", "15-17")
	c.press(bot.CmdDanger)
	given := c.s.Clone()
	next, out := talk.Step(c.book, given, bot.Event{Press: &bot.Press{Step: given.Step, Code: bot.CmdHelp}, At: noon})
	for i := range next.Answers {
		next.Answers[i].Code = "spoilt"
	}
	next.Resume.Spot.Answers[0].Code = "spoilt"
	out[0].Notes[0].Key = "spoilt"
	if !reflect.DeepEqual(given, c.s) {
		t.Errorf("the session given now holds %+v", given)
	}
	if d := talk.Notes(); len(d) == 0 || d[0].Key == "spoilt" {
		t.Errorf("notes: %+v", d)
	}
}

func TestTheRoomReadsFromTheBookOnTheShelf(t *testing.T) {
	t.Parallel()
	shelf := book.NewShelf(shipped())
	room := talk.Room{Shelf: shelf}
	s, _ := room.Step(bot.Session{}, bot.Event{Lang: "en", Country: "CZ", Text: "hi", At: noon})
	if r := room.Read(s, bot.Event{Text: "1", At: noon}); r == nil || r.Code != "something" || r.Step != s.Step {
		t.Errorf("1 means %+v", r)
	}
	shelf.Swap(tiny(t))
	if r := room.Read(s, bot.Event{Text: "the red house", At: noon}); r == nil || r.Code != "red-house" {
		t.Errorf("after the swap: %+v", r)
	}
	s, out := room.Step(s, bot.Event{Press: &bot.Press{Step: s.Step, Code: "red-house"}, At: noon})
	if s.State != "main.end" || len(out) != 1 {
		t.Errorf("after the swap at %s", s.State)
	}
}

func TestEveryNoteOfAStepIsToldToTheChecker(t *testing.T) {
	t.Parallel()
	b := shipped()
	for _, n := range talk.Notes() {
		for _, lang := range bot.Languages {
			if s, ok := b.Phrases.Say(bot.Asker{Lang: lang}, n.Key, n.Data); !ok || s == "" {
				t.Errorf("%s has no words in %s", n.Key, lang)
			}
		}
	}
}
