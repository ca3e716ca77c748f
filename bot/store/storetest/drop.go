package storetest

import (
	"fmt"

	"wheretoturn/bot/store"
)

func dropCases() []testCase {
	return []testCase{
		{"dropping erases the rows under the prefixes and no others", func(b *bench) {
			b.putKeys("c/1/s", "c/1/o/1", "c/10/s", "c/2/s", "c/1", "c/3/s", "k/1/s")
			b.drop("c/1/", "k/1/")
			b.wantKeys("c/1", "c/10/s", "c/2/s", "c/3/s")
			b.wantNoRow("c/1/s")
			b.equal(b.scan("c/1/", "", 9), nil)
		}},
		{"a dropped prefix ends where it ends", func(b *bench) {
			b.putKeys("p\xfe\xff", "p\xff", "p\xff\x00", "p\xff\xff\xff", "q", "\xfe", "\xff", "\xff\xff")
			b.drop("p\xff", "\xff")
			b.wantKeys("p\xfe\xff", "q", "\xfe")
		}},
		{"dropping nothing, missing rows or the same twice is fine", func(b *bench) {
			b.putKeys("a/1", "b/1")
			b.drop()
			b.drop("x/", "y/")
			b.wantKeys("a/1", "b/1")
			b.drop("a/", "a/1", "a/", "a")
			b.wantKeys("b/1")
			b.drop("a/")
			b.wantKeys("b/1")
		}},
		{"rows may be put where others were dropped", func(b *bench) {
			b.put("a/1", "old", "a/2", "old")
			b.drop("a/")
			b.put("a/1", "new")
			b.wantRow("a/1", "new")
			b.wantKeys("a/1")
			b.drop("a/")
			b.wantKeys()
		}},
		{"dropping leaves timers alone", func(b *bench) {
			b.putKeys("c/1")
			b.due(noon(), "c/1", "n")
			b.drop("c/1", "n", "o")
			b.wantKeys()
			b.wantTimers(timer("c/1", "n", 0))
		}},
		{"an empty prefix or one of the store drops nothing at all", func(b *bench) {
			b.putKeys("a")
			for _, bad := range []string{"", "!", "!due/", "\x00"} {
				b.wantErr(b.store.Drop(b.Context(), []string{"a", bad}), store.ErrInvalid)
			}
			b.wantKeys("a")
		}},
		{"many prefixes are dropped at once", func(b *bench) {
			var keys, prefixes []string
			for i := range 250 {
				prefixes = append(prefixes, fmt.Sprintf("c/%d/", i))
				keys = append(keys, prefixes[i]+"s", prefixes[i]+"a")
			}
			b.putKeys(append(keys, "c/keep")...)
			b.drop(prefixes...)
			b.wantKeys("c/keep")
		}},
		{"dropping goes along with writing elsewhere", dropAmongWriters},
	}
}

// dropAmongWriters erases every second conversation while the others write on.
func dropAmongWriters(b *bench) {
	b.together(8, func(i int) error {
		mine := fmt.Sprintf("c/%d/", i)
		for range 5 {
			err := b.store.Update(b.Context(), []string{mine}, increment(mine+"n"))
			if err == nil && i%2 == 0 {
				err = b.store.Drop(b.Context(), []string{mine})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	b.wantKeys("c/1/n", "c/3/n", "c/5/n", "c/7/n")
	b.wantRow("c/1/n", "5")
}

func (b *bench) drop(prefixes ...string) {
	b.Helper()
	b.must(b.store.Drop(b.Context(), prefixes))
}
