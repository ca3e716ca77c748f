package screen

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/place"
)

// place draws a place in full: name, what it does for you, how to reach it.
//
// Ways is how many channels are shown; 0 leaves out everything but the first
// one's address and hours.
func (p *painter) place(pl advice.Place, ways int) bot.Block {
	b := bot.Block{Kind: bot.BlockPlace, Text: p.name(pl.Place)}
	if ways == 0 && len(pl.Channels) > 0 {
		b.Lines = append(b.Lines, p.short(pl.Channels[0]))
		return b
	}
	if s := p.does(pl); s != "" {
		b.Lines = append(b.Lines, bot.Line{Text: s})
	}
	for i, c := range p.ways(pl) {
		switch {
		case i == 0:
			b.Lines = append(b.Lines, p.line(c))
		case i < ways:
			b.Lines = append(b.Lines, p.short(c))
		}
	}
	if s := p.limits(pl.Place); s != "" {
		b.Lines = append(b.Lines, bot.Line{Text: s})
	}
	return b
}

// places draws a list in full, as much of it as fits into a bubble.
func (p *painter) places(list []advice.Place) { p.fitting(list, reserve, p.place) }

// fitting draws a list with two ways to reach each place. Where that and what
// comes after it do not fit into a bubble, the last ones show one way instead
// of two, and at worst their address only.
func (p *painter) fitting(list []advice.Place, after int, draw func(pl advice.Place, ways int) bot.Block) {
	ways := make([]int, len(list))
	for i := range ways {
		ways[i] = 2
	}
	for cut := 0; ; cut++ {
		var blocks []bot.Block
		for i, pl := range list {
			blocks = append(blocks, draw(pl, ways[i]))
		}
		if cut == 2*len(list) || p.cur.Size()+(bot.Bubble{Blocks: blocks}).Size() <= bot.MaxBubble-after {
			p.add(blocks...)
			return
		}
		ways[len(list)-1-cut%len(list)]--
	}
}

// reserve is room kept in a bubble of places for the sentence after them.
const reserve = 90

// ways are the channels shown at first: the best one, and, beside a web
// address, a way that needs none.
func (p *painter) ways(pl advice.Place) []place.Reach {
	if len(pl.Channels) == 0 {
		return nil
	}
	out := []place.Reach{pl.Channels[0]}
	for _, c := range pl.Channels[1:] {
		if c.Type.Written() != out[0].Type.Written() || (c.Type == place.InPerson && out[0].Type != place.InPerson) {
			return append(out, c)
		}
	}
	if len(pl.Channels) > 1 && pl.Channels[1].Type != out[0].Type {
		out = append(out, pl.Channels[1])
	}
	return out
}

// writtenPlace draws a place by its ways in writing only: as many as given, or
// the first one's address and hours.
func (p *painter) writtenPlace(pl advice.Place, ways int) bot.Block {
	b := bot.Block{Kind: bot.BlockPlace, Text: p.name(pl.Place)}
	for _, c := range pl.Channels {
		switch {
		case !c.Type.Written():
		case ways == 0 && len(b.Lines) == 0:
			b.Lines = append(b.Lines, p.short(c))
		case len(b.Lines) < ways:
			b.Lines = append(b.Lines, p.line(c))
		}
	}
	return b
}

func written(pl advice.Place) *place.Reach {
	for i := range pl.Channels {
		if pl.Channels[i].Type.Written() {
			return &pl.Channels[i]
		}
	}
	return nil
}

// nextWritten finds the written line that opens first.
func nextWritten(r *advice.Result) (name string, at time.Time) {
	for _, pl := range r.Places {
		for _, c := range pl.Channels {
			if c.Type != place.Chat || c.Open == nil || *c.Open || c.Next.IsZero() {
				continue
			}
			if name == "" || c.Next.Before(at) {
				name, at = pl.Name, c.Next
			}
		}
	}
	return name, at
}

// contacts draws one line a place: name, number, whether it is open.
func (p *painter) contacts(list []advice.Place, n int) {
	for i, pl := range list {
		if i == n {
			return
		}
		if len(pl.Channels) == 0 {
			continue
		}
		p.add(bot.Block{Kind: bot.BlockContact, Text: p.name(pl.Place), Lines: []bot.Line{p.short(pl.Channels[0])}})
	}
}

// name is what its own people call it, with a gloss for other readers.
func (p *painter) name(pl *place.Place) string {
	if pl.Generic == bot.RoleBank && pl.Channels[0].Text != "" {
		return p.say("result.your_bank")
	}
	gloss := pl.Names[p.d.Lang]
	if gloss != "" && pl.Descriptive {
		return capital(gloss)
	}
	if gloss != "" && gloss != pl.Name {
		return pl.Name + " (" + gloss + ")"
	}
	return pl.Name
}

// called is the short name for buttons and sentences.
func (p *painter) called(pl *place.Place) string {
	if pl.Generic == bot.RoleBank && pl.Channels[0].Text != "" {
		return p.say("result.your_bank")
	}
	if gloss := pl.Names[p.d.Lang]; gloss != "" && pl.Descriptive {
		return capital(gloss)
	}
	return pl.Name
}

// button shortens a name to what fits on a button: what explains it goes first,
// then whole words.
func button(name string) string {
	for _, explains := range []string{" (", " – "} {
		if i := strings.Index(name, explains); i > 0 && utf8.RuneCountInString(name) > bot.MaxLabel {
			name = name[:i]
		}
	}
	if utf8.RuneCountInString(name) <= bot.MaxLabel {
		return name
	}
	cut := string([]rune(name)[:bot.MaxLabel-1])
	if i := strings.LastIndex(cut, " "); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}

