package badgerdb_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/store"
)

// A canary is text that stands in a row and is then looked for in the files.
const canary = "canary-"

func TestDropErasesAllBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, badgerdb.Options{})
	put(t, s, "c/1/alive/canary-key", canary+"old", "c/1/hidden", canary+"hidden", "c/1/long", long(canary+"long"),
		"c/2/x", canary+"dead", "c/2/canary-key", "x", "k/\xff/canary-key", canary+"odd", "c/10/s", "neighbour")
	fill(t, s) // so that the rows lie deep when they are changed
	put(t, s, "c/1/alive/canary-key", canary+"new", "c/1/hidden", "harmless")
	remove(t, s, "c/1/long", "c/2/x", "c/2/canary-key")
	s.Close() // hides, and keeps
	s = open(t, dir, badgerdb.Options{})
	put(t, s, "c/1/late", canary+"late")
	deep, log := canaries(t, dir, ".sst"), canaries(t, dir, ".mem")
	t.Logf("before: %d canaries in tables, %d in the log", deep, log)
	if deep == 0 || log == 0 {
		t.Fatal("they should lie in both")
	}

	if err := s.Drop(t.Context(), []string{"c/1/", "c/2/", "k/\xff"}); err != nil {
		t.Fatal(err)
	}
	if n := canaries(t, dir, ""); n != 0 {
		t.Errorf("%d canaries behind Drop", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := canaries(t, dir, ""); n != 0 {
		t.Errorf("%d canaries behind Close", n)
	}
	s = open(t, dir, badgerdb.Options{})
	defer s.Close()
	want(t, s, "c/10/s", "neighbour")
	want(t, s, "z/7", string(filler))
	if keys := keys(t, s, "c/"); fmt.Sprint(keys) != "[c/10/s]" {
		t.Errorf("rows are %q", keys)
	}
}

func TestDropTakesNoShorterKeyAlong(t *testing.T) {
	t.Parallel()
	s := onDisk(t)
	defer s.Close()
	put(t, s, "a", "1", "a\xff", "2", "a\xff\xff", "3", "a\xfe", "4")
	if err := s.Drop(t.Context(), []string{"a\xff"}); err != nil {
		t.Fatal(err)
	}
	if keys := keys(t, s, ""); fmt.Sprintf("%q", keys) != `["a" "a\xfe"]` {
		t.Errorf("rows are %q", keys)
	}
}

// filler fills the store; 1,000 rows of it make several levels of tables.
var filler = bytes.Repeat([]byte("filler "), 5000)

func fill(t *testing.T, s store.Store) {
	t.Helper()
	for i := range 50 {
		update(t, s, func(tx store.Tx) {
			for j := range 20 {
				tx.Put(fmt.Sprint("z/", 20*i+j), filler)
			}
		})
	}
}

func long(start string) string {
	return start + strings.Repeat(".", store.MaxValue-len(start))
}

func put(t *testing.T, s store.Store, pairs ...string) {
	t.Helper()
	update(t, s, func(tx store.Tx) {
		for i := 0; i < len(pairs); i += 2 {
			tx.Put(pairs[i], []byte(pairs[i+1]))
		}
	})
}

func remove(t *testing.T, s store.Store, keys ...string) {
	t.Helper()
	update(t, s, func(tx store.Tx) {
		for _, key := range keys {
			tx.Delete(key)
		}
	})
}

func update(t *testing.T, s store.Store, fn func(store.Tx)) {
	t.Helper()
	if err := s.Update(t.Context(), nil, func(tx store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, s store.Store, key, value string) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		got, err := r.Get(key)
		if err == nil && string(got) != value {
			err = fmt.Errorf("is %.40q", got)
		}
		return err
	})
	if err != nil {
		t.Errorf("row %q: %v", key, err)
	}
}

func keys(t *testing.T, s store.Store, prefix string) (keys []string) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		return r.Scan(prefix, "", store.MaxPage, func(key string, _ []byte) error {
			keys = append(keys, key)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// canaries counts the canaries in all files of the directory whose names end so.
func canaries(t *testing.T, dir, suffix string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, suffix) {
			return err
		}
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // compacted away meanwhile
		}
		n += bytes.Count(data, []byte(canary))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
