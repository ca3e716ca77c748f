package storetest

import (
	"fmt"
	"slices"

	"wheretoturn/bot/store"
)

func scanCases() []testCase {
	return []testCase{
		{"a scan goes in the order of bytes", func(b *bench) {
			sorted := []string{"\"", "A", "a", "a\x00", "a\x00\x00", "a!", "a/", "a/1", "a0", "aa", "b", "\x7f", "ä", "\xff"}
			shuffled := slices.Clone(sorted)
			slices.Reverse(shuffled[3:])
			b.putKeys(shuffled...)
			b.equal(b.scan("", "", store.MaxPage), sorted)
		}},
		{"a scan shows each key with its value", func(b *bench) {
			b.put("a", "1", "b", "2")
			var got []string
			b.must(b.store.View(b.Context(), func(r store.Reader) error {
				got = nil
				return r.Scan("", "", 9, func(key string, value []byte) error {
					got = append(got, key+"="+string(value))
					return nil
				})
			}))
			b.equal(got, []string{"a=1", "b=2"})
		}},
		{"a prefix ends where it ends", prefixEdges},
		{"a scan that finds nothing is no error", func(b *bench) {
			b.equal(b.scan("", "", 1), nil)
			b.putKeys("a", "c")
			b.equal(b.scan("b", "", 1), nil)
		}},
		{"a scan starts strictly after the key it is given", afterEdges},
		{"a limit cuts and pages join", pagesJoin},
		{"a scan ends at ErrStop without an error", scanStops},
		{"a scan returns the error of its function", func(b *bench) {
			b.putKeys("a", "b")
			seen := 0
			err := b.store.View(b.Context(), func(r store.Reader) error {
				seen = 0
				return r.Scan("", "", 9, func(string, []byte) error { seen++; return errOwn })
			})
			b.wantErr(err, errOwn)
			if seen != 1 {
				b.Fatalf("saw %d rows after the error", seen)
			}
		}},
	}
}

func prefixEdges(b *bench) {
	b.putKeys("o\xff", "p", "p\x00", "p/1", "p\xfe\xff", "p\xff", "p\xff\x00", "p\xff\xff", "p\xff\xff\xff", "q", "\xfe", "\xff", "\xffa", "\xff\xff")
	for prefix, want := range map[string][]string{
		"p":            {"p", "p\x00", "p/1", "p\xfe\xff", "p\xff", "p\xff\x00", "p\xff\xff", "p\xff\xff\xff"},
		"p/":           {"p/1"},
		"p\xff":        {"p\xff", "p\xff\x00", "p\xff\xff", "p\xff\xff\xff"},
		"p\xff\xff":    {"p\xff\xff", "p\xff\xff\xff"},
		"\xff":         {"\xff", "\xffa", "\xff\xff"},
		"\xff\xff":     {"\xff\xff"},
		"\xff\xff\xff": nil,
	} {
		b.equal(b.scan(prefix, "", store.MaxPage), want)
	}
}

func afterEdges(b *bench) {
	b.putKeys("a", "p/1", "p/2", "p/2\x00", "p/3", "z")
	for _, c := range []struct {
		prefix, after string
		want          []string
	}{
		{"p/", "p/1", []string{"p/2", "p/2\x00", "p/3"}},
		{"p/", "p/2", []string{"p/2\x00", "p/3"}},
		{"p/", "p/0", []string{"p/1", "p/2", "p/2\x00", "p/3"}},
		{"p/", "p/22", []string{"p/3"}},
		{"p/", "a", []string{"p/1", "p/2", "p/2\x00", "p/3"}},
		{"p/", "p/3", nil},
		{"p/", "q", nil},
		{"p/1", "p/1", nil},
		{"", "p/3", []string{"z"}},
		{"", "!", []string{"a", "p/1", "p/2", "p/2\x00", "p/3", "z"}},
	} {
		b.equal(b.scan(c.prefix, c.after, store.MaxPage), c.want)
	}
}

