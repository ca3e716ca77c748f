package bot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed are the arrows of the house: who may import whom of ours, and which
// libraries from outside. A room that is not here may import nothing. Change
// it when the house changes for the better, in a commit that says why.
var allowed = map[string]struct{ ours, outside string }{
	"flows":                 {},
	"locales":               {},
	"bot":                   {},
	"bot/fold":              {},
	"bot/hours":             {},
	"bot/source":            {"bot", "yaml"},
	"bot/store":             {},
	"bot/store/storetest":   {"bot/store", ""},
	"bot/memory":            {"bot/store", ""},
	"bot/flow":              {"bot bot/source", "yaml fsm"},
	"bot/place":             {"bot bot/hours bot/source", "yaml phonenumbers"},
	"bot/phrase":            {"bot", "go-i18n toml x/text"},
	"bot/book":              {"bot bot/flow bot/fold bot/place bot/phrase flows locales", ""},
	"bot/advice":            {"bot bot/book bot/flow bot/place", ""},
	"bot/advice/advicetest": {"bot bot/advice bot/book bot/flow", ""},
	"bot/screen":            {"bot bot/book bot/advice bot/flow bot/place", ""},
	"bot/talk":              {"bot bot/book bot/advice bot/flow bot/fold bot/screen", ""},
	"bot/engine":            {"bot bot/store", "cbor x/sync"},
	"bot/seal":              {"", "x/crypto"},
	// the door speaks the courier's words (Parcel, Receipt) and makes ids
	"bot/telegram":              {"bot bot/book bot/engine bot/screen bot/seal", "tgbotapi x/time"},
	"bot/telegram/telegramtest": {},
	"bot/badgerdb":              {"bot/store", "badger"},
	"bot/terminal":              {"bot bot/book bot/screen bot/talk", ""},
	"bot/diagram":               {"bot bot/flow", ""},
	"bot/booklet":               {"bot bot/advice bot/book bot/flow bot/place", ""},
	// the proof draws what people see, so it looks at rooms above the books
	"bot/proof":       {"bot bot/book bot/advice bot/flow bot/phrase bot/place bot/screen bot/talk", "x/text"},
	"bot/app":         {"bot bot/advice bot/badgerdb bot/book bot/engine bot/flow bot/memory bot/place bot/screen bot/seal bot/store bot/talk bot/telegram bot/terminal", "x/sync"},
	"cmd/wheretoturn": {"bot bot/app bot/book bot/booklet bot/diagram bot/proof bot/telegram bot/terminal", "kong toml x/term"},
}

// libraries are the outside modules by the word used above.
var libraries = map[string]string{
	"yaml": "go.yaml.in/yaml/v3", "fsm": "github.com/looplab/fsm", "phonenumbers": "github.com/nyaruka/phonenumbers",
	"go-i18n": "github.com/nicksnyder/go-i18n/v2", "toml": "github.com/BurntSushi/toml", "x/text": "golang.org/x/text",
	"tgbotapi": "github.com/go-telegram-bot-api/telegram-bot-api/v5", "x/time": "golang.org/x/time",
	"cbor": "github.com/fxamacker/cbor", "x/sync": "golang.org/x/sync", "x/crypto": "golang.org/x/crypto", "badger": "github.com/dgraph-io/badger/v4",
	"x/term": "golang.org/x/term", "kong": "github.com/alecthomas/kong",
}

// Sizes of the house (style §5).
const (
	maxFileLines = 600
	maxFuncLines = 60
)

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()
	eachSource(t, func(room, name string, fset *token.FileSet, f *ast.File) {
		rule, ok := allowed[room]
		if !ok {
			t.Errorf("%s: room %s is not in the plan of the house", name, room)
			return
		}
		for _, imp := range f.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			ours, isOurs := strings.CutPrefix(p, "wheretoturn/")
			switch {
			case isOurs && !slices.Contains(strings.Fields(rule.ours), ours):
				t.Errorf("%s: %s may not import %s", name, room, ours)
			case !isOurs && strings.Contains(strings.SplitN(p, "/", 2)[0], ".") && !fromLibrary(rule.outside, p):
				t.Errorf("%s: %s may not import %s", name, room, p)
			}
		}
	})
}

func fromLibrary(words, path string) bool {
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool {
		return path == libraries[w] || strings.HasPrefix(path, libraries[w]+"/")
	})
}

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	t.Parallel()
	eachSource(t, func(_, name string, fset *token.FileSet, f *ast.File) {
		if n := fset.Position(f.End()).Line; n > maxFileLines {
			t.Errorf("%s has %d lines, at most %d are allowed", name, n, maxFileLines)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1; n > maxFuncLines {
				t.Errorf("%s: %s has %d lines, at most %d are allowed", name, fn.Name.Name, n, maxFuncLines)
			}
		}
	})
}

func TestEveryRoomSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	eachSource(t, func(room, _ string, _ *token.FileSet, f *ast.File) {
		said[room] = said[room] || f.Doc != nil
	})
	for room, ok := range said {
		if !ok {
			t.Errorf("room %s has no package comment", room)
		}
	}
}

// eachSource parses every Go file that is not a test.
func eachSource(t *testing.T, f func(room, name string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != "." {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			return err
		}
		f(filepath.ToSlash(filepath.Dir(name)), name, fset, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
