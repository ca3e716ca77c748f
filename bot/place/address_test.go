package place_test

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"wheretoturn/bot"
	"wheretoturn/bot/place"
)

// addresses holds channels, and the rule each breaks.
var addresses = []struct{ name, channel, want string }{
	{"a short number", `{type: phone, value: "112"}`, ""},
	{"a short number with blanks", `{type: phone, value: "116 111"}`, ""},
	{"a European short number nobody has listed", `{type: phone, value: "116 123"}`, ""},
	{"an ordinary number", `{type: phone, value: "222 580 697"}`, ""},
	{"an ordinary number with its country", `{type: phone, value: "+420 222 580 697"}`, ""},
	{"a number of another country", `{type: phone, value: "+48 22 635 09 54"}`, ""},
	{"a number shown with its country and dialled without", `{type: phone, value: "+420 222 580 697", dial: "222580697"}`, ""},
	{"a number shown without and dialled with its country", `{type: phone, value: "222 580 697", dial: "+420222580697"}`, ""},
	{"a number with a way from abroad", `{type: phone, value: "222 580 697", abroad: "+420222580697"}`, ""},
	{"a short text number", `{type: sms, value: "158"}`, ""},
	{"a number too short", `{type: phone, value: "12"}`, "bad-phone"},
	{"a number too long", `{type: phone, value: "2225806970001112"}`, "bad-phone"},
	{"words in place of a number", `{type: phone, value: "on your card"}`, "bad-phone\nbad-phone"},
	{"words in place of a number, with something to dial", `{type: phone, value: "on your card", dial: "112"}`, "bad-phone"},
	{"letters in what is dialled", `{type: phone, value: "800 111 222", dial: "800-111-222"}`, "bad-phone\nbad-phone"},
	{"another number shown than dialled", `{type: phone, value: "116 111", dial: "116123"}`, "bad-phone"},
	{"a number nobody has", `{type: phone, value: "54321"}`, "bad-phone"},
	{"a way from abroad without the country", `{type: phone, value: "222 580 697", abroad: "222580697"}`, "bad-phone"},
	{"a way from abroad that is none", `{type: phone, value: "222 580 697", abroad: "+420"}`, "bad-phone"},
	{"a text number that is an address", `{type: sms, value: "https://example.org"}`, "bad-phone\nbad-phone"},

	{"an address of a page", `{type: web, value: "https://example.org/x?y=z"}`, ""},
	{"an address that is not secret", `{type: web-form, value: "http://example.org"}`, ""},
	{"an address with accents", `{type: chat, value: "https://www.bezpečně.cz/"}`, ""},
	{"a page without its scheme", `{type: web, value: "www.example.org"}`, "bad-url"},
	{"a page by another scheme", `{type: chat, value: "ftp://example.org"}`, "bad-url"},
	{"a script", `{type: chat, value: "javascript:alert(1)"}`, "bad-url"},
	{"a page without a domain", `{type: web-form, value: "https://localhost/"}`, "bad-url"},
	{"a page with a blank", `{type: web, value: "https://exa mple.org"}`, "bad-url"},
	{"an app that is no page", `{type: app, value: "Záchranka"}`, "bad-url"},

	{"a mail address", `{type: email, value: "pomoc@example.org"}`, ""},
	{"a mail address with a name", `{type: email, value: "Pomoc <pomoc@example.org>"}`, "bad-email"},
	{"a mail address without a domain", `{type: email, value: "pomoc"}`, "bad-email"},
	{"two mail addresses", `{type: email, value: "a@example.org, b@example.org"}`, "bad-email"},

	{"a street is not checked", `{type: in-person, value: "Ústavní 95, Praha 8"}`, ""},
	{"words for a value are not checked", `{type: phone, text: your-card}`, ""},
	{"value and words", `{type: phone, value: "112", text: your-card}`, "channel-value"},
	{"neither value nor words", `{type: phone}`, "channel-value"},
	{"no type", `{value: "112"}`, "unknown-channel"},
	{"a type nobody knows", `{type: pigeon, value: "112"}`, "unknown-channel"},
	{"a cost nobody knows", `{type: phone, value: "112", cost: cheap}`, "unknown-cost"},
	{"a language in full", `{type: phone, value: "112", languages: [czech]}`, "unknown-language"},

	{"hours", `{type: phone, value: "112", hours: "Mo-Fr 09:00-17:00; PH off"}`, ""},
	{"hours of one digit", `{type: phone, value: "112", hours: "Mo-Fr 9:00-17:00"}`, "bad-hours"},
	{"hours in words", `{type: phone, value: "112", hours: "all day"}`, "bad-hours"},
	{"hours that are empty", `{type: phone, value: "112", hours: ""}`, "bad-hours"},
	{"hours that are not there", `{type: phone, value: "112", hours: ~}`, "wrong-kind\nbad-hours"},
}

