package hours_test

import (
	"testing"
	"time"

	"wheretoturn/bot/hours"
)

// FuzzParse feeds Parse foreign bytes. What it accepts must keep its text, parse
// to the same again, and answer in a way that hangs together: the next change
// lies ahead, and it is a change.
func FuzzParse(f *testing.F) {
	for _, s := range accepted {
		f.Add(s)
	}
	for _, s := range []string{"", ";", "Mo", "Mo-", "Dec 99 off", "Dec 24-", "09:00-", "24:00-24:00", "Jul-Aug 1", "\xff", "PH-Mo off"} {
		f.Add(s)
	}
	prague, cal := zone(f, "Europe/Prague"), czech(f)
	instants := []time.Time{
		time.Date(2026, 12, 31, 23, 59, 59, 0, prague),
		time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC),
		time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC),
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := hours.Parse(in)
		if err != nil {
			if s != nil {
				t.Fatal("a schedule and an error")
			}
			return
		}
		again, err := hours.Parse(s.String())
		if err != nil || s.String() != in || again.String() != in {
			t.Fatalf("text not kept: %q, %v", s, err)
		}
		for _, now := range instants {
			got := s.At(now, prague, cal)
			if got != again.At(now, prague, cal) {
				t.Fatalf("%q parsed again answers differently at %v", in, now)
			}
			if hours.Always(s) && (!got.Open || !got.Next.IsZero()) {
				t.Fatalf("%q is always open, but not at %v", in, now)
			}
			if got.Next.IsZero() {
				continue
			}
			if !got.Next.After(now) || s.At(got.Next, prague, cal).Open == got.Open {
				t.Fatalf("%q at %v: %v is not the next change", in, now, got.Next)
			}
			if s.At(got.Next.Add(-time.Minute), prague, cal).Open != got.Open {
				t.Fatalf("%q at %v: already changed before %v", in, now, got.Next)
			}
		}
	})
}
