package place

import (
	"net/mail"
	"net/url"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"wheretoturn/bot"
)

// address checks that a channel's value is what its type promises and fills
// in what to dial.
func (r *reader) address(c *Channel) {
	if c.Value == "" {
		return
	}
	switch c.Type {
	case Phone, SMS:
		if c.Dial == "" {
			c.Dial = digits(c.Value)
			if strings.HasPrefix(c.Value, "+") {
				c.Dial = "+" + c.Dial
			}
		}
		if !r.dialable(c.Dial) {
			r.Add(c.Line, "bad-phone", "%q cannot be dialled in %s", c.Dial, r.pk.Country)
		}
		if c.Abroad != "" && (!strings.HasPrefix(c.Abroad, "+") || !r.dialable(c.Abroad)) {
			r.Add(c.Line, "bad-phone", "%q cannot be dialled from abroad", c.Abroad)
		}
		shown, dialled := digits(c.Value), strings.TrimLeft(c.Dial, "+0")
		if shown == "" || (!strings.HasSuffix(shown, dialled) && !strings.HasSuffix(dialled, shown)) {
			r.Add(c.Line, "bad-phone", "what is shown (%s) and what is dialled (%s) differ", c.Value, c.Dial)
		}
	case Web, WebForm, Chat, App:
		if !webAddress(c.Value) {
			r.Add(c.Line, "bad-url", "%q is not an http(s) address", c.Value)
		}
	case Email:
		if a, err := mail.ParseAddress(c.Value); err != nil || a.Address != c.Value {
			r.Add(c.Line, "bad-email", "%q is not an e-mail address", c.Value)
		}
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Host, ".")
}

// IsLink tells whether a value is an address to open.
func IsLink(s string) bool { return webAddress(s) }

// dialable asks phonenumbers for ordinary numbers and, because it does not
// know short ones as such, IsValidShortNumberForRegion for 112, 155, 116111.
// Where its tables lag behind (Albania's and Kosovo's 116 numbers, new 116
// services), the shape of a short code is enough: a person calls it anyway
// before it is marked as checked by call.
func (r *reader) dialable(dial string) bool {
	plain := strings.TrimPrefix(dial, "+")
	if plain == "" || strings.Trim(plain, "0123456789") != "" {
		return false
	}
	short := len(plain) == 3 || (len(plain) == 6 && strings.HasPrefix(plain, "116")) || (len(plain) == 4 && strings.HasPrefix(plain, "8"))
	if short && plain == dial {
		return true
	}
	region := string(r.pk.Country)
	if r.pk.Country == bot.Elsewhere {
		return len(plain) >= 5 // of no one country
	}
	n, err := phonenumbers.Parse(dial, region)
	if err != nil {
		return false
	}
	return phonenumbers.IsPossibleNumber(n) || phonenumbers.IsValidShortNumberForRegion(n, region)
}

func digits(s string) string {
	var b strings.Builder
	for _, c := range s {
		if c >= '0' && c <= '9' {
			b.WriteRune(c)
		}
	}
	return b.String()
}
