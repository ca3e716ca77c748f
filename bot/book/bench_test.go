package book_test

import (
	"testing"

	"wheretoturn/bot/book"
)

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if bk, _ := book.Load(book.Embedded()); bk == nil {
			b.Fatal("the books do not load")
		}
	}
}
