package phrase_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"wheretoturn/bot"
	"wheretoturn/bot/phrase"
	"wheretoturn/locales"
)

// FuzzText puts a foreign text into a sentence. It is refused with a finding, or
// it can be said when its placeholders are filled, and not when one is not.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "A", "{{.x}}", "{{.x}} {{.y}}", "{{x}}", "{{.x", "}}", "{{/* x */}}", "{{define `x`}}y{{end}}", "{{if .x}}y{{end}}",
		"{{range .x}}{{end}}", "{{.x.y}}", "{{printf `%999999999d` 1}}", "{{- .x -}}", "{{.}}", "{{`{{`}}", "{{.x | len}}", "{{$x := .x}}", "{{template `x`}}", "{{(.x)}}", "{{block `a` .}}{{end}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var file strings.Builder
		if toml.NewEncoder(&file).Encode(map[string]string{"a": text}) != nil {
			return
		}
		c, findings := phrase.Load(files("a.cs.toml", file.String()))
		who := bot.Asker{Lang: "cs"}
		names := phrase.Placeholders(text)
		data := map[string]string{"other": "x"}
		for _, name := range names {
			data[name] = "X"
		}
		s, ok := c.Say(who, "a", data)
		if ok != (s != "") {
			t.Fatalf("said %q, %v", s, ok)
		}
		if len(findings) > 0 {
			return
		}
		if !ok && strings.Trim(text, " \t\r\n") != "" && !strings.Contains(text, "{{") {
			t.Fatalf("%q cannot be said", text)
		}
		if !strings.Contains(text, "{{") && s != text {
			t.Fatalf("%q is said as %q", text, s)
		}
		for _, name := range names {
			delete(data, name)
			if s, ok := c.Say(who, "a", data); ok {
				t.Fatalf("%q is said as %q without %s", text, s, name)
			}
			data[name] = "X"
		}
	})
}

// FuzzLoad reads foreign bytes as a file of sentences.
func FuzzLoad(f *testing.F) {
	for _, tt := range broken {
		f.Add([]byte(tt.texts[1]))
	}
	for _, s := range []string{"\x00", "[[a]]\nb = 1", "[a.b]\nc = 'd'", "a = {b = 'c'}", "\"a\" = '''\n\"b\" = '''", "\ufeff\"a\" = \"A\"", "\"\" = \"A\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, findings := phrase.Load(files("a.cs.toml", string(data), "b.cs.toml", "\"z\" = \"Z\""))
		for _, x := range findings {
			if x.Code == "" || x.Message == "" || x.File == "" || x.Line < 0 || x.Line > 1+strings.Count(string(data), "\n") {
				t.Fatal(x)
			}
		}
		for _, e := range c.Entries("cs") {
			for _, a := range audiences {
				s, ok := c.Say(bot.Asker{Lang: "cs", Audience: a}, e.Key(), map[string]string{"count": "2"})
				if ok && (s == "" || !c.Has("cs", a, e.Key()) || c.Resolved("cs", a, e.Key()) == nil) {
					t.Fatalf("%s to %q: %q, but there is none", e.ID, a, s)
				}
			}
		}
	})
}

func BenchmarkSay(b *testing.B) {
	c := setup(b, "a.en.toml", "\"plain\" = \"A sentence.\"\n\"plain@child\" = \"Another.\"\n\"data\" = \"Opens: {{.when}}\"\n[\"count\"]\none = \"{{.count}} line\"\nother = \"{{.count}} lines\"\n")
	who := bot.Asker{Lang: "en", Audience: bot.Child}
	data := map[string]string{"when": "tomorrow", "count": "2"}
	for _, key := range []string{"plain", "data", "count"} {
		b.Run(key, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := c.Say(who, key, data); !ok {
					b.Fatal("not said")
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, findings := phrase.Load(locales.FS); len(findings) > 0 {
			b.Fatal(findings)
		}
	}
}
