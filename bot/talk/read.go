package talk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/fold"
	"wheretoturn/bot/screen"
)

// Read finds what a typed text means on the screen a session shows: a command,
// the number of a choice, its label (without diacritics, with typos), a word
// for moving around, yes or no. Pure; called before the transaction.
func Read(b *book.Book, s bot.Session, text bot.Text, now time.Time) *bot.Reading {
	if s.Version == 0 {
		s = Begin(b, s.Lang, s.Country)
		s.Step = 0
	}
	r := &reader{book: b, lang: s.Lang, at: Screen(s), now: now}
	r.msg = screen.Draw(b, r.at, now)
	raw := text.Reveal()
	out := &bot.Reading{Step: s.Step}
	if len([]rune(raw)) > maxRead {
		out.Issue = "talk.too_long"
		return out
	}
	out.Code = r.read(strings.TrimSpace(raw))
	return out
}

// maxRead is the longest text that can be an answer to a question of buttons.
const maxRead = 300

type reader struct {
	book *book.Book
	lang bot.Lang
	at   bot.Delivery // the screen the text answers
	now  time.Time
	msg  bot.Message
}

func (r *reader) read(text string) string {
	if strings.HasPrefix(text, "/") {
		return r.slash(text)
	}
	phrase := fold.Phrase(text)
	if phrase == "" {
		return ""
	}
	for _, try := range []func(string) string{r.number, r.label, r.deeper, r.yesNo, r.next, r.languageName, r.word, r.nearly, r.age} {
		if code := try(phrase); code != "" {
			return code
		}
	}
	return ""
}

// slash reads a typed command; an unknown one means nothing.
func (r *reader) slash(text string) string {
	word, arg, _ := strings.Cut(strings.ToLower(text), " ")
	word, _, _ = strings.Cut(word, "@") // /start@bot in groups
	switch word {
	case bot.CmdCountry:
		return strings.TrimSpace(word + " " + strings.ToUpper(arg))
	case bot.CmdLanguage, bot.CmdErase:
		return strings.TrimSpace(word + " " + arg)
	case bot.CmdDanger, bot.CmdLeave, bot.CmdBack, bot.CmdSkip, bot.CmdRestart, bot.CmdWhy, bot.CmdHelp, bot.CmdPerson,
		bot.CmdPrivacy, bot.CmdExport, bot.CmdAbout, bot.CmdHide:
		return word
	}
	return ""
}

// number reads "3" as the third choice and 0 as the danger button. A greater
// number may be an age, where ages are asked; what moves around has no number,
// so that nobody aged 11 changes the country.
func (r *reader) number(phrase string) string {
	n, err := strconv.Atoi(phrase)
	switch {
	case err != nil || n < 0:
		return ""
	case n == 0:
		return bot.CmdDanger
	case n <= len(r.msg.Choices):
		return r.msg.Choices[n-1].Code
	case r.emergencyNumber(phrase):
		return bot.CmdDanger
	}
	return r.band(n)
}

// band returns the answer that stands for an age, where ages are asked.
func (r *reader) band(age int) string {
	for _, c := range r.msg.Choices {
		if inBand(c.Code, age) {
			return c.Code
		}
	}
	return ""
}

// ofMine are the words around one's own age, folded. With any other word an age
// may be somebody else's ("my son is 13") or a bound ("less than 15").
var ofMine = strings.Fields("je mi mam jsem let roku rok i m im am a is my age years old year yrs yo lat wiek mi jam kam une vjec vjet mosha ime")

// age reads one's own age said in a few words, "je mi 12", "im 12", "15-17",
// where ages are asked; numbers of different bands mean nothing.
func (r *reader) age(phrase string) string {
	words := strings.Fields(phrase)
	found := ""
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil && !slices.Contains(ofMine, w) {
			return ""
		}
		if err != nil {
			continue
		}
		if r.emergencyNumber(w) {
			return bot.CmdDanger
		}
		code := r.band(n)
		if code == "" || found != "" && code != found {
			return ""
		}
		found = code
	}
	return found
}

// emergencyNumber tells whether somebody typed a number one calls in danger.
func (r *reader) emergencyNumber(typed string) bool {
	for _, c := range bot.Countries {
		for _, pl := range r.book.Places.Filling(c, bot.RoleEmergency) {
			for _, ch := range pl.Channels {
				if ch.Dial == typed {
					return true
				}
			}
		}
	}
	return false
}

// next reads "done" and "go on" where there is a next screen.
func (r *reader) next(phrase string) string {
	for _, c := range r.msg.Choices {
		if c.Code == bot.ActionPrefix+"next" && r.typed(r.lang, "next", phrase) {
			return c.Code
		}
	}
	return ""
}

