package place_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
	"wheretoturn/flows"
)

// heads of the five packs; services follow. A head is nine lines long, so that
// the first service stands in line 10.
var heads = map[bot.Country]string{
	"CZ": head("CZ", "cs", "Europe/Prague", `[{date: "12-24"}, {easter: 1}]`),
	"PL": head("PL", "pl", "Europe/Warsaw", "[]"),
	"AL": head("AL", "sq", "Europe/Tirane", "[]"),
	"XK": head("XK", "sq, sr", "Europe/Belgrade", "[]"),
	"EU": head("EU", "en", "Europe/Brussels", "[]"),
}

func head(country, langs, zone, holidays string) string {
	return fmt.Sprintf("# A pack.\ncountry: %s\nnames: {cs: x, en: x, pl: x, sq: x}\nlanguages: [%s]\ntimezone: %s\nholidays: %s\nsteps: {}\n\nservices:\n",
		country, langs, zone, holidays)
}

// fields of a good service; a test changes what it is about.
var fields = map[string]string{
	"name": "x", "roles": "[child-helpline]", "audiences": "[child]", "topics": "[all]", "staffed": "true",
	"channels": `[{type: phone, value: "116 111", hours: "24/7", cost: free}]`,
	"verified": "{date: 2026-11-21, how: official-page}",
	"sources":  `[{url: "https://example.org", seen: "x"}]`,
}

// service writes a service in one line: the good one with fields changed, or
// taken away by "-".
func service(id string, change ...string) string {
	f := maps.Clone(fields)
	f["id"] = id
	for i := 0; i+1 < len(change); i += 2 {
		f[change[i]] = change[i+1]
	}
	var out []string
	for _, k := range slices.Sorted(maps.Keys(f)) {
		if f[k] != "-" {
			out = append(out, k+": "+f[k])
		}
	}
	return "- {" + strings.Join(out, ", ") + "}\n"
}

// files are the five packs, CZ and EU with the services given.
func files(cz, eu string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for c, h := range heads {
		services := map[bot.Country]string{"CZ": cz, "EU": eu}[c]
		if services == "" {
			h, services = strings.TrimSuffix(h, "services:\n"), "services: []\n"
		}
		fsys["places/"+strings.ToLower(string(c))+".yaml"] = &fstest.MapFile{Data: []byte(h + services)}
	}
	return fsys
}

// setup loads packs that must be good.
func setup(tb testing.TB, cz, eu string) *place.Directory {
	tb.Helper()
	return good(tb)(place.Load(files(cz, eu)))
}

// shipped loads the real packs.
func shipped(tb testing.TB) *place.Directory {
	tb.Helper()
	return good(tb)(place.Load(flows.FS))
}

func good(tb testing.TB) func(*place.Directory, []bot.Finding) *place.Directory {
	return func(d *place.Directory, findings []bot.Finding) *place.Directory {
		tb.Helper()
		if len(findings) > 0 {
			tb.Fatalf("findings:\n%s", short(findings))
		}
		return d
	}
}

// short prints findings as "file:line code", one a line.
func short(findings []bot.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
	}
	return strings.Join(out, "\n")
}

// at returns a minute by the clocks of Prague.
func at(tb testing.TB, when string) time.Time {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		tb.Fatal(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", when, zone)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// ids prints the places found, in order.
func ids(found []place.Match) string {
	var out []string
	for _, m := range found {
		out = append(out, string(m.ID))
	}
	return strings.Join(out, " ")
}
