package bot_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wheretoturn/bot"
)

func TestATextNeverPrintsItself(t *testing.T) {
	t.Parallel()
	secret := bot.Text("sifra")
	event := bot.Event{Text: secret}
	// %p is for pointers, which fmt does not let a type format.
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%10s", "%-10q", "%d", "%t", "%08b", "%c"} {
		for _, v := range []any{secret, &secret, event, &event, []bot.Text{secret}, map[string]bot.Text{"t": secret}} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, "sifra") || strings.Contains(strings.ToLower(got), "7369667261") {
				t.Errorf("%s prints %s", verb, got)
			}
		}
	}
	if got := fmt.Sprintf("%s", secret); got != "[text]" {
		t.Errorf("it prints as %q", got)
	}
	if secret.Reveal() != "sifra" || secret.GoString() != "[text]" {
		t.Error("it is not revealed, or reveals itself")
	}
}

func TestALogHoldsTheLengthOfATextOnly(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("said", "text", bot.Text("sifra"), slog.Group("in", "text", bot.Text("sifra")))
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("said", "event", bot.Event{Text: "sifra"})
	if got := out.String(); strings.Contains(got, "sifra") || !strings.Contains(got, "text=5") || !strings.Contains(got, `"text":5`) {
		t.Errorf("the log says %s", got)
	}
}

func TestCleanText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ž", bot.MaxText)
	tests := []struct {
		name, in, want string
		cut            bool
	}{
		{"keeps what is written", "Ahoj, je mi 13 \U0001F625\n\tPomoz.", "Ahoj, je mi 13 \U0001F625\n\tPomoz.", false},
		{"keeps nothing of nothing", "", "", false},
		{"drops control characters", "a\x00b\x1b[31mc\r\x7f\u0085d", "ab[31mcd", false},
		{"drops what turns the direction", "a\u202eb\u2066c\u200fd\u061ce", "abcde", false},
		{"keeps what joins a family", "\U0001F468\u200d\U0001F469", "\U0001F468\u200d\U0001F469", false},
		{"drops what is no character", "a\xff\xfeb\xc3", "ab", false},
		{"keeps a text of the greatest length", long, long, false},
		{"cuts one rune more", long + "x", long, true},
		{"does not count what it drops", "\x00" + long + "\u202e\xff", long, false},
	}
	for _, tt := range tests {
		got, cut := bot.CleanText(tt.in)
		if got.Reveal() != tt.want || cut != tt.cut {
			t.Errorf("CleanText %s: %q, %v", tt.name, got.Reveal(), cut)
		}
	}
}

func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"", "ahoj", "\x00\xff", "\u202e\u200d", strings.Repeat("a", bot.MaxText+1)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, cut := bot.CleanText(in)
		s := text.Reveal()
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > bot.MaxText || (cut && utf8.RuneCountInString(s) != bot.MaxText) {
			t.Fatalf("%q becomes %q, %v", in, s, cut)
		}
		for _, r := range s {
			if unicode.Is(unicode.Bidi_Control, r) || (unicode.IsControl(r) && r != '\n' && r != '\t') {
				t.Fatalf("%q keeps %U", in, r)
			}
		}
		if again, more := bot.CleanText(s); again != text || more {
			t.Fatalf("%q cleaned again is %q", s, again.Reveal())
		}
	})
}
