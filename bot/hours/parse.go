package hours

import (
	"cmp"
	"fmt"
	"slices"
)

// Parse reads one opening_hours value. The grammar, a subset of
// https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification:
//
//	value = rule { ";" rule }
//	rule  = "24/7" | [ dates ] [ days ] ( times | "off" )
//	dates = part { "," part }     part = "Jul" | "Jul-Aug" | "Dec 24" | "Dec 24-26" | "Dec 24-Jan 1"
//	days  = part { "," part }     part = "Mo" | "Mo-Fr" | "Fr-Mo" | "PH"
//	times = span { "," span }     span = "09:00-13:00" | "22:00-06:00" | "18:00-24:00"
//
// Spaces stand between the parts of a rule, and may stand around ";" and after
// ",". Letters are as shown. The input may be anything; an error says what was
// wanted and at which byte offset (from 0). An empty value is an error: hours
// that are not known are left out. Parse is safe for concurrent use.
func Parse(s string) (*Schedule, error) {
	p := &parser{src: s}
	p.space()
	if p.done() {
		return nil, p.errorf("the value is empty; leave hours out when they are not known")
	}
	var rules []rule
	for {
		r, err := p.rule()
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
		p.space()
		if p.done() {
			return newSchedule(s, rules), nil
		}
		if !p.take(";") {
			return nil, p.want(`";" or the end`)
		}
		p.space()
	}
}

// parser walks over src once; pos is the offset of the next unread byte. Its
// methods leave pos where an error is to be reported.
type parser struct {
	src string
	pos int
}

func (p *parser) rule() (rule, error) {
	if p.take("24/7") {
		return rule{days: everyDay, weekly: true, spans: []span{{0, minutesPerDay}}}, nil
	}
	r := rule{days: everyDay, weekly: true}
	if monthIndex(p.word()) >= 0 {
		if err := p.dates(&r); err != nil {
			return r, err
		}
		r.weekly = false
	}
	if w := p.word(); w != "" && w != "off" {
		if err := p.days(&r); err != nil {
			return r, err
		}
	}
	if p.take("off") {
		return r, nil
	}
	var err error
	r.spans, err = p.spans()
	return r, err
}

// spans reads a list of times and returns it sorted, with spans that touch or
// overlap made one.
func (p *parser) spans() ([]span, error) {
	var list []span
	for {
		sp, err := p.span()
		if err != nil {
			return nil, err
		}
		list = append(list, sp)
		if !p.take(",") {
			break
		}
		p.space()
	}
	slices.SortFunc(list, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	merged := list[:1]
	for _, sp := range list[1:] {
		if last := &merged[len(merged)-1]; sp.start <= last.end {
			last.end = max(last.end, sp.end)
		} else {
			merged = append(merged, sp)
		}
	}
	return merged, nil
}

func (p *parser) span() (span, error) {
	at := p.pos
	start, err := p.clock()
	if err != nil {
		return span{}, err
	}
	if start == minutesPerDay {
		p.pos = at
		return span{}, p.errorf("24:00 can only end a span; write 00:00 on the next day")
	}
	if !p.take("-") {
		return span{}, p.want(`"-" and the time of closing`)
	}
	end, err := p.clock()
	if err != nil {
		return span{}, err
	}
	if start == end {
		p.pos = at
		return span{}, p.errorf("the span begins and ends at the same time; write 00:00-24:00 for a full day")
	}
	if end < start {
		end += minutesPerDay
	}
	return span{start, end}, nil
}

// clock reads HH:MM from 00:00 to 24:00 and returns minutes from midnight.
func (p *parser) clock() (int, error) {
	rest := p.src[p.pos:]
	if len(rest) < 5 || !isDigit(rest[0]) || !isDigit(rest[1]) || rest[2] != ':' || !isDigit(rest[3]) || !isDigit(rest[4]) {
		return 0, p.want("a time with two digits each, such as 09:00, or off")
	}
	hour, minute := number(rest[0:2]), number(rest[3:5])
	if hour > 24 || minute > 59 || hour == 24 && minute > 0 {
		return 0, p.errorf("%s is not a time between 00:00 and 24:00", rest[:5])
	}
	p.pos += 5
	return hour*60 + minute, nil
}

func (p *parser) done() bool { return p.pos == len(p.src) }

// take steps over token if it is next.
func (p *parser) take(token string) bool {
	if end := p.pos + len(token); end <= len(p.src) && p.src[p.pos:end] == token {
		p.pos = end
		return true
	}
	return false
}

// space steps over blanks and reports whether there were any.
func (p *parser) space() bool {
	start := p.pos
	for p.take(" ") {
	}
	return p.pos > start
}

// word returns the run of ASCII letters that is next, without stepping over it.
func (p *parser) word() string {
	end := p.pos
	for end < len(p.src) && isLetter(p.src[end]) {
		end++
	}
	return p.src[p.pos:end]
}

// want makes the error for a missing thing; it shows a little of what is there.
func (p *parser) want(what string) error {
	const shown = 12 // bytes
	if p.done() {
		return p.errorf("want %s, have the end", what)
	}
	return p.errorf("want %s, have %q", what, p.src[p.pos:min(len(p.src), p.pos+shown)])
}

func (p *parser) errorf(format string, args ...any) error {
	return fmt.Errorf("hours: byte %d: %s", p.pos, fmt.Sprintf(format, args...))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// number turns a short run of ASCII digits into its value.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
