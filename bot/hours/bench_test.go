package hours_test

import (
	"testing"
	"time"

	"wheretoturn/bot/hours"
)

var benchmarks = []struct{ name, hours string }{
	{"always", "24/7"},
	{"weekly", "Mo-Fr 09:00-17:00"},
	{"weekly with holidays", "Mo,We,Fr 12:00-20:00; Tu,Th 08:00-16:00; PH off"},
	{"nights", "22:00-06:00"},
	{"season", "Mo-Fr 08:00-16:00; Jul-Aug Mo-Fr 10:00-14:00; Dec 24-Jan 1 off; PH off"},
	{"worst, 400 days in vain", "Feb 29 10:00-12:00"},
}

func BenchmarkAt(b *testing.B) {
	prague, cal := zone(b, "Europe/Prague"), czech(b)
	now := time.Date(2026, 5, 15, 19, 30, 0, 0, time.UTC) // a Friday evening: the weekend is ahead
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			s := mustParse(b, bm.hours)
			b.ReportAllocs()
			for b.Loop() {
				s.At(now, prague, cal)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := hours.Parse("Mo,We,Fr 12:00-20:00; Tu,Th 08:00-16:00; PH off"); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAtDoesNotAllocate is not parallel: AllocsPerRun counts the whole process.
func TestAtDoesNotAllocate(t *testing.T) {
	prague, cal := zone(t, "Europe/Prague"), czech(t)
	now := time.Date(2026, 5, 15, 19, 30, 0, 0, time.UTC)
	for _, bm := range benchmarks {
		s := mustParse(t, bm.hours)
		if n := testing.AllocsPerRun(100, func() { s.At(now, prague, cal) }); n != 0 {
			t.Errorf("%s: %v allocations", bm.name, n)
		}
	}
}
