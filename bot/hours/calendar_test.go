package hours_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wheretoturn/bot/hours"
)

func TestCalendarKnowsItsHolidays(t *testing.T) {
	t.Parallel()
	cal, err := hours.NewCalendar([]hours.Holiday{
		{Date: "12-24"},
		{Date: "02-29"},
		{Easter: ptr(0)}, {Easter: ptr(1), Church: "western"}, {Easter: ptr(60)},
		{Easter: ptr(0), Church: "orthodox"},
		{Name: "bajram", Dates: []string{"2026-03-20", "2027-03-10"}, Through: 2027},
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, date string
		want       bool
	}{
		{"a fixed date comes in 2026", "2026-12-24", true},
		{"and in 2040", "2040-12-24", true},
		{"the day after is ordinary", "2026-12-25", false},
		{"Easter Sunday 2026", "2026-04-05", true},
		{"Easter Monday 2026", "2026-04-06", true},
		{"Easter Monday 2027", "2027-03-29", true},
		{"Easter Tuesday is ordinary", "2026-04-07", false},
		{"Easter Monday of another year is ordinary", "2026-03-29", false},
		{"Corpus Christi 2026", "2026-06-04", true},
		{"the earliest Easter", "1818-03-22", true},
		{"the latest Easter", "2038-04-25", true},
		{"a year the simple rule gets wrong", "1954-04-18", true},
		{"and another", "1981-04-19", true},
		{"orthodox Easter 2026", "2026-04-12", true},
		{"orthodox Easter 2027", "2027-05-02", true},
		{"orthodox Easter 2025 is the western one", "2025-04-20", true},
		{"orthodox Easter after the Julian lag grows", "2100-05-02", true},
		{"a moving feast on its date", "2026-03-20", true},
		{"a moving feast in its next year", "2027-03-10", true},
		{"but not on the date of another year", "2027-03-20", false},
		{"nor when it is not known any more", "2028-03-20", false},
		{"a leap day", "2028-02-29", true},
		{"no leap day, no holiday on March 1", "2027-03-01", false},
	}
	for _, tt := range tests {
		d, err := time.Parse(time.DateOnly, tt.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := cal.Is(d.Date()); got != tt.want {
			t.Errorf("%s: Is(%s) = %v", tt.name, tt.date, got)
		}
	}
}

func TestCalendarIsFalseForWhatIsNotADate(t *testing.T) {
	t.Parallel()
	var none *hours.Calendar
	if none.Is(2026, 12, 24) || none.Expired(time.Now()) != nil {
		t.Error("a nil calendar knows a holiday")
	}
	cal, err := hours.NewCalendar([]hours.Holiday{{Date: "02-29"}, {Date: "12-31"}, {Easter: ptr(0)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []struct {
		year  int
		month time.Month
		day   int
	}{{2027, 2, 29}, {2026, 0, 1}, {2026, 13, 31}, {2026, 12, 0}, {2026, 12, 32}, {2026, 12, 63}, {-1, 3, 31}} {
		if cal.Is(d.year, d.month, d.day) {
			t.Errorf("Is(%v) is true", d)
		}
	}
}

func TestCalendarMayBeAskedFromManySides(t *testing.T) {
	t.Parallel()
	cal := czech(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for year := 2020; year < 2060; year++ { // more years than are kept
				if !cal.Is(year, 12, 24) || cal.Is(year, 12, 23) {
					t.Errorf("wrong in %d", year)
				}
			}
		})
	}
	wg.Wait()
}

func TestExpiredNamesMovingFeastsOnceTheirDatesRunOut(t *testing.T) {
	t.Parallel()
	cal, err := hours.NewCalendar([]hours.Holiday{
		{Date: "12-24", Name: "Christmas Eve"},
		{Name: "bajram", Dates: []string{"2026-03-20"}, Through: 2026},
		{Name: "bajram", Dates: []string{"2026-05-27"}, Through: 2026},
		{Name: "later", Dates: []string{"2026-01-02"}, Through: 2027},
		{Dates: []string{"2025-06-01", "2026-06-01"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[int][]string{
		2026: nil,
		2027: {"bajram", "2025-06-01"},
		2028: {"bajram", "later", "2025-06-01"},
	}
	for year, want := range tests {
		if got := cal.Expired(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)); !slices.Equal(got, want) {
			t.Errorf("Expired in %d = %q, want %q", year, got, want)
		}
	}
}

func TestNewCalendarRefusesWhatItCannotMean(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		h    hours.Holiday
		want string
	}{
		{"a holiday says when", hours.Holiday{Name: "x"}, "exactly one of"},
		{"and in one way only", hours.Holiday{Date: "12-24", Easter: ptr(1)}, "exactly one of"},
		{"a fixed date exists", hours.Holiday{Date: "04-31"}, "04-31"},
		{"a fixed date has no year", hours.Holiday{Date: "2026-12-24"}, "2026-12-24"},
		{"a fixed date has two digits each", hours.Holiday{Date: "1-1"}, "1-1"},
		{"Easter is near Easter", hours.Holiday{Easter: ptr(400)}, "400"},
		{"a church is known", hours.Holiday{Easter: ptr(1), Church: "coptic"}, "coptic"},
		{"a church goes with Easter", hours.Holiday{Date: "12-24", Church: "orthodox"}, "church"},
		{"through goes with dates", hours.Holiday{Date: "12-24", Through: 2026}, "through"},
		{"dates exist", hours.Holiday{Dates: []string{"2026-02-29"}}, "2026-02-29"},
		{"through does not contradict dates", hours.Holiday{Dates: []string{"2027-03-10"}, Through: 2026}, "through 2026"},
	}
	for _, tt := range tests {
		cal, err := hours.NewCalendar([]hours.Holiday{{Date: "12-24"}, tt.h})
		if cal != nil || err == nil || !strings.HasPrefix(err.Error(), "hours: holiday 1: ") || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, %v", tt.name, cal, err)
		}
	}
}
