package diagram

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
)

// SVG returns the picture of a topic, or of the Overview, as one self-contained
// SVG document. It uses attributes only, no style sheet, so that it can also
// stand inside a page that forbids inline styles.
func SVG(g *flow.Graph, names Names, topic bot.Topic) string {
	p := build(g, names, topic)
	d := &drawing{pic: p}
	boxes, labels := make([]size, len(p.boxes)), make([]size, len(p.edges))
	for i := range p.boxes {
		b := boxBlock(&p.boxes[i])
		d.boxes, boxes[i] = append(d.boxes, b), b.size
	}
	for i := range p.edges {
		b := labelBlock(&p.edges[i])
		d.labels, labels[i] = append(d.labels, b), b.size
	}
	d.layout = arrange(p, boxes, labels)
	d.ports = d.layout.ports(boxes)
	d.begin()
	for i := range d.layout.routes {
		d.arrow(i)
	}
	for _, i := range d.layout.loops {
		d.loop(i)
	}
	for i := range p.boxes {
		d.box(i)
	}
	d.printf("</g>\n</svg>\n")
	return d.out.String()
}

type drawing struct {
	pic    *picture
	boxes  []block
	labels []block
	layout *layout
	ports  ports
	out    strings.Builder
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// headRoom is the height of the title and the legend above the picture.
const headRoom = 74

const legend = "solid: an answer · dashed: skipped, or by itself · [ ]: only then"

func (d *drawing) begin() {
	w := max(d.layout.w, width(d.pic.title, 20)*1.1+2*margin, width(legend, tagSize)+2*margin)
	h := d.layout.h + headRoom + margin
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %s %s" width="%[1]s" height="%[2]s"`, num(w), num(h))
	d.printf(` font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="%d" fill="%s">`+"\n", textSize, ink)
	d.printf("<title>%s</title>\n", escape(d.pic.title))
	d.printf(`<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">`)
	d.printf(`<path d="M0,0.5 L8,4 L0,7.5 Z" fill="%s"/></marker></defs>`+"\n", arrowInk)
	d.printf(`<rect width="%s" height="%s" fill="#ffffff"/>`+"\n", num(w), num(h))
	d.printf(`<text x="%d" y="34" font-size="20" font-weight="bold">%s</text>`+"\n", margin, escape(d.pic.title))
	d.printf(`<text x="%d" y="54" font-size="%d" fill="%s">%s</text>`+"\n", margin, tagSize, softInk, legend)
	d.printf(`<g transform="translate(0 %d)">`+"\n", headRoom)
}

// arrow draws a route through its cells: straight through a layer, a curve
// between two.
func (d *drawing) arrow(n int) {
	l, r := d.layout, d.layout.routes[n]
	first, last := &l.cells[r.cells[0]], &l.cells[r.cells[len(r.cells)-1]]
	x, y := d.ports.bottom[n], first.y+d.boxes[first.box].h
	var path strings.Builder
	fmt.Fprintf(&path, "M%s,%s", num(x), num(y))
	down := func(to float64) { // a line of no length would turn an arrow head
		if to > y {
			fmt.Fprintf(&path, " V%s", num(to))
		}
		y = to
	}
	down(l.ends[first.layer])
	for _, id := range r.cells[1:] {
		c := &l.cells[id]
		to, top := c.x, l.tops[c.layer]
		if c == last {
			to = d.ports.top[n]
		}
		if math.Abs(to-x) < 0.5 {
			down(top)
		} else {
			half := (y + top) / 2
			fmt.Fprintf(&path, " C%s,%s %s,%s %s,%s", num(x), num(half), num(to), num(half), num(to), num(top))
			x, y = to, top
		}
		if c != last {
			down(l.ends[c.layer])
		}
	}
	end := "end"
	if r.back {
		end = "start"
	}
	d.path(path.String(), end, &d.pic.edges[r.edge])
	if r.label >= 0 {
		c := &l.cells[r.label]
		d.label(&d.labels[r.edge], c.x, c.y)
	}
}

func (d *drawing) path(path, end string, e *edge) {
	dash := ""
	if e.aside() {
		dash = ` stroke-dasharray="5 4"`
	}
	d.printf(`<path d="%s" fill="none" stroke="%s" stroke-width="1.4"%s marker-%s="url(#arrow)"/>`+"\n", path, arrowInk, dash, end)
}

// loop draws an arrow from a box to itself at its right side.
func (d *drawing) loop(i int) {
	e := &d.pic.edges[i]
	c := &d.layout.cells[e.from]
	x, y := c.x+d.boxes[e.from].w/2, c.y+min(d.boxes[e.from].h, 60)/2
	out := x + loop
	d.path(fmt.Sprintf("M%s,%s C%s,%s %s,%s %s,%s", num(x), num(y-10), num(out), num(y-14), num(out), num(y+14), num(x), num(y+10)), "end", e)
	if b := &d.labels[i]; b.w > 0 {
		d.label(b, out+b.w/2, c.y)
	}
}

func (d *drawing) label(b *block, x, y float64) {
	d.printf(`<rect x="%s" y="%s" width="%s" height="%s" rx="6" fill="#ffffff" stroke="#d8dee4"/>`+"\n",
		num(x-b.w/2), num(y), num(b.w), num(b.h))
	d.rows(b, x-b.w/2, y)
}

func (d *drawing) box(i int) {
	x, c, b := &d.pic.boxes[i], &d.layout.cells[i], &d.boxes[i]
	left, colour, thick, round := c.x-b.w/2, colours[x.kind], "1.2", 4
	if x.start {
		thick = "2.6"
	}
	switch x.kind {
	case kindQuestion:
		round = 10
	case kindTopic:
		round = 18
	}
	d.printf(`<g><title>%s</title><rect x="%s" y="%s" width="%s" height="%s" rx="%d" fill="%s" stroke="%s" stroke-width="%s"/>`+"\n",
		escape(x.head), num(left), num(c.y), num(b.w), num(b.h), round, colour.fill, colour.line, thick)
	d.printf(`<text x="%s" y="%s" font-size="%d" font-weight="bold">%s</text>`, num(left+pad), num(c.y+headBase), headSize, escape(x.head))
	d.printf(`<text x="%s" y="%s" font-size="%d" text-anchor="end" fill="%s">%s</text>`+"\n",
		num(left+b.w-pad), num(c.y+headBase), tagSize, softInk, escape(x.tag))
	d.rows(b, left, c.y)
	d.printf("</g>\n")
}

func (d *drawing) rows(b *block, left, top float64) {
	for i := range b.rows {
		r := &b.rows[i]
		x, y := left+pad, top+b.base[i]
		if r.mark != "" {
			d.printf(`<text x="%s" y="%s">%s</text>`, num(x), num(y), escape(r.mark))
		}
		d.printf(`<text x="%s" y="%s"%s>%s`, num(x+r.indent), num(y), rowAttrs[r.style], escape(r.text))
		if r.note != "" {
			sep := ""
			if r.text != "" {
				sep = " "
			}
			d.printf(`%s<tspan fill="%s">%s</tspan>`, sep, softInk, escape(r.note))
		}
		d.printf("</text>\n")
	}
}

var rowAttrs = map[lineStyle]string{
	lineSection: ` font-weight="bold" fill="` + softInk + `"`,
	lineAside:   ` font-style="italic" fill="` + softInk + `"`,
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// num prints a coordinate with at most one digit after the point.
func num(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }
