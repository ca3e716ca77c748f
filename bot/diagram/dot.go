package diagram

import (
	"fmt"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// DOT returns the picture of a topic, or of the Overview, in the language of
// Graphviz.
func DOT(g *flow.Graph, names Names, topic bot.Topic) string {
	p := build(g, names, topic)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph flow {\n  label=%s; labelloc=t; fontname=\"Helvetica\"; fontcolor=%q;\n", dotText([]string{p.title}, ""), ink)
	fmt.Fprintf(&b, "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11, fontcolor=%q];\n", ink)
	fmt.Fprintf(&b, "  edge [fontname=\"Helvetica\", fontsize=10, color=%q, fontcolor=%q];\n", arrowInk, ink)
	for i := range p.boxes {
		x := &p.boxes[i]
		c := colours[x.kind]
		fmt.Fprintf(&b, "  %s [label=%s, fillcolor=%q, color=%q", x.id, dotText(x.texts(), `\l`), c.fill, c.line)
		if x.start {
			b.WriteString(", penwidth=2")
		}
		b.WriteString("];\n")
	}
	for i := range p.edges {
		e := &p.edges[i]
		var attrs []string
		if len(e.lines) > 0 {
			attrs = append(attrs, "label="+dotText(e.texts(), `\l`))
		}
		if e.aside() {
			attrs = append(attrs, "style=dashed")
		}
		fmt.Fprintf(&b, "  %s -> %s", p.boxes[e.from].id, p.boxes[e.to].id)
		if len(attrs) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(attrs, ", "))
		}
		b.WriteString(";\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// dotEscapes covers quoted labels: Graphviz reads backslash escapes in them,
// and HTML entities too (https://graphviz.org/docs/attr-types/escString/ and
// https://graphviz.org/doc/info/lang.html, "HTML-style entities").
var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")

// dotText quotes lines, each ended by end (`\l`: set to the left).
func dotText(lines []string, end string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, l := range lines {
		b.WriteString(dotEscapes.Replace(l))
		b.WriteString(end)
	}
	b.WriteByte('"')
	return b.String()
}
