package diagram

import (
	"cmp"
	"math"
	"slices"
)

// port distances in pixels.
const (
	portGap  = 16 // between arrows at one side of a box
	portEdge = 18 // from the corner
)

// ports says where on its two boxes each arrow begins and ends: as straight
// above or below the next cell as the box is wide.
type ports struct{ top, bottom map[int]float64 } // by route

func (l *layout) ports(boxes []size) ports {
	p := ports{top: map[int]float64{}, bottom: map[int]float64{}}
	for i := range l.pic.boxes {
		var below, above []int
		for n := range l.routes {
			cells := l.routes[n].cells
			if cells[0] == i {
				below = append(below, n)
			}
			if cells[len(cells)-1] == i {
				above = append(above, n)
			}
		}
		l.side(i, boxes[i].w, below, p.bottom, func(r route) int { return r.cells[1] })
		l.side(i, boxes[i].w, above, p.top, func(r route) int { return r.cells[len(r.cells)-2] })
	}
	return p
}

// side spreads the arrows of one side of a box.
func (l *layout) side(box int, wide float64, routes []int, out map[int]float64, next func(route) int) {
	if len(routes) == 0 {
		return
	}
	toward := func(n int) float64 { return l.cells[next(l.routes[n])].x }
	slices.SortStableFunc(routes, func(a, b int) int { return cmp.Compare(toward(a), toward(b)) })
	left, right := l.cells[box].x-wide/2+portEdge, l.cells[box].x+wide/2-portEdge
	gap := 0.0
	if len(routes) > 1 {
		gap = min(portGap, (right-left)/float64(len(routes)-1))
	}
	want, weight, offset := make([]float64, len(routes)), make([]float64, len(routes)), make([]float64, len(routes))
	for i, n := range routes {
		want[i] = min(max(toward(n), left), right)
		weight[i] = 1
		offset[i] = float64(i) * gap
	}
	for i, x := range spread(want, weight, offset) {
		rest := float64(len(routes)-1-i) * gap
		out[routes[i]] = min(max(x, left+offset[i]), right-rest)
	}
}

// straighten makes a long arrow run straight down as far as its neighbours let
// it: the layers where one and the same x is free get that x.
func (l *layout) straighten(r *route) {
	inner := r.cells[1 : len(r.cells)-1]
	for len(inner) > 0 {
		low, high, sum := math.Inf(-1), math.Inf(1), 0.0
		n := 0
		for _, c := range inner {
			lo, hi := l.free(c)
			lo, hi = max(lo, low), min(hi, high)
			if lo > hi && n > 0 {
				break
			}
			low, high, sum = lo, hi, sum+l.cells[c].x
			n++
		}
		if low <= high {
			x := min(max(sum/float64(n), low), high)
			for _, c := range inner[:n] {
				l.cells[c].x = x
			}
		}
		inner = inner[n:]
	}
}

// free is the room a cell has between its neighbours in the layer.
func (l *layout) free(c int) (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	layer := l.layers[l.cells[c].layer]
	i := slices.Index(layer, c)
	if i > 0 {
		low = l.cells[layer[i-1]].x + l.apart(layer[i-1], c)
	}
	if i+1 < len(layer) {
		high = l.cells[layer[i+1]].x - l.apart(c, layer[i+1])
	}
	return low, high
}
