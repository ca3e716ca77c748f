package app_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"wheretoturn/bot/app"
	"wheretoturn/bot/book"
)

var update = flag.Bool("update", false, "write into the transcripts what the bot says today")

func embedded(t testing.TB) *book.Book {
	t.Helper()
	b, findings := book.Load(book.Embedded())
	if b == nil {
		t.Fatal(findings[0])
	}
	return b
}

func TestTranscriptsStillHold(t *testing.T) {
	t.Parallel()
	b := embedded(t)
	files, err := filepath.Glob("../../flows/transcripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			played, err := app.Play(b, data)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(name, played.Text, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, p := range played.Problems {
				t.Errorf("%s:%d: %s", name, p.Line, p.Text)
			}
		})
	}
}
