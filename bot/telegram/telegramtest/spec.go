package telegramtest

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// specText is the Bot API as far as the fake knows it: a line for each method,
// for each object a played method takes, and for the kinds of updates. It is
// made from telegram-bot-api.json by go test -run Spec -update.
//
//go:embed spec.txt
var specText string

// field is a parameter of a method or a field of an object.
type field struct {
	name     string
	required bool
	types    []string // "Integer", "String", "[]X", the name of an object …
}

type apiSpec struct {
	methods map[string][]field
	objects map[string][]field
	choices map[string][]string // objects that are one of several
	updates []string
	lower   map[string]string // method names are case-insensitive
}

var spec = sync.OnceValue(func() *apiSpec {
	p := &apiSpec{map[string][]field{}, map[string][]field{}, map[string][]string{}, nil, map[string]string{}}
	for line := range strings.Lines(specText) {
		words := strings.Fields(line)
		switch words[0] {
		case "method":
			p.methods[words[1]] = fieldsOf(words[2:])
			p.lower[strings.ToLower(words[1])] = words[1]
		case "object":
			p.objects[words[1]] = fieldsOf(words[2:])
		case "choice":
			p.choices[words[1]] = words[2:]
		case "updates":
			p.updates = words[1:]
		}
	}
	return p
})

func fieldsOf(words []string) []field {
	var out []field
	for _, w := range words {
		name, types, _ := strings.Cut(w, ":")
		bare, required := strings.CutSuffix(name, "!")
		out = append(out, field{bare, required, strings.Split(types, "|")})
	}
	return out
}

func (p *apiSpec) name(method string) (string, bool) {
	name, ok := p.lower[strings.ToLower(method)]
	return name, ok
}

// check holds a call against the specification.
func (p *apiSpec) check(method string, params map[string]string) *refusal {
	fields := p.methods[method]
	for name, value := range params {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if i < 0 {
			return wrong("unknown parameter %q of %s", name, method)
		}
		if err := p.text(value, fields[i].types); err != nil {
			return wrong("can't parse %s: %v", name, err)
		}
	}
	for _, f := range fields {
		if _, given := params[f.name]; f.required && !given {
			if f.name == "text" {
				return wrong("message text is empty")
			}
			return wrong("%s is empty", f.name)
		}
	}
	return nil
}

// text holds a parameter as it came, a string, against its types.
func (p *apiSpec) text(value string, types []string) error {
	var first error
	for _, t := range types {
		var why error
		switch t {
		case "String", "InputFile":
			return nil
		case "Integer":
			_, err := strconv.ParseInt(value, 10, 64)
			why = named(err, "an Integer expected")
		case "Float":
			_, err := strconv.ParseFloat(value, 64)
			why = named(err, "a Float expected")
		case "Boolean":
			if !slices.Contains([]string{"true", "false", "0", "1", "yes", "no"}, strings.ToLower(value)) {
				why = errors.New("a Boolean expected")
			}
		default:
			why = p.json(value, t)
		}
		if why == nil {
			return nil
		}
		first = cmp.Or(first, why)
	}
	return first
}

func named(err error, text string) error {
	if err == nil {
		return nil
	}
	return errors.New(text)
}

func (p *apiSpec) json(value, kind string) error {
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil || d.More() {
		return errors.New("no JSON")
	}
	if v == nil {
		return nil
	}
	return p.fits(v, kind)
}

// fits holds a value inside a JSON parameter against a type.
func (p *apiSpec) fits(v any, kind string) error {
	if item, isList := strings.CutPrefix(kind, "[]"); isList {
		list, ok := v.([]any)
		if !ok {
			return errors.New("an Array expected")
		}
		for _, one := range list {
			if err := p.fits(one, item); err != nil {
				return err
			}
		}
		return nil
	}
	ok := true
	switch kind {
	case "Integer", "Float":
		_, ok = v.(json.Number)
	case "String", "InputFile":
		_, ok = v.(string)
	case "Boolean":
		_, ok = v.(bool)
	default:
		return p.object(v, kind)
	}
	if !ok {
		return fmt.Errorf("a value of type %s expected", kind)
	}
	return nil
}

func (p *apiSpec) object(v any, kind string) error {
	if choices := p.choices[kind]; choices != nil {
		return p.oneOf(v, choices)
	}
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("an Object %s expected", kind)
	}
	fields := p.objects[kind]
	for name, value := range object {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if i < 0 {
			return fmt.Errorf("unknown field %q of %s", name, kind)
		}
		if err := p.oneOf(value, fields[i].types); err != nil {
			return fmt.Errorf("field %q: %w", name, err)
		}
	}
	for _, f := range fields {
		if _, given := object[f.name]; f.required && !given {
			return fmt.Errorf("field %q of %s is missing", f.name, kind)
		}
	}
	return nil
}

func (p *apiSpec) oneOf(v any, kinds []string) error {
	var first error
	for _, k := range kinds {
		err := p.fits(v, k)
		if err == nil {
			return nil
		}
		first = cmp.Or(first, err)
	}
	return first
}
