package place_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// broken holds a snippet for every rule of a service; it stands in line 10.
var broken = []struct {
	name, service string
	want          string // "line code", one a line, all in flows/places/cz.yaml
}{
	{"a good service has no finding", service("a"), ""},
	{"every field there is", service("a", "names", "{en: x, sq: x}", "operator", "x", "ages", "{min: 6, max: 18}", "women_only", "true",
		"scope", "region", "region", "Brno", "topics", "[sextortion]", "refuses", "[{topic: other, to: b}]", "generic", "bank",
		"have_ready", "[card]", "call", "[no-name]", "evidence", "conflict", "note", "x"), ""},
	{"a word nobody knows", service("a", "phone", "x"), "10 unknown-key"},
	{"a word nobody knows in a channel", service("a", "channels", "[{type: web, value: https://example.org, url: x}]"), "10 unknown-key"},
	{"a word twice", "- id: a\n  id: b\n" + strings.Replace(service("x"), "- {", "  # {", 1), "11 duplicate-key\n10 place-name\n10 no-role\n10 no-audience\n10 no-channel\n10 no-source\n10 no-verified"},
	{"no mapping", "- x\n", "10 wrong-kind\n10 place-id\n10 place-name\n10 no-role\n10 no-audience\n10 no-channel\n10 no-source\n10 no-verified"},

	// what every service needs
	{"no id", service("-"), "10 place-id"},
	{"an id with a blank", service("a b"), "10 place-id"},
	{"an id with a colon", service("a:b"), "10 place-id"},
	{"an id with capitals", service("Linka"), "10 place-id"},
	{"an id with an accent", service("bezpečí"), "10 place-id"},
	{"no name", service("a", "name", "-"), "10 place-name"},
	{"no role", service("a", "roles", "-"), "10 no-role"},
	{"an empty list of roles", service("a", "roles", "[]"), "10 no-role"},
	{"no audience", service("a", "audiences", "-"), "10 no-audience"},
	{"no channel", service("a", "channels", "[]"), "10 no-channel"},
	{"no source", service("a", "sources", "-"), "10 no-source"},
	{"no verification", service("a", "verified", "-"), "10 no-verified"},
	{"a verification without a day", service("a", "verified", "{how: call}"), "10 no-verified"},
	{"a verification that does not say how", service("a", "verified", "{date: 2026-11-21}"), "10 no-verified"},
	{"the same id twice", service("a") + service("b") + service("a"), "12 duplicate-place"},

	// words of the taxonomy
	{"a role nobody knows", service("a", "roles", "[wizard]"), "10 unknown-role"},
	{"none is no role", service("a", "roles", "[none]"), "10 unknown-role"},
	{"an audience nobody knows", service("a", "audiences", "[child, kid]"), "10 unknown-audience"},
	{"none is no audience of a service", service("a", "audiences", "[none]"), "10 unknown-audience"},
	{"nor is unknown", service("a", "audiences", "[unknown]"), "10 unknown-audience"},
	{"a topic nobody knows", service("a", "topics", "[weather]"), "10 unknown-topic"},
	{"none is no topic", service("a", "topics", "[none]"), "10 unknown-topic"},
	{"a scope nobody knows", service("a", "scope", "planet"), "10 unknown-scope"},
	{"a verdict nobody knows", service("a", "evidence", "rumour"), "10 unknown-evidence"},
	{"a language of names nobody reads", service("a", "names", "{de: x}"), "10 unknown-language"},
	{"something generic nobody knows", service("a", "generic", "wizard"), "10 unknown-role"},
	{"a way to verify nobody knows", service("a", "verified", "{date: 2026-11-21, how: dream}"), "10 unknown-how"},

	// values
	{"a day that does not exist", service("a", "verified", "{date: 2026-02-30, how: call}"), "10 bad-date\n10 no-verified"},
	{"ages the wrong way round", service("a", "ages", "{min: 18, max: 6}"), "10 ages"},
	{"ages without an end", service("a", "ages", "{min: 18}"), ""},
	{"half a year", service("a", "ages", "{min: 1.5}"), "10 wrong-kind"},
	{"a source nobody can open", service("a", "sources", "[{url: index-file, seen: x}]"), "10 source-url"},
	{"a refusal that sends nowhere", service("a", "refuses", "[{topic: other}]"), "10 refusal"},
	{"a refusal of nothing", service("a", "refuses", "[{to: b}]"), "10 refusal"},
	{"a refusal of what nobody knows", service("a", "refuses", "[{topic: weather, to: b}]"), "10 unknown-topic"},
	{"staffed perhaps", service("a", "staffed", "perhaps"), "10 wrong-kind"},
}

