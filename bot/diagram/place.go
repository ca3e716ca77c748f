package diagram

import "math"

// Distances in pixels.
const (
	margin  = 24
	gapSide = 22 // between boxes and labels of a layer
	gapBend = 10 // beside an arrow that passes the layer
	gapDown = 20 // between layers, at least
	gapMost = 64 // between layers whose arrows lead far to a side
)

// shifts is how often the layers are gone through to find coordinates; a long
// arrow straightens a little each time.
const shifts = 120

// straightenings is how often each arrow is straightened: one that moves aside
// makes room for its neighbour.
const straightenings = 8

// place gives the cells of ordered layers their coordinates.
func (l *layout) place() {
	for _, layer := range l.layers {
		x := 0.0
		for i, c := range layer {
			if i > 0 {
				x += l.apart(layer[i-1], c)
			}
			l.cells[c].x = x
		}
	}
	for n := range shifts {
		for i := range l.layers {
			if n%2 == 1 {
				i = len(l.layers) - 1 - i
			}
			l.shift(l.layers[i], n)
		}
	}
	for range straightenings {
		for i := range l.routes {
			l.straighten(&l.routes[i])
		}
	}
	l.moveRight()
	l.rows()
}

// apart is the least distance of the centres of two neighbours.
func (l *layout) apart(a, b int) float64 {
	gap := float64(gapSide)
	if l.cells[a].h == 0 || l.cells[b].h == 0 {
		gap = gapBend
	}
	return l.cells[a].w/2 + gap + l.cells[b].w/2
}

// shift moves a layer's cells to the mean of their neighbours as far as the
// order and the distances allow. The later sweeps look both ways.
func (l *layout) shift(layer []int, sweep int) {
	want, weight := make([]float64, len(layer)), make([]float64, len(layer))
	for i, c := range layer {
		at := &l.cells[c]
		var near []int
		if sweep%2 == 0 || sweep >= shifts/4 {
			near = append(near, at.up...)
		}
		if sweep%2 == 1 || sweep >= shifts/4 {
			near = append(near, at.down...)
		}
		want[i], weight[i] = l.wish(c, near)
	}
	l.settle(layer, want, weight)
}

// wish is where a cell would like to stand, and how much. Arrows that pass
// through want to be straight most of all; a box cares least for an arrow that
// leads far away.
func (l *layout) wish(c int, near []int) (x, weight float64) {
	for _, n := range near {
		w := 2.0
		switch a, b := &l.cells[c], &l.cells[n]; {
		case a.box < 0 && b.box < 0:
			w = 8
		case a.long || b.long:
			w = 0.3
		}
		x += w * l.cells[n].x
		weight += w
	}
	if weight == 0 {
		return l.cells[c].x, 0.1
	}
	return x / weight, weight
}

func (l *layout) settle(layer []int, want, weight []float64) {
	offset := make([]float64, len(layer))
	for i := 1; i < len(layer); i++ {
		offset[i] = offset[i-1] + l.apart(layer[i-1], layer[i])
	}
	for i, x := range spread(want, weight, offset) {
		l.cells[layer[i]].x = x
	}
}

// spread finds the places nearest to the wished ones (by weighted squares)
// whose distances are at least those of the offsets: neighbours that would
// overlap share the mean of their wishes (pool adjacent violators).
func spread(want, weight, offset []float64) []float64 {
	type block struct {
		first       int
		sum, weight float64
	}
	var blocks []block
	for i := range want {
		b := block{first: i, sum: weight[i] * (want[i] - offset[i]), weight: weight[i]}
		for n := len(blocks) - 1; n >= 0 && blocks[n].sum/blocks[n].weight >= b.sum/b.weight; n-- {
			b = block{first: blocks[n].first, sum: blocks[n].sum + b.sum, weight: blocks[n].weight + b.weight}
			blocks = blocks[:n]
		}
		blocks = append(blocks, b)
	}
	out := make([]float64, len(want))
	for n, b := range blocks {
		end := len(want)
		if n+1 < len(blocks) {
			end = blocks[n+1].first
		}
		for i := b.first; i < end; i++ {
			out[i] = b.sum/b.weight + offset[i]
		}
	}
	return out
}

// moveRight brings everything inside the margins.
func (l *layout) moveRight() {
	left := math.Inf(1)
	for _, c := range l.cells {
		left = min(left, c.x-c.w/2)
	}
	for i := range l.cells {
		c := &l.cells[i]
		c.x = math.Round(c.x - left + margin)
		l.w = max(l.w, c.x+c.w/2+margin)
	}
}

// rows puts the layers below each other; arrows that lead far to a side get
// more room to do so.
func (l *layout) rows() {
	y := 0.0
	for i, layer := range l.layers {
		height, far := 0.0, 0.0
		for _, c := range layer {
			height = max(height, l.cells[c].h)
			l.cells[c].y = y
			for _, d := range l.cells[c].down {
				far = max(far, math.Abs(l.cells[c].x-l.cells[d].x))
			}
		}
		for _, c := range layer {
			if l.cells[c].box < 0 {
				l.cells[c].y += (height - l.cells[c].h) / 2
			}
		}
		l.tops, l.ends = append(l.tops, y), append(l.ends, y+height)
		y += height
		if i+1 < len(l.layers) {
			y += math.Round(min(gapMost, gapDown+far/8))
		}
	}
	l.h = y
}
