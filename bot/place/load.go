package place

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"wheretoturn/bot"
	"wheretoturn/bot/hours"
	"wheretoturn/bot/source"
)

// Load reads every pack of a books folder's flows/places. The directory is
// usable when no finding is an error.
func Load(fsys fs.FS) (*Directory, []bot.Finding) {
	d := &Directory{packs: map[bot.Country]*Pack{}, byID: map[bot.PlaceID]*Place{}, byRole: map[roleKey][]*Place{}}
	var findings []bot.Finding
	files, _ := fs.Glob(fsys, "places/*.yaml")
	for _, name := range files {
		r := &reader{Reader: &source.Reader{File: path.Join("flows", name)}, dir: d}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			r.Add(0, "missing-file", "%v", err)
		} else if root := r.Parse(data); root != nil {
			r.pack(root)
		}
		findings = append(findings, r.Findings...)
	}
	for _, c := range bot.Countries {
		if d.packs[c] == nil {
			findings = append(findings, bot.Finding{File: "flows/places", Code: "missing-pack", Message: fmt.Sprintf("no pack for %s", c)})
		}
	}
	if len(findings) == 0 {
		d.layUnder()
	}
	d.index()
	return d, findings
}

// layUnder puts the international places beneath every country's own.
func (d *Directory) layUnder() {
	for _, pack := range d.packs {
		if pack.Country == bot.Elsewhere {
			continue
		}
		for _, p := range d.packs[bot.Elsewhere].Places {
			if p.Scope == International {
				pack.Places = append(pack.Places, p)
			}
		}
	}
}

func (d *Directory) index() {
	for c, pack := range d.packs {
		for _, p := range pack.Places {
			for _, r := range p.Roles {
				d.byRole[roleKey{c, r}] = append(d.byRole[roleKey{c, r}], p)
			}
		}
	}
}

type reader struct {
	*source.Reader
	dir *Directory
	pk  *Pack
}

func (r *reader) pack(n *yaml.Node) {
	p := &Pack{File: r.File}
	r.pk = p
	var services, steps *yaml.Node
	r.Fields(n, map[string]func(*yaml.Node){
		"country":   func(n *yaml.Node) { p.Country = bot.Country(r.oneOf(n, strs(bot.Countries), "unknown-country")) },
		"names":     func(n *yaml.Node) { p.Names = r.names(n) },
		"languages": func(n *yaml.Node) { p.Languages = r.langs(n) },
		"timezone":  func(n *yaml.Node) { p.Zone = r.zone(n) },
		"dial":      func(n *yaml.Node) { p.Dial = r.String(n) },
		"partial":   func(n *yaml.Node) { p.Partial = r.Bool(n) },
		"regions":   func(n *yaml.Node) { p.Regions = r.regions(n) },
		"holidays":  func(n *yaml.Node) { p.Calendar = r.calendar(n) },
		"services":  func(n *yaml.Node) { services = n },
		"steps":     func(n *yaml.Node) { steps = n },
	})
	for _, l := range bot.Languages {
		if p.Names[l] == "" {
			r.Add(n.Line, "country-name", "the country has no name in %q", l)
		}
	}
	if services == nil || p.Zone == nil || p.Country == "" {
		r.Add(n.Line, "incomplete", "a pack needs country, timezone and services")
		return
	}
	if old := r.dir.packs[p.Country]; old != nil {
		r.Add(n.Line, "duplicate-pack", "%s already has its pack in %s", p.Country, old.File)
		return
	}
	r.dir.packs[p.Country] = p
	r.Each(services, func(n *yaml.Node) { r.service(n) })
	if steps != nil {
		r.Pairs(steps, func(key string, k, v *yaml.Node) { r.step(key, k.Line, v) })
	}
}

// regions are the names of the parts of the country that have places of their
// own.
func (r *reader) regions(n *yaml.Node) map[bot.Region]map[bot.Lang]string {
	out := map[bot.Region]map[bot.Lang]string{}
	r.Pairs(n, func(key string, k, v *yaml.Node) {
		names := r.names(v)
		for _, l := range bot.Languages {
			if names[l] == "" {
				r.Add(k.Line, "region-name", "region %s has no name in %q", key, l)
			}
		}
		out[bot.Region(key)] = names
	})
	return out
}

// zone reads a named zone; "" and "Local" are whatever the machine has.
func (r *reader) zone(n *yaml.Node) *time.Location {
	name := r.String(n)
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		r.Add(n.Line, "timezone", "%q is not a time zone like Europe/Prague", name)
		return nil
	}
	return loc
}

func (r *reader) names(n *yaml.Node) map[bot.Lang]string {
	out := map[bot.Lang]string{}
	r.Pairs(n, func(key string, k, v *yaml.Node) {
		if !slices.Contains(bot.Languages, bot.Lang(key)) {
			r.Add(k.Line, "unknown-language", "%q is not a language of the bot", key)
		}
		out[bot.Lang(key)] = r.String(v)
	})
	return out
}

// langs are languages people speak at a place; more than the bot's own.
func (r *reader) langs(n *yaml.Node) []bot.Lang {
	var out []bot.Lang
	for _, s := range r.Strings(n) {
		if len(s) != 2 && s != "mul" {
			r.Add(n.Line, "unknown-language", "%q is not a two-letter language code", s)
		}
		out = append(out, bot.Lang(s))
	}
	return out
}

