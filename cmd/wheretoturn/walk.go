package main

import (
	"fmt"

	"wheretoturn/bot/proof"
)

type walkCmd struct {
	JSON bool `help:"Print the figures as JSON."`
}

func (c *walkCmd) Run(g *Globals) error {
	b, err := g.book()
	if err != nil {
		return err
	}
	stats, findings := proof.Walk(b)
	if c.JSON {
		if err := printJSON(stats); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			fmt.Println(f)
		}
		fmt.Printf("paths %d · states %d · transitions %d · coverage %.3f · max answers %d (country asked: %d) · median %.0f · dead ends %d\n",
			stats.Paths, stats.States, stats.Transitions, stats.Coverage, stats.MaxAnswers, stats.MaxAnswersAsked, stats.MedianAnswers, stats.DeadEnds)
	}
	if len(findings) > 0 || stats.DeadEnds > 0 || stats.Coverage < 1 {
		return errFound
	}
	return nil
}
