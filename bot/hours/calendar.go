package hours

import (
	"slices"
	"sync/atomic"
	"time"
)

// Calendar knows the holidays of a country. It is safe for concurrent use; a
// nil Calendar knows none. Make one with [NewCalendar] and do not copy it.
type Calendar struct {
	fixed  []monthDay
	easter []easterDay
	dates  []date
	feasts []feast

	// recent keeps the years reckoned last, each in the slot of its number; a
	// search of 400 days touches at most three.
	recent [8]atomic.Pointer[yearHolidays]
}

// Holiday is one line of a pack's holidays. It says when in exactly one of
// three ways: Date, Easter or Dates.
type Holiday struct {
	// Date comes every year: "12-24", month-day.
	Date string
	// Easter is in days from Easter Sunday: 1 is Easter Monday, -2 Good Friday.
	Easter *int
	// Church is whose Easter: "western" (also when empty) or "orthodox".
	Church string
	// Name is how Expired calls a moving feast; when empty, by its first date.
	Name string
	// Dates are those of a feast that moves otherwise: "2026-03-20".
	Dates []string
	// Through is the last year for which Dates is complete; when 0, the last
	// year in Dates.
	Through int
}

type easterDay struct {
	days     int
	orthodox bool
}

type date struct {
	year int
	monthDay
}

type feast struct {
	name    string
	through int
}

// yearHolidays holds a bit for each holiday of one year: days[month] >> day & 1.
type yearHolidays struct {
	year int
	days [13]uint32
}

// Is reports whether the date is a holiday. It is false on a nil receiver and
// for dates that do not exist. It may be called concurrently and is fast: the
// years used last are kept.
func (c *Calendar) Is(year int, month time.Month, day int) bool {
	if c == nil || month < time.January || month > time.December || day < 1 || day > 31 {
		return false
	}
	slot := &c.recent[uint(year)%uint(len(c.recent))]
	y := slot.Load()
	if y == nil || y.year != year {
		// Two callers may both reckon the year; they get the same answer.
		y = c.reckon(year)
		slot.Store(y)
	}
	return y.days[month]>>day&1 == 1
}

// Expired returns the names of the moving feasts whose dates are not known for
// the year of at (in at's own zone), each name once, in the order given.
func (c *Calendar) Expired(at time.Time) []string {
	if c == nil {
		return nil
	}
	var names []string
	for _, f := range c.feasts {
		if f.through < at.Year() && !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

// reckon finds the holidays of one year.
func (c *Calendar) reckon(year int) *yearHolidays {
	y := &yearHolidays{year: year}
	for _, d := range c.fixed {
		if d.day <= daysIn(year, d.month) {
			y.add(d)
		}
	}
	for _, d := range c.dates {
		if d.year == year {
			y.add(d.monthDay)
		}
	}
	if year < firstGregorianYear {
		return y
	}
	for _, e := range c.easter {
		sunday := westernEaster(year)
		if e.orthodox {
			sunday = orthodoxEaster(year)
		}
		t := time.Date(year, sunday.month, sunday.day+e.days, 0, 0, 0, 0, time.UTC)
		if t.Year() == year { // always so within the limits, see easterFrom
			y.add(monthDay{t.Month(), t.Day()})
		}
	}
	return y
}

func (y *yearHolidays) add(d monthDay) { y.days[d.month] |= 1 << d.day }

// leapYear is any leap year: asks for a month's length at its longest.
const leapYear = 2000

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
