package hours

import "time"

// wallMinute is a place on the wall clock's own line: minutes since 1970-01-01
// 00:00 as a clock on the wall shows them, every day 1,440 long. Spans live on
// this line, so they need no zone; only now and Next are turned to and from it.
//
// Where the clocks jump ahead, the minutes jumped over all fall on the instant
// of the jump. Where they go back, a wall time that comes twice means its first
// coming, and during the repeat the line stands still: a line that is open until
// 02:30 closes once, and one that is open 22:00-06:00 stays open throughout.
type wallMinute int64

// maxShift is more than any zone ever moved at once (Manila and Samoa skipped
// or repeated a whole day): later than this after a change it cannot matter.
const maxShift = 27 * 60 * 60 // seconds

// onDay is the given minute of the given day (days since 1970-01-01).
func onDay(day int64, minute int) wallMinute {
	return wallMinute(day*minutesPerDay + int64(minute))
}

// split is the reverse of onDay, with the minute in [0, minutesPerDay).
func (w wallMinute) split() (day int64, minute int) {
	day = floorDiv(int64(w), minutesPerDay)
	return day, int(int64(w) - day*minutesPerDay)
}

// reached is how far the wall clock in loc has come at t.
func reached(t time.Time, loc *time.Location) wallMinute {
	t = t.In(loc)
	_, offset := t.Zone()
	if start, before, ok := lastShift(t); ok && before > offset {
		if wall := start.Unix() + int64(before); t.Unix()+int64(offset) < wall {
			return wallMinute(floorDiv(wall-1, 60)) // in the repeat
		}
	}
	return wallMinute(floorDiv(t.Unix()+int64(offset), 60))
}

// instant is when the wall clock in loc first reaches w. Shown is what it shows
// then: w itself, or a later minute if the clocks jump over w.
func instant(w wallMinute, loc *time.Location) (t time.Time, shown wallMinute) {
	// time.Date promises the right answer only where there is exactly one; in a
	// jump or a repeat it may use the offset before the change or the one after.
	day, minute := w.split()
	y, m, d := civil(day)
	t = time.Date(y, m, d, 0, minute, 0, 0, loc)
	_, offset := t.Zone()
	seconds, got := int64(w)*60, t.Unix()+int64(offset)
	switch {
	case got > seconds: // jumped over, and t lies after the jump
		start, _ := t.ZoneBounds()
		return landing(start, w)
	case got < seconds: // jumped over, and t lies before the jump
		_, end := t.ZoneBounds()
		return landing(end, w)
	default:
		if start, before, ok := lastShift(t); ok {
			if first := seconds - int64(before); first < start.Unix() {
				t = time.Unix(first, 0).In(loc)
			}
		}
		return t, w
	}
}

// landing is the end of a jump over w, never shown as earlier than w.
func landing(jump time.Time, w wallMinute) (time.Time, wallMinute) {
	_, offset := jump.Zone()
	return jump, max(w, wallMinute(floorDiv(jump.Unix()+int64(offset), 60)))
}

// lastShift is when the zone's present offset began and the offset before it, if
// that was at most maxShift before t.
func lastShift(t time.Time) (start time.Time, before int, ok bool) {
	start, _ = t.ZoneBounds()
	if start.IsZero() || t.Unix()-start.Unix() > maxShift {
		return start, 0, false
	}
	_, before = start.Add(-time.Second).Zone()
	return start, before, true
}

// civil is the date of a day counted from 1970-01-01.
func civil(day int64) (int, time.Month, int) {
	return time.Unix(day*24*60*60, 0).UTC().Date()
}

// weekdayOf is the weekday of a day counted from 1970-01-01, a Thursday; 0 is
// Monday.
func weekdayOf(day int64) int {
	const thursday = 3
	return int(day + thursday - 7*floorDiv(day+thursday, 7))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
