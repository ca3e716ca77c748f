package telegramtest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// tag reads a start or an end tag.
func (m *markup) tag() error {
	begin := m.at
	m.at++
	if m.peek() == '/' {
		m.at++
		return m.endTag(begin)
	}
	name := strings.ToLower(m.skip(func(c byte) bool { return !isSpace(c) && c != '>' }))
	if m.peek() == 0 {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	if styles[name] == "" {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, begin)
	}
	t := openTag{name: name, offset: m.units, from: m.out.Len()}
	for {
		m.spaces()
		if m.peek() == '>' {
			break
		}
		if err := m.attribute(&t, begin); err != nil {
			return err
		}
	}
	m.at++
	if name == "span" && t.value != "tg-spoiler" {
		return fmt.Errorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	m.open = append(m.open, t)
	return nil
}

// attribute reads name=value, or a name alone.
func (m *markup) attribute(t *openTag, begin int) error {
	name := m.skip(func(c byte) bool { return !isSpace(c) && strings.IndexByte(`=>/"'`, c) < 0 })
	if name == "" {
		if m.peek() == 0 {
			return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
		}
		return fmt.Errorf("Empty attribute name in the tag %q at byte offset %d", t.name, begin)
	}
	m.spaces()
	if m.peek() != '=' {
		if m.peek() == 0 {
			return fmt.Errorf("Unclosed start tag %q at byte offset %d", t.name, begin)
		}
		m.keep(t, name, "", true)
		return nil
	}
	m.at++
	m.spaces()
	value, err := m.value()
	if err == nil && m.peek() == 0 {
		err = fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	m.keep(t, name, value, false)
	return err
}

// value reads a quoted text or a name.
func (m *markup) value() (string, error) {
	quote, from := m.peek(), m.at
	if quote != '"' && quote != '\'' {
		name := m.skip(func(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '.' || c == '-' })
		if c := m.peek(); c != 0 && !isSpace(c) && c != '>' {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", from)
		}
		return strings.ToLower(name), nil
	}
	m.at++
	var out strings.Builder
	for m.at < len(m.src) && m.src[m.at] != quote {
		if r, size := decode(m.src[m.at:]); m.src[m.at] == '&' && size > 0 {
			out.WriteRune(r)
			m.at += size
			continue
		}
		out.WriteByte(m.src[m.at])
		m.at++
	}
	if m.at < len(m.src) {
		m.at++
	}
	return out.String(), nil
}

// keep takes the attributes that mean something; the server ignores the others.
func (m *markup) keep(t *openTag, name, value string, alone bool) {
	switch {
	case t.name == "a" && name == "href", t.name == "span" && name == "class":
		t.value = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.value = strings.TrimPrefix(value, "language-")
	case t.name == "blockquote" && name == "expandable" && alone:
		t.flag = true
	default:
		m.lost = append(m.lost, fmt.Sprintf("Telegram ignores the attribute %s of <%s>", name, t.name))
	}
}

func (m *markup) endTag(begin int) error {
	if len(m.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin)
	}
	name := strings.ToLower(m.skip(func(c byte) bool { return !isSpace(c) && c != '>' }))
	m.spaces()
	if m.peek() != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin)
	}
	m.at++
	t := m.open[len(m.open)-1]
	if name != "" && name != t.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, t.name, name)
	}
	m.open = m.open[:len(m.open)-1]
	if m.units > t.offset {
		m.close(t)
	}
	return nil
}

// close makes the entity of a tag that holds text.
func (m *markup) close(t openTag) {
	e := Entity{Type: styles[t.name], Offset: t.offset, Length: m.units - t.offset}
	switch {
	case t.name == "a":
		e.URL = t.value
		if e.URL == "" {
			e.URL = m.out.String()[t.from:]
		}
		if err := checkLink(e.URL); err != nil {
			m.lost = append(m.lost, fmt.Sprintf("Telegram drops the link %q: %v", e.URL, err))
			return
		}
	case t.flag:
		e.Type = "expandable_blockquote"
	case t.name == "code" && t.value != "" && len(m.open) > 0 && m.open[len(m.open)-1].name == "pre":
		m.open[len(m.open)-1].value = t.value // <pre><code class="language-…"> is one entity
		return
	case t.name == "pre":
		e.Language = t.value
	}
	m.entities = append(m.entities, e)
}

// checkLink tells whether Telegram takes an address as a link.
func checkLink(address string) error {
	u, err := url.Parse(address)
	switch {
	case !utf8.ValidString(address) || err != nil:
		return fmt.Errorf("Wrong URL")
	case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "tg":
		return fmt.Errorf("Unsupported URL protocol")
	case u.Host == "":
		return fmt.Errorf("URL host is empty")
	}
	return nil
}
