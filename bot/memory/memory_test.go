package memory_test

import (
	"testing"

	"wheretoturn/bot/memory"
	"wheretoturn/bot/store"
	"wheretoturn/bot/store/storetest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open)
}

func BenchmarkMemory(b *testing.B) {
	storetest.Benchmark(b, open)
}

func open(testing.TB) store.Store { return memory.New() }
