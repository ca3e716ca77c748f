package proof_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/proof"
)

// A seed is a defect put into the books as they are shipped: in file, old is
// replaced by new (appended when old is ""), and check must find code there.
// Line 0 means: any line of that file.
type seed struct {
	name, file, old, new string
	code                 string
	where                string // file of the finding, when it is another one
	anyLine              bool
}

// seeds are what editors get wrong.
var seeds = []seed{
	// flows: the form
	{"a tab breaks the YAML", "flows/main.yaml", "initial: country", "initial:\tcountry: [", "yaml", "", true},
	{"an unknown key in a flow", "flows/main.yaml", "initial: country", "initial: country\ncolour: red", "unknown-key", "", false},
	{"a key stands twice", "flows/main.yaml", "initial: country", "initial: country\ninitial: start", "duplicate-key", "", true},
	{"a list where a word belongs", "flows/main.yaml", "initial: country", "initial: [country]", "wrong-kind", "", false},
	{"a topic file under another name", "flows/topics/other.yaml", "topic: other", "topic: others", "topic-name", "", true},
	{"no initial state", "flows/main.yaml", "initial: country", "initial: nowhere", "no-initial", "", true},
	{"a dangling target", "flows/main.yaml", "      money: payment-fraud.bank", "      money: payment-fraud.bnak", "dangling-target", "", false},
	{"a dangling skip", "flows/topics/phishing.yaml", "    skip: came", "    skip: cane", "dangling-target", "", false},
	{"an answer without a target", "flows/topics/phishing.yaml", "      nothing: came", "      nothing: {}", "no-target", "", false},
	{"an unreachable state", "flows/topics/other.yaml", "  contacts:", "  alone:\n    final: true\n    steps: [other-talk, other-own-words, danger-button]\n    turn_to: [{role: police}]\n  contacts:", "unreachable", "", false},
	{"a state without a way out", "flows/topics/payment-fraud.yaml", "    always:\n      - {when: {answers: {main.start: [money]}}, target: main.who}\n      - {target: which_bank}", "    card: true", "no-way-out", "", true},
	{"a question that cannot be skipped", "flows/topics/phishing.yaml", "      app: came\n    skip: came", "      app: came", "no-skip", "", true},
	{"a pass-through without a default", "flows/main.yaml", "      - {target: group}", "      - {when: {age: [15-17]}, target: group}", "no-default", "", true},
	{"an answer branch without a default", "flows/topics/phishing.yaml", "        - {target: payment-fraud.how}", "        - {when: {age: [15-17]}, target: payment-fraud.how}", "no-default", "", true},
	{"branches after the default", "flows/topics/phishing.yaml", "        - {target: payment-fraud.how}", "        - {target: payment-fraud.how}\n        - {target: came}", "dead-branch", "", true},
	{"only without otherwise", "flows/topics/phishing.yaml", "    otherwise: advice\n", "", "only-otherwise", "", true},
	{"an unknown audience", "flows/main.yaml", "first: {audience: [senior]}", "first: {audience: [firm]}", "unknown-audience", "", false},
	{"an unknown age band", "flows/main.yaml", "age: 60-plus}", "age: 60+}", "unknown-age", "", false},
	{"an unknown country", "flows/main.yaml", "set: {country: AL}", "set: {country: ALB}", "unknown-country", "", false},
	{"an unknown language", "flows/main.yaml", "AL: {first: {language: [sq]}", "AL: {first: {language: [al]}", "unknown-language", "", false},
	{"an unknown role", "flows/topics/sextortion.yaml", "      - {role: platform}", "      - {role: platfrom}", "unknown-role", "", false},
	{"an unknown mode", "flows/topics/suicide-self-harm.yaml", "mode: written", "mode: whispered", "unknown-mode", "", false},
	{"a condition on a question that does not exist", "flows/topics/sextortion.yaml", "answers: {happened: [online]}}}", "answers: {hapened: [online]}}}", "unknown-answer", "", false},
	{"a condition on an answer that does not exist", "flows/topics/sextortion.yaml", "answers: {happened: [online]}}}", "answers: {happened: [onlin]}}}", "unknown-answer", "", false},
	{"a step twice in one outcome", "flows/main.yaml", "steps: [not-your-fault, {step: call-child-line,", "steps: [not-your-fault, not-your-fault, {step: call-child-line,", "duplicate-step", "", false},
	{"an outcome that turns to nobody", "flows/topics/other.yaml", "    turn_to: *lines\n", "", "no-places", "", true},
	{"no warning against copying pictures", "flows/topics/csam-seen.yaml", "      - no-save-no-forward\n", "", "no-picture-warning", "", true},
	{"a role that nobody fills in a country", "flows/topics/other.yaml", "      - {role: illegal-content-hotline}", "      - {role: addiction-line}", "role-without-place", "", false},
	// flows: the walk
	{"questions in a circle", "flows/topics/sextortion.yaml", "      stranger: advice", "      stranger: happened", "circle", "", true},
	{"a question too many", "flows/topics/cyberbullying.yaml", "    only: {audience: [child, young-person, adult, senior]}", "    only: {audience: [child, young-person, adult, senior, parent, teacher, relative]}", "budget", "flows/topics/cyberbullying.yaml", true},
	{"an answer nobody can ever take", "flows/main.yaml", "      contacts: who\n    skip: who", "      contacts: {when: {audience: [senior]}, target: who}\n    skip: who", "never-taken", "", true},
	{"too few steps", "flows/topics/other.yaml", "      - other-own-words\n      - danger-button\n    turn_to:\n      - {role: senior", "    turn_to:\n      - {role: senior", "steps", "", true},
	{"seven banks on a screen", "flows/places/cz.yaml", "  generic: bank\n", "", "too-many-choices", "flows/topics/payment-fraud.yaml", true},
	// places
	{"hours that mean nothing", "flows/places/cz.yaml", `hours: "Mo-Su 09:00-13:00,15:00-19:00"`, `hours: "Mo-Su 9-13"`, "bad-hours", "", false},
	{"a number that cannot be dialled", "flows/places/cz.yaml", `dial: "116111"`, `dial: "11611x"`, "bad-phone", "", false},
	{"another number shown than dialled", "flows/places/cz.yaml", `value: "116 111", dial: "116111"`, `value: "116 111", dial: "116006"`, "bad-phone", "", false},
	{"a chat without an address", "flows/places/cz.yaml", `value: "https://www.linkabezpeci.cz/chat"`, `value: "linkabezpeci chat"`, "bad-url", "", false},
	{"an e-mail without an at sign", "flows/places/cz.yaml", `value: pomoc@linkabezpeci.cz`, `value: pomoc.linkabezpeci.cz`, "bad-email", "", false},
	{"a place without a role", "flows/places/cz.yaml", "  roles: [child-helpline]", "  roles: []", "no-role", "", true},
	{"a place twice", "flows/places/cz.yaml", "- id: hasici-150", "- id: tisen-112", "duplicate-place", "", false},
	{"an unknown channel", "flows/places/cz.yaml", "{type: sms, value: \"158\"", "{type: fax, value: \"158\"", "unknown-channel", "", false},
	{"an unknown cost", "flows/places/cz.yaml", "cost: free", "cost: gratis", "unknown-cost", "", false},
	{"an unknown key in a place", "flows/places/cz.yaml", "  staffed: true", "  staffed: true\n  colour: red", "unknown-key", "", true},
	{"a channel with value and text", "flows/places/cz.yaml", "text: any-police-station", "text: any-police-station, value: here", "channel-value", "", false},
	{"an unknown topic in a place", "flows/places/cz.yaml", "topics: [danger-now]", "topics: [danger]", "unknown-topic", "", false},
	{"an unknown scope", "flows/places/cz.yaml", "scope: national", "scope: village", "unknown-scope", "", false},
	{"a source nobody can open", "flows/places/cz.yaml", `{url: "https://policie.gov.cz"`, `{url: "index-file:1"`, "source-url", "", false},
	{"a date that is none", "flows/places/cz.yaml", "date: 2026-07-10", "date: 10.7.2026", "bad-date", "", false},
	{"verified tomorrow", "flows/places/cz.yaml", "date: 2026-07-10", "date: 2027-07-10", "verified-in-future", "", true},
	{"an unknown way of verifying", "flows/places/cz.yaml", "how: second-hand", "how: hearsay", "unknown-how", "", false},
	{"a zone that does not exist", "flows/places/cz.yaml", "timezone: Europe/Prague", "timezone: Europe/Praha", "timezone", "", false},
	{"a holiday that is no date", "flows/places/cz.yaml", `{date: "12-24"}`, `{date: "24.12."}`, "holiday", "", true},
	{"a refusal to nowhere", "flows/places/cz.yaml", "  roles: [child-helpline]", "  refuses: [{topic: phishing, to: nobody}]\n  roles: [child-helpline]", "refusal-nowhere", "", true},
	{"a region without a name", "flows/places/cz.yaml", "scope: national", "scope: region", "no-region", "", true},
	{"nobody of the right age", "flows/places/cz.yaml", "  ages: {min: 0, max: 25}", "  ages: {min: 40}", "serves-nobody", "", true},
	{"a code without words", "flows/places/cz.yaml", "call: [police-officer,", "call: [police-dog,", "code-without-words", "", true},
	{"no 112", "flows/places/cz.yaml", `{type: phone, value: "112", dial: "112", hours: "24/7", cost: free, languages: [cs, en, de], anonymous: false, notes: [no-sim]}`, `{type: phone, value: "112", dial: "112", cost: free}`, "no-112", "", true},
	{"a country's step after one that does not exist", "flows/places/cz.yaml", "after: report-scam", "after: report-scan", "unknown-step", "", true},
	{"a country's step on an answer that does not exist", "flows/places/cz.yaml", "when: {answers: {what: [silent]}}", "when: {answers: {what: [quiet]}}", "unknown-answer", "", true},
	// sentences
	{"broken TOML", "locales/main.cs.toml", `"main.who.ask" = `, `"main.who.ask" = "`, "toml", "", true},
	{"a missing text", "locales/main.pl.toml", "\"main.who.ask\" = ", "\"main.who.asked\" = ", "missing-text", "", true},
	{"a text twice", "locales/ui.cs.toml", "", "\n\"main.who.ask\" = \"Kdo?\"\n", "duplicate-key", "", true},
	{"an empty text", "locales/other.en.toml", "", "\n\"main.extra\" = \"\"\n", "empty-text", "", false},
	{"an unknown variant", "locales/other.en.toml", "", "\n\"main.who.ask@granny\" = \"Who?\"\n", "unknown-variant", "", false},
	{"a variant without a base", "locales/other.en.toml", "", "\n\"main.extra@child\" = \"Hi\"\n", "no-base", "", false},
	{"a plural without few", "locales/other.cs.toml", "", "\n[\"main.extra\"]\none = \"{{.count}} místo\"\nother = \"{{.count}} míst\"\n", "missing-plural", "", true},
	{"a plural English does not have", "locales/other.en.toml", "", "\n[\"main.extra\"]\none = \"{{.count}} place\"\nfew = \"{{.count}} places\"\nother = \"{{.count}} places\"\n", "foreign-plural", "", true},
	{"another placeholder than elsewhere", "locales/result.cs.toml", "{{.time}}", "{{.hour}}", "placeholders", "", true},
	{"a template that does not parse", "locales/other.en.toml", "", "\n\"main.extra\" = \"Call {{.number\"\n", "template", "", false},
	{"a name that would need inflection", "locales/result.en.toml", "\"result.next_line\" = \"", "\"result.next_line\" = \"You can soon ask {{.name}} about it. ", "inflected", "", false},
	{"a phone number in a sentence", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Call 116 111. ", "number-in-sentence", "", false},
	{"an address in a sentence", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"See www.example.org. ", "link-in-sentence", "", false},
	{"an opening hour in a sentence", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Open until 18:30. ", "hours-in-sentence", "", false},
	{"blame", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Why did you answer them? ", "banned-words", "", false},
	{"calming down", "locales/other.cs.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Zachovejte klid. ", "banned-words", "", false},
	{"a word about suicide that hurts", "locales/other.pl.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Ktoś popełnił samobójstwo. ", "banned-words", "", false},
	{"a promise in Albanian", "locales/other.sq.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Ne premtojmë ndihmë. ", "banned-words", "", false},
	{"gender in Czech", "locales/other.cs.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Nejsi sám. ", "gendered", "", false},
	{"gender in Polish", "locales/other.pl.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Zrobiłaś dobrze. ", "gendered", "", false},
	{"asking for a name", "locales/other.en.toml", "\"other.need.ask\" = \"", "\"other.need.ask\" = \"What is your name? ", "asks-who", "", false},
	{"asking for a picture", "locales/sextortion.en.toml", "\"step.do-not-pay\" = \"", "\"step.do-not-pay\" = \"Send us the picture. ", "asks-for-picture", "", false},
	{"a sentence without end", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"" + strings.Repeat("and then ", 12) + "stop. ", "long-sentence", "", false},
	{"a button too long", "locales/main.en.toml", "\"main.start.something\" = \"", "\"main.start.something\" = \"Something or other has happened to somebody ", "long-label", "", false},
	{"a button with a full stop", "locales/main.en.toml", "\"main.start.something\" = \"", "\"main.start.something\" = \"Well.\" #", "label-stop", "", false},
	{"two spaces", "locales/other.en.toml", "\"step.other-talk\" = \"", "\"step.other-talk\" = \"Call  them. ", "spaces", "", false},
	{"a question that gives something away", "locales/sextortion.en.toml", "\"sextortion.happened.ask\" = \"", "\"sextortion.happened.ask\" = \"Blackmail: ", "not-neutral", "", false},
	{"a sentence nobody hears", "locales/other.en.toml", "", "\n\"main.start.ask@business\" = \"What now?\"\n", "unused-text", "", true},
	{"a bubble too long", "locales/sextortion.en.toml", "\"sextortion.happened.ask\" = \"", "\"sextortion.happened.ask\" = \"" + strings.Repeat("Tell me. ", 40), "too-long", "flows/topics/sextortion.yaml", true},
	{"a polite form to a child", "locales/sextortion.cs.toml", "\"step.do-not-pay@child\" = \"", "\"step.do-not-pay@child\" = \"Zavolejte nám. ", "polite-to-child", "", false},
	{"a familiar form to a senior", "locales/payment-fraud.cs.toml", "\"step.call-bank\" = \"", "\"step.call-bank\" = \"Tvoje banka pomůže. ", "familiar-to-adult", "", false},
	{"a form of address before we know who", "locales/main.cs.toml", "\"main.start.ask\" = \"", "\"main.start.ask\" = \"Vaše otázka: ", "address-too-early", "", false},
}

// walked are the codes only the walk can find; it is the slow part.
var walked = map[string]bot.Lang{
	"circle": "en", "budget": "en", "never-taken": "en", "steps": "en", "too-many-choices": "en", "unused-text": "en",
	"too-long": "en", "polite-to-child": "cs", "familiar-to-adult": "cs", "address-too-early": "cs",
}

func TestCheckFindsEverySeededDefect(t *testing.T) {
	t.Parallel()
	if len(seeds) < 60 {
		t.Fatalf("only %d seeds", len(seeds))
	}
	for _, s := range seeds {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			src, line := sow(t, s)
			o := proof.Options{At: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), Langs: []bot.Lang{}}
			if l, ok := walked[s.code]; ok {
				o.Langs = []bot.Lang{l}
			}
			if s.code == "never-taken" {
				o.Langs = nil
			}
			where := s.where
			if where == "" {
				where = s.file
			}
			var near []bot.Finding
			for _, f := range proof.Check(src, o) {
				if f.Code == s.code && !f.Warning {
					near = append(near, f)
					if sameFile(f, where, s.code) && f.Line > 0 && (s.anyLine || f.Line == line) {
						return
					}
				}
			}
			t.Errorf("no %s in %s at line %d; near: %v", s.code, where, line, near)
		})
	}
}

