package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Entity is a part of a text that is not plain; offsets count UTF-16 units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
}

// styles are the tags of https://core.telegram.org/bots/api#html-style and what they make.
var styles = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"span": "spoiler", "tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// markup reads a text in parse mode HTML the way the server does, with its
// words for what is wrong and where.
type markup struct {
	src      string
	at       int
	out      strings.Builder
	units    int // UTF-16 units written
	open     []openTag
	entities []Entity
	lost     []string // what Telegram takes without a word and users never see
}

type openTag struct {
	name, value  string
	flag         bool
	offset, from int // in units and in bytes of the text written
}

// parseHTML returns the text and its entities. lost are violations that the
// server answers with ok: links it drops, entities it shows as they are.
func parseHTML(src string) (text string, entities []Entity, lost []string, err error) {
	m := &markup{src: src}
	for m.at < len(src) && err == nil {
		switch src[m.at] {
		case '<':
			err = m.tag()
		case '&':
			m.reference()
		default:
			r, size := utf8.DecodeRuneInString(src[m.at:])
			m.write(r)
			m.at += size
		}
	}
	if err == nil && len(m.open) > 0 {
		err = fmt.Errorf("Can't find end tag corresponding to start tag %q", m.open[len(m.open)-1].name)
	}
	slices.SortStableFunc(m.entities, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return m.out.String(), m.entities, m.lost, err
}

func (m *markup) write(r rune) {
	m.out.WriteRune(r)
	m.units += units(r)
}

func units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// peek is the byte at the reading position, 0 at the end.
func (m *markup) peek() byte {
	if m.at >= len(m.src) {
		return 0
	}
	return m.src[m.at]
}

// skip moves on while a byte is wanted, and returns what it passed.
func (m *markup) skip(while func(byte) bool) string {
	from := m.at
	for m.at < len(m.src) && while(m.src[m.at]) {
		m.at++
	}
	return m.src[from:m.at]
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\r\n\v\f\x00", c) >= 0 }

func (m *markup) spaces() { m.skip(isSpace) }

// reference reads &lt; &gt; &amp; &quot; or a number; anything else stays as it is.
func (m *markup) reference() {
	r, size := decode(m.src[m.at:])
	if size == 0 {
		if name := unknownReference(m.src[m.at:]); name != "" {
			m.lost = append(m.lost, fmt.Sprintf("Telegram does not know %s: people see it as it is", name))
		}
		m.write('&')
		m.at++
		return
	}
	m.write(r)
	m.at += size
}

func unknownReference(s string) string {
	end := strings.IndexByte(s, ';')
	if end < 2 || strings.ContainsFunc(s[1:end], func(r rune) bool { return !isLetter(byte(r)) || r > 127 }) {
		return ""
	}
	return s[:end+1]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// decode reads a character reference at the start of s; size 0: there is none.
func decode(s string) (r rune, size int) {
	end := 1
	if strings.HasPrefix(s, "&#") {
		base, digits := 10, "0123456789"
		end = 2
		if strings.HasPrefix(s, "&#x") {
			base, digits, end = 16, "0123456789abcdefABCDEF", 3
		}
		from := end
		for end < len(s) && strings.IndexByte(digits, s[end]) >= 0 {
			end++
		}
		n, err := strconv.ParseUint(s[from:end], base, 32)
		if err != nil || n == 0 || n >= 0x10ffff || end >= 10 || n >= 0xd800 && n < 0xe000 {
			return 0, 0
		}
		r = rune(n)
	} else {
		for end < len(s) && isLetter(s[end]) {
			end++
		}
		r = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}[s[1:end]]
	}
	if r == 0 {
		return 0, 0
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}
