// Command wheretoturn tells people in trouble online what to do now and where
// to turn. Each subcommand has a file of its own; README.md has a tour.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes: 0 done, 1 the check or the replay found something, 2 the call or
// a setting is wrong, or a resource is missing.
const (
	exitFound = 1
	exitUsage = 2
)

// errFound ends a command that worked and found something wrong.
var errFound = errors.New("found something")

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	var c cli
	parser, err := kong.New(&c, kong.Name("wheretoturn"), kong.Description("What to do now and where to turn when something goes wrong online."),
		kong.Exit(func(int) {}), kong.DefaultEnvars(envPrefix), kong.Configuration(tomlConfig))
	if err != nil {
		panic(err)
	}
	if wantsHelp(args) {
		_, _ = parser.Parse(args)
		return 0
	}
	warnUnknown(parser.Model, os.Stderr)
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "wheretoturn: %v (see wheretoturn --help)\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	switch err := k.Run(&c.Globals); {
	case errors.Is(err, errFound):
		return exitFound
	case err != nil:
		fmt.Fprintf(os.Stderr, "wheretoturn: %v\n", err)
		return exitUsage
	}
	return 0
}
