package phrase_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"wheretoturn/bot/phrase"
)

// broken holds files for every rule.
var broken = []struct {
	name  string
	texts []string
	want  string
}{
	{"a good file", []string{"a.cs.toml", "# a\n\"a\" = \"A\"\n'b' = \"B {{.name}}\"\n\n[\"c\"]\none = \"{{.count}} c\"\nfew = \"{{.count}} c\"\nmany = \"{{.count}} c\"\nother = \"{{.count}} c\"\n"}, ""},
	{"an empty file", []string{"a.cs.toml", ""}, ""},
	{"the same key in two languages", []string{"a.cs.toml", `"a" = "A"`, "a.en.toml", `"a" = "A"`}, ""},
	{"a key and its variants", []string{"a.cs.toml", `"a" = "A"`, "b.cs.toml", `"a@child" = "A"`}, ""},
	{"other files are not read", []string{"README.md", "x", "old/a.cs.toml", "x"}, ""},
	{"a file without a language", []string{"a.toml", ""}, "locales/a.toml:0 unknown-language"},
	{"a file of a language the bot does not speak", []string{"a.de.toml", ""}, "locales/a.de.toml:0 unknown-language"},
	{"a file with two languages", []string{"a.b.cs.toml", ""}, "locales/a.b.cs.toml:0 unknown-language"},
	{"an end of a text is missing", []string{"a.cs.toml", "\"a\" = \"A\"\n\n\"b\" = \"B\n\"c\" = \"C\"\n"}, "locales/a.cs.toml:3 toml"},
	{"an equals sign is missing", []string{"a.cs.toml", "\"a\" = \"A\"\n\"b\" \"B\"\n"}, "locales/a.cs.toml:2 toml"},
	{"a key twice in a file", []string{"a.cs.toml", "\"a\" = \"A\"\n\"b\" = \"B\"\n\"a\" = \"C\"\n"}, "locales/a.cs.toml:3 toml"},
	{"a byte that is no character", []string{"a.cs.toml", "\"a\" = \"A\"\n\"b\" = \"\xff\"\n"}, "locales/a.cs.toml:2 toml"},
	{"a key in two files", []string{"a.cs.toml", "\n\"a\" = \"A\"\n", "b.cs.toml", "\n\n\"a\" = \"B\"\n"}, "locales/b.cs.toml:3 duplicate-key"},
	{"a variant in two files", []string{"a.cs.toml", "\"a@child\" = \"A\"\n", "b.cs.toml", "\n\"a@child\" = \"B\"\n"}, "locales/b.cs.toml:2 duplicate-key"},
	{"a variant nobody knows", []string{"a.cs.toml", "\"a\" = \"A\"\n\"a@kid\" = \"B\"\n"}, "locales/a.cs.toml:2 unknown-variant"},
	{"a variant without a name", []string{"a.cs.toml", "\"a@\" = \"A\"\n"}, "locales/a.cs.toml:1 unknown-variant"},
	{"two variants at once", []string{"a.cs.toml", "\"a@child@parent\" = \"A\"\n"}, "locales/a.cs.toml:1 unknown-variant"},
	{"a young person is heard as a child", []string{"a.cs.toml", "\"a@young-person\" = \"A\"\n"}, "locales/a.cs.toml:1 unknown-variant"},
	{"a variant of nothing", []string{"a.cs.toml", "\n\"@child\" = \"A\"\n"}, "locales/a.cs.toml:2 unknown-variant"},
	{"an empty text", []string{"a.cs.toml", "\"a\" = \"A\"\n\"b\" = \"\"\n"}, "locales/a.cs.toml:2 empty-text"},
	{"plural forms without other", []string{"a.cs.toml", "\n[\"a\"]\none = \"A\"\n"}, "locales/a.cs.toml:2 empty-text"},
	{"a key written as a path", []string{"a.cs.toml", "\"x\" = \"X\"\na.b = \"A\"\n"}, "locales/a.cs.toml:2 not-flat"},
	{"a table of keys", []string{"a.cs.toml", "\n[a]\nb = \"A\"\n"}, "locales/a.cs.toml:2 not-flat"},
	{"a key behind a table", []string{"a.cs.toml", "[\"a\"]\nother = \"A\"\n\"b\" = \"B\"\n"}, "locales/a.cs.toml:1 not-flat"},
	{"a number in a plural form", []string{"a.cs.toml", "[\"a\"]\nother = 1\n"}, "locales/a.cs.toml:1 not-flat"},
	{"a number for a text", []string{"a.cs.toml", "\n\"a\" = 1\n"}, "locales/a.cs.toml:2 not-text"},
	{"a list for a text", []string{"a.cs.toml", "\n\n\"a\" = [\"A\"]\n"}, "locales/a.cs.toml:3 not-text"},
	{"a placeholder that does not end", []string{"a.cs.toml", "\"a\" = \"{{.name\"\n"}, "locales/a.cs.toml:1 template"},
	{"a placeholder without its dot", []string{"a.cs.toml", "\"a\" = \"A\"\n\"b\" = \"{{name}}\"\n"}, "locales/a.cs.toml:2 template"},
	{"a condition in a sentence", []string{"a.cs.toml", "\"a\" = \"{{if .name}}{{.name}}{{end}}\"\n"}, "locales/a.cs.toml:1 template"},
	{"a function in a sentence", []string{"a.cs.toml", "\"a\" = \"{{printf `%99d` 1}}\"\n"}, "locales/a.cs.toml:1 template"},
	{"a path in a placeholder", []string{"a.cs.toml", "\"a\" = \"{{.name.first}}\"\n"}, "locales/a.cs.toml:1 template"},
	{"a bad placeholder in each plural form", []string{"a.cs.toml", "[\"a\"]\none = \"{{x}}\"\nother = \"{{y}}\"\n"}, "locales/a.cs.toml:1 template\nlocales/a.cs.toml:1 template"},
	{"several findings come in order", []string{"a.cs.toml", "\"a\" = 1\n\"b\" = \"\"\n\"c\" = \"{{x}}\"\n", "b.cs.toml", "\"c\" = \"C\"\n"},
		"locales/a.cs.toml:1 not-text\nlocales/a.cs.toml:2 empty-text\nlocales/a.cs.toml:3 template\nlocales/b.cs.toml:1 duplicate-key"},
}

