package diagram

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// Mermaid returns the picture of a topic, or of the Overview, as a Mermaid
// flowchart.
func Mermaid(g *flow.Graph, names Names, topic bot.Topic) string {
	p := build(g, names, topic)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nconfig:\n  flowchart:\n    wrappingWidth: %d\n---\nflowchart TD\n", strconv.Quote(clean(p.title)), mostList)
	for i := range p.boxes {
		x := &p.boxes[i]
		shape := mermaidShapes[x.kind]
		fmt.Fprintf(&b, "  %s%s\"%s\"%s:::%s\n", x.id, shape.open, mermaidText(x.texts()), shape.end, shape.class)
	}
	for i := range p.edges {
		e := &p.edges[i]
		arrow := "-->"
		if e.aside() {
			arrow = "-.->"
		}
		if len(e.lines) > 0 {
			arrow += `|"` + mermaidText(e.texts()) + `"|`
		}
		fmt.Fprintf(&b, "  %s %s %s\n", p.boxes[e.from].id, arrow, p.boxes[e.to].id)
	}
	for _, k := range kinds {
		c := colours[k]
		fmt.Fprintf(&b, "  classDef %s fill:%s,stroke:%s,color:%s,text-align:left\n", mermaidShapes[k].class, c.fill, c.line, ink)
	}
	return b.String()
}

var mermaidShapes = map[kind]struct{ open, end, class string }{
	kindQuestion: {"(", ")", "question"},
	kindCard:     {"[", "]", "card"},
	kindOutcome:  {"[", "]", "outcome"},
	kindPass:     {"{{", "}}", "pass"},
	kindTopic:    {"([", "])", "topic"},
}

// mermaidEscapes writes as entity codes whatever Mermaid, the Markdown it runs
// over every label or the HTML behind both would read as its own
// (https://mermaid.js.org/syntax/flowchart.html, "Entity codes to escape
// characters"). The colon is among them because a line with "style", a colon
// and a hash loses a semicolon (encodeEntities in mermaid's utils.ts).
var mermaidEscapes = strings.NewReplacer(
	`"`, "#quot;", "#", "#35;", "&", "#amp;", "<", "#lt;", ">", "#gt;", ":", "#58;", ";", "#59;", "%", "#37;",
	"`", "#96;", "*", "#42;", "_", "#95;", `\`, "#92;", "~", "#126;", "|", "#124;", "@", "#64;", "$", "#36;",
	"{", "#123;", "}", "#125;", "](", "]#40;", "www.", "www#46;",
)

// listMark is what would make a Markdown list or rule of a line: Mermaid
// then draws "Unsupported markdown: list" instead of the words.
var listMark = regexp.MustCompile(`^(\d*)([-+=.)])`)

func mermaidText(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		l = mermaidEscapes.Replace(l)
		if m := listMark.FindStringSubmatch(l); m != nil {
			l = fmt.Sprintf("%s#%d;%s", m[1], m[2][0], l[len(m[0]):])
		}
		out[i] = l
	}
	return strings.Join(out, "<br/>")
}
