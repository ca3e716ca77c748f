package telegramtest

import (
	"maps"
	"slices"
)

// Played are the methods the fake acts, for the test that keeps spec.txt.
func Played() []string { return slices.Sorted(maps.Keys(plays)) }

// ParseHTML lets the fuzzer at the parser.
func ParseHTML(src string) (string, []Entity, []string, error) { return parseHTML(src) }

// Length counts UTF-16 units.
func Length(s string) int { return length(s) }
