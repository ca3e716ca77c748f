package hours_test

import (
	"testing"
	"time"

	"wheretoturn/bot/hours"
)

// zone returns a zone or ends the test; tzdata is linked in, so none is missing.
func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func ptr(n int) *int { return &n }

// czech are the holidays that the tests of At need.
func czech(tb testing.TB) *hours.Calendar {
	tb.Helper()
	cal, err := hours.NewCalendar([]hours.Holiday{
		{Date: "01-01"}, {Easter: ptr(-2)}, {Easter: ptr(1)}, {Date: "05-01"}, {Date: "05-08"}, {Date: "07-05"},
		{Date: "07-06"}, {Date: "09-28"}, {Date: "10-28"}, {Date: "11-17"}, {Date: "12-24"}, {Date: "12-25"}, {Date: "12-26"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return cal
}

// atTest asks for one state; now and next are as Europe/Prague writes them.
type atTest struct {
	name, hours, now string
	open             bool
	next             string // "" is never
}

func (tt atTest) run(t *testing.T) {
	t.Helper()
	const layout = "Mon 2006-01-02 15:04:05 MST"
	prague := zone(t, "Europe/Prague")
	now, err := time.Parse(time.RFC3339, tt.now)
	if err != nil {
		t.Fatal(err)
	}
	got := mustParse(t, tt.hours).At(now, prague, czech(t))
	want := hours.State{Open: tt.open}
	if tt.next != "" {
		if want.Next, err = time.Parse(time.RFC3339, tt.next); err != nil {
			t.Fatal(err)
		}
	}
	if got.Open != want.Open || !got.Next.Equal(want.Next) {
		t.Errorf("%q at %s: open %v until %s, want %v until %s", tt.hours, now.In(prague).Format(layout),
			got.Open, got.Next.Format(layout), want.Open, want.Next.In(prague).Format(layout))
	}
	if !got.Next.IsZero() && got.Next.Location() != prague {
		t.Errorf("Next is in %v, want %v", got.Next.Location(), prague)
	}
}

func TestAtOnOrdinaryDays(t *testing.T) {
	t.Parallel()
	// 2026-03-02 is a Monday; winter time, +01:00.
	tests := []atTest{
		{"24/7 is open and never changes", "24/7", "2026-03-02T03:00:00+01:00", true, ""},
		{"off is closed and never changes", "off", "2026-03-02T03:00:00+01:00", false, ""},
		{"a span is open from its first minute", "Mo-Fr 09:00-17:00", "2026-03-02T09:00:00+01:00", true, "2026-03-02T17:00:00+01:00"},
		{"a second before it is closed", "Mo-Fr 09:00-17:00", "2026-03-02T08:59:59+01:00", false, "2026-03-02T09:00:00+01:00"},
		{"a span is open to its last second", "Mo-Fr 09:00-17:00", "2026-03-02T16:59:59+01:00", true, "2026-03-02T17:00:00+01:00"},
		{"its end is closed", "Mo-Fr 09:00-17:00", "2026-03-02T17:00:00+01:00", false, "2026-03-03T09:00:00+01:00"},
		{"friday evening leads to monday", "Mo-Fr 09:00-17:00", "2026-03-06T18:00:00+01:00", false, "2026-03-09T09:00:00+01:00"},
		{"now may be given in another zone", "Mo-Fr 09:00-17:00", "2026-03-02T08:30:00Z", true, "2026-03-02T17:00:00+01:00"},
		{"a list of days leaves out the rest", "Mo,We,Fr 12:00-20:00", "2026-03-03T13:00:00+01:00", false, "2026-03-04T12:00:00+01:00"},
		{"a range of days wraps sunday", "Fr-Mo 10:00-12:00", "2026-03-01T11:00:00+01:00", true, "2026-03-01T12:00:00+01:00"},
		{"a wrapped range leaves out the middle", "Fr-Mo 10:00-12:00", "2026-03-03T11:00:00+01:00", false, "2026-03-06T10:00:00+01:00"},
		{"a lunch break is closed", "09:00-13:00,15:00-19:00", "2026-03-02T14:00:00+01:00", false, "2026-03-02T15:00:00+01:00"},
		{"spans may be out of order", "15:00-19:00,09:00-13:00", "2026-03-02T08:00:00+01:00", false, "2026-03-02T09:00:00+01:00"},
		{"spans that overlap are one", "09:00-13:00,12:00-14:00", "2026-03-02T10:00:00+01:00", true, "2026-03-02T14:00:00+01:00"},
		{"spans that touch are one", "09:00-13:00,13:00-14:00", "2026-03-02T10:00:00+01:00", true, "2026-03-02T14:00:00+01:00"},
		{"a later rule replaces the day", "Mo-Fr 09:00-17:00; We 10:00-12:00", "2026-03-04T13:00:00+01:00", false, "2026-03-05T09:00:00+01:00"},
		{"a later rule may close the day", "Mo-Su 09:00-17:00; Sa-Su off", "2026-03-07T13:00:00+01:00", false, "2026-03-09T09:00:00+01:00"},
		{"an earlier rule does not", "We 10:00-12:00; Mo-Fr 09:00-17:00", "2026-03-04T13:00:00+01:00", true, "2026-03-04T17:00:00+01:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtAroundMidnight(t *testing.T) {
	t.Parallel()
	tests := []atTest{
		{"times only mean every day", "14:00-02:00", "2026-03-02T01:59:00+01:00", true, "2026-03-02T02:00:00+01:00"},
		{"the evening part ends past midnight", "14:00-02:00", "2026-03-02T23:59:00+01:00", true, "2026-03-03T02:00:00+01:00"},
		{"between the parts it is closed", "14:00-02:00", "2026-03-02T02:00:00+01:00", false, "2026-03-02T14:00:00+01:00"},
		{"a night belongs to the day it starts on", "Fr 22:00-06:00", "2026-03-07T05:00:00+01:00", true, "2026-03-07T06:00:00+01:00"},
		{"and not to the morning of that day", "Fr 22:00-06:00", "2026-03-06T05:00:00+01:00", false, "2026-03-06T22:00:00+01:00"},
		{"even if the next day is off", "Mo-Su 22:00-06:00; Sa off", "2026-03-07T05:00:00+01:00", true, "2026-03-07T06:00:00+01:00"},
		{"even if the next day is a holiday that is off", "22:00-06:00; PH off", "2026-05-01T05:00:00+02:00", true, "2026-05-01T06:00:00+02:00"},
		{"24:00 and 00:00 merge", "Mo 18:00-24:00; Tu 00:00-08:00", "2026-03-02T20:00:00+01:00", true, "2026-03-03T08:00:00+01:00"},
		{"24:00 alone ends at midnight", "Mo 18:00-24:00", "2026-03-02T20:00:00+01:00", true, "2026-03-03T00:00:00+01:00"},
		{"00:00 as an end is midnight", "Mo 18:00-00:00", "2026-03-02T20:00:00+01:00", true, "2026-03-03T00:00:00+01:00"},
		{"opening at midnight is found from the day before", "Tu 00:00-08:00", "2026-03-02T20:00:00+01:00", false, "2026-03-03T00:00:00+01:00"},
		{"full weekdays are one stretch", "Mo-Fr 00:00-24:00", "2026-03-03T12:00:00+01:00", true, "2026-03-07T00:00:00+01:00"},
		{"a night runs into the next day's span", "Fr 22:00-06:00; Sa 05:00-10:00", "2026-03-06T23:00:00+01:00", true, "2026-03-07T10:00:00+01:00"},
		{"two halves of the day never change", "20:00-08:00,08:00-20:00", "2026-03-02T20:00:00+01:00", true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtOnHolidays(t *testing.T) {
	t.Parallel()
	// Easter Monday is 2026-04-06 and 2027-03-29; 2026-12-24 is a Thursday.
	tests := []atTest{
		{"Easter Monday 2026 is off", "Mo-Fr 09:00-17:00; PH off", "2026-04-06T10:00:00+02:00", false, "2026-04-07T09:00:00+02:00"},
		{"Easter Monday 2027 is off", "Mo-Fr 09:00-17:00; PH off", "2027-03-29T10:00:00+02:00", false, "2027-03-30T09:00:00+02:00"},
		{"Thursday evening leads over Easter", "Mo-Fr 09:00-17:00; PH off", "2026-04-02T17:00:00+02:00", false, "2026-04-07T09:00:00+02:00"},
		{"without a PH rule a holiday is ordinary", "Mo-Fr 09:00-17:00", "2026-04-06T10:00:00+02:00", true, "2026-04-06T17:00:00+02:00"},
		{"a PH rule wins where it stands first", "PH off; Mo-Fr 09:00-17:00", "2026-04-06T10:00:00+02:00", false, "2026-04-07T09:00:00+02:00"},
		{"a PH rule wins over times for every day", "PH off; 09:00-17:00", "2026-04-06T10:00:00+02:00", false, "2026-04-07T09:00:00+02:00"},
		{"PH beside weekdays adds the holidays", "Mo-Fr,PH 09:00-17:00; Sa 10:00-12:00", "2026-12-26T13:00:00+01:00", true, "2026-12-26T17:00:00+01:00"},
		{"PH beside weekdays leaves the weekend closed", "Mo-Fr,PH 09:00-17:00", "2026-12-27T13:00:00+01:00", false, "2026-12-28T09:00:00+01:00"},
		{"of two PH rules the later counts", "Mo-Fr,PH 09:00-17:00; PH 10:00-12:00", "2026-04-06T13:00:00+02:00", false, "2026-04-07T09:00:00+02:00"},
		{"Christmas Eve is off until after the feasts", "Mo-Fr 09:00-17:00; PH off", "2026-12-24T10:00:00+01:00", false, "2026-12-28T09:00:00+01:00"},
		{"a later date wins over PH", "Mo-Fr 09:00-17:00; PH off; Dec 24 09:00-12:00", "2026-12-24T10:00:00+01:00", true, "2026-12-24T12:00:00+01:00"},
		{"an earlier date does not", "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; PH off", "2026-12-24T10:00:00+01:00", false, "2026-12-28T09:00:00+01:00"},
		{"a later closed month wins over PH", "PH 10:00-12:00; Sep off", "2026-09-28T11:00:00+02:00", false, "2026-10-28T10:00:00+01:00"},
		{"a PH rule for a month is silent elsewhere", "Mo-Fr 09:00-17:00; Dec PH off", "2026-04-06T10:00:00+02:00", true, "2026-04-06T17:00:00+02:00"},
		{"a PH rule for a month speaks in it", "Mo-Fr 09:00-17:00; Dec PH off", "2026-12-25T10:00:00+01:00", false, "2026-12-28T09:00:00+01:00"},
		{"24/7 but for holidays", "24/7; PH off", "2026-04-05T10:00:00+02:00", true, "2026-04-06T00:00:00+02:00"},
		{"holidays only", "PH 10:00-12:00", "2026-05-08T12:00:00+02:00", false, "2026-07-05T10:00:00+02:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtOverTheYear(t *testing.T) {
	t.Parallel()
	tests := []atTest{
		{"Christmas Eve closes by its date", "Mo-Fr 09:00-17:00; Dec 24 off", "2026-12-24T10:00:00+01:00", false, "2026-12-25T09:00:00+01:00"},
		{"a range of days has its own hours", "Mo-Fr 08:00-17:00; Dec 24-26 09:00-12:00", "2026-12-26T11:00:00+01:00", true, "2026-12-26T12:00:00+01:00"},
		{"a range over the year's end holds on 31 December", "09:00-17:00; Dec 24-Jan 1 off", "2026-12-31T23:59:00+01:00", false, "2027-01-02T09:00:00+01:00"},
		{"a night runs over the year's end", "22:00-06:00", "2026-12-31T23:59:59+01:00", true, "2027-01-01T06:00:00+01:00"},
		{"24/7 of one year ends with its last minute", "24/7; Jan 1 off", "2026-12-31T23:59:00+01:00", true, "2027-01-01T00:00:00+01:00"},
		{"a range of months holds in both", "Jul-Aug Mo-Fr 16:00-20:00", "2026-08-31T15:00:00+02:00", false, "2026-08-31T16:00:00+02:00"},
		{"after the season the next one is found", "Jul-Aug Mo-Fr 16:00-20:00", "2026-08-31T20:00:00+02:00", false, "2027-07-01T16:00:00+02:00"},
		{"a range of months wraps the year", "Nov-Feb 10:00-14:00", "2027-01-15T11:00:00+01:00", true, "2027-01-15T14:00:00+01:00"},
		{"a wrapped range ends with its last day", "Nov-Feb 10:00-14:00", "2026-02-28T14:00:00+01:00", false, "2026-11-01T10:00:00+01:00"},
		{"a season replaces the usual hours", "Mo-Fr 08:00-16:00; Jul-Aug Mo-Fr 10:00-14:00", "2026-07-01T09:00:00+02:00", false, "2026-07-01T10:00:00+02:00"},
		{"a list of dates holds on each", "24/7; Dec 24,Dec 31 off", "2026-12-31T12:00:00+01:00", false, "2027-01-01T00:00:00+01:00"},
		{"a leap day is there in a leap year", "Feb 29 10:00-12:00", "2028-02-28T12:00:00+01:00", false, "2028-02-29T10:00:00+01:00"},
		{"a leap day is open", "Feb 29 10:00-12:00", "2028-02-29T10:30:00+01:00", true, "2028-02-29T12:00:00+01:00"},
		{"a leap day too far away is not looked for", "Feb 29 10:00-12:00", "2026-03-01T00:00:00+01:00", false, ""},
		{"without a leap day a range holds on", "09:00-17:00; Feb 28-Mar 1 off", "2027-02-28T10:00:00+01:00", false, "2027-03-02T09:00:00+01:00"},
		{"one day a year is found from the day after", "Dec 24 10:00-12:00", "2026-12-24T12:00:00+01:00", false, "2027-12-24T10:00:00+01:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtWithoutZoneAndCalendarMeansUTCAndNoHolidays(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 25, 10, 0, 0, 0, time.UTC)
	got := mustParse(t, "09:00-17:00; PH off").At(now, nil, nil)
	if want := now.Add(7 * time.Hour); !got.Open || !got.Next.Equal(want) {
		t.Errorf("At = %+v, want open until %v", got, want)
	}
}
