package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/engine"
	"wheretoturn/bot/memory"
	"wheretoturn/bot/seal"
)

// shaky is a room that fails over some words, and a door that counts cards.
type shaky struct{ cards int }

func (*shaky) Read(bot.Session, bot.Event) *bot.Reading { return nil }

func (*shaky) Step(_ bot.Session, e bot.Event) (bot.Session, []bot.Delivery) {
	panic("secret-canary " + e.Text.Reveal())
}

func (s *shaky) Send(context.Context, engine.Parcel) engine.Receipt {
	s.cards++
	return engine.Receipt{}
}

func (*shaky) Wipe(context.Context, bot.Address, []int64) (int, engine.Receipt) {
	return 0, engine.Receipt{}
}

func TestAnEventThatBreaksAStepHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	keys, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	s, st := &shaky{}, memory.New()
	var log bytes.Buffer
	e := engine.New(st, s, engine.Options{Seals: keys})
	g := &guard{next: e, card: newCardOnly(s), log: slog.New(slog.NewTextHandler(&log, nil))}
	event := bot.Event{Key: "u1", Door: "telegram", Address: "5", Fresh: "c", At: time.Now(), Text: "words-canary"}
	if err := g.Handle(context.Background(), event); err != nil || s.cards != 1 {
		t.Errorf("%v, %d cards: it would come again for ever", err, s.cards)
	}
	if strings.Contains(log.String(), "canary") || !strings.Contains(log.String(), "stack") {
		t.Error("the log:", log.String())
	}
	st.Close()
	if err := g.Handle(context.Background(), event); err == nil || errors.Is(err, errCardOnly) || s.cards != 1 {
		t.Errorf("a closed store: %v, %d cards", err, s.cards)
	}
}
