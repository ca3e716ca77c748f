package badgerdb_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/store"
)

func TestReopeningKeepsRowsAndTimers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "data")
	at := time.UnixMilli(1742000000123).UTC()
	s := open(t, dir, badgerdb.Options{})
	put(t, s, "a/1", "one", "a/2", "")
	update(t, s, func(tx store.Tx) { tx.Due(at, "c/1", "n"); tx.Due(at.Add(1), "c/2", "n") })
	update(t, s, func(tx store.Tx) { tx.Due(time.Time{}, "c/2", "n") })
	for range 3 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, dir, badgerdb.Options{})
	}
	defer s.Close()
	want(t, s, "a/1", "one")
	want(t, s, "a/2", "")
	timers, err := s.Timers(t.Context(), at, 9)
	if fmt.Sprint(timers, err) != fmt.Sprint([]store.Timer{{Owner: "c/1", Name: "n", At: at}}, nil) {
		t.Errorf("timers are %v, error %v", timers, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory is %v, error %v", info.Mode(), err)
	}
}

func TestALockedDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, badgerdb.Options{})
	put(t, s, "a", "1")
	_, err := badgerdb.Open(dir, badgerdb.Options{})
	if !errors.Is(err, store.ErrLocked) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error is %v", err)
	}
	want(t, s, "a", "1")
	s.Close()
	s = open(t, dir, badgerdb.Options{})
	want(t, s, "a", "1")
	s.Close()
}

func TestAStoreThatIsNotOursIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key, value, says string
		corrupt          bool
	}{
		"of a newer program":   {"!v", "2", "newer program", false},
		"of another program":   {"their/row", "1", "another program", false},
		"of no known schema":   {"!v", "\x00", "schema", true},
		"of the schema before": {"!v", "1", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			badgerdb.Plant(t, dir, c.key, c.value)
			s, err := badgerdb.Open(dir, badgerdb.Options{})
			if c.says == "" && err == nil {
				s.Close()
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || errors.Is(err, store.ErrCorrupt) != c.corrupt {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestATornLogOpens(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, badgerdb.Options{})
	for i := range 10 {
		put(t, s, fmt.Sprint("a/", i), strings.Repeat("v", 100))
	}
	log, err := os.ReadFile(filepath.Join(dir, "00001.mem"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	log = bytes.TrimRight(log, "\x00")
	torn := bytes.Clone(log)
	copy(torn[len(torn)-20:], "not what was written")
	for name, tail := range map[string][]byte{
		"some bytes short": log[:len(log)-3], "a row short": log[:len(log)-100], "wrong at the end": torn,
		"followed by dirt": append(bytes.Clone(log), "\x41\x41\x41\x41\x41\x41"...), "empty": nil,
	} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, dir)
			if err := os.WriteFile(filepath.Join(dir, "00001.mem"), tail, 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, dir, badgerdb.Options{})
			defer s.Close()
			if n := len(keys(t, s, "a/")); tail != nil && n != 9 && n != 10 {
				t.Errorf("%d rows are left", n)
			}
			put(t, s, "a/new", "1")
			want(t, s, "a/new", "1")
		})
	}
}

func TestDamageIsFoundAndLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, badgerdb.Options{})
	for i := range 100 {
		put(t, s, fmt.Sprint("a/", i), strings.Repeat("v", 1000))
	}
	s.Close()
	tables, _ := filepath.Glob(filepath.Join(dir, "*.sst"))
	if len(tables) != 1 {
		t.Fatalf("tables are %q", tables)
	}
	table := filepath.Base(tables[0])
	for _, c := range []struct {
		name, file string
		damage     func([]byte) []byte
	}{
		{"no manifest", "MANIFEST", func([]byte) []byte { return nil }},
		{"an empty manifest", "MANIFEST", func([]byte) []byte { return []byte{} }},
		{"a manifest of nothing", "MANIFEST", func(b []byte) []byte { return b[:8] }},
		{"a flipped bit in the manifest", "MANIFEST", flip(20)},
		{"no table", table, func([]byte) []byte { return nil }},
		{"an empty table", table, func([]byte) []byte { return []byte{} }},
		{"half a table", table, func(b []byte) []byte { return b[:len(b)/2] }},
		{"a table without its end", table, func(b []byte) []byte { return b[:len(b)-1] }},
		{"a flipped bit in a row", table, flip(500)},
		{"a flipped bit in the index", table, flip(-40)},
		{"a table of zeros", table, func(b []byte) []byte { clear(b); return b }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := copied(t, dir)
			name := filepath.Join(dir, c.file)
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if data = c.damage(data); data != nil {
				err = os.WriteFile(name, data, 0o600)
			} else {
				err = os.Remove(name)
			}
			if err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, dir)
			for range 2 {
				if _, err := badgerdb.Open(dir, badgerdb.Options{}); !errors.Is(err, store.ErrCorrupt) {
					t.Fatalf("error is %v", err)
				}
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("files were %s\nare %s", before, after)
			}
		})
	}
}

// flip flips a bit of the byte at an offset, from the end if it is negative.
func flip(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		b[(at+len(b))%len(b)] ^= 4
		return b
	}
}

// copied copies a store, open or not, as a crash would leave it.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&all, e.Name(), info.Size(), info.ModTime())
	}
	return all.String()
}
