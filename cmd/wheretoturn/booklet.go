package main

import (
	"bufio"
	"os"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/booklet"
)

type bookletCmd struct {
	Country string    `help:"Country: CZ, PL, AL, XK or EU." enum:"CZ,PL,AL,XK,EU" default:"CZ"`
	Lang    string    `help:"Language: cs, en, pl or sq." enum:"cs,en,pl,sq" default:"cs"`
	At      time.Time `help:"The day it is made (default: today)." placeholder:"RFC3339"`
}

func (c *bookletCmd) Run(g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	hash, err := app.Hash(g.Books)
	if err != nil {
		return err
	}
	if c.At.IsZero() {
		c.At = time.Now()
	}
	out := bufio.NewWriter(os.Stdout)
	if err := booklet.Write(out, b, booklet.Options{Country: bot.Country(c.Country), Lang: bot.Lang(c.Lang), Hash: hash, At: c.At}); err != nil {
		return err
	}
	return out.Flush()
}