func TestEveryBrokenAddressIsFound(t *testing.T) {
	t.Parallel()
	for _, tt := range addresses {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := place.Load(files(service("a", "channels", "["+tt.channel+"]"), ""))
			want := ""
			if tt.want != "" {
				want = inCZ("10 " + strings.ReplaceAll(tt.want, "\n", "\n10 "))
			}
			if got := short(findings); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestWhatToDialIsReadFromWhatIsShown(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, channel, want string }{
		{"blanks are dropped", `{type: phone, value: "116 111"}`, "116111"},
		{"so are signs", `{type: phone, value: "222-580/697"}`, "222580697"},
		{"the plus stays", `{type: phone, value: "+48 22 635 09 54"}`, "+48226350954"},
		{"what is written stays", `{type: phone, value: "+420 222 580 697", dial: "222580697"}`, "222580697"},
		{"a page is not dialled", `{type: web, value: "https://example.org/112"}`, ""},
		{"words are not dialled", `{type: phone, text: your-card}`, ""},
	}
	for _, tt := range tests {
		d := setup(t, service("a", "channels", "["+tt.channel+"]"), "")
		if got := d.Get("a").Channels[0].Dial; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestIsLink(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"https://example.org": true, "http://example.org/x": true, "112": false, "": false, "tel:112": false,
		"javascript:alert(1)": false, "example.org": false, "https://": false, "mailto:a@example.org": false,
	} {
		if got := place.IsLink(s); got != want {
			t.Errorf("IsLink(%q) = %v", s, got)
		}
	}
}

// TestEveryShippedNumberCanBeDialled asks phonenumbers for every number of the
// real packs that is no short code, from its country and from abroad.
func TestEveryShippedNumberCanBeDialled(t *testing.T) {
	t.Parallel()
	d := shipped(t)
	n := 0
	for _, c := range bot.Countries {
		for _, p := range d.Pack(c).Places {
			for _, ch := range p.Channels {
				if (ch.Type != place.Phone && ch.Type != place.SMS) || ch.Value == "" {
					continue
				}
				n++
				if ch.Dial == "" || strings.Trim(strings.TrimPrefix(ch.Dial, "+"), "0123456789") != "" {
					t.Errorf("%s:%d: %s dials %q", p.File, ch.Line, p.ID, ch.Dial)
				}
				if region := string(p.Country); len(ch.Dial) > 6 && p.Country != bot.Elsewhere {
					possible(t, p, ch.Line, ch.Dial, region)
				}
				if ch.Abroad != "" {
					possible(t, p, ch.Line, ch.Abroad, "ZZ")
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d numbers", n)
	}
}

func possible(t *testing.T, p *place.Place, line int, number, region string) {
	t.Helper()
	parsed, err := phonenumbers.Parse(number, region)
	if err != nil || !(phonenumbers.IsPossibleNumber(parsed) || phonenumbers.IsPossibleShortNumber(parsed)) {
		t.Errorf("%s:%d: %s: %q is no number: %v", p.File, line, p.ID, number, err)
	}
}
