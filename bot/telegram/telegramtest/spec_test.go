package telegramtest_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot/telegram/telegramtest"
)

var update = flag.Bool("update", false, "write spec.txt anew from telegram-bot-api.json")

// apiFile is the machine-readable Bot API as people keep it beside the
// repository; TELEGRAM_BOT_API_JSON names another place.
const apiFile = "../../../../shared/telegram-bot-api.json"

type apiField struct {
	Name     string
	Types    []string
	Required bool
}

type apiThing struct {
	Name     string
	Fields   []apiField
	Subtypes []string
}

type api struct {
	Version        string
	Methods, Types map[string]apiThing
}

func TestSpecAgreesWithTheBotAPI(t *testing.T) {
	t.Parallel()
	name := cmp.Or(os.Getenv("TELEGRAM_BOT_API_JSON"), apiFile)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Skipf("no Bot API to compare with: set TELEGRAM_BOT_API_JSON to github.com/PaulSonOfLars/telegram-bot-api-spec api.json")
	}
	var a api
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	want := a.spec()
	if *update {
		if err := os.WriteFile("spec.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("spec.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Errorf("spec.txt is not what %s says (%s); go test -run Spec -update writes it anew", name, a.Version)
	}
}

// spec is the text of spec.txt.
func (a api) spec() string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %s, made by go test -run Spec -update from github.com/PaulSonOfLars/telegram-bot-api-spec (MIT)\n", a.Version)
	for _, name := range slices.Sorted(maps.Keys(a.Methods)) {
		line(&b, "method", a.Methods[name])
	}
	reached := map[string]bool{}
	for _, name := range telegramtest.Played() {
		a.reach(a.Methods[name].Fields, reached)
	}
	for _, name := range slices.Sorted(maps.Keys(reached)) {
		if sub := a.Types[name].Subtypes; len(sub) > 0 {
			fmt.Fprintf(&b, "choice %s %s\n", name, strings.Join(sub, " "))
			continue
		}
		line(&b, "object", a.Types[name])
	}
	b.WriteString("updates")
	for _, f := range a.Types["Update"].Fields {
		if f.Name != "update_id" {
			b.WriteString(" " + f.Name)
		}
	}
	return b.String() + "\n"
}

func line(b *strings.Builder, kind string, thing apiThing) {
	fmt.Fprintf(b, "%s %s", kind, thing.Name)
	for _, f := range thing.Fields {
		mark := ""
		if f.Required {
			mark = "!"
		}
		types := make([]string, len(f.Types))
		for i, t := range f.Types {
			types[i] = strings.ReplaceAll(t, "Array of ", "[]")
		}
		fmt.Fprintf(b, " %s%s:%s", f.Name, mark, strings.Join(types, "|"))
	}
	b.WriteString("\n")
}

// reach collects the objects that fields may hold.
func (a api) reach(fields []apiField, reached map[string]bool) {
	for _, f := range fields {
		for _, t := range f.Types {
			a.reachType(strings.ReplaceAll(t, "Array of ", ""), reached)
		}
	}
}

func (a api) reachType(name string, reached map[string]bool) {
	thing, isObject := a.Types[name]
	if !isObject || reached[name] || name == "InputFile" {
		return
	}
	reached[name] = true
	a.reach(thing.Fields, reached)
	for _, sub := range thing.Subtypes {
		a.reachType(sub, reached)
	}
}
