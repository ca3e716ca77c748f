// Package book holds the books: flows, places and sentences, loaded together
// from one folder and swapped together.
//
// Load reads and compiles them; that the three fit together is proved by
// proof.Check. A Book is immutable; a running bot holds it behind a Shelf and a
// reload that does not pass the check leaves the old one in place.
//
// Start reading at Load.
package book

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"wheretoturn/bot"
	"wheretoturn/bot/flow"
	"wheretoturn/bot/phrase"
	"wheretoturn/bot/place"
	"wheretoturn/flows"
	"wheretoturn/locales"
)

// Book is one consistent set. Immutable, safe for concurrent use.
type Book struct {
	Flow    *flow.Graph
	Places  *place.Directory
	Phrases *phrase.Catalog
	typed   words
}

// Source is where books are read from: the folders flows/ and locales/.
type Source struct {
	Flows, Locales fs.FS
}

// Embedded is the books inside the binary.
func Embedded() Source { return Source{Flows: flows.FS, Locales: locales.FS} }

// Dir is the books in a folder that holds flows/ and locales/.
func Dir(dir string) Source {
	return Source{Flows: os.DirFS(filepath.Join(dir, "flows")), Locales: os.DirFS(filepath.Join(dir, "locales"))}
}

// Load reads all books. The Book is nil when a finding is an error of form;
// whether the three fit together is proof.Check's matter.
func Load(src Source) (*Book, []bot.Finding) {
	var graph *flow.Graph
	var places *place.Directory
	var phrases *phrase.Catalog
	var found [3][]bot.Finding
	var wg sync.WaitGroup
	wg.Go(func() { graph, found[0] = flow.Load(src.Flows) })
	wg.Go(func() { places, found[1] = place.Load(src.Flows) })
	wg.Go(func() { phrases, found[2] = phrase.Load(src.Locales) })
	wg.Wait()
	findings := slices.Concat(found[:]...)
	Sort(findings)
	if graph == nil || Errors(findings) > 0 {
		return nil, findings
	}
	return &Book{Flow: graph, Places: places, Phrases: phrases, typed: newWords(phrases)}, findings
}

// Errors counts the findings that are no warnings.
func Errors(fs []bot.Finding) int {
	n := 0
	for _, f := range fs {
		if !f.Warning {
			n++
		}
	}
	return n
}

// Sort orders findings by file, line and rule.
func Sort(fs []bot.Finding) {
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Code < b.Code
	})
}

// Shelf holds the book in use. Safe for concurrent use.
type Shelf struct{ p atomic.Pointer[Book] }

// NewShelf returns a shelf with a book on it.
func NewShelf(b *Book) *Shelf {
	s := &Shelf{}
	s.p.Store(b)
	return s
}

// Book returns the book in use. A caller that needs several answers from one
// and the same book asks once and keeps it.
func (s *Shelf) Book() *Book { return s.p.Load() }

// Swap puts another book in its place.
func (s *Shelf) Swap(b *Book) { s.p.Store(b) }
