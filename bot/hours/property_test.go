package hours_test

import (
	"testing"
	"time"
)

// naiveDay gives the spans that start on a day, as "minutes from midnight"
// pairs: the same hours as the text beside it, written down by hand.
type naiveDay func(day time.Time) [][2]int

// wallLine gives for every minute from start on the furthest time that the wall
// clock has shown, as if in UTC: the clock runs minute by minute, and in autumn
// it goes back.
func wallLine(start time.Time, minutes int) []time.Time {
	const warmUp = 3 * 60 // the clock may stand in a repeat when we start
	line := make([]time.Time, 0, minutes)
	var furthest time.Time
	for i := -warmUp; i < minutes; i++ {
		t := start.Add(time.Duration(i) * time.Minute)
		y, m, d := t.Date()
		if shown := time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC); shown.After(furthest) {
			furthest = shown
		}
		if i >= 0 {
			line = append(line, furthest)
		}
	}
	return line
}

// naive says for every minute of the line whether it is open: whether it is in a
// span of its day or of the day before.
func naive(line []time.Time, spans naiveDay) []bool {
	open := make([]bool, len(line))
	for i, shown := range line {
		today := shown.Truncate(24 * time.Hour)
		for _, day := range []time.Time{today.AddDate(0, 0, -1), today} {
			minute := int(shown.Sub(day) / time.Minute)
			for _, sp := range spans(day) {
				open[i] = open[i] || sp[0] <= minute && minute < sp[1]
			}
		}
	}
	return open
}

func daily(spans ...[2]int) naiveDay { return func(time.Time) [][2]int { return spans } }

func weekday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func officeHours(day time.Time) [][2]int {
	easter := day.Format(time.DateOnly) == "2026-04-06" || day.Format(time.DateOnly) == "2026-04-03"
	if !weekday(day) || easter || day.Month() == 10 && day.Day() == 28 {
		return nil
	}
	return [][2]int{{8 * 60, 12 * 60}, {13 * 60, 17 * 60}}
}

func weekNights(day time.Time) [][2]int {
	switch {
	case day.Weekday() == time.Sunday:
		return nil
	case day.Month() == 4 && day.Day() <= 3:
		return [][2]int{{0, 24 * 60}}
	default:
		return [][2]int{{0, 150}, {1320, 1440 + 180}}
	}
}

var properties = []struct {
	hours string
	naive naiveDay
}{
	{"22:00-06:00", daily([2]int{1320, 1800})},
	{"02:30-02:15", daily([2]int{150, 1575})},
	{"00:00-02:10,02:20-02:40,03:00-24:00", daily([2]int{0, 130}, [2]int{140, 160}, [2]int{180, 1440})},
	{"01:30-02:30,23:00-00:30", daily([2]int{90, 150}, [2]int{1380, 1470})},
	{"Mo-Fr 08:00-12:00,13:00-17:00; PH off", officeHours},
	{"Mo-Sa 22:00-03:00,00:00-02:30; Apr 1-3 00:00-24:00; Su off", weekNights},
}

func TestAtAgreesWithTheSlowWayMinuteByMinute(t *testing.T) {
	t.Parallel()
	const (
		day      = 24 * 60
		compared = 9 * day
		extra    = 5 * day // so that the last change is in sight
	)
	windows := []struct{ name, zone, start string }{
		{"spring in Prague", "Europe/Prague", "2026-03-28T00:00:00Z"},
		{"autumn in Prague", "Europe/Prague", "2026-10-21T00:00:00Z"},
		{"spring in Santiago, which jumps at midnight", "America/Santiago", "2026-08-30T00:00:00Z"},
		{"autumn on Lord Howe, which goes back half an hour", "Australia/Lord_Howe", "2026-03-30T00:00:00Z"},
	}
	for _, w := range windows {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			loc, cal := zone(t, w.zone), czech(t)
			start, err := time.Parse(time.RFC3339, w.start)
			if err != nil {
				t.Fatal(err)
			}
			line := wallLine(start.In(loc), compared+extra)
			for _, p := range properties {
				s := mustParse(t, p.hours)
				open := naive(line, p.naive)
				next := nextChanges(open)
				for i := range compared {
					now := start.Add(time.Duration(i)*time.Minute + 59*time.Second)
					got := s.At(now, loc, cal)
					want := start.Add(time.Duration(next[i]) * time.Minute)
					if got.Open != open[i] || !got.Next.Equal(want) {
						t.Fatalf("%q at %v: open %v until %v, want %v until %v",
							p.hours, now.In(loc), got.Open, got.Next, open[i], want.In(loc))
					}
				}
			}
		})
	}
}

// nextChanges gives for each minute the next one at which open is different, or
// the end.
func nextChanges(open []bool) []int {
	next := make([]int, len(open))
	at := len(open)
	for i := len(open) - 1; i >= 0; i-- {
		if i+1 < len(open) && open[i] != open[i+1] {
			at = i + 1
		}
		next[i] = at
	}
	return next
}