func TestEveryBrokenFileIsFoundAtItsLine(t *testing.T) {
	t.Parallel()
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := phrase.Load(files(tt.texts...))
			if got := short(findings); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
				for _, f := range findings {
					t.Log(f)
				}
			}
		})
	}
}

// TestEveryRuleHasABrokenFile reads the rules from the source, so that a new
// one without a file is noticed.
func TestEveryRuleHasABrokenFile(t *testing.T) {
	t.Parallel()
	shown := ""
	for _, tt := range broken {
		shown += tt.want + "\n"
	}
	src, err := os.ReadFile("load.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`\.add\(.*"([a-z-]+)", "`).FindAllStringSubmatch(string(src), -1)
	for _, m := range found {
		// A file that is listed but cannot be read, and a message the library
		// refuses, need a broken disk and a broken library.
		if m[1] != "missing-file" && m[1] != "message" && !strings.Contains(shown, " "+m[1]+"\n") {
			t.Errorf("no file breaks %s", m[1])
		}
	}
	if len(found) < 8 {
		t.Errorf("only %d rules", len(found))
	}
}

func TestLoadKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	c := setup(t, "a.en.toml", "\n\"a\" = \"A\"\n\"a@child\" = \"B {{.x}}\"\n", "b.en.toml", "[\"n\"]\none = \"1\"\nother = \"2\"\n")
	entries := c.Entries("en")
	if len(entries) != 3 || len(c.Entries("cs")) != 0 {
		t.Fatalf("entries %v and %v", entries, c.Entries("cs"))
	}
	if e := entries["a@child"]; e.Key() != "a" || e.Variant() != "child" || e.File != "locales/a.en.toml" || e.Line != 3 || e.Forms()["other"] != "B {{.x}}" {
		t.Errorf("a@child is %+v", e)
	}
	if e := entries["a"]; e.Key() != "a" || e.Variant() != "" || e.Line != 2 {
		t.Errorf("a is %+v", e)
	}
	if e := entries["n"]; e.Forms()["one"] != "1" || e.Forms()["other"] != "2" || e.Line != 1 {
		t.Errorf("n is %+v", e)
	}
}
