package source

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	yamlLine   = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	yamlAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced`)
	// These come from the library's parser, which counts lines from 0 and says
	// so from 1; its scanner's complaints are right.
	oneTooLow = regexp.MustCompile(`^(did not find expected (key|'-' indicator|',' or|node content|<document start>)|found (undefined tag|duplicate %))`)
)

// syntax notes an error of the YAML library, at the line it means.
func (r *Reader) syntax(data []byte, err error) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		m = []string{"", ""}
	}
	text := strings.TrimPrefix(err.Error(), m[0])
	line, _ := strconv.Atoi(m[1])
	switch anchor := yamlAnchor.FindStringSubmatch(text); {
	case line > 0 && oneTooLow.MatchString(text):
		line++
	case line > 0:
	case anchor != nil:
		line = lineOf(data, bytes.Index(data, []byte("*"+anchor[1])))
	default:
		line = lineOf(data, foreign(data))
	}
	// What is missing at the end is missing in the last line.
	r.Add(min(line, lineOf(data, len(bytes.TrimRight(data, "\n")))), "yaml", "%s", text)
}

// foreign returns where a byte stands that no YAML may hold, or -1.
func foreign(data []byte) int {
	for i, c := range string(data) {
		broken := c == utf8.RuneError && !bytes.HasPrefix(data[i:], []byte(string(utf8.RuneError)))
		if broken || (unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t') {
			return i
		}
	}
	return -1
}

// lineOf returns the line of an offset; 1 when it is not known.
func lineOf(data []byte, at int) int { return 1 + bytes.Count(data[:max(at, 0)], []byte("\n")) }
