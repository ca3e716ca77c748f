package hours_test

import (
	"testing"
	"time"
)

func TestAtWhenTheClocksJumpAhead(t *testing.T) {
	t.Parallel()
	// Europe/Prague, Sunday 2026-03-29: 01:59:59 +01:00 is followed by 03:00:00 +02:00.
	tests := []atTest{
		{"a night stays open throughout", "22:00-06:00", "2026-03-29T01:59:00+01:00", true, "2026-03-29T06:00:00+02:00"},
		{"a night seen the evening before", "22:00-06:00", "2026-03-28T22:00:00+01:00", true, "2026-03-29T06:00:00+02:00"},
		{"the first minute after is open", "22:00-06:00", "2026-03-29T03:00:00+02:00", true, "2026-03-29T06:00:00+02:00"},
		{"opening inside the jump is opening at its end", "02:30-05:00", "2026-03-29T01:30:00+01:00", false, "2026-03-29T03:00:00+02:00"},
		{"and open it is then", "02:30-05:00", "2026-03-29T03:00:00+02:00", true, "2026-03-29T05:00:00+02:00"},
		{"closing inside the jump is closing at its end", "22:00-02:30", "2026-03-29T01:30:00+01:00", true, "2026-03-29T03:00:00+02:00"},
		{"and closed it is then", "22:00-02:30", "2026-03-29T03:00:00+02:00", false, "2026-03-29T22:00:00+02:00"},
		{"a span inside the jump does not happen", "02:00-03:00", "2026-03-29T01:30:00+01:00", false, "2026-03-30T02:00:00+02:00"},
		{"a break inside the jump does not happen", "Su 00:00-02:10,02:50-06:00", "2026-03-29T01:00:00+01:00", true, "2026-03-29T06:00:00+02:00"},
		{"a break that ends after the jump does", "Su 00:00-02:10,03:01-06:00", "2026-03-29T01:00:00+01:00", true, "2026-03-29T03:00:00+02:00"},
		{"midnight after is midnight", "Su 10:00-24:00", "2026-03-29T12:00:00+02:00", true, "2026-03-30T00:00:00+02:00"},
		{"office hours on the Monday are in summer time", "Mo 09:00-17:00", "2026-03-28T12:00:00+01:00", false, "2026-03-30T09:00:00+02:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtWhenTheClocksGoBack(t *testing.T) {
	t.Parallel()
	// Europe/Prague, Sunday 2026-10-25: 02:59:59 +02:00 is followed by 02:00:00 +01:00.
	tests := []atTest{
		{"a night stays open throughout", "22:00-06:00", "2026-10-25T02:30:00+02:00", true, "2026-10-25T06:00:00+01:00"},
		{"also in the repeat", "22:00-06:00", "2026-10-25T02:30:00+01:00", true, "2026-10-25T06:00:00+01:00"},
		{"closing in the repeated hour happens the first time", "22:00-02:30", "2026-10-25T02:00:00+02:00", true, "2026-10-25T02:30:00+02:00"},
		{"and it stays closed in the repeat", "22:00-02:30", "2026-10-25T02:10:00+01:00", false, "2026-10-25T22:00:00+01:00"},
		{"opening in the repeated hour happens the first time", "02:30-05:00", "2026-10-25T02:10:00+02:00", false, "2026-10-25T02:30:00+02:00"},
		{"and it stays open in the repeat", "02:30-05:00", "2026-10-25T02:10:00+01:00", true, "2026-10-25T05:00:00+01:00"},
		{"opening after the repeat waits for it", "03:00-05:00", "2026-10-25T02:59:00+02:00", false, "2026-10-25T03:00:00+01:00"},
		{"also when asked within it", "03:00-05:00", "2026-10-25T02:59:59+01:00", false, "2026-10-25T03:00:00+01:00"},
		{"closing at its start happens once", "22:00-02:00", "2026-10-25T01:59:00+02:00", true, "2026-10-25T02:00:00+02:00"},
		{"and not again at its second start", "22:00-02:00", "2026-10-25T02:00:00+01:00", false, "2026-10-25T22:00:00+01:00"},
		{"a break in the repeated hour comes once", "00:00-02:10,02:20-06:00", "2026-10-25T02:05:00+01:00", true, "2026-10-25T06:00:00+01:00"},
		{"office hours on the Monday are in winter time", "Mo 09:00-17:00", "2026-10-24T12:00:00+02:00", false, "2026-10-26T09:00:00+01:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); tt.run(t) })
	}
}

func TestAtOnOddDays(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, zone, hours, now, next string }{
		// Chile jumps at midnight: Sunday 2026-09-06 begins at 01:00.
		{"a day without a midnight begins after the jump", "America/Santiago", "Su 00:00-08:00", "2026-09-05T23:00:00-04:00", "2026-09-06T01:00:00-03:00"},
		// Samoa had no Friday 2011-12-30 when it changed sides of the date line.
		{"a day that is skipped does not open", "Pacific/Apia", "Fr 09:00-17:00", "2011-12-29T12:00:00-10:00", "2012-01-06T09:00:00+14:00"},
		// Days are counted from 1970; before it the count is negative.
		{"a day before 1970 has its weekday", "Europe/Prague", "Mo 09:00-17:00", "1969-07-20T20:18:00+00:00", "1969-07-21T09:00:00+01:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			got := mustParse(t, tt.hours).At(now, zone(t, tt.zone), nil)
			if next := got.Next.Format(time.RFC3339); got.Open || next != tt.next {
				t.Errorf("open %v until %s, want closed until %s", got.Open, next, tt.next)
			}
		})
	}
}
