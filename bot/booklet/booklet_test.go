package booklet_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/booklet"
)

var made = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

func setup(t *testing.T) *book.Book {
	t.Helper()
	b, findings := book.Load(book.Embedded())
	if b == nil {
		t.Fatal(findings)
	}
	return b
}

func print(t *testing.T, b *book.Book, c bot.Country, l bot.Lang) string {
	t.Helper()
	var out bytes.Buffer
	if err := booklet.Write(&out, b, booklet.Options{Country: c, Lang: l, Hash: "0123abcd", At: made}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// spoken is the first language of a country.
var spoken = map[bot.Country]bot.Lang{"PL": "pl", "AL": "sq", "XK": "sq"}

func TestEveryCountryAndLanguageHasAWholeBooklet(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, c := range bot.Countries {
		for _, l := range bot.Languages {
			if c != "CZ" && l != "en" && l != spoken[c] {
				continue // a booklet takes half a second
			}
			t.Run(fmt.Sprintf("%s in %s", c, l), func(t *testing.T) {
				t.Parallel()
				whole(t, b, c, print(t, b, c, l))
			})
		}
	}
}

var (
	anchor = regexp.MustCompile(` id="([^"]+)"`)
	link   = regexp.MustCompile(`href="#([^"]+)"`)
	loaded = regexp.MustCompile(`(?i)<(script|link|img|iframe)|@import|src=`)
	empty  = regexp.MustCompile(`<li></li>|<dd></dd>|<h[123]></h[123]>`)
)

// whole tells what a reader would miss: a topic, a place, where a link leads,
// a sentence; and whatever would be fetched from elsewhere.
func whole(t *testing.T, b *book.Book, c bot.Country, page string) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range anchor.FindAllStringSubmatch(page, -1) {
		ids[m[1]] = true
	}
	for _, topic := range bot.Topics {
		if !ids["t-"+string(topic)] {
			t.Errorf("topic %s is missing", topic)
		}
		if strings.Contains(page, ">"+string(topic)+"<") {
			t.Errorf("topic %s is shown by its code", topic)
		}
	}
	for _, p := range b.Places.Pack(c).Places {
		if !ids["p-"+string(p.ID)] {
			t.Errorf("place %s is missing", p.ID)
		}
	}
	for _, m := range link.FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("a link leads to %s, which is not there", m[1])
		}
	}
	if !strings.Contains(page, "0123abcd") || !strings.Contains(page, "2026-11-22") {
		t.Error("neither hash nor day on the cover")
	}
	if s := loaded.FindString(page); s != "" {
		t.Errorf("%q would be fetched from elsewhere", s)
	}
	if n := len(empty.FindAllString(page, -1)); n > 0 {
		t.Errorf("%d lines say nothing", n)
	}
}

func TestABookletShowsWhatTheBotSays(t *testing.T) {
	t.Parallel()
	page := print(t, setup(t), "CZ", "cs")
	_, topic, _ := strings.Cut(page, `id="t-sextortion"`)
	topic, _, _ = strings.Cut(topic, "</section>")
	for _, want := range []string{"Linka bezpečí", "116 111", "ještě mi není 15"} {
		if !strings.Contains(topic, want) {
			t.Errorf("the topic does not say %q", want)
		}
	}
	_, firms, _ := strings.Cut(page, `id="t-business-incident"`)
	firms, _, _ = strings.Cut(firms, "</section>")
	if n := strings.Count(firms, "<h3>"); n != 1 {
		t.Errorf("what firms are asked is shown to %d kinds of people", n)
	}
	if strings.Contains(topic, "Vaše banka</a>") && !strings.Contains(topic, "Policie") {
		t.Error("a bank and no police")
	}
}

func TestABookletOfNowhereIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, o := range []booklet.Options{{Country: "DE", Lang: "cs", At: made}, {Country: "CZ", Lang: "de", At: made}} {
		err := booklet.Write(&bytes.Buffer{}, b, o)
		if bot.KindOf(err) != bot.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestTheHashFollowsTheContent(t *testing.T) {
	t.Parallel()
	one, err := book.Embedded().Hash()
	if err != nil || len(one) != 64 {
		t.Fatalf("%q, %v", one, err)
	}
	other := book.Embedded()
	other.Locales = other.Flows
	if two, err := other.Hash(); err != nil || two == one {
		t.Errorf("other content, hash %q, %v", two, err)
	}
}
