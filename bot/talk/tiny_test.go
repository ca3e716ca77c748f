package talk_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wheretoturn/bot/book"
)

// tiny is a book of one question, in which labels are told apart or not.
func tiny(t *testing.T) *book.Book {
	t.Helper()
	labels := map[string]string{
		"red-house": "The red house", "roof": "The roof of the house", "house": "The house", "garden": "The garden fence", "cafe": "Café", "a-my": "My home", "b-our": "Our home", "home": "Home",
		"street-a": "Street A", "street-b": "Street B",
	}
	var on, words strings.Builder
	for _, code := range slices.Sorted(maps.Keys(labels)) {
		on.WriteString("      " + code + ": {target: end}\n")
		words.WriteString("\"main.start." + code + "\" = \"" + labels[code] + "\"\n")
	}
	files := fstest.MapFS{
		"main.yaml": text("topic: main\ninitial: start\nstates:\n  start:\n    on:\n" + on.String() + "    skip: end\n" +
			"  end:\n    final: true\n    steps: [s]\n    turn_to: [{role: emergency}]\n"),
		"topics/danger-now.yaml": text("topic: danger-now\ninitial: what\nstates:\n  what:\n    card: true\n    turn_to: [{role: emergency}]\n" +
			"    on:\n      hurting: hurting\n  hurting:\n    card: true\n    final: true\n    steps: [s]\n    turn_to: [{role: emergency}]\n"),
	}
	locales := fstest.MapFS{"x.en.toml": text(words.String() + "\"main.start.ask\" = \"Where?\"\n\"ui.danger\" = \"I am in danger\"\n")}
	b, findings := book.Load(book.Source{Flows: withPacks(files), Locales: locales})
	if b == nil {
		t.Fatal(findings)
	}
	return b
}

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

// withPacks adds a pack of one number to each country.
func withPacks(files fstest.MapFS) fstest.MapFS {
	for _, c := range []string{"CZ", "PL", "AL", "XK", "EU"} {
		files["places/"+strings.ToLower(c)+".yaml"] = text("country: " + c + `
names: {cs: x, en: x, pl: x, sq: x}
languages: [en]
timezone: Europe/Prague
holidays: []
services:
- id: ` + strings.ToLower(c) + `-112
  name: "112"
  roles: [emergency]
  audiences: [child, young-person, parent, senior, adult, relative, teacher, business]
  scope: national
  topics: [all]
  staffed: true
  channels: [{type: phone, value: "112", dial: "112", hours: "24/7"}]
  evidence: confirmed
  verified: {date: 2026-11-21, how: call}
  sources: [{url: "https://example.org/", seen: x}]
`)
	}
	return files
}
