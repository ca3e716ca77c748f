package diagram

import "slices"

// The layout is the usual one of layered drawings: boxes stand in layers by
// their longest distance from the start, every layer of boxes is followed by
// one of labels, and an arrow holds a cell of its own in each layer it passes,
// so that nothing is drawn over anything. Ranks are found here, the order in
// layers in order.go, the coordinates in place.go, the ends of the
// arrows in arrows.go.

// cell is a box, a label or the bend of an arrow in one layer.
type cell struct {
	w, h     float64
	x, y     float64 // centre, top
	layer    int
	box      int  // index of the box, or -1
	long     bool // belongs to an arrow over several ranks
	up, down []int
}

// route is the way of one arrow: its cells from the upper box to the lower.
type route struct {
	edge  int
	cells []int
	label int  // cell of the label, or -1
	back  bool // leads upwards
}

type layout struct {
	pic    *picture
	cells  []cell // the boxes first, in their order
	layers [][]int
	routes []route
	loops  []int // edges from a box to itself
	tops   []float64
	ends   []float64 // lower ends of the layers
	w, h   float64
}

type size struct{ w, h float64 }

const (
	bend = 14 // room of an arrow that passes a layer
	loop = 26 // how far an arrow from a box to itself reaches out
)

// arrange lays a picture out, given the sizes of its boxes and of the labels
// of its edges.
func arrange(p *picture, boxes, labels []size) *layout {
	l := &layout{pic: p}
	rank := ranks(p)
	for i, s := range boxes {
		l.add(cell{w: s.w, h: s.h, layer: 2 * rank[i], box: i})
	}
	for i := range p.edges {
		l.route(i, labels[i])
	}
	l.order()
	l.place()
	return l
}

func (l *layout) add(c cell) int {
	for len(l.layers) <= c.layer {
		l.layers = append(l.layers, nil)
	}
	l.cells = append(l.cells, c)
	l.layers[c.layer] = append(l.layers[c.layer], len(l.cells)-1)
	return len(l.cells) - 1
}

// route gives an arrow its cells. The label stands next to where it begins.
func (l *layout) route(i int, label size) {
	e := &l.pic.edges[i]
	if e.from == e.to {
		l.loops = append(l.loops, i)
		c := &l.cells[e.from] // as much on the left, so that the box stays in the middle
		c.w = max(c.w, 2*(loop+label.w)+c.w)
		c.h = max(c.h, label.h)
		return
	}
	r := route{edge: i, label: -1}
	top, bottom := e.from, e.to
	if l.cells[top].layer > l.cells[bottom].layer {
		top, bottom, r.back = bottom, top, true
	}
	first, last := l.cells[top].layer+1, l.cells[bottom].layer-1
	r.cells = []int{top}
	for at := first; at <= last; at++ {
		c := cell{w: bend, layer: at, box: -1, long: last > first}
		labelled := label.w > 0 && at == first
		if r.back {
			labelled = label.w > 0 && at == last
		}
		if labelled {
			c.w, c.h = label.w, label.h
		}
		n := l.add(c)
		if labelled {
			r.label = n
		}
		r.cells = append(r.cells, n)
	}
	r.cells = append(r.cells, bottom)
	for k := 1; k < len(r.cells); k++ {
		a, b := r.cells[k-1], r.cells[k]
		l.cells[a].down = append(l.cells[a].down, b)
		l.cells[b].up = append(l.cells[b].up, a)
	}
	l.routes = append(l.routes, r)
}

// ranks gives every box its longest distance from a box nothing leads to,
// arrows that close a circle left out. A box that nothing leads to, other than
// the start, moves down to the first it leads to, or to the end.
func ranks(p *picture) []int {
	forward := acyclic(p)
	rank := make([]int, len(p.boxes))
	for range p.boxes {
		for _, e := range forward {
			rank[e.to] = max(rank[e.to], rank[e.from]+1)
		}
	}
	deepest := slices.Max(append(rank, 0))
	for i := range p.boxes {
		below, entered := deepest+1, false
		for _, e := range forward {
			entered = entered || e.to == i
			if e.from == i {
				below = min(below, rank[e.to])
			}
		}
		if !entered && !p.boxes[i].start {
			rank[i] = below - 1
		}
	}
	return rank
}

// acyclic returns the edges without those that lead back to where a walk from
// the start came from.
func acyclic(p *picture) []edge {
	next := make([][]int, len(p.boxes))
	for i, e := range p.edges {
		next[e.from] = append(next[e.from], i)
	}
	const (
		fresh = iota
		open
		done
	)
	mark := make([]int, len(p.boxes))
	var out []edge
	var walk func(int)
	walk = func(i int) {
		mark[i] = open
		for _, n := range next[i] {
			e := p.edges[n]
			if mark[e.to] == open {
				continue
			}
			out = append(out, e)
			if mark[e.to] == fresh {
				walk(e.to)
			}
		}
		mark[i] = done
	}
	for _, starts := range []bool{true, false} {
		for i := range p.boxes {
			if p.boxes[i].start == starts && mark[i] == fresh {
				walk(i)
			}
		}
	}
	return out
}
