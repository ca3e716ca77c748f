// Package phrase turns a message key and data into a sentence, in a language
// and the form of address that fits who asks.
//
// Every sentence of the bot comes from here. A key may have variants,
// "key@child" or "key@parent"; which one is taken is the declared chain of
// Variants, never a guess, and never another language. It knows no flow and no
// place.
//
// Start reading at Catalog.Say.
package phrase

import (
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"

	"wheretoturn/bot"
)

// Variants returns the suffixes to try before the plain key, best first.
//
//   - child and young person: child
//   - parent, teacher, relative: their own, then other (any of the three)
//   - senior, business: their own
//   - not asked yet: neutral
//   - adult, or did not want to say: none
func Variants(a bot.Audience) []string {
	switch a {
	case bot.Child, bot.YoungPerson:
		return []string{"child"}
	case bot.Parent, bot.Teacher, bot.Relative:
		return []string{string(a), "other"}
	case bot.Senior, bot.Business:
		return []string{string(a)}
	case "":
		return []string{"neutral"}
	}
	return nil
}

// KnownVariants are all suffixes a key may carry.
var KnownVariants = []string{"child", "parent", "teacher", "relative", "other", "senior", "business", "neutral"}

// listeners are the audiences a sentence can be said to, with a fixed index.
var listeners = append([]bot.Audience{"", bot.Unknown}, bot.Audiences...)

func listener(a bot.Audience) int {
	for i, l := range listeners {
		if l == a {
			return i
		}
	}
	return 1
}

// Catalog holds every sentence. Immutable after Load, safe for concurrent use.
type Catalog struct {
	langs map[bot.Lang]*words
	trace func(who bot.Asker, key string, required, found bool)
}

// Traced returns a catalog that tells what it is asked for; the checker learns
// from it which sentence is said to whom. The function is called from every
// goroutine that uses the copy.
func (c *Catalog) Traced(f func(who bot.Asker, key string, required, found bool)) *Catalog {
	return &Catalog{langs: c.langs, trace: f}
}

type words struct {
	localizer *i18n.Localizer
	entries   map[string]*Entry
	// chosen maps a key to the message id for each listener, "" where missing.
	chosen map[string][]string
	parser i18ntemplate.Parser
}

// Entry is one message as written in a file.
type Entry struct {
	ID     string // key, with @variant
	File   string
	Line   int
	Text   string            // its form "other", the only one of most
	plural map[string]string // form → text where there are more forms
}

// Forms returns the texts by plural form; a plain one has "other".
func (e *Entry) Forms() map[string]string {
	if e.plural != nil {
		return e.plural
	}
	return map[string]string{"other": e.Text}
}

// plain tells whether the text is said as it stands.
func (e *Entry) plain() bool { return len(e.plural) <= 1 && !strings.Contains(e.Text, "{{") }

func (e *Entry) message() *i18n.Message {
	f := e.Forms()
	return &i18n.Message{ID: e.ID, Zero: f["zero"], One: f["one"], Two: f["two"], Few: f["few"], Many: f["many"], Other: e.Text}
}

// Key returns the id without its variant.
func (e *Entry) Key() string { key, _, _ := strings.Cut(e.ID, "@"); return key }

// Variant returns the suffix of the id, "" for the base.
func (e *Entry) Variant() string { _, v, _ := strings.Cut(e.ID, "@"); return v }

// Has tells whether the key can be said in the language to the audience.
func (c *Catalog) Has(l bot.Lang, a bot.Audience, key string) bool {
	lang := c.langs[l]
	if lang == nil {
		return false
	}
	ids := lang.chosen[key]
	return ids != nil && ids[listener(a)] != ""
}

// Say returns the sentence for key. Data may be nil. A missing sentence or a
// missing piece of data gives "" and false: callers show something else, and
// the checker proves that it cannot happen with the books as shipped.
func (c *Catalog) Say(who bot.Asker, key string, data map[string]string) (string, bool) {
	s, ok := c.say(who, key, data)
	if c.trace != nil {
		c.trace(who, key, true, ok)
	}
	return s, ok
}