func pagesJoin(b *bench) {
	var want []string
	for i := range 25 {
		want = append(want, fmt.Sprintf("p/%02d", i))
	}
	b.putKeys(append([]string{"o", "q"}, want...)...)
	var got []string
	for after := ""; ; {
		page := b.scan("p/", after, 10)
		if len(page) == 0 {
			break
		}
		if len(page) != min(10, len(want)-len(got)) {
			b.Fatalf("a page has %d rows after %d", len(page), len(got))
		}
		got = append(got, page...)
		after = page[len(page)-1]
	}
	b.equal(got, want)
}

func scanStops(b *bench) {
	b.putKeys("a", "b", "c")
	var got []string
	b.must(b.store.View(b.Context(), func(r store.Reader) error {
		got = nil
		return r.Scan("", "", 9, func(key string, _ []byte) error {
			got = append(got, key)
			if key == "b" {
				return fmt.Errorf("seen enough: %w", store.ErrStop)
			}
			return nil
		})
	}))
	b.equal(got, []string{"a", "b"})
}

// pageCases are about the page of an update, where own writes and rows meet.
func pageCases() []testCase {
	return []testCase{
		{"a page holds own writes at their places", func(b *bench) {
			b.putKeys("p/1", "p/3", "p/5", "p/7")
			b.wantPages(func(tx store.Tx) {
				tx.Put("o", nil)
				tx.Put("p/2", nil)
				tx.Put("p/3", []byte("new"))
				tx.Put("p/9", nil)
				tx.Delete("p/5")
				tx.Delete("p/6")
			}, "p/", "p/1", "p/2", "p/3", "p/7", "p/9")
		}},
		{"a page is full although own deletions hide rows", func(b *bench) {
			b.putKeys("p/1", "p/2", "p/3", "p/4", "p/5", "p/6")
			b.wantPages(func(tx store.Tx) {
				for _, key := range []string{"p/1", "p/2", "p/3", "p/5"} {
					tx.Delete(key)
				}
			}, "p/", "p/4", "p/6")
		}},
		{"a page shows the value last written", func(b *bench) {
			b.put("a", "old")
			b.update(func(tx store.Tx) error {
				tx.Put("a", []byte("new"))
				return tx.Scan("", "", 1, func(_ string, value []byte) error {
					if string(value) != "new" {
						return fmt.Errorf("value is %q", value)
					}
					return nil
				})
			})
		}},
		{"a page holds still while its function writes", stillPage},
	}
}

// wantPages writes, then expects the pages of every size from every start, in
// the transaction and after it.
func (b *bench) wantPages(write func(store.Tx), prefix string, want ...string) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		write(tx)
		return comparePages(tx, prefix, want)
	})
	b.must(b.store.View(b.Context(), func(r store.Reader) error {
		return comparePages(r, prefix, want)
	}))
}

func comparePages(r store.Reader, prefix string, want []string) error {
	for i, after := range append([]string{""}, want...) {
		rest := want[i:]
		for limit := 1; limit <= len(rest)+1; limit++ {
			got, err := keysOf(r, prefix, after, limit)
			if err != nil {
				return err
			}
			if !slices.Equal(got, rest[:min(limit, len(rest))]) {
				return fmt.Errorf("page of %d after %q is %q, all rows are %q", limit, after, got, want)
			}
		}
	}
	return nil
}

func stillPage(b *bench) {
	b.putKeys("p/1", "p/2", "p/3")
	var seen []string
	b.update(func(tx store.Tx) error {
		seen = nil
		return tx.Scan("p/", "", 9, func(key string, _ []byte) error {
			seen = append(seen, key)
			tx.Delete("p/3")
			tx.Put(key+"x", nil)
			return nil
		})
	})
	b.equal(seen, []string{"p/1", "p/2", "p/3"})
	b.wantKeys("p/1", "p/1x", "p/2", "p/2x", "p/3x")
}
