package phrase_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/phrase"
	"wheretoturn/locales"
)

// files makes a folder of name, text, name, text, …
func files(texts ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(texts); i += 2 {
		fsys[texts[i]] = &fstest.MapFile{Data: []byte(texts[i+1])}
	}
	return fsys
}

// setup loads sentences that must be good.
func setup(tb testing.TB, texts ...string) *phrase.Catalog {
	tb.Helper()
	return good(tb)(phrase.Load(files(texts...)))
}

// shipped loads the real sentences.
func shipped(tb testing.TB) *phrase.Catalog {
	tb.Helper()
	return good(tb)(phrase.Load(locales.FS))
}

func good(tb testing.TB) func(*phrase.Catalog, []bot.Finding) *phrase.Catalog {
	return func(c *phrase.Catalog, findings []bot.Finding) *phrase.Catalog {
		tb.Helper()
		if len(findings) > 0 {
			tb.Fatalf("findings:\n%s", short(findings))
		}
		return c
	}
}

// short prints findings as "file:line code", one a line.
func short(findings []bot.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
	}
	return strings.Join(out, "\n")
}
