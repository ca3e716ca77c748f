package proof_test

import (
	"testing"

	"wheretoturn/bot/book"
	"wheretoturn/bot/proof"
)

func BenchmarkWalk(b *testing.B) {
	bk, _ := book.Load(book.Embedded())
	for b.Loop() {
		proof.Walk(bk)
	}
}
