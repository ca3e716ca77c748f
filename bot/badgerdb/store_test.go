package badgerdb_test

import (
	"testing"

	"wheretoturn/bot/badgerdb"
	"wheretoturn/bot/store"
	"wheretoturn/bot/store/storetest"
)

func TestOnDisk(t *testing.T) {
	t.Parallel()
	storetest.Run(t, onDisk)
}

func TestInMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, inMemory)
}

func BenchmarkOnDisk(b *testing.B) { storetest.Benchmark(b, onDisk) }

func onDisk(tb testing.TB) store.Store { return open(tb, tb.TempDir(), badgerdb.Options{}) }

func inMemory(tb testing.TB) store.Store { return open(tb, "", badgerdb.Options{InMemory: true}) }

func open(tb testing.TB, dir string, o badgerdb.Options) *badgerdb.Store {
	tb.Helper()
	s, err := badgerdb.Open(dir, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}
