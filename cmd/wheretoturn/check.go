package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
	"wheretoturn/bot/proof"
)

type checkCmd struct {
	Dir     string `arg:"" optional:"" help:"Folder holding flows/ and locales/ (default: --books, else the binary's)." type:"existingdir"`
	JSON    bool   `help:"Print findings as JSON, one array."`
	Release bool   `help:"Fail on facts verified more than 180 days ago."`
	At      string `help:"The day to count from, like 2026-11-21 (default: today)." placeholder:"DATE"`
	Due     bool   `help:"List contacts to check again by call or by hand, weakest evidence first."`
}

func (c *checkCmd) Run(g *Globals) error {
	at, err := day(c.At)
	if err != nil {
		return err
	}
	dir := c.Dir
	if dir == "" {
		dir = g.Books
	}
	src := app.Source(dir)
	if err := proof.Readable(src); err != nil {
		return err
	}
	if c.Due {
		return c.due(src, at)
	}
	findings := proof.Check(src, proof.Options{At: at, Release: c.Release})
	if c.JSON {
		if findings == nil {
			findings = []bot.Finding{}
		}
		if err := printJSON(findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			fmt.Println(f)
		}
		fmt.Fprintf(os.Stderr, "check: %d errors, %d warnings\n", book.Errors(findings), len(findings)-book.Errors(findings))
	}
	if book.Errors(findings) > 0 {
		return errFound
	}
	return nil
}

// due prints the editors' worklist.
func (c *checkCmd) due(src book.Source, at time.Time) error {
	b, findings := book.Load(src)
	if b == nil {
		for _, f := range findings {
			fmt.Println(f)
		}
		return errFound
	}
	list := proof.Due(b, at)
	if c.JSON {
		return printJSON(list)
	}
	for _, d := range list {
		fmt.Printf("%s:%d: %s (%s) · %s, %s, %d days ago · %s\n", d.File, d.Line, d.Name, d.Country, d.Evidence, d.How, d.Days, d.Contact)
	}
	return nil
}

// day reads a date as noon UTC, so that zones do not shift it.
func day(s string) (time.Time, error) {
	if s == "" {
		return time.Now().UTC(), nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fmt.Errorf("--at: %q is not a date like 2026-11-21", s)
	}
	return t.Add(12 * time.Hour), nil
}

func printJSON(v any) error {
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
