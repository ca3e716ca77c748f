package proof

import (
	"regexp"
	"strings"

	"wheretoturn/bot"
)

// The word lists of the lint, by language. They look at sentences as written,
// in lower case. Each stands for a rule of safety.md named beside it.

// revealing words must not stand in the first 40 characters of a screen: they
// show on a lock screen (PR08).
var revealing = map[bot.Lang][]string{
	"cs": {"vydír", "sebevra", "sex", "polici", "zneuž", "násil", "šikan", "vzít si život", "podvod"},
	"en": {"blackmail", "suicid", "sex", "police", "abuse", "violen", "bully", "end my life", "scam", "fraud"},
	"pl": {"szantaż", "samobój", "seks", "policj", "przemoc", "odebrać sobie życie", "oszust", "nękan"},
	"sq": {"shantazh", "vetëvras", "seks", "polici", "dhun", "abuzim", "bulliz", "mashtrim", "jetës"},
}

// banned words: blame, promises, calming down, threats (SG11); wording about
// suicide (SG12); terms that blame the victim.
var banned = map[bot.Lang][]*regexp.Regexp{
	"cs": exprs(`proč jsi\b`, `proč jste\b`, `neboj se\b`, `nebojte se`, `uklidn`, `zachov\S* klid`, `nic se nestane`, `slibuj(i|u|eme)\b`, `zaručuj(i|u|eme)\b`, `spách\S* sebevražd`,
		`dětsk\S+ pornografi`, `pornopomst`, `určitě (ho|ji|je) (chytí|smaž)`, `nikdo se to nedozví`),
	"en": exprs(`why did you`, `why didn't you`, `don't worry`, `do not worry`, `calm down`, `stay calm`, `keep calm`, `we promise`, `i promise`, `\bwe guarantee`,
		`commit suicide`, `committed suicide`, `child porn`, `revenge porn`, `nobody will (ever )?know`, `will be arrested`),
	"pl": exprs(`dlaczego (to )?zrobi`, `nie martw się`, `proszę się nie martwić`, `uspok[oó]j`, `zachow\S* spokój`, `obiecuj(ę|emy)`, `gwarantuj`, `popełni\S* samobójstw`,
		`pornografi\S* dziecięc`, `nikt się nie dowie`),
	"sq": exprs(`pse e bëre`, `pse e bëtë`, `mos u shqetëso`, `qetësohu`, `qetësohuni`, `ruaj\S* qetësinë`, `\bpremtoj(më)?\b`, `\bgarantoj(më)?\b`, `kryej\S* vetëvrasje`,
		`pornografi\S* (e |me )?fëmij`, `askush nuk do ta marrë vesh`),
}

// formal marks the polite form of address, familiar the other one (LN02).
// Endings are only used where they are safe; the lists after them are words
// that look like it and are not.
var formal = map[bot.Lang]marker{
	"cs": {words: `vy|vás|vám|vámi|váš|vaše|vašeho|vašemu|vaší|vaši|vašich|vašim|jste|byste|abyste|kdybyste`,
		ending: `(ejte|ějte|ijte|ujte|ete|íte|áte|ěte|něte|dete|žete)`,
		except: `dítěte|ještě|léte|světe|internete|skejte|ete|děte|dítě|tiskněte`},
	"pl": {words: `proszę|pan|pani|pana|panu|państwo|państwa`},
	"sq": {words: `ju|juve|juaj|juaja|tuaj|tuaja|suaj|tuajin|tuajën|jeni|keni|mundeni|duhet t'ju`},
}

var familiar = map[bot.Lang]marker{
	"cs": {words: `ty|tě|tebe|tobě|ti|tebou|tvůj|tvoje|tvá|tvé|tvého|tvému|tvou|tvoji|tvojí|tvých|jsi|bys|abys|kdybys`,
		ending: `(eš|íš|áš|ůžeš)`, except: `náš|váš|spíš|příliš|obzvlášť|blíž|koláš|níž|víš`},
	"pl": {words: `ty|cię|ciebie|tobie|twój|twoje|twoja|twojego|twojej|twoim|twoją|twoi|jesteś|masz|abyś|żebyś`,
		ending: `(esz|isz|ysz|asz)`, except: `nasz|wasz|też|klawisz|towarzysz|afisz|pieniądz`},
	"sq": {words: `ti|ty|tëndën|tënd|tënde|yt|jote|jotja|je|ke|mundesh`},
}

