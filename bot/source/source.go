// Package source reads YAML so that every complaint has a file and a line.
//
// The rooms that own a format (flow, place) walk the document with a Reader;
// unknown and repeated keys, wrong kinds and syntax errors become findings
// instead of errors, so that an editor sees all of them at once. It knows
// nothing of what the documents mean.
package source

import (
	"bytes"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"wheretoturn/bot"
)

// Reader walks one file and collects findings. Not safe for concurrent use.
type Reader struct {
	File     string
	Findings []bot.Finding
}

// Parse returns the root node of data, or nil after noting why there is none.
// A file holds one document: what stands after it would be ignored in silence.
func (r *Reader) Parse(data []byte) *yaml.Node {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err == io.EOF || (err == nil && len(doc.Content) == 0) {
		r.Add(1, "yaml", "the file is empty")
		return nil
	} else if err != nil {
		r.syntax(data, err)
		return nil
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		r.Add(more.Line, "yaml", "a second document begins here; a file holds one")
	case err != io.EOF:
		r.syntax(data, err)
	default:
		return doc.Content[0]
	}
	return nil
}

// Add notes an error at a line.
func (r *Reader) Add(line int, code, format string, args ...any) {
	r.Findings = append(r.Findings, bot.Finding{File: r.File, Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}

func deref(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// Fields calls the function named by each key of a mapping. A key without a
// function and a repeated key are findings.
func (r *Reader) Fields(n *yaml.Node, fields map[string]func(*yaml.Node)) {
	r.Pairs(n, func(key string, k, v *yaml.Node) {
		if f, ok := fields[key]; ok {
			f(v)
			return
		}
		r.Add(k.Line, "unknown-key", "unknown key %q", key)
	})
}

// Pairs calls f for each entry of a mapping, in the order written. Keys are
// plain words.
func (r *Reader) Pairs(n *yaml.Node, f func(key string, k, v *yaml.Node)) {
	n = deref(n)
	if n == nil || n.Kind != yaml.MappingNode {
		r.wrong(n, "a mapping (key: value)")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], deref(n.Content[i+1])
		if k.Kind != yaml.ScalarNode || k.Tag == "!!null" {
			r.wrong(k, "a word")
			continue
		}
		if seen[k.Value] {
			r.Add(k.Line, "duplicate-key", "%q stands here twice", k.Value)
			continue
		}
		seen[k.Value] = true
		f(k.Value, k, v)
	}
}

// Each calls f for each item of a list.
func (r *Reader) Each(n *yaml.Node, f func(*yaml.Node)) {
	n = deref(n)
	if n == nil || n.Kind != yaml.SequenceNode {
		r.wrong(n, "a list")
		return
	}
	for _, c := range n.Content {
		f(deref(c))
	}
}

// String returns a scalar as written; quotes and leading zeros stay as meant.
func (r *Reader) String(n *yaml.Node) string {
	n = deref(n)
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.wrong(n, "a word or text")
		return ""
	}
	return n.Value
}

// Strings returns a list of scalars, or a single scalar as a list of one.
func (r *Reader) Strings(n *yaml.Node) []string {
	if n = deref(n); n != nil && n.Kind == yaml.ScalarNode {
		return []string{r.String(n)}
	}
	var out []string
	r.Each(n, func(c *yaml.Node) { out = append(out, r.String(c)) })
	return out
}

// Bool returns true or false.
func (r *Reader) Bool(n *yaml.Node) bool {
	var b bool
	if n = deref(n); n == nil || n.Decode(&b) != nil {
		r.wrong(n, "true or false")
	}
	return b
}

// Int returns a whole number.
func (r *Reader) Int(n *yaml.Node) int {
	var i int
	if n = deref(n); n == nil || n.ShortTag() != "!!int" || n.Decode(&i) != nil {
		r.wrong(n, "a whole number")
	}
	return i
}

func (r *Reader) wrong(n *yaml.Node, want string) {
	line := 1
	if n != nil {
		line = n.Line
	}
	r.Add(line, "wrong-kind", "here must stand %s", want)
}
