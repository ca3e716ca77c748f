package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// envPrefix begins every variable that is a flag: --data is WHERETOTURN_DATA.
const envPrefix = "WHERETOTURN"

// keyVariable holds the master key itself; it has no flag, because flags are
// seen by everybody on the machine.
const keyVariable = envPrefix + "_KEY"

// tomlConfig reads a settings file: flags' names as keys, nothing nested.
func tomlConfig(r io.Reader) (kong.Resolver, error) {
	var values map[string]any
	if _, err := toml.NewDecoder(r).Decode(&values); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return settingsFile(values), nil
}

type settingsFile map[string]any

// Validate refuses keys that are no flag of any command.
func (f settingsFile) Validate(a *kong.Application) error {
	known := flagNames(a.Node)
	for key := range f {
		if !slices.Contains(known, key) {
			return fmt.Errorf("settings: unknown key %q", key)
		}
	}
	return nil
}

// Resolve gives a flag its value from the file.
func (f settingsFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	v, ok := f[flag.Name]
	if !ok {
		return nil, nil
	}
	return fmt.Sprint(v), nil
}

func flagNames(n *kong.Node) []string {
	var out []string
	for _, f := range n.Flags {
		out = append(out, f.Name)
	}
	for _, c := range n.Children {
		out = append(out, flagNames(c)...)
	}
	return out
}

// warnUnknown names variables that look like ours and are none: orchestrators
// inject some, so it is no error.
func warnUnknown(a *kong.Application, w io.Writer) {
	known := []string{keyVariable}
	for _, name := range flagNames(a.Node) {
		known = append(known, envPrefix+"_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
	}
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) {
			fmt.Fprintf(w, "wheretoturn: the variable %s is no setting of mine\n", name)
		}
	}
}
