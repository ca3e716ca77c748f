package hours

import (
	"slices"
	"time"
)

// Names as the OSM specification spells them (wday, month), in order.
var (
	weekdayNames = [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	monthNames   = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

func weekdayIndex(name string) int { return slices.Index(weekdayNames[:], name) }

func monthIndex(name string) int { return slices.Index(monthNames[:], name) }

// days reads a list of weekdays and PH into r, and the space behind it.
func (p *parser) days(r *rule) error {
	r.days, r.weekly = 0, false
	for {
		if p.word() == "PH" {
			p.take("PH")
			r.holidays = true
		} else {
			set, err := p.weekdays()
			if err != nil {
				return err
			}
			r.days |= set
			r.weekly = true
		}
		if !p.take(",") {
			return p.gap()
		}
		p.space()
	}
}

// weekdays reads one weekday or one range of them; a range may wrap Sunday.
func (p *parser) weekdays() (weekdaySet, error) {
	from, err := p.weekday()
	if err != nil {
		return 0, err
	}
	to := from
	if p.take("-") {
		if to, err = p.weekday(); err != nil {
			return 0, err
		}
	}
	set := weekdaySet(1) << from
	for d := from; d != to; {
		d = (d + 1) % len(weekdayNames)
		set |= 1 << d
	}
	return set, nil
}

func (p *parser) weekday() (int, error) {
	w := p.word()
	i := weekdayIndex(w)
	if i < 0 {
		return 0, p.want("a weekday (Mo Tu We Th Fr Sa Su), PH or off; months (Jan … Dec) go first")
	}
	p.pos += len(w)
	return i, nil
}

// dates reads a list of months and dates into r, and the space behind it.
func (p *parser) dates(r *rule) error {
	for {
		dr, err := p.dateRange()
		if err != nil {
			return err
		}
		r.dates = append(r.dates, dr)
		if !p.take(",") {
			return p.gap()
		}
		p.space()
	}
}

// dateRange reads one of: Jul, Jul-Aug, Dec 24, Dec 24-26, Dec 24-Jan 1.
func (p *parser) dateRange() (dateRange, error) {
	at := p.pos
	from, exact, err := p.date()
	if err != nil {
		return dateRange{}, err
	}
	to := from
	if p.take("-") {
		toExact := exact
		if exact && p.dayAhead() {
			to.day, err = p.dayOf(from.month)
		} else {
			to, toExact, err = p.date()
		}
		if err != nil {
			return dateRange{}, err
		}
		if exact != toExact {
			p.pos = at
			return dateRange{}, p.errorf("give a day on both sides of the range or on neither")
		}
	}
	if !exact {
		to.day = 31 // any day of the month: days that do not exist are never asked for
	}
	dr := dateRange{yearDayOf(from.month, from.day), yearDayOf(to.month, to.day)}
	if from.month == to.month && dr.from > dr.to {
		p.pos = at
		return dateRange{}, p.errorf("the range ends before it begins")
	}
	return dr, nil
}

// monthDay is a date that comes every year.
type monthDay struct {
	month time.Month
	day   int
}

// date reads "Jul" (as its first day, exact false) or "Dec 24" (exact true).
func (p *parser) date() (d monthDay, exact bool, err error) {
	w := p.word()
	i := monthIndex(w)
	if i < 0 {
		return d, false, p.want("a month (Jan … Dec)")
	}
	p.pos += len(w)
	d = monthDay{time.Month(i + 1), 1}
	before := p.pos
	if p.space() && p.dayAhead() {
		d.day, err = p.dayOf(d.month)
		return d, true, err
	}
	p.pos = before
	return d, false, nil
}

// dayAhead reports whether a day of the month is next, and not a time.
func (p *parser) dayAhead() bool {
	n := p.digits()
	return n > 0 && (p.pos+n == len(p.src) || p.src[p.pos+n] != ':')
}

// dayOf reads a day that exists in the month in some year.
func (p *parser) dayOf(month time.Month) (int, error) {
	n := p.digits()
	text := p.src[p.pos : p.pos+n]
	if n > 2 || number(text) < 1 || number(text) > daysIn(leapYear, month) {
		return 0, p.errorf("%s has no day %q", monthNames[month-1], text[:min(n, 4)])
	}
	p.pos += n
	return number(text), nil
}

// digits returns how many digits are next.
func (p *parser) digits() int {
	n := 0
	for p.pos+n < len(p.src) && isDigit(p.src[p.pos+n]) {
		n++
	}
	return n
}

// gap steps over the space that must stand behind a selector.
func (p *parser) gap() error {
	if !p.space() {
		return p.want(`a space and then times or "off"`)
	}
	return nil
}