// gendered words say whether the user is a man or a woman (cs, pl): past
// tenses and adjectives about the reader.
var gendered = map[bot.Lang][]*regexp.Regexp{
	"cs": exprs(`\b(jsi|jste) \p{L}+(l|la|li|lo)\b`, `\p{L}+(l|la) (jsi|jste)\b`, `\p{L}+l/a\b`, `\p{L}+\(a\)`, `\bsám jsi\b`, `\bsama jsi\b`, `nejsi sám`, `nejsi sama`, `\bmohl/a\b`),
	"pl": exprs(`\p{L}+(łeś|łaś)\b`, `\p{L}+(ył|ęła|ął)/(a|em)`, `\p{L}+ny/a\b`, `\bpan/pani\b`, `\p{L}+y\(a\)`, `jeste(ś|m) (bezpieczn|pewn|sam)\p{L}+`, `\bpewien\b`),
}

// asks are questions for who somebody is (SG09), in questions only.
var asks = map[bot.Lang][]*regexp.Regexp{
	"cs": exprs(`jak se jmenuje`, `(tvé|vaše|vaší) (jméno|adres|číslo)`, `kde bydl`, `do jaké školy`, `datum narození`, `jaký (máš|máte) e-mail`),
	"en": exprs(`your name`, `your address`, `where do you live`, `which school`, `date of birth`, `your (phone|e-mail|email)`),
	"pl": exprs(`jak (masz|się) (na imię|nazyw)`, `(twój|pana|pani) (adres|numer|e-mail)`, `gdzie mieszka`, `do jakiej szkoły`, `data urodzenia`),
	"sq": exprs(`si (e ke|quhe)`, `emri (yt|juaj)`, `adresa (jote|juaj)`, `ku (banon|jeton)`, `cilën shkollë`, `datëlindja`),
}

// images asks for a picture, in topics about pictures (SG05).
var images = map[bot.Lang][]*regexp.Regexp{
	"cs": exprs(`(pošli|pošlete|nahraj|nahrajte|přilož|ukaž) (nám|sem|mi)? ?\S* ?(fotk|fotograf|obrázek|snímek|video)`),
	"en": exprs(`(send|upload|attach|show) (us|me|here)?\s?(the |your |a )?(picture|photo|image|video)`),
	"pl": exprs(`(prześlij|wyślij|dołącz|pokaż) (nam|mi|tu)? ?\S* ?(zdjęci|film|obraz)`),
	"sq": exprs(`(dërgo|ngarko|trego)(na|më|ni)? ?\S* ?(foton|fotografinë|videon|pamjen) (këtu|neve|mua)`),
}

// foreign finds what belongs into places, not into sentences.
var foreign = []struct {
	code, what string
	re         *regexp.Regexp
}{
	{"number-in-sentence", "a phone number", regexp.MustCompile(`\d[\d ]{1,}\d{1,}`)},
	{"link-in-sentence", "an address", regexp.MustCompile(`(?i)https?://|www\.|@\w+\.\w|\b[\w-]+\.(cz|pl|al|com|eu|gov)\b`)},
	{"hours-in-sentence", "an opening hour", regexp.MustCompile(`\b\d{1,2}[:.]\d{2}\b`)},
}

// marker finds a form of address.
type marker struct {
	words, ending, except string
	re, exceptRe          *regexp.Regexp
}

func init() {
	for _, m := range []map[bot.Lang]marker{formal, familiar} {
		for l, x := range m {
			expr := `^(` + x.words + `)$`
			if x.ending != "" {
				expr += `|` + x.ending + `$`
			}
			x.re = regexp.MustCompile(expr)
			if x.except != "" {
				x.exceptRe = regexp.MustCompile(`^(` + x.except + `)$`)
			}
			m[l] = x
		}
	}
}

func exprs(list ...string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(list))
	for i, s := range list {
		out[i] = regexp.MustCompile(`(?i)` + edges(s))
	}
	return out
}

// edges makes \b mean the edge of a word in any language; the library's own
// knows only ASCII letters and would see an edge after "ś".
func edges(expr string) string {
	if strings.HasPrefix(expr, `\b`) {
		expr = `(?:^|\P{L})` + strings.TrimPrefix(expr, `\b`)
	}
	return strings.ReplaceAll(expr, `\b`, `(?:\P{L}|$)`)
}
