package hours

import "time"

// Schedule is one parsed opening_hours value. It is immutable and safe for
// concurrent use. Make one with [Parse]; the zero value is always closed.
type Schedule struct {
	source string
	rules  []rule

	always   bool // every minute is open, see Always
	dated    bool // a rule names dates or months, so the date matters
	holidays bool // a rule names PH, so the calendar matters
	spills   bool // a span runs past midnight, so the day before matters
}

// String returns the source text, byte for byte as it was given to Parse.
func (s *Schedule) String() string { return s.source }

// Always reports whether s is open at every minute of every year: "24/7", or
// full days (00:00-24:00) on all weekdays with no rule that says otherwise. It
// is false for a nil schedule, and for one that leaves out holidays or dates.
func Always(s *Schedule) bool { return s != nil && s.always }

// minutesPerDay is the length of a day on the wall clock, also on the days on
// which the clocks change: spans are written in wall-clock time.
const minutesPerDay = 24 * 60

// everyDay is the set of all seven weekdays.
const everyDay weekdaySet = 1<<7 - 1

// weekdaySet holds one bit a weekday; bit 0 is Monday, as OSM weeks begin there.
type weekdaySet uint8

// rule is one part between semicolons: on these days, these spans.
type rule struct {
	dates    []dateRange // nil: on every date
	days     weekdaySet  // weekdays on which it applies
	holidays bool        // it names PH
	weekly   bool        // it names weekdays, or no day at all: yields to PH
	spans    []span      // sorted, merged; empty means off
}

// span is an open stretch in minutes from the midnight its day begins with;
// the end is exclusive and larger than minutesPerDay when it runs past midnight.
type span struct{ start, end int }

// dateRange is an inclusive stretch of the year; from > to wraps the year's end.
type dateRange struct{ from, to yearDay }

// yearDay orders the days of any year: month*32 + day. February 29 has a value
// of its own, which only leap years reach.
type yearDay int

func yearDayOf(month time.Month, day int) yearDay { return yearDay(int(month)*32 + day) }

func (r dateRange) contains(d yearDay) bool {
	if r.from <= r.to {
		return r.from <= d && d <= r.to
	}
	return d >= r.from || d <= r.to
}

// inDates reports whether the rule applies on the date, weekdays aside.
func (r *rule) inDates(d yearDay) bool {
	if r.dates == nil {
		return true
	}
	for _, dr := range r.dates {
		if dr.contains(d) {
			return true
		}
	}
	return false
}

// newSchedule derives what At needs to know once. It takes over rules.
func newSchedule(source string, rules []rule) *Schedule {
	s := &Schedule{source: source, rules: rules, always: true}
	var covered weekdaySet
	for i := range rules {
		r := &rules[i]
		s.dated = s.dated || r.dates != nil
		s.holidays = s.holidays || r.holidays
		full := len(r.spans) == 1 && r.spans[0].start == 0 && r.spans[0].end >= minutesPerDay
		s.always = s.always && full
		if r.dates == nil {
			covered |= r.days
		}
		for _, sp := range r.spans {
			s.spills = s.spills || sp.end > minutesPerDay
		}
	}
	s.always = s.always && covered == everyDay
	return s
}

// on returns the spans that start on the given day (days since 1970-01-01);
// none means closed, unless the day before spills over. It does not allocate.
func (s *Schedule) on(day int64, cal *Calendar) []span {
	weekday := weekdaySet(1) << weekdayOf(day)
	var date yearDay
	holiday := false
	if s.dated || s.holidays {
		y, m, d := civil(day)
		date = yearDayOf(m, d)
		holiday = s.holidays && cal.Is(y, m, d) && s.hasHolidayRule(date)
	}
	for i := len(s.rules) - 1; i >= 0; i-- {
		r := &s.rules[i]
		matches := r.days&weekday != 0
		if holiday {
			matches = r.holidays || !r.weekly
		}
		if matches && r.inDates(date) {
			return r.spans
		}
	}
	return nil
}

// hasHolidayRule reports whether some PH rule speaks about the date; if none
// does, a holiday is an ordinary day.
func (s *Schedule) hasHolidayRule(date yearDay) bool {
	for i := range s.rules {
		if r := &s.rules[i]; r.holidays && r.inDates(date) {
			return true
		}
	}
	return false
}
