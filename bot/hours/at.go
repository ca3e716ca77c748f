package hours

import "time"

// searchDays bounds the search for the next change. It is more than a year, so
// that every yearly date is found wherever one stands.
const searchDays = 400

// State is what is true at one minute.
type State struct {
	Open bool
	// Next is when Open changes, in the zone asked for. It is zero when that
	// does not happen within 400 days (24/7, or always off).
	Next time.Time
}

// At returns what is true at now for a service in loc (nil means UTC), with the
// holidays of cal (nil means none). Seconds of now are cut off: a service that
// opens at 09:00 is open from 09:00:00 on. Next is the true next change: spans
// that touch are one, and a change that the clocks jump over does not count.
// At never fails on a parsed schedule (s must not be nil: unknown hours are not
// closed hours), may be called concurrently, does not allocate once the years
// asked for are in cal's memory, and takes well under 2 µs for a weekly one.
func (s *Schedule) At(now time.Time, loc *time.Location, cal *Calendar) State {
	if s.always {
		return State{Open: true}
	}
	if loc == nil {
		loc = time.UTC
	}
	from := reached(now, loc)
	limit := from + searchDays*minutesPerDay
	_, open := s.cover(from, cal)
	for at := from; ; {
		change, ok := s.change(at, limit, open, cal)
		if !ok {
			return State{Open: open}
		}
		t, shown := instant(change, loc)
		if shown != change {
			// The clocks jump over this change. What counts is the state where
			// they land; if it is the same as before, nothing has changed.
			if _, then := s.cover(shown, cal); then == open {
				at = shown
				continue
			}
		}
		return State{Open: open, Next: t}
	}
}

// cover reports whether a span covers the wall minute at, and if so where that
// span ends, which is after at. Another may go on from there.
func (s *Schedule) cover(at wallMinute, cal *Calendar) (end wallMinute, open bool) {
	day, minute := at.split()
	for _, sp := range s.on(day, cal) {
		if sp.start <= minute && minute < sp.end {
			return onDay(day, sp.end), true
		}
	}
	if !s.spills {
		return 0, false
	}
	for _, sp := range s.on(day-1, cal) {
		if minute+minutesPerDay < sp.end {
			return onDay(day-1, sp.end), true
		}
	}
	return 0, false
}

// change returns the first wall minute after at, and not after limit, at which
// the state is no longer open (which must be the state at at); false if there
// is none.
func (s *Schedule) change(at, limit wallMinute, open bool, cal *Calendar) (wallMinute, bool) {
	if open {
		for open && at <= limit {
			var end wallMinute
			if end, open = s.cover(at, cal); open {
				at = end
			}
		}
		return at, at <= limit
	}
	day, minute := at.split()
	for ; onDay(day, 0) <= limit; day++ {
		for _, sp := range s.on(day, cal) {
			if sp.start > minute {
				start := onDay(day, sp.start)
				return start, start <= limit
			}
		}
		minute = -1 // on later days midnight itself counts
	}
	return 0, false
}