// inBand tells whether an age is in the band a code names: under-15, 15-17,
// 60-plus.
func inBand(code string, age int) bool {
	if top, ok := strings.CutPrefix(code, "under-"); ok {
		n, err := strconv.Atoi(top)
		return err == nil && age < n
	}
	if from, ok := strings.CutSuffix(code, "-plus"); ok {
		n, err := strconv.Atoi(from)
		return err == nil && age >= n && age <= 120
	}
	from, to, _ := strings.Cut(code, "-")
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	return errA == nil && errB == nil && a <= age && age <= b
}

func (r *reader) choices() []bot.Choice {
	return append(append([]bot.Choice(nil), r.msg.Choices...), r.msg.Nav...)
}

// deeper are the actions of the result that the screen at hand does not show:
// whoever reads about a call may still type "nobody answers".
func (r *reader) deeper(phrase string) string {
	s := r.book.Flow.State(r.at.State)
	if s == nil || !s.Final || s.Card {
		return ""
	}
	for _, v := range []bot.View{bot.ViewPlaces, bot.ViewOptions} {
		d := r.at
		d.View, d.N, d.Place = v, 0, ""
		behind := reader{book: r.book, lang: r.lang, msg: screen.Draw(r.book, d, r.now)}
		behind.msg.Nav = nil
		if code := behind.label(phrase); code != "" {
			return code
		}
	}
	return ""
}

// label reads the words of a choice, or enough of them to mean only one.
func (r *reader) label(phrase string) string {
	found := ""
	for _, c := range r.choices() {
		label := fold.Phrase(c.Label)
		if label == phrase {
			return c.Code
		}
		if len(phrase) >= 3 && hasWords(label, phrase) {
			if found != "" {
				return "" // means two things
			}
			found = c.Code
		}
	}
	return found
}

// hasWords tells whether phrase stands in label as whole words, or is a long
// beginning of it.
func hasWords(label, phrase string) bool {
	return strings.Contains(" "+label+" ", " "+phrase+" ") || (len(phrase) >= 5 && strings.HasPrefix(label, phrase))
}

// yesNo reads yes and no in the language of the question only: "jo" is yes in
// Czech and no in Albanian.
func (r *reader) yesNo(phrase string) string {
	for _, c := range r.msg.Choices {
		for _, word := range []string{"yes", "no"} {
			if (c.Code == word || strings.HasSuffix(c.Code, " "+word)) && r.typed(r.lang, word, phrase) {
				return c.Code
			}
		}
	}
	return ""
}

// moves are the words for moving around, by the key of what people type.
var moves = []struct{ key, code string }{
	{"danger", bot.CmdDanger}, {"back", bot.CmdBack}, {"skip", bot.CmdSkip}, {"restart", bot.CmdRestart},
	{"why", bot.CmdWhy}, {"language", bot.CmdLanguage}, {"country", bot.CmdCountry}, {"help", bot.CmdHelp}, {"person", bot.CmdPerson}, {"erase", bot.CmdErase},
}

// word reads a word for moving around, in the language of the question first,
// then in the others.
func (r *reader) word(phrase string) string {
	for _, l := range r.languages() {
		for _, m := range moves {
			if r.typed(l, m.key, phrase) {
				return m.code
			}
		}
	}
	return ""
}

func (r *reader) languages() []bot.Lang {
	out := []bot.Lang{r.lang}
	for _, l := range bot.Languages {
		if l != r.lang {
			out = append(out, l)
		}
	}
	return out
}

// languageName reads the name of a language as the wish to speak it.
func (r *reader) languageName(phrase string) string {
	for _, l := range bot.Languages {
		if r.typed(l, "me", phrase) {
			return bot.CmdLanguage + " " + string(l)
		}
	}
	return ""
}

// typed tells whether a phrase is on the list of what people type for a key.
func (r *reader) typed(l bot.Lang, key, phrase string) bool { return r.book.Typed(l, key, phrase) }

// nearly reads a label with a typo, when only one is near.
func (r *reader) nearly(phrase string) string {
	limit := len([]rune(phrase)) / 4
	if limit == 0 {
		return ""
	}
	limit = min(limit, 3)
	found, best := "", limit+1
	for _, c := range r.choices() {
		d := fold.Distance(fold.Phrase(c.Label), phrase, limit)
		if d < best {
			found, best = c.Code, d
		} else if d == best && d <= limit {
			found = ""
		}
	}
	return found
}

// Typed lists the keys of the lists of words people type, for the checker.
func Typed() []string {
	out := []string{"typed.yes", "typed.no", "typed.me", "typed.next"}
	for _, m := range moves {
		out = append(out, "typed."+m.key)
	}
	return out
}
