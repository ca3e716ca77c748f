package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/diagram"
)

type graphCmd struct {
	Topic  string `arg:"" optional:"" help:"Topic to draw, or main; without one: the way in and all topics."`
	Format string `help:"Format: mermaid, dot or svg." enum:"mermaid,dot,svg" default:"mermaid"`
	Lang   string `help:"Language of the answers: cs, en, pl or sq." enum:"cs,en,pl,sq" default:"en"`
}

func (c *graphCmd) Run(g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	topic := bot.Topic(c.Topic)
	if known := diagram.Topics(b.Flow); topic != diagram.Overview && !slices.Contains(known, topic) {
		words := make([]string, len(known))
		for i, t := range known {
			words[i] = string(t)
		}
		return fmt.Errorf("unknown topic %q; there is %s", topic, strings.Join(words, ", "))
	}
	draw := diagram.Mermaid
	switch c.Format {
	case "dot":
		draw = diagram.DOT
	case "svg":
		draw = diagram.SVG
	}
	_, err = fmt.Fprint(os.Stdout, draw(b.Flow, spoken(b, bot.Lang(c.Lang)), topic))
	return err
}

// spoken says keys as to somebody who did not say who they are; a sentence
// that exists only for some is taken from the first of them.
func spoken(b *book.Book, lang bot.Lang) diagram.Names {
	listeners := append([]bot.Audience{bot.Unknown, ""}, bot.Audiences...)
	return func(key string) string {
		for _, a := range listeners {
			if s, ok := b.Phrases.Say(bot.Asker{Lang: lang, Audience: a}, key, nil); ok {
				return s
			}
		}
		return ""
	}
}
