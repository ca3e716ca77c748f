package advice_test

import (
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
)

func BenchmarkResult(b *testing.B) {
	bk := setup(b)
	now := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	for _, bm := range []struct {
		name string
		who  bot.Asker
		spot bot.Spot
	}{
		{"child-sextortion", bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}, bot.Spot{State: "sextortion.advice"}},
		{"adult-payment", bot.Asker{Lang: "pl", Country: "PL", Audience: bot.Adult}, bot.Spot{State: "payment-fraud.advice"}},
		{"unknown-other", bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Unknown}, bot.Spot{State: "other.contacts"}},
		{"nobody-open", bot.Asker{Lang: "sq", Country: "XK", Audience: bot.Child}, bot.Spot{State: "sextortion.advice"}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				advice.For(bk, advice.Query{Asker: bm.who, Spot: bm.spot, Now: now})
			}
		})
	}
}
