package proof

import (
	"fmt"
	"regexp"
	"strings"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/phrase"
)

// heardKey is a sentence asked for on behalf of somebody.
type heardKey struct {
	lang bot.Lang
	aud  bot.Audience
	key  string
}

// listen is told of every sentence a screen asks for.
func (ln *lane) listen(who bot.Asker, key string, required, found bool) {
	k := heardKey{who.Lang, who.Audience, key}
	ln.mu.Lock()
	known := ln.heard[k]
	if !known {
		ln.heard[k] = true
	}
	ln.mu.Unlock()
	if known {
		return
	}
	if !found {
		if required {
			ln.missing(k)
		}
		return
	}
	ln.address(k)
}

// missing reports a sentence that a screen needs and that does not exist.
func (ln *lane) missing(k heardKey) {
	f := whereIs(ln.walker.book, k)
	f.Code, f.Message = "missing-text", fmt.Sprintf("%q has no text in %q for %s", k.key, k.lang, audienceName(k.aud))
	ln.add(f, "")
}

func audienceName(a bot.Audience) string {
	if a == "" {
		return "somebody not asked yet"
	}
	return string(a)
}

// whereIs finds the line to blame: the sentence in another language, or what
// in the flow or a pack asks for it.
func whereIs(b *book.Book, k heardKey) bot.Finding {
	for _, l := range append([]bot.Lang{k.lang}, bot.Languages...) {
		for _, v := range append([]string{""}, phrase.KnownVariants...) {
			id := k.key
			if v != "" {
				id += "@" + v
			}
			if e := b.Phrases.Entries(l)[id]; e != nil {
				return bot.Finding{File: e.File, Line: e.Line}
			}
		}
	}
	for _, s := range b.Flow.States() {
		if strings.HasPrefix(k.key, string(s.ID)+".") {
			return bot.Finding{File: s.File, Line: s.Line}
		}
		for _, st := range s.Steps {
			if k.key == "step."+st.ID {
				return bot.Finding{File: s.File, Line: st.Line}
			}
		}
	}
	for _, c := range bot.Countries {
		for _, st := range b.Places.Pack(c).Steps {
			if k.key == "step."+st.ID {
				return bot.Finding{File: st.File, Line: st.Line}
			}
		}
		for _, p := range b.Places.Pack(c).Places {
			if mentions(p.Call, k.key, "place.call.") || mentions(p.HaveReady, k.key, "place.ready.") {
				return bot.Finding{File: p.File, Line: p.Line}
			}
			for _, ch := range p.Channels {
				if mentions(ch.Notes, k.key, "channel.note.") || k.key == "channel.text."+ch.Text {
					return bot.Finding{File: p.File, Line: ch.Line}
				}
			}
		}
	}
	return bot.Finding{File: "locales"}
}

func mentions(codes []string, key, prefix string) bool {
	for _, c := range codes {
		if key == prefix+c {
			return true
		}
	}
	return false
}

var wordRe = regexp.MustCompile(`\p{L}+`)

// address proves the form of address (LN02): familiar to the young, polite to
// everybody else, neither before we know who it is.
func (ln *lane) address(k heardKey) {
	e := ln.walker.book.Phrases.Resolved(k.lang, k.aud, k.key)
	if e == nil || strings.HasPrefix(k.key, "typed.") || strings.HasPrefix(k.key, "say.") || strings.HasPrefix(k.key, "lang.") {
		return
	}
	text := unquoted(e.Text)
	polite, close := formal[k.lang].find(text), familiar[k.lang].find(text)
	report := func(code, word, to string) {
		ln.add(bot.Finding{File: e.File, Line: e.Line, Code: code, Message: fmt.Sprintf("%q says %q to %s (LN02)", e.ID, word, to)}, "")
	}
	switch {
	case k.aud.Minor() && polite != "":
		report("polite-to-child", polite, "a child")
	case k.aud == "" && polite+close != "":
		report("address-too-early", polite+close, "somebody we do not know yet")
	case !k.aud.Minor() && k.aud != "" && close != "":
		report("familiar-to-adult", close, audienceName(k.aud))
	}
}

// unquoted drops what stands in quotation marks: words to say to others.
func unquoted(s string) string { return quoted.ReplaceAllString(s, " ") }

var quoted = regexp.MustCompile(`[„“”"«‚‘][^„“”"«»‚‘’]*[“”"»’]`)

// find returns the first word that marks the form, or "".
func (m marker) find(text string) string {
	if m.re == nil {
		return ""
	}
	for _, w := range wordRe.FindAllString(strings.ToLower(text), -1) {
		if m.re.MatchString(w) && (m.exceptRe == nil || !m.exceptRe.MatchString(w)) {
			return w
		}
	}
	return ""
}
