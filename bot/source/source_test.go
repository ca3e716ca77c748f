package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"wheretoturn/bot/source"
)

// parse returns the root of a text and the reader that read it.
func parse(text string) (*source.Reader, *yaml.Node) {
	r := &source.Reader{File: "x.yaml"}
	return r, r.Parse([]byte(text))
}

// short prints the findings as "line code", one a line.
func short(r *source.Reader) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%d %s", f.Line, f.Code))
	}
	return strings.Join(out, "\n")
}

func TestSyntaxErrorsStandAtTheLineTheyMean(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		line       int
		want       string // begins the message; "" when there is no error
	}{
		{"a good document", "a: 1\nb: 2\n", 0, ""},
		{"an end of the document is no second one", "---\na: 1\n...\n# the end\n", 0, ""},
		{"an empty file", "", 1, "the file is empty"},
		{"a file of comments", "# a\n# b\n", 1, "the file is empty"},
		{"a second document", "a: 1\n\n---\nb: 1\n", 3, "a second document begins here"},
		{"an empty second document", "a: 1\n---\n", 2, "a second document begins here"},
		{"a broken second document", "a: 1\n---\nb: [\n", 3, "did not find expected"},
		{"a list that does not end", "a: 1\nb: [1, 2\nc: 3\n", 2, "did not find expected ',' or ']'"},
		{"a mapping that does not end", "a: 1\n\nb: {x: 1\nc: 3\n", 3, "did not find expected ',' or '}'"},
		{"a list where a key should stand", "a: 1\n- b\n", 2, "did not find expected key"},
		{"a key that is not far enough out", "a:\n  - b\n c: d\n", 3, "did not find expected key"},
		{"a key that is not far enough in", "a: 1\nb:\n    c: 1\n  d: 2\n", 4, "did not find expected key"},
		{"words after a quoted text", "x: 1\ny: 1\nb: \"x\" y\n", 3, "did not find expected key"},
		{"a bracket too many", "a: 1\n}\n", 2, "did not find expected"},
		{"a tab", "a: 1\n\tb: 2\n", 2, "found a tab character"},
		{"a key too far in", "a: 1\n b: 2\n", 2, "mapping values are not allowed"},
		{"two colons", "a: 1\nb: c: d\n", 2, "mapping values are not allowed"},
		{"a quote that does not end", "a: 1\nb: 'x\n", 2, "found unexpected end of stream"},
		{"a line without a colon", "a: 1\nb\nc: 2\n", 2, "could not find expected ':'"},
		{"a reserved character", "a: 1\n\nb: @c\n", 3, "found character that cannot start any token"},
		{"a name nobody gave", "a: 1\nb: 1\nc: *x\n", 3, "unknown anchor 'x' referenced"},
		{"a tag nobody declared", "a: 1\nb: !x!y z\n", 2, "found undefined tag handle"},
		{"a byte that is no character", "a: 1\nb: \xff\n", 2, "invalid leading UTF-8 octet"},
		{"a control character", "a: 1\nb: 1\nc: \x01\n", 3, "control characters are not allowed"},
		{"an escape nobody knows", `a: "\q"`, 1, "found unknown escape character"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, root := parse(tt.text)
			if tt.want == "" {
				if root == nil || len(r.Findings) > 0 {
					t.Fatalf("%v, %v", root, r.Findings)
				}
				return
			}
			if root != nil || len(r.Findings) != 1 {
				t.Fatalf("root %v, findings %v", root, r.Findings)
			}
			f := r.Findings[0]
			if f.File != "x.yaml" || f.Line != tt.line || f.Code != "yaml" || !strings.HasPrefix(f.Message, tt.want) || f.Warning {
				t.Errorf("%v, want line %d: %s", f, tt.line, tt.want)
			}
		})
	}
}

func TestFieldsCallsWhatIsNamed(t *testing.T) {
	t.Parallel()
	r, root := parse("a: 1\nb: 2\nc: 3\na: 4\nA: 5\n")
	var got []string
	take := func(n *yaml.Node) { got = append(got, n.Value) }
	r.Fields(root, map[string]func(*yaml.Node){"a": take, "b": take, "z": take})
	if !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("called with %v", got)
	}
	if want := "3 unknown-key\n4 duplicate-key\n5 unknown-key"; short(r) != want {
		t.Errorf("findings:\n%s\nwant:\n%s", short(r), want)
	}
}

func TestPairsKeepsTheOrderWritten(t *testing.T) {
	t.Parallel()
	r, root := parse("z: 1\na: 2\n112: 3\nyes: 4\n")
	var got []string
	r.Pairs(root, func(key string, k, v *yaml.Node) { got = append(got, fmt.Sprint(key, "=", v.Value, "@", k.Line)) })
	if want := []string{"z=1@1", "a=2@2", "112=3@3", "yes=4@4"}; !slices.Equal(got, want) {
		t.Errorf("pairs %v, want %v", got, want)
	}
	if len(r.Findings) > 0 {
		t.Error(r.Findings)
	}
}

