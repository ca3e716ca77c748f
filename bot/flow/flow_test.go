package flow_test

import (
	"testing"
	"wheretoturn/bot/flow"
	"wheretoturn/flows"
)

func TestBooksCompile(t *testing.T) {
	g, fs := flow.Load(flows.FS)
	for _, f := range fs {
		t.Log(f)
	}
	if g == nil {
		t.Fatal("no graph")
	}
}
