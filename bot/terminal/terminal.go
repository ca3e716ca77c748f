// Package terminal is the door for a terminal: the same conversation in plain
// lines, for editors, staff training and newcomers.
//
// It reads a line, hands it in as an event and prints the screens that come
// back. Nothing moves on the screen, so a screen reader can follow; it works
// through a pipe too, and can write down what happened as a transcript.
//
// Start reading at Door.Run.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/screen"
	"wheretoturn/bot/talk"
)

// Name is the door's name in events and message keys.
const Name bot.DoorName = "terminal"

// Engine is what the door needs of the house.
type Engine interface {
	Handle(ctx context.Context, e bot.Event) error
	Log(ctx context.Context, conv bot.ConvID, after int64) ([]bot.Delivery, error)
}

// Options of a terminal conversation. The zero value speaks English, asks for
// the country and does not wrap.
type Options struct {
	Lang    bot.Lang
	Country bot.Country
	Prompt  string // printed before a line is read; "" through a pipe
	Width   int    // wrap at this column; 0: never
	Now     func() time.Time
	// Record is told every line said and every screen shown.
	Record func(said string, shown []bot.Message)
}

// Door is one conversation on a terminal. Not safe for concurrent use.
type Door struct {
	engine Engine
	shelf  *book.Shelf
	opts   Options
	out    io.Writer
	seq    int64
	events int
	who    bot.Asker // as on the last screen
}

// New returns a door that prints to out.
func New(e Engine, shelf *book.Shelf, out io.Writer, opts Options) *Door {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	return &Door{engine: e, shelf: shelf, opts: opts, out: out}
}

// conv is the only conversation of a terminal.
const conv bot.ConvID = "terminal"

// maxLine is the longest line read, in bytes; the rest of it is thrown away.
const maxLine = 64 << 10

// Run shows the first screen, then answers line by line until in ends or ctx
// is done. A broken store ends in the emergency card and an error. What waits
// in a blocked in is left behind.
func (d *Door) Run(ctx context.Context, in io.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // lets the reader go
	lines := make(chan string)
	readErr := make(chan error, 1)
	go func() { readErr <- read(ctx, in, lines) }()
	if err := d.say(ctx, bot.CmdRestart); err != nil {
		return err
	}
	for {
		fmt.Fprint(d.out, d.opts.Prompt)
		select {
		case <-ctx.Done():
			return nil
		case err := <-readErr:
			return err
		case line := <-lines:
			if strings.TrimSpace(line) == "" {
				continue
			}
			if err := d.say(ctx, line); err != nil {
				return err
			}
		}
	}
}

// read sends lines until the input ends; overlong ones come cut.
func read(ctx context.Context, in io.Reader, lines chan<- string) error {
	r := bufio.NewReader(in)
	for {
		var b strings.Builder
		var err error
		for {
			var part []byte
			var more bool
			if part, more, err = r.ReadLine(); b.Len() < maxLine {
				b.Write(part)
			}
			if err != nil || !more {
				break
			}
		}
		if err == nil || b.Len() > 0 {
			select {
			case lines <- b.String():
			case <-ctx.Done():
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// say hands a line in and prints what comes back.
func (d *Door) say(ctx context.Context, line string) error {
	d.events++
	text, _ := bot.CleanText(line)
	e := bot.Event{
		Key: bot.EventKey(fmt.Sprintf("t%d", d.events)), Conv: conv, Door: Name,
		At:   d.opts.Now().UTC().Truncate(time.Millisecond),
		Lang: d.opts.Lang, Country: d.opts.Country, Text: text,
	}
	err := d.engine.Handle(ctx, e)
	var shown []bot.Delivery
	if err == nil {
		shown, err = d.engine.Log(ctx, conv, d.seq)
	}
	if ctx.Err() != nil {
		return nil // they have left; nothing is broken
	}
	if err != nil {
		d.trouble()
		return err
	}
	var msgs []bot.Message
	for _, s := range shown {
		d.seq, d.who = s.Seq, s.Asker
		m := screen.Draw(d.shelf.Book(), s, d.opts.Now())
		msgs = append(msgs, m)
		fmt.Fprint(d.out, Wrap(Plain(m), d.opts.Width))
	}
	if d.opts.Record != nil {
		d.opts.Record(line, msgs)
	}
	return nil
}

// trouble prints the emergency card from the books alone: it needs no store.
// Language and country are those of the last screen.
func (d *Door) trouble() {
	b := d.shelf.Book()
	s := talk.Begin(b, d.opts.Lang, d.opts.Country)
	if d.who.Lang != "" {
		s.Asker = d.who
	}
	s.State = b.Flow.Danger
	del := talk.Screen(s)
	del.Notes = []bot.Note{{Key: "talk.trouble"}}
	m := screen.Draw(b, del, d.opts.Now())
	m.Choices, m.Nav = nil, nil
	fmt.Fprint(d.out, Plain(m))
}