// sameFile allows a missing text to be reported where another language has it.
func sameFile(f bot.Finding, where, code string) bool {
	return f.File == where || (code == "missing-text" && strings.HasPrefix(f.File, "locales/main."))
}

// sow returns the shipped books with the defect in them, and its line.
func sow(t *testing.T, s seed) (book.Source, int) {
	t.Helper()
	shipped := book.Embedded()
	flows, locales := clone(t, shipped.Flows), clone(t, shipped.Locales)
	dir, name, _ := strings.Cut(s.file, "/")
	files := map[string]fstest.MapFS{"flows": flows, "locales": locales}[dir]
	text := string(files[name].Data)
	if s.old == "" {
		text = strings.TrimRight(text, "\n") + "\n"
		s.new = strings.TrimPrefix(s.new, "\n")
		line := strings.Count(text, "\n") + 1
		files[name] = &fstest.MapFile{Data: []byte(text + s.new)}
		return book.Source{Flows: flows, Locales: locales}, line
	}
	at := strings.Index(text, s.old)
	if at < 0 {
		t.Fatalf("%s no longer holds %q", s.file, s.old)
	}
	line := strings.Count(text[:at], "\n") + 1
	if i := strings.Index(s.new, "\n"); i >= 0 && strings.HasPrefix(s.new, firstLine(s.old)) {
		line++
	}
	files[name] = &fstest.MapFile{Data: []byte(text[:at] + s.new + text[at+len(s.old):])}
	return book.Source{Flows: flows, Locales: locales}, line
}

func firstLine(s string) string { line, _, _ := strings.Cut(s, "\n"); return line }

func clone(t *testing.T, src fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(src, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
