package storetest_test

import (
	"testing"

	"wheretoturn/bot/memory"
	"wheretoturn/bot/store"
	"wheretoturn/bot/store/storetest"
)

func TestTwiceRunsTwiceAndWritesOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Twice(memory.New())
	runs := 0
	err := s.Update(t.Context(), nil, func(tx store.Tx) error {
		runs++
		value, err := tx.Get("n")
		tx.Put("n", append(value, 'x'))
		if runs == 1 && err == nil {
			t.Error("the first run sees a row")
		}
		return nil
	})
	if err != nil || runs != 2 {
		t.Fatalf("%d runs, error %v", runs, err)
	}
	err = s.View(t.Context(), func(r store.Reader) error {
		value, err := r.Get("n")
		if string(value) != "x" {
			t.Errorf("row is %q, want one x", value)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
