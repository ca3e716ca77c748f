package telegramtest

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is in UTF-16 units, after the markup is read
// (https://core.telegram.org/bots/api#sendmessage).
const maxText = 4096

// readText reads text and parse_mode (or entities) of a call.
func (s *Server) readText(c *call) (string, []Entity, *refusal) {
	src := c.str("text")
	if s.opt.Fast {
		return src, nil, nil
	}
	if !utf8.ValidString(src) {
		return "", nil, wrong("strings must be encoded in UTF-8")
	}
	text, entities := src, []Entity(nil)
	switch mode := c.str("parse_mode"); {
	case strings.EqualFold(mode, "HTML"):
		var lost []string
		var err error
		if text, entities, lost, err = parseHTML(src); err != nil {
			return "", nil, wrong("can't parse entities: %v", err)
		}
		for _, l := range lost {
			s.violate("%s: %s", c.Method, l)
		}
	case strings.EqualFold(mode, "Markdown"), strings.EqualFold(mode, "MarkdownV2"):
		return "", nil, wrong("telegramtest reads no parse_mode but HTML")
	case mode != "":
		return "", nil, wrong("unsupported parse_mode")
	case c.str("entities") != "":
		if err := json.Unmarshal([]byte(c.str("entities")), &entities); err != nil {
			return "", nil, wrong("can't parse entities JSON object")
		}
	}
	text, entities = trim(text, entities)
	switch {
	case text == "":
		return "", nil, wrong("message text is empty")
	case length(text) > maxText:
		return "", nil, wrong("message is too long")
	}
	for _, e := range entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > length(text) {
			return "", nil, wrong("entity of type %q lies outside of the text", e.Type)
		}
	}
	return text, entities, nil
}

// length counts UTF-16 units.
func length(s string) (n int) {
	for _, r := range s {
		n += units(r)
	}
	return n
}

// trim takes white space off both ends, as the server does, and moves the
// entities along. What trimming leaves empty goes.
func trim(text string, entities []Entity) (string, []Entity) {
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	cut := length(text) - length(left)
	text = strings.TrimRightFunc(left, unicode.IsSpace)
	var out []Entity
	for _, e := range entities {
		end := min(e.Offset+e.Length-cut, length(text))
		e.Offset = max(0, e.Offset-cut)
		if e.Length = end - e.Offset; e.Length > 0 {
			out = append(out, e)
		}
	}
	return text, out
}
