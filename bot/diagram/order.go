package diagram

import (
	"cmp"
	"slices"
)

// sweeps is how often the layers are gone through, down and up in turn; few
// crossings go away after the first ten.
const sweeps = 24

// order sorts the cells of each layer so that few arrows cross: each cell
// moves to the mean of its neighbours, layer after layer, and the best order
// seen stays.
func (l *layout) order() {
	pos := make([]float64, len(l.cells))
	for _, layer := range l.layers {
		number(layer, pos)
	}
	best, fewest := l.copyLayers(), l.crossings(pos)
	for n := range sweeps {
		for i := range l.layers {
			if n%2 == 1 {
				i = len(l.layers) - 1 - i
			}
			l.sortLayer(l.layers[i], pos, n%2 == 1)
		}
		if c := l.crossings(pos); c < fewest {
			best, fewest = l.copyLayers(), c
		}
	}
	l.layers = best
}

func number(layer []int, pos []float64) {
	for i, c := range layer {
		pos[c] = float64(i)
	}
}

func (l *layout) copyLayers() [][]int {
	out := make([][]int, len(l.layers))
	for i, layer := range l.layers {
		out[i] = slices.Clone(layer)
	}
	return out
}

func (l *layout) sortLayer(layer []int, pos []float64, up bool) {
	want := make(map[int]float64, len(layer))
	for _, c := range layer {
		near := l.cells[c].up
		if up {
			near = l.cells[c].down
		}
		want[c] = pos[c]
		if len(near) > 0 {
			sum := 0.0
			for _, n := range near {
				sum += pos[n]
			}
			want[c] = sum / float64(len(near))
		}
	}
	slices.SortStableFunc(layer, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
	number(layer, pos)
}

// crossings counts the pairs of lines between neighbouring layers that cross.
func (l *layout) crossings(pos []float64) int {
	total := 0
	for _, layer := range l.layers {
		var lines [][2]float64
		for _, c := range layer {
			for _, d := range l.cells[c].down {
				lines = append(lines, [2]float64{pos[c], pos[d]})
			}
		}
		for i, a := range lines {
			for _, b := range lines[:i] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					total++
				}
			}
		}
	}
	return total
}
