package bot_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"wheretoturn/bot"
)

func full() bot.Session {
	answers := func() []bot.Answer {
		return append(make([]bot.Answer, 0, 4), bot.Answer{State: "main.start", Code: "money"})
	}
	return bot.Session{
		Version: bot.SessionVersion, Asker: bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"},
		Spot:   bot.Spot{State: "main.who", Answers: answers(), View: bot.ViewWhy, N: 1, Place: "p"},
		Resume: &bot.Resume{Audience: bot.Child, Spot: bot.Spot{State: "main.start", Answers: answers()}},
		Step:   3, Seen: append(make(bot.Seen, 0, 40), bot.Seen(nil).Add("e1", 32)...), Last: 7,
	}
}

func TestACloneSharesNothing(t *testing.T) {
	t.Parallel()
	s := full()
	c := s.Clone()
	if !reflect.DeepEqual(c, s) {
		t.Fatalf("clone is %+v", c)
	}
	c.Answers[0].Code, c.Resume.Spot.Answers[0].Code, c.Resume.Audience = "x", "x", "x"
	c.Seen[0]++
	_ = append(c.Answers, bot.Answer{Code: "y"})
	_ = append(c.Seen, 1)
	_ = append(c.Resume.Spot.Answers, bot.Answer{Code: "y"})
	if !reflect.DeepEqual(s, full()) || len(s.Answers[:2][1].Code) > 0 {
		t.Errorf("the session is now %+v", s)
	}
	if got := (bot.Session{}).Clone(); !reflect.DeepEqual(got, bot.Session{}) {
		t.Errorf("the clone of nothing is %+v", got)
	}
}

func TestASessionIsReadBackAsWritten(t *testing.T) {
	t.Parallel()
	for _, s := range []bot.Session{{}, full()} {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var got bot.Session
		if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, s) {
			t.Errorf("%s is read as %+v, %v", data, got, err)
		}
	}
}

func TestTheLastAnswerOfAStateCounts(t *testing.T) {
	t.Parallel()
	s := bot.Spot{Answers: []bot.Answer{{State: "a.b", Code: "1"}, {State: "a.c", Code: "2"}, {State: "a.b", Code: "3"}}}
	if s.Answer("a.b") != "3" || s.Answer("a.c") != "2" || s.Answer("a.d") != "" {
		t.Errorf("answers %s, %s, %s", s.Answer("a.b"), s.Answer("a.c"), s.Answer("a.d"))
	}
}
