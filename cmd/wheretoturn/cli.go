package main

import (
	"slices"

	"github.com/alecthomas/kong"

	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
)

// Globals are the settings every command takes.
type Globals struct {
	Books  string          `help:"Folder holding flows/ and locales/ (default: the books inside the binary)." type:"existingdir" placeholder:"DIR"`
	Config kong.ConfigFlag `help:"Settings as TOML: the names of flags as keys." placeholder:"F"`
}

// book loads the books in use.
func (g *Globals) book() (*book.Book, error) { return app.Books(g.Books) }

type cli struct {
	Globals

	Start startCmd `cmd:"" default:"1" hidden:"" help:"With nothing else: talk to the bot on this terminal."`
	Serve serveCmd `cmd:"" help:"Put the bot on Telegram."`
	Chat  chatCmd  `cmd:"" help:"Talk to the bot on this terminal, or through a pipe."`
	Where whereCmd `cmd:"" help:"Print the result somebody would get."`
	Check checkCmd `cmd:"" help:"Prove the books; file and line for each finding."`
	Walk  walkCmd  `cmd:"" help:"Walk every path for every audience, country and language."`
	Play  playCmd  `cmd:"" help:"Replay transcripts."`
	Graph graphCmd `cmd:"" help:"Print a picture of the flow."`

	Booklet bookletCmd `cmd:"" help:"Print all that is said in a country and language, to be read and signed."`
}

// wantsHelp tells whether help was asked for: kong prints it while parsing.
func wantsHelp(args []string) bool {
	return slices.Contains(args, "--help") || slices.Contains(args, "-h")
}
