package bot_test

import (
	"fmt"
	"testing"

	"wheretoturn/bot"
)

func TestSeenKnowsTheLastKeysOnly(t *testing.T) {
	t.Parallel()
	var s bot.Seen
	for i := range 100 {
		before := s
		s = s.Add(bot.EventKey(fmt.Sprint("u", i)), 32)
		if !s.Has(bot.EventKey(fmt.Sprint("u", i))) || before.Has(bot.EventKey(fmt.Sprint("u", i))) {
			t.Fatal(i)
		}
	}
	if s.Has("u67") || !s.Has("u68") || s.Has("") || len(s) != 32*5 {
		t.Error("the ring holds other keys than the last 32", len(s))
	}
}
