package book_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// clone copies the books of the binary, so that a test can spoil them.
func clone(tb testing.TB) (flows, locales fstest.MapFS) {
	tb.Helper()
	src := book.Embedded()
	return files(tb, src.Flows), files(tb, src.Locales)
}

func files(tb testing.TB, src fs.FS) fstest.MapFS {
	tb.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(src, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// short prints findings as "file:line code", one a line.
func short(findings []bot.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
	}
	return strings.Join(out, "\n")
}

func TestTheBooksInTheBinaryLoad(t *testing.T) {
	t.Parallel()
	b, findings := book.Load(book.Embedded())
	if b == nil || len(findings) > 0 {
		t.Fatalf("findings:\n%s", short(findings))
	}
	if b.Flow == nil || b.Places == nil || b.Phrases == nil || len(b.Flow.States()) < 20 {
		t.Errorf("a part is missing: %+v", b)
	}
}

// TestAFolderLoadsLikeTheBinary writes the books to disk and reads them back.
func TestAFolderLoadsLikeTheBinary(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	flows, locales := clone(t)
	for folder, list := range map[string]fstest.MapFS{"flows": flows, "locales": locales} {
		for name, f := range list {
			path := filepath.Join(dir, folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, findings := book.Load(book.Dir(dir))
	if b == nil || len(findings) > 0 {
		t.Fatalf("findings:\n%s", short(findings))
	}
	embedded, _ := book.Load(book.Embedded())
	if got, want := len(b.Flow.States()), len(embedded.Flow.States()); got != want {
		t.Errorf("the folder has %d states, the binary %d", got, want)
	}
}

func TestAFolderWithoutBooksSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"an empty folder": t.TempDir(), "no folder": filepath.Join(t.TempDir(), "gone")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, findings := book.Load(book.Dir(dir))
			if b != nil || book.Errors(findings) == 0 {
				t.Fatalf("a book came out of it: %v", findings)
			}
			got := short(findings)
			for _, want := range []string{"flows/main.yaml:0 missing-file", "flows/places:0 missing-pack"} {
				if !strings.Contains(got, want) {
					t.Errorf("want %q in:\n%s", want, got)
				}
			}
		})
	}
}

// broken spoils one file of the real books; old stands once in it, on the line
// that the finding must name.
var broken = []struct{ name, file, old, text, want string }{
	{"a state that leads nowhere", "flows/main.yaml", "      something: who\n", "      something: nobody\n", "dangling-target"},
	{"a key nobody knows", "flows/topics/other.yaml", "    final: true\n", "    finale: true\n", "unknown-key"},
	{"a role nobody knows", "flows/topics/sextortion.yaml", "      - {role: police}\n", "      - {role: polizei}\n", "unknown-role"},
	{"a phone number nobody can dial", "flows/places/cz.yaml", `value: "800 200 007"`, `value: "800 200 00x"`, "bad-phone"},
	{"hours nobody understands", "flows/places/pl.yaml", `hours: "Mo,We,Th 17:00-20:00"`, `hours: "Mo,Wed 17:00-20:00"`, "bad-hours"},
	{"a place twice", "flows/places/al.yaml", "id: banka-juaj", "id: linka-bezpeci", "duplicate-place"},
	{"a sentence that does not end", "locales/main.en.toml", `"main.start.ask" = "What do you need?"`, `"main.start.ask" = "What do you need?`, "toml"},
	{"a sentence twice", "locales/result.cs.toml", `"result.steps" =`, `"ui.danger" = "x"` + "\n" + `"result.steps" =`, "duplicate-key"},
	{"a placeholder that is none", "locales/ui.pl.toml", `"lang.own" = "`, `"lang.own" = "{{if .x}}`, "template"},
}

