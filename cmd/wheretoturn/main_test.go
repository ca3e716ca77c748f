package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
)

// The tests stand inside the package, because nobody can import a command.
// Each call runs in a process of its own: run prints to the process's output.

// asCommand makes the test binary behave as the command.
const asCommand = "RUN_THE_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// called is what a call printed and its exit code.
type called struct {
	out, errs string
	code      int
}

// call runs the command with some input and variables.
func call(t *testing.T, in string, env []string, args ...string) called {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append([]string{asCommand + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LANG=cs_CZ.UTF-8"}, env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errs
	cmd.Dir = t.TempDir()
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return called{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// oneLine expects a complaint of one line that holds some words, and nothing else.
func (c called) oneLine(t *testing.T, code int, words ...string) {
	t.Helper()
	if c.code != code || c.out != "" || strings.Count(c.errs, "\n") != 1 || !strings.HasPrefix(c.errs, "wheretoturn: ") {
		t.Errorf("exit code %d, want %d; printed %q; complained %q", c.code, code, c.out, c.errs)
	}
	for _, w := range words {
		if !strings.Contains(c.errs, w) {
			t.Errorf("%q does not say %q", c.errs, w)
		}
	}
}

func TestWrongCallsEndInOneLineAndCode2(t *testing.T) {
	t.Parallel()
	where := []string{"where", "--country=CZ", "--audience=adult", "--topic=phishing"}
	for _, tt := range []struct {
		name string
		args []string
		want []string
	}{
		{"an unknown flag", []string{"chat", "--loud"}, []string{"--loud"}},
		{"an unknown command", []string{"dance"}, []string{"dance"}},
		{"a command too many", []string{"walk", "far"}, []string{"far"}},
		{"a flag without its value", []string{"chat", "--lang"}, []string{"--lang"}},
		{"a language nobody speaks here", []string{"chat", "--lang=de"}, []string{"--lang"}},
		{"a country without a pack", []string{"chat", "--country=DE"}, []string{"--country"}},
		{"a folder of books that is not there", []string{"--books=/no/such/folder", "walk"}, []string{"--books", "/no/such/folder"}},
		{"books that are a file", []string{"--books=" + exe(t), "walk"}, []string{"--books"}},
		{"where without anything", []string{"where"}, []string{"--country"}},
		{"where without a topic", []string{"where", "--country=CZ", "--audience=adult"}, []string{"--topic"}},
		{"where with a bad moment", append(where, "--at=tomorrow"), []string{"--at", `"tomorrow"`, "2026-12-24T18:00:00+01:00"}},
		{"where with a moment without a zone", append(where, "--at=2026-12-24T18:00:00"), []string{"--at"}},
		{"where with a day", append(where, "--at=2026-12-24"), []string{"--at"}},
		{"where with a topic that is none", []string{"where", "--country=CZ", "--audience=adult", "--topic=weather"}, []string{`"weather"`, "phishing"}},
		{"where with an answer that is none", append(where, "--answer=done=maybe"), []string{"phishing.done", "password"}},
		{"where with a question that is none", append(where, "--answer=where=here", "--json"), []string{"phishing.where"}},
		{"where with an audience that is none", []string{"where", "--country=CZ", "--audience=pensioner", "--topic=phishing"}, []string{"--audience"}},
		{"check of a bad day", []string{"check", "--at=24.12.2026"}, []string{"--at", "2026-11-21"}},
		{"check of a folder that is not there", []string{"check", "/no/such/folder"}, []string{"/no/such/folder"}},
		{"play without a file", []string{"play"}, []string{"file"}},
		{"play of a file that is not there", []string{"play", "/no/such/file.txt"}, []string{"/no/such/file.txt"}},
		{"graph of a topic that is none", []string{"graph", "weather"}, []string{`"weather"`, "sextortion"}},
		{"graph in a format that is none", []string{"graph", "--format=png"}, []string{"--format"}},
		{"a record nobody can write", []string{"chat", "--record=/no/such/folder/x.txt"}, []string{"record", "/no/such/folder/x.txt"}},
		{"settings that are not there", []string{"--config=/no/such/file.toml", "walk"}, []string{"/no/such/file.toml"}},
		{"nothing, where no terminal is", nil, []string{"chat", "--help"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			call(t, "", nil, tt.args...).oneLine(t, exitUsage, tt.want...)
		})
	}
}

func exe(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return self
}

func TestHelpIsPrintedAndIsNoError(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"-h"}, {"where", "--help"}, {"chat", "-h"}} {
		if c := call(t, "", nil, args...); c.code != 0 || !strings.Contains(c.out, "Usage: wheretoturn") || c.errs != "" {
			t.Errorf("%v: code %d, %q, %q", args, c.code, c.out, c.errs)
		}
	}
}

func TestChatThroughAPipe(t *testing.T) {
	t.Parallel()
	c := call(t, "1\n16\n0\n", nil, "chat")
	b := shipped(t)
	first, _ := b.Phrases.Say(start("cs", "CZ"), "main.start.ask", nil)
	who, _ := b.Phrases.Say(start("cs", "CZ"), "main.who.ask", nil)
	if c.code != 0 || c.errs != "" {
		t.Fatalf("code %d, %s", c.code, c.errs)
	}
	for _, want := range []string{first, who, "112", "116 111"} {
		if !strings.Contains(c.out, want) {
			t.Errorf("%q is not in\n%s", want, c.out)
		}
	}
	if strings.Contains(c.out, "> ") || strings.Contains(c.out, "\x1b") {
		t.Errorf("a pipe gets a prompt or colours:\n%s", c.out)
	}
	if c := call(t, "", nil, "chat"); c.code != 0 || !strings.Contains(c.out, first) {
		t.Errorf("nobody says anything: code %d\n%s", c.code, c.out)
	}
}

func TestChatSpeaksTheLanguageOfTheSystemOrTheOneNamed(t *testing.T) {
	t.Parallel()
	b := shipped(t)
	for _, tt := range []struct {
		env, args []string
		want      string
	}{
		{[]string{"LANG=pl_PL.UTF-8"}, nil, "pl"}, {[]string{"LC_ALL=C"}, nil, "en"},
		{[]string{"LANG=pl_PL.UTF-8"}, []string{"--lang=sq"}, "sq"}, {nil, []string{"--lang=en", "--country=AL"}, "en"},
	} {
		c := call(t, "", tt.env, append([]string{"chat"}, tt.args...)...)
		label, _ := b.Phrases.Say(start(tt.want, ""), "ui.danger", nil)
		if c.code != 0 || !strings.Contains(c.out, label) {
			t.Errorf("%v %v: code %d\n%s", tt.env, tt.args, c.code, c.out)
		}
	}
}

func TestWhatIsRecordedCanBePlayed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "x.txt")
	if c := call(t, "1\n16\nnesmysl\n", nil, "chat", "--record="+file); c.code != 0 {
		t.Fatal(c.errs)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	// what was open then may be shut in the minute of the replay, so that the
	// transcript is written anew once
	if c := call(t, "", nil, "play", "--update", file); c.code != 0 {
		t.Fatal(c)
	}
	if c := call(t, "", nil, "play", file); c.code != 0 || c.out != "" {
		t.Errorf("code %d\n%s%s", c.code, c.out, c.errs)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, "      ! state main.start\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := call(t, "", nil, "play", file); c.code != exitFound || !strings.Contains(c.out, file+":") {
		t.Errorf("a fact that does not hold: code %d\n%s", c.code, c.out)
	}
	if err := os.WriteFile(file, []byte("no transcript\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := call(t, "", nil, "play", file); c.code != exitFound || !strings.Contains(c.out, file+": line 1") {
		t.Errorf("no transcript: code %d\n%s", c.code, c.out)
	}
}

func TestARecordThatIsFullIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	c := call(t, "1\n", nil, "chat", "--record=/dev/full")
	if c.code != exitUsage || !strings.Contains(c.errs, "record") || c.out == "" {
		t.Errorf("code %d, %q", c.code, c.errs)
	}
}

func TestWherePrintsTextOrJSON(t *testing.T) {
	t.Parallel()
	args := []string{"where", "--country=PL", "--audience=senior", "--age=60-plus", "--topic=payment-fraud", "--answer=how=transfer", "--lang=pl", "--at=2026-12-24T18:30:00+01:00"}
	c := call(t, "", nil, args...)
	if c.code != 0 || c.errs != "" || !strings.Contains(c.out, "997") && !strings.Contains(c.out, "112") {
		t.Errorf("code %d\n%s%s", c.code, c.out, c.errs)
	}
	c = call(t, "", nil, append(args, "--json")...)
	var got struct {
		Steps  []struct{ ID, Text string }
		Places []struct{ ID, Role string }
	}
	if err := json.Unmarshal([]byte(c.out), &got); err != nil || c.code != 0 || len(got.Steps) == 0 || len(got.Places) < 2 {
		t.Fatalf("code %d, %v\n%s", c.code, err, c.out)
	}
	if got.Places[0].Role != "bank" || got.Places[1].Role != "police" {
		t.Errorf("first %+v, then %+v", got.Places[0], got.Places[1])
	}
	if strings.Contains(c.out, `\u003c`) || strings.Contains(c.out, `\u0026`) {
		t.Error("JSON is escaped for a page")
	}
}

// TestBrokenBooksAreOneLineWithFileAndLine breaks one thing at a time.
func TestBrokenBooksAreOneLineWithFileAndLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, old, new string }{
		{"YAML that is none", "flows/main.yaml", "initial: country", "initial: [country"},
		{"a target that is not there", "flows/main.yaml", "target: sort,", "target: nowhere,"},
		{"a pack with a word nobody knows", "flows/places/cz.yaml", "country: CZ", "country: CZ\nmood: fine"},
		{"TOML that is none", "locales/ui.cs.toml", `"ui.danger" = "`, `"ui.danger" = `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := unpack(t)
			name := filepath.Join(dir, tt.file)
			data, err := os.ReadFile(name)
			if err != nil || !strings.Contains(string(data), tt.old) {
				t.Fatalf("%s no longer holds %q (%v)", tt.file, tt.old, err)
			}
			if err := os.WriteFile(name, []byte(strings.Replace(string(data), tt.old, tt.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			fileLine := regexp.MustCompile(regexp.QuoteMeta(tt.file) + `:[0-9]+: `)
			for _, args := range [][]string{{"chat"}, {"where", "--country=CZ", "--audience=adult", "--topic=phishing"}} {
				c := call(t, "1\n", nil, append([]string{"--books=" + dir}, args...)...)
				c.oneLine(t, exitUsage, "check")
				if !fileLine.MatchString(c.errs) {
					t.Errorf("%v: no file and line in %q", args, c.errs)
				}
			}
			c := call(t, "", []string{"WHERETOTURN_BOOKS=" + dir}, "check")
			if c.code != exitFound || !fileLine.MatchString(c.out) {
				t.Errorf("check: code %d\n%s", c.code, c.out)
			}
			c = call(t, "", nil, "check", "--json", dir)
			var findings []struct {
				File, Code, Message string
				Line                int
			}
			if err := json.Unmarshal([]byte(c.out), &findings); err != nil || c.code != exitFound || len(findings) == 0 || findings[0].Line == 0 {
				t.Errorf("check --json: code %d, %v\n%s", c.code, err, c.out)
			}
		})
	}
}

func TestAFolderWithoutBooksIsNoBook(t *testing.T) {
	t.Parallel()
	call(t, "", nil, "--books="+t.TempDir(), "chat").oneLine(t, exitUsage, "books")
}

func TestBooksFromAFolderAreUsed(t *testing.T) {
	t.Parallel()
	dir := unpack(t)
	name := filepath.Join(dir, "locales/main.cs.toml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	ask := regexp.MustCompile(`(?m)^"main\.start\.ask" = .*$`)
	if err := os.WriteFile(name, ask.ReplaceAll(data, []byte(`"main.start.ask" = "Co dnes?"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []called{call(t, "", nil, "--books="+dir, "chat"), call(t, "", []string{"WHERETOTURN_BOOKS=" + dir}, "chat")} {
		if c.code != 0 || !strings.Contains(c.out, "Co dnes?") {
			t.Errorf("code %d\n%s%s", c.code, c.out, c.errs)
		}
	}
}

func TestGraphPrintsAPicture(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]string{"mermaid": "flowchart", "dot": "digraph", "svg": "<svg"} {
		if c := call(t, "", nil, "graph", "sextortion", "--format="+format, "--lang=pl"); c.code != 0 || !strings.Contains(c.out, want) {
			t.Errorf("%s: code %d, %s\n%.300s", format, c.code, c.errs, c.out)
		}
	}
}

// unpack writes the books inside the binary into a folder.
func unpack(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	src := book.Embedded()
	for name, files := range map[string]fs.FS{"flows": src.Flows, "locales": src.Locales} {
		if err := os.CopyFS(filepath.Join(dir, name), files); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var books = sync.OnceValues(func() (*book.Book, []bot.Finding) { return book.Load(book.Embedded()) })

func shipped(t *testing.T) *book.Book {
	t.Helper()
	b, findings := books()
	if b == nil {
		t.Fatal(findings[0])
	}
	return b
}

// start is somebody who has said nothing yet.
func start(lang, country string) bot.Asker {
	return bot.Asker{Lang: bot.Lang(lang), Country: bot.Country(country)}
}
