package bot

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// MaxText is the longest text taken from a user, in runes (SE01).
const MaxText = 4096

// Text is what a user typed. It never prints itself: fmt says that it is a
// text, slog how long.
type Text string

// Format hides the content, also from verbs that do not fit a text.
func (t Text) Format(f fmt.State, _ rune) { io.WriteString(f, t.String()) }

// String hides the content.
func (t Text) String() string { return "[text]" }

// GoString hides the content.
func (t Text) GoString() string { return "[text]" }

// LogValue hides the content.
func (t Text) LogValue() slog.Value { return slog.IntValue(len(t)) }

// Reveal returns the content, for the rooms that must read it.
func (t Text) Reveal() string { return string(t) }

// MarshalText hides the content from encoders, too.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Address is where a door reaches somebody; only the door reads it. Like Text
// it never prints itself.
type Address string

// String hides the content.
func (a Address) String() string { return "[address]" }

// GoString hides the content.
func (a Address) GoString() string { return "[address]" }

// LogValue hides the content.
func (a Address) LogValue() slog.Value { return slog.StringValue("[address]") }

// MarshalText hides the content from encoders, too.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// CleanText drops control and direction-override characters and cuts at
// MaxText runes; cut reports that something was cut off.
func CleanText(s string) (t Text, cut bool) {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(s, "") {
		if unicode.Is(unicode.Bidi_Control, r) || (unicode.IsControl(r) && r != '\n' && r != '\t') {
			continue
		}
		if n == MaxText {
			return Text(b.String()), true
		}
		b.WriteRune(r)
		n++
	}
	return Text(b.String()), false
}