// capital begins a description as a title begins.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (p *painter) does(pl advice.Place) string {
	if s := p.maybe("place." + string(pl.ID) + ".does"); s != "" {
		return s
	}
	return p.say("role." + string(pl.Role) + ".does")
}

// short draws a channel with nothing but its address and whether it is open.
func (p *painter) short(c place.Reach) bot.Line {
	l := p.address(c)
	if s := p.status(c); s != "" {
		l.Facts = s
	}
	return l
}

// line draws a channel: the address, then what is true of it.
func (p *painter) line(c place.Reach) bot.Line {
	l := p.address(c)
	facts := []string{p.status(c)}
	if c.Cost != "" && c.Type.Live() {
		facts = append(facts, p.say("cost."+c.Cost))
	}
	if c.Anonymous != nil && *c.Anonymous {
		facts = append(facts, p.say("result.anonymous"))
	}
	facts = append(facts, p.speaks(c))
	if len(c.Notes) > 0 {
		facts = append(facts, p.say("channel.note."+c.Notes[0]))
	}
	facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
	l.Facts = strings.Join(facts, " · ")
	return l
}

func (p *painter) address(c place.Reach) bot.Line {
	l := bot.Line{Label: p.say("channel." + string(c.Type)), Text: c.Value}
	switch {
	case c.Text != "":
		l.Text = p.say("channel.text." + c.Text)
	case c.Type == place.Phone || c.Type == place.SMS:
		l.Dial = c.Dial
	case c.Type == place.Email:
		l.Mail = c.Value
	case place.IsLink(c.Value):
		l.URL = c.Value
	}
	return l
}

// status says whether a channel is open; addresses without a person at the
// other end have no hours to speak of.
func (p *painter) status(c place.Reach) string {
	switch {
	case !c.Type.Live():
		return ""
	case c.Always, c.IsOpen() && c.Next.IsZero():
		return p.say("result.open_always")
	case c.Open == nil && (c.Type == place.Phone || c.Type == place.Chat) && c.Text == "":
		return p.say("result.hours_unknown")
	case c.Open == nil:
		return ""
	case *c.Open:
		return p.say("result.open_until", "time", clock(c.Next))
	case c.Next.IsZero():
		return p.say("result.hours_unknown")
	}
	return p.say("result.opens", "when", p.when(c.Next))
}

// speaks names the languages when the reader's is not among them.
func (p *painter) speaks(c place.Reach) string {
	langs := c.Languages
	if langs == nil {
		langs = p.book.Places.Pack(p.d.Country).Languages
	}
	if slices.Contains(langs, p.d.Lang) || slices.Contains(langs, "mul") || !c.Type.Live() {
		return ""
	}
	var names []string
	for _, l := range langs {
		if s := p.say("lang." + string(l)); s != "" {
			names = append(names, s)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return p.say("result.speaks", "languages", strings.Join(names, ", "))
}

func (p *painter) limits(pl *place.Place) string {
	var out []string
	switch {
	case pl.Ages.Min > 0 && pl.Ages.Max > 0:
		out = append(out, p.say("result.ages", "min", itoa(pl.Ages.Min), "max", itoa(pl.Ages.Max)))
	case pl.Ages.Min > 0:
		out = append(out, p.say("result.ages_from", "min", itoa(pl.Ages.Min)))
	case pl.Ages.Max > 0:
		out = append(out, p.say("result.ages_to", "max", itoa(pl.Ages.Max)))
	}
	if pl.WomenOnly {
		out = append(out, p.say("result.women_only"))
	}
	return strings.Join(out, " · ")
}

func (p *painter) checked(pl *place.Place) string {
	key := map[string]string{
		"official-page": "result.checked_official", "second-hand": "result.checked_second_hand",
		"undated-page": "result.checked_undated", "call": "result.checked_call",
	}[pl.Verified.How]
	return p.say(key, "date", pl.Verified.Date.Format(time.DateOnly))
}

// when names a moment: today, tomorrow, a weekday, or a date.
func (p *painter) when(t time.Time) string {
	now := p.now.In(t.Location())
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	switch days := int(day(t).Sub(day(now)).Hours() / 24); {
	case days == 0:
		return p.say("result.today", "time", clock(t))
	case days == 1:
		return p.say("result.tomorrow", "time", clock(t))
	case days < 7:
		return p.say("result.day_time", "day", p.say("day."+itoa(int(t.Weekday()+6)%7+1)), "time", clock(t))
	}
	date := p.say("result.date", "day", itoa(t.Day()), "month", itoa(int(t.Month())))
	return p.say("result.day_time", "day", date, "time", clock(t))
}

func clock(t time.Time) string { return t.Format("15:04") }

// Rare lists the keys that only some minutes or some places bring up, for the
// checker.
func Rare() []string {
	out := []string{
		"result.open_until", "result.opens", "result.today", "result.tomorrow", "result.day_time", "result.date",
		"result.no_line_open", "result.next_line", "result.in_danger", "result.checked_official", "result.checked_second_hand",
		"result.checked_undated", "result.checked_call", "result.women_only", "result.ages", "result.ages_from", "result.ages_to",
		"result.speaks", "result.hours_unknown", "silent.none", "silent.text", "call.unknown", "role.default.call",
		"lang.own", "ui.hide", "ui.show_again", "cost.free", "cost.local", "cost.national", "cost.premium",
	}
	for i := 1; i <= 7; i++ {
		out = append(out, "day."+itoa(i))
	}
	return out
}
