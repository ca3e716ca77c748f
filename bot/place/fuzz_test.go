package place_test

import (
	"io/fs"
	"regexp"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
	"wheretoturn/flows"
)

// lineBreaks are those of YAML.
var lineBreaks = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

// FuzzLoad reads foreign bytes as the pack of Czechia. It must answer with
// findings that name a line, or with a directory that ranks.
func FuzzLoad(f *testing.F) {
	for _, tt := range broken {
		f.Add([]byte(heads["CZ"] + tt.service))
	}
	for _, tt := range addresses {
		f.Add([]byte(heads["CZ"] + service("a", "channels", "["+tt.channel+"]")))
	}
	shipped, err := fs.ReadFile(flows.FS, "places/cz.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped[:6000])
	for _, s := range []string{"", "\x00", "country: [CZ]", "services: &a [*a]", "country: EU\nservices: []", "holidays: {}", "steps: [a]"} {
		f.Add([]byte(s))
	}
	now := at(f, monday)
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := files("", service("e", "scope", "international"))
		fsys["places/cz.yaml"] = &fstest.MapFile{Data: data}
		d, findings := place.Load(fsys)
		lines := 1 + len(lineBreaks.FindAllIndex(data, -1))
		for _, x := range findings {
			if x.Code == "" || x.Message == "" || x.File == "" || x.Line < 0 || (x.File == "flows/places/cz.yaml" && x.Line > lines) {
				t.Fatalf("%d lines, %s", lines, x)
			}
		}
		if len(findings) > 0 {
			return
		}
		for _, role := range bot.Roles {
			for _, written := range []bool{false, true} {
				q := place.Query{Asker: bot.Asker{Lang: "cs", Country: "CZ"}, Topic: "other", Now: now, Written: written}
				for _, m := range d.Rank(role, q) {
					if len(m.Channels) == 0 || len(m.Reasons) == 0 || !m.Is(role) {
						t.Fatalf("%s: %+v", role, m)
					}
					m.Phone()
					d.Speaks(m.Place)
				}
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, findings := place.Load(flows.FS); len(findings) > 0 {
			b.Fatal(findings)
		}
	}
}