func TestEveryBrokenServiceIsFoundAtItsLine(t *testing.T) {
	t.Parallel()
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := place.Load(files(tt.service, ""))
			if got, want := short(findings), inCZ(tt.want); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func inCZ(want string) string {
	if want == "" {
		return ""
	}
	return "flows/places/cz.yaml:" + strings.ReplaceAll(want, "\n", "\nflows/places/cz.yaml:")
}

// packs holds what can be wrong around the services: a text of the good pack of
// Czechia and what stands in its place.
var packs = []struct{ name, old, text, want string }{
	{"a good pack", "", "", ""},
	{"a country nobody knows", "country: CZ", "country: DE", "flows/places/cz.yaml:2 unknown-country\nflows/places:0 missing-pack"},
	{"no country", "country: CZ\n", "\n", "flows/places/cz.yaml:3 incomplete\nflows/places:0 missing-pack"},
	{"a second pack of a country", "country: CZ", "country: AL", "flows/places/cz.yaml:2 duplicate-pack\nflows/places:0 missing-pack"},
	{"a name is missing", "pl: x, ", "", "flows/places/cz.yaml:2 country-name"},
	{"a name in a language nobody reads", "pl: x, ", "pl: x, de: x, ", "flows/places/cz.yaml:3 unknown-language"},
	{"a language in full", "[cs]", "[czech]", "flows/places/cz.yaml:4 unknown-language"},
	{"many languages", "[cs]", "[cs, mul]", ""},
	{"a zone that does not exist", "Europe/Prague", "Europe/Brno", "flows/places/cz.yaml:5 timezone\nflows/places/cz.yaml:2 incomplete\nflows/places:0 missing-pack"},
	{"the zone of the machine", "Europe/Prague", "Local", "flows/places/cz.yaml:5 timezone\nflows/places/cz.yaml:2 incomplete\nflows/places:0 missing-pack"},
	{"no zone at all", "Europe/Prague", `""`, "flows/places/cz.yaml:5 timezone\nflows/places/cz.yaml:2 incomplete\nflows/places:0 missing-pack"},
	{"a holiday that does not exist", `{date: "12-24"}, {easter: 1}`, "{easter: 1},\n  {date: \"02-30\"}", "flows/places/cz.yaml:7 holiday"},
	{"a holiday of no day", "{easter: 1}", "{name: x}", "flows/places/cz.yaml:6 holiday"},
	{"holidays of every kind", "{easter: 1}", "{easter: 1, church: orthodox}, {name: b, dates: [2026-03-20], through: 2027}", ""},
	{"a holiday with a word too many", "{easter: 1}", "{easter: 1, closed: true}", "flows/places/cz.yaml:6 unknown-key"},
	{"half a day from Easter", "{easter: 1}", "{easter: 1.5}", "flows/places/cz.yaml:6 wrong-kind"},
	{"a word nobody knows", "steps: {}", "step: {}", "flows/places/cz.yaml:7 unknown-key"},
	{"regions", "steps: {}", "regions: {brno: {cs: x, en: x, pl: x, sq: x}}", ""},
	{"a region without a name", "steps: {}", "regions: {brno: {cs: x, en: x, sq: x}}", "flows/places/cz.yaml:7 region-name"},
	{"no services", "services: []", "", "flows/places/cz.yaml:2 incomplete\nflows/places:0 missing-pack"},
	{"services that are no list", "services: []", "services: {}", "flows/places/cz.yaml:9 wrong-kind"},
	{"bad YAML", "steps: {}", "steps: {", "flows/places/cz.yaml:7 yaml\nflows/places:0 missing-pack"},

	// a country's own steps
	{"a good step", "steps: {}", "steps: {a: {topics: [phishing], when: {audience: [adult, unknown, none], answers: {came: [sms, none]}}, after: b, first: true, optional: true, data: {number: \"8080\"}, verified: {date: 2026-11-21, how: call}, sources: [{url: \"https://example.org\", seen: x}]}}", ""},
	{"a step without a source", "steps: {}", "steps: {a: {topics: [phishing]}}", "flows/places/cz.yaml:7 no-source"},
	{"a step for a topic nobody knows", "steps: {}", "steps: {a: {topics: [weather], sources: [{url: \"https://example.org\"}]}}", "flows/places/cz.yaml:7 unknown-topic"},
	{"a step for an audience nobody knows", "steps: {}", "steps: {a: {when: {audience: [kid]}, sources: [{url: \"https://example.org\"}]}}", "flows/places/cz.yaml:7 unknown-audience"},
	{"a step with a word too many", "steps: {}", "steps: {a: {text: x, sources: [{url: \"https://example.org\"}]}}", "flows/places/cz.yaml:7 unknown-key"},
	{"a step twice", "steps: {}", "steps:\n  a: {sources: [{url: \"https://example.org\"}]}\n  a: {sources: [{url: \"https://example.org\"}]}", "flows/places/cz.yaml:9 duplicate-key"},
}

func TestEveryBrokenPackIsFoundAtItsLine(t *testing.T) {
	t.Parallel()
	for _, tt := range packs {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := files("", "")
			text := string(fsys["places/cz.yaml"].Data)
			if !strings.Contains(text, tt.old) {
				t.Fatalf("no %q in\n%s", tt.old, text)
			}
			fsys["places/cz.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, tt.old, tt.text, 1))}
			_, findings := place.Load(fsys)
			if got := short(findings); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestEveryMissingPackIsFound(t *testing.T) {
	t.Parallel()
	_, findings := place.Load(fstest.MapFS{})
	if got, want := short(findings), strings.Repeat("\nflows/places:0 missing-pack", 5)[1:]; got != want {
		t.Errorf("got:\n%s", got)
	}
	for i, c := range bot.Countries {
		if i < len(findings) && !strings.Contains(findings[i].Message, string(c)) {
			t.Errorf("finding %d says %q, not %s", i, findings[i].Message, c)
		}
	}
}

func TestAnIDStandsOnceInAllPacks(t *testing.T) {
	t.Parallel()
	_, findings := place.Load(files(service("a"), service("b")+service("a")))
	if got, want := short(findings), "flows/places/eu.yaml:11 duplicate-place"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(findings) == 1 && !strings.Contains(findings[0].Message, "flows/places/cz.yaml:10") {
		t.Errorf("the finding does not say where the first stands: %s", findings[0])
	}
}

// TestEveryRuleHasABrokenSnippet reads the rules from the source, so that a new
// one without a snippet is noticed.
func TestEveryRuleHasABrokenSnippet(t *testing.T) {
	t.Parallel()
	shown := "\n"
	for _, tt := range broken {
		shown += " " + tt.want + "\n"
	}
	for _, tt := range packs {
		shown += " " + tt.want + "\n"
	}
	for _, tt := range addresses {
		shown += " 10 " + tt.want + "\n"
	}
	rule := regexp.MustCompile(`\.Add\([^"]*"([a-z-]+)", "|need\(.*, "([a-z-]+)", "|(?:oneOf|each)\(.*"([a-z-]+)"\)|Code: "([a-z-]+)"`)
	for _, name := range []string{"load.go", "service.go", "address.go"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := rule.FindAllStringSubmatch(string(src), -1)
		if len(found) == 0 {
			t.Errorf("no rule in %s", name)
		}
		for _, m := range found {
			code := strings.Join(m[1:], "")
			if code != "missing-file" && !strings.Contains(shown, " "+code+"\n") {
				t.Errorf("%s: no snippet breaks %s", name, code)
			}
		}
	}
}

func TestLoadKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	d := setup(t, service("a", "ages", "{min: 6, max: 18}", "refuses", "[{topic: other, to: b}]", "topics", "[other, phishing]", "roles", "[police, bank]",
		"channels", `[{type: phone, value: "116 111", abroad: "+420116111", cost: free, languages: [uk], anonymous: false, notes: [busy]}, {type: app, text: bank-app}]`)+service("b"), "")
	p := d.Get("a")
	if p == nil || p.Country != "CZ" || p.Ages != (place.Ages{Min: 6, Max: 18}) || p.Scope != place.National || p.Line != 10 || p.File != "flows/places/cz.yaml" {
		t.Fatalf("Get(a) = %+v", p)
	}
	if !p.Is(bot.RoleBank) || p.Is(bot.RoleChildLine) {
		t.Errorf("roles %v", p.Roles)
	}
	if p.Handles("other") || !p.Handles("phishing") || p.Handles("grooming") || !d.Get("b").Handles("grooming") {
		t.Errorf("topics %v, refuses %v", p.Topics, p.Refuses)
	}
	c := p.Channels[0]
	if c.Value != "116 111" || c.Dial != "116111" || c.Abroad != "+420116111" || c.Hours != nil || c.Anonymous == nil || *c.Anonymous || c.Line != 10 {
		t.Errorf("channel %+v", c)
	}
	if p.Channels[1].Anonymous != nil || p.Channels[1].Text != "bank-app" || p.Channels[1].Dial != "" {
		t.Errorf("channel %+v", p.Channels[1])
	}
	if d.Get("c") != nil {
		t.Error("a place that does not exist is found")
	}
	if got := d.Speaks(p); len(got) != 1 || got[0] != "uk" {
		t.Errorf("Speaks(a) = %v", got)
	}
	if got := d.Speaks(d.Get("b")); len(got) != 1 || got[0] != "cs" {
		t.Errorf("Speaks(b) = %v, want the pack's", got)
	}
}

func TestACountryWithoutAPackHasTheFallback(t *testing.T) {
	t.Parallel()
	d := setup(t, service("a"), service("e"))
	for _, c := range []bot.Country{"", "DE", bot.Elsewhere} {
		if got := d.Pack(c).Country; got != bot.Elsewhere {
			t.Errorf("Pack(%q) is of %s", c, got)
		}
		if got := d.Filling(c, bot.RoleChildLine); len(got) != 1 || got[0].ID != "e" {
			t.Errorf("Filling(%q) = %v", c, got)
		}
	}
}

func TestInternationalPlacesLieUnderEveryCountry(t *testing.T) {
	t.Parallel()
	d := setup(t, service("home"), service("all", "scope", "international")+service("only-there", "scope", "national"))
	for _, c := range bot.Countries {
		want := map[bot.Country]string{"CZ": "home all", "EU": "all only-there"}[c]
		if want == "" {
			want = "all"
		}
		var got []string
		for _, p := range d.Filling(c, bot.RoleChildLine) {
			got = append(got, string(p.ID))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s has %v, want %s", c, got, want)
		}
		if n := len(d.Pack(c).Places); n != len(strings.Fields(want)) {
			t.Errorf("the pack of %s has %d places", c, n)
		}
	}
}

// TestNoPlaceOfOneCountryIsShownInAnother looks at the real packs.
func TestNoPlaceOfOneCountryIsShownInAnother(t *testing.T) {
	t.Parallel()
	d := shipped(t)
	shared := 0
	for _, c := range bot.Countries {
		for _, p := range d.Pack(c).Places {
			if p.Country != c {
				shared++
			}
			if p.Country != c && (p.Country != bot.Elsewhere || p.Scope != place.International) {
				t.Errorf("%s (%s, %s) is shown in %s", p.ID, p.Country, p.Scope, c)
			}
		}
	}
	if shared == 0 {
		t.Error("no international place lies under the countries")
	}
}
