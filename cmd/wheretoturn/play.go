package main

import (
	"bytes"
	"fmt"
	"os"

	"wheretoturn/bot/app"
)

type playCmd struct {
	Files  []string `arg:"" help:"Transcripts." type:"existingfile" placeholder:"FILE"`
	Update bool     `help:"Write into the files what the bot says today."`
}

func (c *playCmd) Run(g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	failed := 0
	for _, name := range c.Files {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		played, err := app.Play(b, data)
		if err != nil {
			fmt.Printf("%s: %v\n", name, err)
			failed++
			continue
		}
		if c.Update && !bytes.Equal(data, played.Text) {
			if err := os.WriteFile(name, played.Text, 0o644); err != nil {
				return err
			}
			fmt.Printf("%s: written anew\n", name)
			continue
		}
		for _, p := range played.Problems {
			fmt.Printf("%s:%d: %s\n", name, p.Line, p.Text)
		}
		if len(played.Problems) > 0 {
			failed++
		}
	}
	fmt.Fprintf(os.Stderr, "play: %d transcripts, %d differ\n", len(c.Files), failed)
	if failed > 0 {
		return errFound
	}
	return nil
}