func TestABrokenBookIsRefusedWithFileAndLine(t *testing.T) {
	t.Parallel()
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			flows, locales := clone(t)
			folder, name, _ := strings.Cut(tt.file, "/")
			f := map[string]fstest.MapFS{"flows": flows, "locales": locales}[folder][name]
			text := string(f.Data)
			at := strings.Index(text, tt.old)
			if at < 0 {
				t.Fatalf("%s no longer holds %q", tt.file, tt.old)
			}
			f.Data = []byte(text[:at] + tt.text + text[at+len(tt.old):])
			b, findings := book.Load(book.Source{Flows: flows, Locales: locales})
			line := 1 + strings.Count(text[:at], "\n")
			if b != nil {
				t.Errorf("a book came out of it")
			}
			found := slices.ContainsFunc(findings, func(f bot.Finding) bool { return f.Code == tt.want && f.Line == line && f.File == tt.file })
			// what stands twice is found where the second one stands
			twice := strings.HasPrefix(tt.want, "duplicate") && strings.Contains(short(findings), tt.want)
			if !found && !twice {
				t.Errorf("want %s:%d %s, got:\n%s", tt.file, line, tt.want, short(findings))
			}
			for _, f := range findings {
				if f.Line == 0 || f.File == "" || f.Message == "" || f.Warning {
					t.Errorf("a finding without its place: %+v", f)
				}
			}
		})
	}
}

// TestAllFindingsComeAtOnce, sorted: an editor mends them in one go.
func TestAllFindingsComeAtOnce(t *testing.T) {
	t.Parallel()
	flows, locales := clone(t)
	flows["topics/other.yaml"].Data = []byte("x: [\n")
	flows["places/xk.yaml"].Data = append(flows["places/xk.yaml"].Data, "\nmore: 1\n"...)
	locales["ui.en.toml"].Data = append(locales["ui.en.toml"].Data, "\n\"ui.new\" = \"\"\n"...)
	b, findings := book.Load(book.Source{Flows: flows, Locales: locales})
	if b != nil {
		t.Error("a book came out of it")
	}
	for _, want := range []string{"flows/topics/other.yaml:1 yaml", "flows/places/xk.yaml:", "locales/ui.en.toml:"} {
		if !strings.Contains(short(findings), want) {
			t.Errorf("want %q in:\n%s", want, short(findings))
		}
	}
	if !slices.IsSortedFunc(findings, func(a, b bot.Finding) int { return strings.Compare(a.File, b.File) }) {
		t.Errorf("not in order:\n%s", short(findings))
	}
}

func TestFindingsAreSortedAndCounted(t *testing.T) {
	t.Parallel()
	list := []bot.Finding{
		{File: "b", Line: 1, Code: "x"}, {File: "a", Line: 10, Code: "x"}, {File: "a", Line: 9, Code: "z", Warning: true}, {File: "a", Line: 9, Code: "y"}, {File: "a", Code: "z"},
	}
	book.Sort(list)
	if got, want := short(list), "a:0 z\na:9 y\na:9 z\na:10 x\nb:1 x"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if n := book.Errors(list); n != 4 {
		t.Errorf("%d errors, want 4", n)
	}
	if n := book.Errors(nil); n != 0 {
		t.Errorf("%d errors in nothing", n)
	}
}

// TestAShelfIsReadWhileItIsSwapped; the race detector looks on. Every reader
// has one whole book, whichever.
func TestAShelfIsReadWhileItIsSwapped(t *testing.T) {
	t.Parallel()
	first, _ := book.Load(book.Embedded())
	second := *first
	s := book.NewShelf(first)
	var readers, writers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				select {
				case <-stop:
					return
				default:
				}
				b := s.Book()
				if b != first && b != &second {
					t.Error("a book that nobody put there")
					return
				}
				if b.Flow.State("main.start") == nil || len(b.Places.Filling("CZ", bot.RoleChildLine)) == 0 {
					t.Error("half a book")
					return
				}
				if _, ok := b.Phrases.Say(bot.Asker{Lang: "en"}, "ui.danger", nil); !ok {
					t.Error("a book without words")
					return
				}
			}
		}()
	}
	for range 2 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			for range 500 {
				s.Swap(&second)
				s.Swap(first)
			}
		}()
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if s.Swap(&second); s.Book() != &second {
		t.Error("the last book put there is not the one in use")
	}
}