func (r *reader) calendar(n *yaml.Node) *hours.Calendar {
	var hs []hours.Holiday
	r.Each(n, func(n *yaml.Node) {
		var h hours.Holiday
		r.Fields(n, map[string]func(*yaml.Node){
			"date":    func(n *yaml.Node) { h.Date = r.String(n) },
			"easter":  func(n *yaml.Node) { i := r.Int(n); h.Easter = &i },
			"church":  func(n *yaml.Node) { h.Church = r.String(n) },
			"name":    func(n *yaml.Node) { h.Name = r.String(n) },
			"dates":   func(n *yaml.Node) { h.Dates = r.Strings(n) },
			"through": func(n *yaml.Node) { h.Through = r.Int(n) },
		})
		if _, err := hours.NewCalendar([]hours.Holiday{h}); err != nil {
			r.Add(n.Line, "holiday", "%v", errors.Unwrap(err))
			return
		}
		hs = append(hs, h)
	})
	cal, err := hours.NewCalendar(hs)
	if err != nil {
		r.Add(n.Line, "holiday", "%v", err)
	}
	return cal
}

func (r *reader) verified(n *yaml.Node) (v Verified) {
	r.Fields(n, map[string]func(*yaml.Node){
		"date": func(n *yaml.Node) {
			d, err := time.Parse(time.DateOnly, r.String(n))
			if err != nil {
				r.Add(n.Line, "bad-date", "%q is not a date like 2026-11-21", n.Value)
			}
			v.Date = d
		},
		"how": func(n *yaml.Node) {
			v.How = r.oneOf(n, []string{"official-page", "second-hand", "undated-page", "call"}, "unknown-how")
		},
	})
	return v
}

func (r *reader) sources(n *yaml.Node) []Source {
	var out []Source
	r.Each(n, func(n *yaml.Node) {
		var s Source
		r.Fields(n, map[string]func(*yaml.Node){
			"url":  func(n *yaml.Node) { s.URL = r.String(n) },
			"seen": func(n *yaml.Node) { s.Seen = r.String(n) },
		})
		if !strings.HasPrefix(s.URL, "http://") && !strings.HasPrefix(s.URL, "https://") {
			r.Add(n.Line, "source-url", "source %q is not a public address people can open", s.URL)
		}
		out = append(out, s)
	})
	return out
}

func (r *reader) step(id string, line int, n *yaml.Node) {
	s := &Step{ID: id, File: r.File, Line: line}
	var sources []Source
	r.Fields(n, map[string]func(*yaml.Node){
		"topics":   func(n *yaml.Node) { s.Topics = r.topics(n) },
		"when":     func(n *yaml.Node) { s.When = r.condition(n) },
		"after":    func(n *yaml.Node) { s.After = r.String(n) },
		"instead":  func(n *yaml.Node) { s.Instead = r.String(n) },
		"first":    func(n *yaml.Node) { s.First = r.Bool(n) },
		"optional": func(n *yaml.Node) { s.Optional = r.Bool(n) },
		"data": func(n *yaml.Node) {
			s.Data = map[string]string{}
			r.Pairs(n, func(key string, _, v *yaml.Node) { s.Data[key] = r.String(v) })
		},
		"verified": func(n *yaml.Node) { s.Verified = r.verified(n) },
		"sources":  func(n *yaml.Node) { sources = r.sources(n) },
	})
	if len(sources) == 0 {
		r.Add(line, "no-source", "step %s names no source", id)
	}
	r.pk.Steps = append(r.pk.Steps, s)
}

func (r *reader) condition(n *yaml.Node) (c Condition) {
	r.Fields(n, map[string]func(*yaml.Node){
		"audience": func(n *yaml.Node) {
			for _, a := range r.each(n, append(strs(bot.Audiences), string(bot.Unknown), bot.CodeNone), "unknown-audience") {
				c.Audience = append(c.Audience, bot.Audience(a))
			}
		},
		"answers": func(n *yaml.Node) {
			c.Answers = map[string][]string{}
			r.Pairs(n, func(key string, _, v *yaml.Node) { c.Answers[key] = r.Strings(v) })
		},
	})
	return c
}

func (r *reader) topics(n *yaml.Node) []bot.Topic {
	var out []bot.Topic
	for _, s := range r.each(n, append(strs(bot.Topics), "all"), "unknown-topic") {
		if s == "all" {
			return nil
		}
		out = append(out, bot.Topic(s))
	}
	return out
}

func (r *reader) oneOf(n *yaml.Node, set []string, code string) string {
	v := r.String(n)
	if !slices.Contains(set, v) {
		r.Add(n.Line, code, "%q is not one of %v", v, set)
	}
	return v
}

func (r *reader) each(n *yaml.Node, set []string, code string) []string {
	out := r.Strings(n)
	for _, v := range out {
		if !slices.Contains(set, v) {
			r.Add(n.Line, code, "%q is not one of %v", v, set)
		}
	}
	return out
}

func strs[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, v := range in {
		out[i] = string(v)
	}
	return out
}
