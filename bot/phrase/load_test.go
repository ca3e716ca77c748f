package phrase_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/phrase"
	"wheretoturn/locales"
)

func TestLoad(t *testing.T) {
	c, fs := phrase.Load(locales.FS)
	for _, f := range fs {
		t.Error(f)
	}
	t.Log(c.Say(bot.Asker{Lang: "en", Audience: bot.Child}, "step.not-your-fault", nil))
	t.Log(c.Say(bot.Asker{Lang: "en"}, "result.opens", map[string]string{"when": "x"}))
	t.Log(c.Say(bot.Asker{Lang: "en"}, "result.opens", nil))
}

func BenchmarkSay(b *testing.B) {
	c, _ := phrase.Load(locales.FS)
	who := bot.Asker{Lang: "en", Audience: bot.Child}
	b.ReportAllocs()
	for b.Loop() {
		c.Say(who, "step.not-your-fault", nil)
	}
}
