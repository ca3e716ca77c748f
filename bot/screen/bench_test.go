package screen_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/screen"
)

func BenchmarkQuestion(b *testing.B) {
	bk := setup(b)
	child := bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}
	for _, bm := range []struct {
		name string
		who  bot.Asker
		spot bot.Spot
	}{
		{"first", bot.Asker{Lang: "cs", Country: "CZ"}, bot.Spot{State: "main.start"}},
		{"plain", child, bot.Spot{State: "sextortion.happened", Answers: []bot.Answer{{State: "main.start", Code: "something"}}}},
		{"contact", child, bot.Spot{State: "main.group", Answers: []bot.Answer{{State: "main.start", Code: "something"}}}},
		{"bank", bot.Asker{Lang: "cs", Country: "CZ"}, bot.Spot{State: "payment-fraud.bank", Answers: []bot.Answer{{State: "main.start", Code: "money"}}}},
		{"money", bot.Asker{Lang: "cs", Country: "CZ"}, bot.Spot{State: "payment-fraud.how", Answers: []bot.Answer{{State: "main.start", Code: "money"}}}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				screen.Draw(bk, bot.Delivery{Asker: bm.who, Spot: bm.spot, Door: "telegram"}, day)
			}
		})
	}
}

func BenchmarkDrawResult(b *testing.B) {
	bk := setup(b)
	for _, bm := range []struct {
		name string
		who  bot.Asker
		spot bot.Spot
	}{
		{"child-sextortion", bot.Asker{Lang: "cs", Country: "CZ", Audience: bot.Child, Age: "under-15"}, bot.Spot{State: "sextortion.advice"}},
		{"adult-payment", bot.Asker{Lang: "pl", Country: "PL", Audience: bot.Adult}, bot.Spot{State: "payment-fraud.advice"}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				screen.Draw(bk, bot.Delivery{Asker: bm.who, Spot: bm.spot, Door: "telegram"}, day)
			}
		})
	}
}
