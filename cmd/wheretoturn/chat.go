package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/terminal"
)

// startCmd is what runs when nothing is named. Until there is a page to serve
// it opens the chat, when somebody sits at the terminal.
type startCmd struct{}

func (c *startCmd) Run(ctx context.Context, g *Globals) error {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return errors.New("no terminal here: name a command, for instance `wheretoturn chat` (see wheretoturn --help)")
	}
	return (&chatCmd{}).Run(ctx, g)
}

type chatCmd struct {
	Lang    string `help:"Language: cs, en, pl or sq (default: from LANG, else English)." enum:",cs,en,pl,sq" default:""`
	Country string `help:"Country: CZ, PL, AL, XK or EU for elsewhere (default: suggested by the language, or asked)." enum:",CZ,PL,AL,XK,EU" default:""`
	Record  string `help:"Write what is said to a transcript file." type:"path" placeholder:"FILE"`
}

func (c *chatCmd) Run(ctx context.Context, g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	house := app.New(b)
	defer house.Close()
	opts := terminal.Options{Lang: bot.Lang(c.Lang), Country: bot.Country(c.Country)}
	if c.Lang == "" {
		opts.Lang = app.SystemLang(os.Getenv)
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		opts.Prompt = "\n> "
	}
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		opts.Width = min(w, 88)
	}
	var rec *app.Recorder
	if c.Record != "" {
		f, err := os.OpenFile(c.Record, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return fmt.Errorf("record: %w", err)
		}
		defer f.Close()
		rec = app.NewRecorder(f, opts.Lang, opts.Country, time.Now())
		opts.Record = rec.Record
	}
	err = terminal.New(house.Engine, house.Shelf, os.Stdout, opts).Run(ctx, os.Stdin)
	if rec != nil && rec.Err() != nil {
		err = errors.Join(err, fmt.Errorf("record: %w", rec.Err()))
	}
	return err
}
