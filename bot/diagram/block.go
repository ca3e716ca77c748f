package diagram

import "slices"

// Sizes of type and distances inside boxes, in pixels.
const (
	textSize = 12
	headSize = 14
	tagSize  = 11
	pad      = 12
	headBase = 22 // baseline of a box's name
	headEnd  = 32 // where the lines below it begin
	leading  = 17
	lineGap  = 3 // between two lines that may each take several rows
)

// Most width of the text beside an arrow and in a box, for a few words and for
// a list.
const (
	mostLabel   = 150
	mostAnswers = 210
	mostBox     = 200
	mostList    = 400
)

// block is wrapped text with its size and the baseline of each row.
type block struct {
	size
	rows []row
	base []float64
}

func boxBlock(x *box) block {
	most := float64(mostBox)
	for _, l := range x.lines {
		if l.style == lineItem {
			most = mostList
		}
	}
	b := stack(wrap(x.lines, textSize, most), headEnd)
	b.w = max(b.w, width(x.head, headSize)*1.1+width(x.tag, tagSize)+3*pad)
	b.w = max(b.w, 120)
	return b
}

// labelBlock sets the reasons of an arrow; several stand as a list.
func labelBlock(e *edge) block {
	if len(e.lines) == 0 {
		return block{}
	}
	if len(e.lines) == 1 {
		return stack(wrap(e.lines, textSize, mostLabel), 6)
	}
	lines := slices.Clone(e.lines)
	for i := range lines {
		lines[i].mark = bullet
	}
	return stack(wrap(lines, textSize, mostAnswers), 6)
}

// stack puts rows below each other from y on.
func stack(rows []row, y float64) block {
	b := block{rows: rows}
	for i := range rows {
		r := &rows[i]
		if i > 0 && r.first {
			y += lineGap
		}
		if r.style == lineSection {
			y += 2 * lineGap
		}
		b.base = append(b.base, y+leading-4)
		b.w = max(b.w, r.width(textSize)+2*pad)
		y += leading
	}
	b.h = y + 8
	return b
}
