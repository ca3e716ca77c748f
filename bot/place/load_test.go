package place_test

import (
	"testing"
	"wheretoturn/bot/place"
	"wheretoturn/flows"
)

func TestPacksLoad(t *testing.T) {
	_, fs := place.Load(flows.FS)
	for _, f := range fs {
		t.Error(f)
	}
}