// Maybe is Say for a sentence that need not exist.
func (c *Catalog) Maybe(who bot.Asker, key string, data map[string]string) (string, bool) {
	s, ok := c.say(who, key, data)
	if c.trace != nil {
		c.trace(who, key, false, ok)
	}
	return s, ok
}

func (c *Catalog) say(who bot.Asker, key string, data map[string]string) (string, bool) {
	lang := c.langs[who.Lang]
	if lang == nil {
		return "", false
	}
	ids := lang.chosen[key]
	if ids == nil {
		return "", false
	}
	id := ids[listener(who.Audience)]
	if id == "" {
		return "", false
	}
	e := lang.entries[id]
	if e.plain() {
		return e.Text, e.Text != ""
	}
	cfg := i18n.LocalizeConfig{MessageID: id, TemplateParser: lang.parser}
	if len(data) > 0 {
		cfg.TemplateData = data
		if n, ok := data["count"]; ok && len(e.plural) > 1 {
			cfg.PluralCount = n
		}
	}
	s, err := lang.localizer.Localize(&cfg)
	if err != nil {
		return "", false
	}
	return s, s != ""
}

// Entries returns the messages of a language by id.
func (c *Catalog) Entries(l bot.Lang) map[string]*Entry {
	if lang := c.langs[l]; lang != nil {
		return lang.entries
	}
	return nil
}

// Resolved returns the entry that would be said, or nil.
func (c *Catalog) Resolved(l bot.Lang, a bot.Audience, key string) *Entry {
	lang := c.langs[l]
	if lang == nil || lang.chosen[key] == nil {
		return nil
	}
	return lang.entries[lang.chosen[key][listener(a)]]
}

// strict makes a placeholder without data an error instead of "<no value>".
type strict struct{}

func (strict) Cacheable() bool { return true }

func (strict) Parse(src, left, right string) (i18ntemplate.ParsedTemplate, error) {
	if left == "" {
		left = "{{"
	}
	if !strings.Contains(src, left) {
		return plain(src), nil
	}
	t, err := template.New("").Delims(left, right).Option("missingkey=error").Parse(src)
	if err != nil {
		return nil, err
	}
	return parsed{t}, nil
}

type plain string

func (p plain) Execute(any) (string, error) { return string(p), nil }

type parsed struct{ t *template.Template }

func (p parsed) Execute(data any) (string, error) {
	var b strings.Builder
	if data == nil {
		data = map[string]string{}
	}
	err := p.t.Execute(&b, data)
	return b.String(), err
}

// Placeholders returns the names used as {{.name}} in a text, in order.
func Placeholders(text string) []string {
	names, _ := placeholders(text)
	return names
}

// simple tells what is wrong with a text: nothing but {{.name}} may stand in
// it, so that what it needs can be read from it.
func simple(text string) error {
	_, err := placeholders(text)
	return err
}

func placeholders(text string) ([]string, error) {
	if !strings.Contains(text, "{{") {
		return nil, nil // most sentences
	}
	t, err := template.New("").Parse(text)
	if err != nil || t.Tree == nil {
		return nil, err
	}
	for _, other := range t.Templates() {
		if other != t && other.Name() != "" {
			return nil, fmt.Errorf("{{define %q}}: only {{.name}} may stand in a sentence", other.Name())
		}
	}
	var out []string
	for _, n := range t.Tree.Root.Nodes {
		name, ok := placeholder(n)
		if !ok {
			return nil, fmt.Errorf("%q: only {{.name}} may stand in a sentence", n)
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out, nil
}

// placeholder returns the name a node stands for, "" for plain text; false for
// everything that is neither.
func placeholder(n parse.Node) (string, bool) {
	if n.Type() == parse.NodeText {
		return "", true
	}
	a, ok := n.(*parse.ActionNode)
	if !ok || len(a.Pipe.Cmds) != 1 || len(a.Pipe.Decl) > 0 || len(a.Pipe.Cmds[0].Args) != 1 {
		return "", false
	}
	f, ok := a.Pipe.Cmds[0].Args[0].(*parse.FieldNode)
	if !ok || len(f.Ident) != 1 {
		return "", false
	}
	return f.Ident[0], true
}
