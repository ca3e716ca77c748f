package phrase

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"wheretoturn/bot"
)

// Load reads every *.<lang>.toml of a books folder's locales/. Files are flat:
// "key" = "text", or ["key"] with plural forms. Each language gets a bundle of
// its own, so that no sentence can fall back to another language.
func Load(fsys fs.FS) (*Catalog, []bot.Finding) {
	c := &Catalog{langs: map[bot.Lang]*words{}}
	l := &loader{catalog: c}
	files, _ := fs.Glob(fsys, "*.toml")
	sort.Strings(files)
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			l.add(path.Join("locales", name), 0, "missing-file", "%v", err)
			continue
		}
		l.file(name, data)
	}
	for code, lang := range c.langs {
		l.finish(code, lang)
	}
	return c, l.findings
}

type loader struct {
	catalog  *Catalog
	findings []bot.Finding
}

func (l *loader) add(name string, line int, code, format string, args ...any) {
	l.findings = append(l.findings, bot.Finding{
		File: name, Line: line, Code: code, Message: fmt.Sprintf(format, args...),
	})
}

func (l *loader) file(name string, data []byte) {
	parts := strings.Split(name, ".")
	name = path.Join("locales", name)
	code := bot.Lang("")
	if len(parts) == 3 {
		code = bot.Lang(parts[1])
	}
	if !slices.Contains(bot.Languages, code) {
		l.add(name, 0, "unknown-language", "the file must be called theme.<cs|en|pl|sq>.toml")
		return
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		line := 1
		if pe, ok := err.(toml.ParseError); ok {
			line = pe.Position.Line
		}
		l.add(name, line, "toml", "%v", err)
		return
	}
	lang := l.catalog.langs[code]
	if lang == nil {
		lang = &words{entries: map[string]*Entry{}, parser: strict{}}
		l.catalog.langs[code] = lang
	}
	lines := keyLines(string(data))
	for _, id := range slices.Sorted(maps.Keys(tree)) {
		l.entry(lang, name, lines[id], id, tree[id])
	}
}

func (l *loader) entry(lang *words, name string, line int, id string, v any) {
	e := &Entry{ID: id, File: name, Line: line}
	switch v := v.(type) {
	case string:
		e.Text = v
	case map[string]any:
		e.plural = map[string]string{}
		for _, form := range slices.Sorted(maps.Keys(v)) {
			s, ok := v[form].(string)
			if !ok || !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form) {
				l.add(name, line, "not-flat", "%q: write \"%s.%s\" as one quoted key", id, id, form)
				return
			}
			e.plural[form] = s
		}
		e.Text = e.plural["other"]
	default:
		l.add(name, line, "not-text", "%q must be a text", id)
		return
	}
	if old := lang.entries[id]; old != nil {
		l.add(name, line, "duplicate-key", "%q already stands in %s:%d", id, old.File, old.Line)
		return
	}
	if key, variant, ok := strings.Cut(id, "@"); key == "" || (ok && !slices.Contains(KnownVariants, variant)) {
		l.add(name, line, "unknown-variant", "%q: a key, and behind @ one of %v", id, KnownVariants)
	}
	if e.Text == "" {
		l.add(name, line, "empty-text", "%q has no text (form other)", id)
	}
	forms := e.Forms()
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		if err := simple(forms[form]); err != nil {
			l.add(name, line, "template", "%q: %v", id, err)
		}
	}
	lang.entries[id] = e
}

// finish builds the bundle of what needs data or has plural forms, and decides,
// once, which variant each listener hears.
func (l *loader) finish(code bot.Lang, lang *words) {
	tag := language.Make(string(code))
	bundle := i18n.NewBundle(tag)
	lang.chosen = map[string][]string{}
	for id, e := range lang.entries {
		if !e.plain() {
			if err := bundle.AddMessages(tag, e.message()); err != nil {
				l.add(e.File, e.Line, "message", "%q: %v", id, err)
			}
		}
		if key := e.Key(); lang.chosen[key] == nil {
			lang.chosen[key] = lang.choose(key)
		}
	}
	lang.localizer = i18n.NewLocalizer(bundle, string(code))
}

func (lang *words) choose(key string) []string {
	out := make([]string, len(listeners))
	for i, a := range listeners {
		for _, v := range append(Variants(a), "") {
			id := key
			if v != "" {
				id += "@" + v
			}
			if lang.entries[id] != nil {
				out[i] = id
				break
			}
		}
	}
	return out
}

// keyLine also knows the bare and dotted keys that are refused.
var keyLine = regexp.MustCompile(`^\s*\[?\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*[=.\]]`)

// keyLines finds the line of each key; the TOML decoder keeps none.
func keyLines(src string) map[string]int {
	out := map[string]int{}
	for i, s := range strings.Split(src, "\n") {
		if m := keyLine.FindStringSubmatch(s); m != nil {
			if key := m[1] + m[2] + m[3]; out[key] == 0 {
				out[key] = i + 1
			}
		}
	}
	return out
}
