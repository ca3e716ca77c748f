package diagram

import (
	"strings"
	"unicode/utf8"
)

// width guesses how wide a text is at a size in pixels. It leans to the wide
// side (Verdana and DejaVu are the widest common sans), because a picture must
// hold its text in whatever font the reader has.
func width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += em(r)
	}
	return w * size
}

func em(r rune) float64 {
	switch {
	case strings.ContainsRune("iljI.,:;'|!()[]’· ", r):
		return 0.37
	case strings.ContainsRune("tfr-\"/“”", r):
		return 0.46
	case strings.ContainsRune("mwMW@%→", r):
		return 0.96
	case r >= 'A' && r <= 'Z':
		return 0.71
	case r > 0x2e80: // scripts of full width
		return 1.05
	}
	return 0.62
}

// bullet marks the lines of a list without numbers.
const bullet = "•"

// row is one line of a wrapped text; its note comes after its text.
type row struct {
	style      lineStyle
	first      bool // begins a line
	mark       string
	text, note string
	indent     float64
}

func (r *row) width(size float64) float64 {
	s := r.text
	if r.text != "" && r.note != "" {
		s += " "
	}
	return r.indent + width(s+r.note, size)
}

// wrap breaks lines into rows no wider than most pixels. The rows of an item
// stand behind its mark.
func wrap(lines []line, size, most float64) []row {
	var out []row
	for _, l := range lines {
		cur := row{style: l.style, first: true, mark: l.mark}
		switch l.mark {
		case "":
		case bullet:
			cur.indent = width(bullet+" ", size)
		default:
			cur.indent = width("10. ", size) // all numbers alike
		}
		blank := cur
		blank.mark, blank.first = "", false
		put := func(word string, note bool) {
			next := cur
			next.put(word, note)
			if next.width(size) > most && cur.text+cur.note != "" {
				out = append(out, cur)
				next = blank
				next.put(word, note)
			}
			cur = next
		}
		for _, word := range words(l.text, size, most-cur.indent) {
			put(word, false)
		}
		for _, word := range words(bracket(l.note), size, most-cur.indent) {
			put(word, true)
		}
		out = append(out, cur)
	}
	return out
}

func (r *row) put(word string, note bool) {
	if note {
		r.note = strings.TrimLeft(r.note+" "+word, " ")
		return
	}
	r.text = strings.TrimLeft(r.text+" "+word, " ")
}

// words cuts a text at spaces, and in pieces a word that is longer than two
// rows; a shorter one rather makes its box wider.
func words(s string, size, most float64) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		for width(w, size) > 2*most && utf8.RuneCountInString(w) > 1 {
			n := 0
			for at, r := range w {
				if at > 0 && width(w[:at], size)+em(r)*size > most {
					n = at
					break
				}
			}
			if n == 0 {
				break
			}
			out, w = append(out, w[:n]), w[n:]
		}
		out = append(out, w)
	}
	return out
}