func TestWhatIsNotOfTheKindWantedIsFound(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		read       func(*source.Reader, *yaml.Node) any
		got        any
		want       string
	}{
		{"a word", "a", str, "a", ""},
		{"a number stays as written", "0112", str, "0112", ""},
		{"a quoted empty text is a text", `""`, str, "", ""},
		{"a truth value is a word", "true", str, "true", ""},
		{"nothing is no word", "~", str, "", "1 wrong-kind"},
		{"a list is no word", "\n- a", str, "", "2 wrong-kind"},
		{"a mapping is no word", "\n\na: b", str, "", "3 wrong-kind"},
		{"one word is a list of one", "a", strs, []string{"a"}, ""},
		{"a list of words", "[a, 1]", strs, []string{"a", "1"}, ""},
		{"an empty list", "[]", strs, []string(nil), ""},
		{"nothing is no list", "~", strs, []string{""}, "1 wrong-kind"},
		{"a mapping is no list", "a: b", strs, []string(nil), "1 wrong-kind"},
		{"a list in a list", "- a\n- [b]", strs, []string{"a", ""}, "2 wrong-kind"},
		{"yes or no", "true", boolean, true, ""},
		{"no", "false", boolean, false, ""},
		{"a word is neither", "maybe", boolean, false, "1 wrong-kind"},
		{"a list is neither", "[true]", boolean, false, "1 wrong-kind"},
		{"a number", "-47", integer, -47, ""},
		{"a fraction is no whole number", "1.5", integer, 0, "1 wrong-kind"},
		{"a word is no number", "one", integer, 0, "1 wrong-kind"},
		{"a number too large", "99999999999999999999", integer, 0, "1 wrong-kind"},
		{"a word is no mapping", "a", pairs, 0, "1 wrong-kind"},
		{"a list is no mapping", "[a]", pairs, 0, "1 wrong-kind"},
		{"a list is no key", "a: 1\n? [b]\n: 2", pairs, 1, "2 wrong-kind"},
		{"nothing is no key", "a: 1\n~: 2", pairs, 1, "2 wrong-kind"},
		{"a reference is no key", "a: &x b\n*x : 2", pairs, 1, "2 wrong-kind"},
		{"a quoted key is a key", "\"a b\": 1\n'c': 2", pairs, 2, ""},
		{"a word is no list of things", "a", each, 0, "1 wrong-kind"},
		{"a list of things", "[a, [b], {c: d}]", each, 3, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, root := parse(tt.text)
			got := tt.read(r, root)
			if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", tt.got) || short(r) != tt.want {
				t.Errorf("read %#v with findings %q, want %#v and %q", got, short(r), tt.got, tt.want)
			}
		})
	}
}

func str(r *source.Reader, n *yaml.Node) any     { return r.String(n) }
func strs(r *source.Reader, n *yaml.Node) any    { return r.Strings(n) }
func boolean(r *source.Reader, n *yaml.Node) any { return r.Bool(n) }
func integer(r *source.Reader, n *yaml.Node) any { return r.Int(n) }

func pairs(r *source.Reader, n *yaml.Node) any {
	i := 0
	r.Pairs(n, func(string, *yaml.Node, *yaml.Node) { i++ })
	return i
}

func each(r *source.Reader, n *yaml.Node) any {
	i := 0
	r.Each(n, func(*yaml.Node) { i++ })
	return i
}

func TestReferencesAreReadAsWhatTheyReferTo(t *testing.T) {
	t.Parallel()
	r, root := parse("a: &x [p, &y q]\nb: *x\nc: *y\nd: [*y, r]\n")
	got := map[string][]string{}
	r.Pairs(root, func(key string, _, v *yaml.Node) { got[key] = r.Strings(v) })
	if fmt.Sprint(got) != "map[a:[p q] b:[p q] c:[q] d:[q r]]" || len(r.Findings) > 0 {
		t.Errorf("read %v, findings %v", got, r.Findings)
	}
}

func TestReadingNothingIsAFinding(t *testing.T) {
	t.Parallel()
	r := &source.Reader{}
	r.String(nil)
	r.Bool(nil)
	r.Int(nil)
	r.Strings(nil)
	r.Pairs(nil, nil)
	if want := strings.Repeat("\n1 wrong-kind", 5)[1:]; short(r) != want {
		t.Errorf("findings:\n%s", short(r))
	}
}

// FuzzReader reads foreign bytes as everything there is.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"", "a: 1\nb: [x, {y: z}]\n", "a: &a [*a]", "? {a: b}\n: c", "- 1\n- true\n- ~\n", "a: *b", "\xff", "a: |\n  b\n", "<<: {a: b}", "%YAML 1.1\n---\na: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &source.Reader{File: "x.yaml"}
		root := r.Parse(data)
		if (root == nil) != (len(r.Findings) > 0) {
			t.Fatalf("root %v, findings %v", root, r.Findings)
		}
		if root == nil {
			if f := r.Findings[0]; f.Line < 1 || strings.HasPrefix(f.Message, "yaml:") {
				t.Fatalf("finding %v", f)
			}
			return
		}
		for _, read := range []func(*source.Reader, *yaml.Node) any{str, strs, boolean, integer, pairs, each} {
			read(r, root)
		}
		r.Pairs(root, func(_ string, _, v *yaml.Node) { r.Strings(v); r.Bool(v) })
		r.Each(root, func(n *yaml.Node) { r.Strings(n); r.Int(n) })
		for _, f := range r.Findings {
			if f.Line < 1 || f.File != "x.yaml" || f.Code == "" || f.Message == "" {
				t.Fatalf("finding %v", f)
			}
		}
	})
}
