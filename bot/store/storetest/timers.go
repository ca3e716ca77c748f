package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"wheretoturn/bot/store"
)

func timerCases() []testCase {
	return []testCase{
		{"a timer is due from its own millisecond on", func(b *bench) {
			b.due(noon(), "o", "n")
			b.equal(b.names(noon().Add(-time.Millisecond), 9), nil)
			b.equal(b.names(noon(), 9), []string{"o/n"})
			b.equal(b.names(noon().Add(time.Hour).In(time.FixedZone("east", 7200)), 9), []string{"o/n"})
			b.equal(b.names(time.Time{}, 9), nil)
		}},
		{"a timer is cut to milliseconds in UTC", func(b *bench) {
			b.due(noon().Add(1999*time.Microsecond).In(time.FixedZone("east", 7200)), "o", "n")
			b.wantTimers(store.Timer{Owner: "o", Name: "n", At: noon().Add(time.Millisecond)})
		}},
		{"a timer stays until its owner removes it", timerStays},
		{"a timer is replaced by a later and by an earlier one", func(b *bench) {
			for _, hours := range []int{5, 7, 3, 3} {
				b.due(timer("", "", hours).At, "o", "n")
				b.wantTimers(timer("o", "n", hours))
			}
		}},
		{"the last word of a transaction on a timer holds", timerLastWord},
		{"owners and names do not mix", timersApart},
		{"timers come earliest first, as many as asked for", timerOrder},
		{"timers of one moment all come", func(b *bench) {
			var want []store.Timer
			for i := range 20 {
				want = append(want, timer(fmt.Sprint("o", i%5), fmt.Sprint("n", i), 0))
				b.due(noon(), want[i].Owner, want[i].Name)
			}
			b.wantTimers(want...)
			if got := b.names(noon(), 7); len(got) != 7 {
				b.Fatalf("got %d timers, want 7", len(got))
			}
		}},
		{"timers are no rows", func(b *bench) {
			b.due(noon(), "c/1", "n")
			b.wantKeys()
			b.equal(b.scan("c/1", "", 9), nil)
			b.put("c/1", "row")
			b.wantTimers(timer("c/1", "n", 0))
		}},
		{"a page of timers has limits", func(b *bench) {
			for _, limit := range []int{-1, 0, store.MaxPage + 1} {
				_, err := b.store.Timers(b.Context(), noon(), limit)
				b.wantErr(err, store.ErrInvalid)
			}
			b.equal(b.names(noon(), store.MaxPage), nil)
		}},
	}
}

func timerStays(b *bench) {
	b.due(noon(), "o", "n")
	b.wantTimers(timer("o", "n", 0))
	b.wantTimers(timer("o", "n", 0))
	b.due(time.Time{}, "o", "n")
	b.wantTimers()
	b.due(time.Time{}, "o", "n") // a missing one is no error
	b.due(noon(), "o", "n")
	b.wantTimers(timer("o", "n", 0))
}

func timerLastWord(b *bench) {
	b.due(noon(), "o", "removed")
	b.update(func(tx store.Tx) error {
		tx.Due(timer("", "", 1).At, "o", "removed")
		tx.Due(time.Time{}, "o", "removed")
		tx.Due(timer("", "", 1).At, "o", "set")
		tx.Due(time.Time{}, "o", "set")
		tx.Due(timer("", "", 2).At, "o", "set")
		return nil
	})
	b.wantTimers(timer("o", "set", 2))
}

func timersApart(b *bench) {
	want := []store.Timer{timer("a", "b", 0), timer("a", "c", 1), timer("a/b", "c", 2), timer("a/", "b", 3),
		timer("b", "a", 4), timer("a\x00", "b", 5), timer("a%", "b", 6), timer("A", "b", 7),
		timer("x", "yz", 8), timer("xy", "z", 8), timer("x", "y", 8)}
	for _, t := range want {
		b.due(t.At, t.Owner, t.Name)
	}
	for len(want) > 0 {
		b.wantTimers(want...)
		b.due(time.Time{}, want[0].Owner, want[0].Name)
		want = want[1:]
	}
	b.wantTimers()
}

func timerOrder(b *bench) {
	b.update(func(tx store.Tx) error {
		for _, hours := range []int{4, 1, 300, 0, 2, -5, 30} {
			t := timer("o", fmt.Sprint(hours), hours)
			tx.Due(t.At, t.Owner, t.Name)
		}
		tx.Due(time.UnixMilli(7), "o", "long past")
		return nil
	})
	all := []string{"o/long past", "o/-5", "o/0", "o/1", "o/2", "o/4", "o/30", "o/300"}
	for limit := 1; limit <= len(all)+1; limit++ {
		b.equal(b.names(noon().AddDate(1, 0, 0), limit), all[:min(limit, len(all))])
	}
	b.equal(b.names(noon().Add(2*time.Hour), 9), all[:5])
}

// noon is the now of all timer tests.
func noon() time.Time { return time.Date(2025, time.March, 14, 12, 0, 0, 0, time.UTC) }

func timer(owner, name string, hours int) store.Timer {
	return store.Timer{Owner: owner, Name: name, At: noon().Add(time.Duration(hours) * time.Hour)}
}

func (b *bench) due(at time.Time, owner, name string) {
	b.Helper()
	b.update(func(tx store.Tx) error { tx.Due(at, owner, name); return nil })
}

func (b *bench) timers(until time.Time, limit int) []store.Timer {
	b.Helper()
	timers, err := b.store.Timers(b.Context(), until, limit)
	b.must(err)
	return timers
}

// names returns the due timers as owner/name.
func (b *bench) names(until time.Time, limit int) []string {
	b.Helper()
	var names []string
	for _, t := range b.timers(until, limit) {
		names = append(names, t.Owner+"/"+t.Name)
	}
	return names
}

// wantTimers expects all timers, whenever they are due; those of one moment may
// come in any order.
func (b *bench) wantTimers(want ...store.Timer) {
	b.Helper()
	order := func(x, y store.Timer) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Owner, y.Owner), cmp.Compare(x.Name, y.Name))
	}
	got := b.timers(time.Date(9999, time.December, 31, 23, 59, 59, 999e6, time.UTC), store.MaxPage)
	slices.SortStableFunc(got, order)
	slices.SortStableFunc(want, order)
	if !slices.Equal(got, want) {
		b.Fatalf("timers are %v\nwant %v", got, want)
	}
}
