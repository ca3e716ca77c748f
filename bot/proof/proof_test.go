package proof_test

import (
	"testing"
	"time"

	"wheretoturn/bot/book"
	"wheretoturn/bot/proof"
)

func TestBooksAreProved(t *testing.T) {
	fs := proof.Check(book.Embedded(), proof.Options{At: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)})
	for _, f := range fs {
		if !f.Warning {
			t.Error(f)
		}
	}
}
