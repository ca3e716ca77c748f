package engine

import (
	"slices"
	"testing"
	"time"

	"wheretoturn/bot"
)

// A step and the ledger may carry the same receipt at once, while the courier
// goes on. Nothing it notes meanwhile may be taken for written: a message whose
// id was lost so stayed in the chat after /erase. It looks inside, because the
// store lets no test choose such a moment.
func TestAReceiptCarriedTwiceLosesNothing(t *testing.T) {
	t.Parallel()
	b, now := newReceipts(), time.Unix(0, 0)
	note := func(seq, message int64) {
		b.add("c", progress{Sent: seq}, []bot.Delivery{{Seq: seq}}, message, now)
	}
	note(1, 101)
	step, ledger := b.of("c"), b.of("c")
	b.written("c", step)
	note(2, 102)
	b.written("c", ledger)
	if r := b.of("c"); r == nil || !has(r, 102) || r.progress.Sent != 2 {
		t.Fatalf("the second message is forgotten: %+v", r)
	}
	step, ledger = b.of("c"), b.of("c")
	note(3, 103)
	b.written("c", step)
	b.written("c", ledger)
	if r := b.of("c"); r == nil || !has(r, 103) || !r.covers(bot.Delivery{Seq: 3}) {
		t.Fatalf("the third message is forgotten: %+v", r)
	}
	b.written("c", b.of("c"))
	if r := b.of("c"); r != nil {
		t.Errorf("all is written and %+v is open", r)
	}
}

func has(r *receipt, id int64) bool {
	return slices.ContainsFunc(r.messages, func(m sentMessage) bool { return m.id == id })
}
