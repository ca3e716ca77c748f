package telegramtest_test

import (
	"fmt"
	"strings"
	"testing"

	tt "wheretoturn/bot/telegram/telegramtest"
)

func TestMarkupIsReadAsTelegramReadsIt(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"plain":                                  "plain []",
		"<b>a</b> <STRONG>b</strong>":            "a b [{bold 0 1  } {bold 2 1  }]",
		"<i>a</i><em>b</em>":                     "ab [{italic 0 1  } {italic 1 1  }]",
		"<u>a</u><ins>b</ins>":                   "ab [{underline 0 1  } {underline 1 1  }]",
		"<s>a</s><strike>b</strike><del>c</del>": "abc [{strikethrough 0 1  } {strikethrough 1 1  } {strikethrough 2 1  }]",
		`<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`: "ab [{spoiler 0 1  } {spoiler 1 1  }]",
		`<a href="https://a.b/?x=1&amp;y=2">a</a>`:                    "a [{text_link 0 1 https://a.b/?x=1&y=2 }]",
		`<a href='tg://user?id=7'>a</a>`:                              "a [{text_link 0 1 tg://user?id=7 }]",
		"<a>https://a.b</a>":                                          "https://a.b [{text_link 0 11 https://a.b }]",
		"<code>a</code>":                                              "a [{code 0 1  }]",
		`<pre><code class="language-go">a</code></pre>`:               "a [{pre 0 1  go}]",
		"<blockquote expandable>a</blockquote>":                       "a [{expandable_blockquote 0 1  }]",
		"<b>a <i>b</i></b>":                                           "a b [{bold 0 3  } {italic 2 1  }]",
		"😀<b>ž</b>":                                                   "😀ž [{bold 2 1  }]",
		"&lt;&gt;&amp;&quot;&#65;&#x42;&lt":                           `<>&"AB< []`,
		"AT&T & co":                                                   "AT&T & co []",
		"<b></b>x":                                                    "x []",
		"<b>x</>":                                                     "x [{bold 0 1  }]",
		"a > b":                                                       "a > b []",
	} {
		text, entities, lost, err := tt.ParseHTML(src)
		if have := fmt.Sprint(text, " ", entities); err != nil || len(lost) > 0 || have != want {
			t.Errorf("%s: have %s %q %v, want %s", src, have, lost, err, want)
		}
	}
}

func TestBrokenMarkupIsRefusedInTelegramsWords(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	for src, words := range map[string]string{
		"a < b":                     `Unsupported start tag "" at byte offset 2`,
		"a <b":                      `Unclosed start tag at byte offset 2`,
		"<b>x":                      `Can't find end tag corresponding to start tag "b"`,
		"x</b>":                     `Unexpected end tag at byte offset 1`,
		"<b>x</i>":                  `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"<b><i>x</b></i>":           `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"ž<br>":                     `Unsupported start tag "br" at byte offset 2`,
		"<br/>":                     `Unsupported start tag "br/" at byte offset 0`,
		"<p>x</p>":                  `Unsupported start tag "p" at byte offset 0`,
		"<kahn@example.org>":        `Unsupported start tag "kahn@example.org" at byte offset 0`,
		"<b>x</b":                   `Unclosed end tag at byte offset 4`,
		"<span>x</span>":            `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		`<a href="https://a.b>x`:    `Unclosed start tag at byte offset 0`,
		`<a href=https://a.b>x</a>`: `Unexpected end of name token at byte offset 8`,
		`<a ="x">x</a>`:             `Empty attribute name in the tag "a" at byte offset 0`,
	} {
		before := len(b.Violations())
		a := b.refused(400, "Bad Request: can't parse entities: "+words, "sendMessage", "chat_id", 7, "text", src, "parse_mode", "HTML")
		if len(b.Violations()) != before+1 {
			t.Errorf("%s is no violation: %s", src, a)
		}
	}
	b.equal(len(b.User(7, "").Messages()), 1)
}

func TestWhatTelegramDropsWithoutAWordIsAViolation(t *testing.T) {
	t.Parallel()
	for src, words := range map[string]string{
		`<a href="tel:+420116111">call</a>`: "drops the link",
		`<a href="example.org">x</a>`:       "drops the link",
		`x&nbsp;y`:                          "&nbsp;",
		`<b class="x">y</b>`:                "ignores the attribute class of <b>",
	} {
		b := setup(t, tt.Options{})
		b.User(7, "cs").Start("")
		b.send(7, src, "parse_mode", "HTML")
		if v := strings.Join(b.Violations(), "\n"); !strings.Contains(v, words) {
			t.Errorf("%s: violations %q, want %s", src, v, words)
		}
	}
}

func TestTextsHaveBounds(t *testing.T) {
	t.Parallel()
	b := setup(t, tt.Options{})
	b.User(7, "cs").Start("")
	for _, empty := range []string{"", "  \n ", "\u00a0"} {
		b.refused(400, "Bad Request: message text is empty", "sendMessage", "chat_id", 7, "text", empty)
	}
	b.refused(400, "Bad Request: message text is empty", "sendMessage", "chat_id", 7, "text", "<b> </b>", "parse_mode", "HTML")
	b.refused(400, "strings must be encoded in UTF-8", "sendMessage", "chat_id", 7, "text", "a\xff")
	b.refused(400, "unsupported parse_mode", "sendMessage", "chat_id", 7, "text", "a", "parse_mode", "HTM")
	b.refused(400, "message is too long", "sendMessage", "chat_id", 7, "text", strings.Repeat("x", 4097))
	b.refused(400, "message is too long", "sendMessage", "chat_id", 7, "text", strings.Repeat("😀", 2049))
	b.send(7, strings.Repeat("😀", 2048))
	b.send(7, "<b>"+strings.Repeat("x", 4096)+"</b>", "parse_mode", "html")
	b.send(7, "  <b>a</b> b\n", "parse_mode", "HTML")
	m := b.User(7, "").Last()
	b.equal(m.Text, "a b")
	b.equal(m.Entities, "[{bold 0 1  }]")
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<b>x</b>", "<a href='x'>", "&#x1F600;", "<pre><code class=\"language-go\">x</code></pre>", "</", "<", "&", "<b a=b c='d' e>x</b>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		text, entities, _, err := tt.ParseHTML(src)
		for _, e := range entities {
			if err == nil && (e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > tt.Length(text)) {
				t.Errorf("%q: entity %v outside of %q", src, e, text)
			}
		}
	})
}
