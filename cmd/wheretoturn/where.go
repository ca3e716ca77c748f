package main

import (
	"fmt"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
)

type whereCmd struct {
	Country  string   `required:"" help:"CZ, PL, AL, XK, or EU for elsewhere." enum:"CZ,PL,AL,XK,EU"`
	Audience string   `required:"" help:"child, young-person, parent, senior, adult, relative, teacher or business." enum:"child,young-person,parent,senior,adult,relative,teacher,business"`
	Age      string   `help:"Age band: under-15, 15-17, 18-25, 26-59 or 60-plus." enum:",under-15,15-17,18-25,26-59,60-plus" default:""`
	Topic    string   `required:"" help:"What happened, as in the taxonomy: sextortion, payment-fraud, …"`
	Answer   []string `help:"An answer on the way; the others count as \"I don't know\"." placeholder:"STATE=CODE" sep:"none"`
	Lang     string   `help:"cs, en, pl or sq." enum:"cs,en,pl,sq" default:"en"`
	At       string   `help:"The moment to ask for, RFC 3339 (default: now)." placeholder:"TIME"`
	JSON     bool     `help:"Print the result as JSON."`
}

func (c *whereCmd) Run(g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	at := time.Now()
	if c.At != "" {
		if at, err = time.Parse(time.RFC3339, c.At); err != nil {
			return fmt.Errorf("--at: %q is not a time like 2026-12-24T18:00:00+01:00", c.At)
		}
	}
	w := app.Where{
		Asker: bot.Asker{Lang: bot.Lang(c.Lang), Country: bot.Country(c.Country), Audience: bot.Audience(c.Audience), Age: bot.Age(c.Age)},
		Topic: bot.Topic(c.Topic), Answers: c.Answer, At: at,
	}
	if c.JSON {
		r, err := w.Result(b)
		if err != nil {
			return err
		}
		return printJSON(r)
	}
	text, err := w.Text(b)
	if err != nil {
		return err
	}
	fmt.Print(text)
	return nil
}
