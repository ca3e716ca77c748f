package screen_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/advice"
	"wheretoturn/bot/book"
	"wheretoturn/bot/place"
)

// child is a child in Czechia that writes English.
var child = bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Child, Age: "under-15"}

func result(who bot.Asker, state bot.StateID, view bot.View) bot.Delivery {
	return bot.Delivery{Asker: who, Door: "telegram", Spot: bot.Spot{State: state, View: view}}
}

// eachResult calls f for every outcome somebody can come to, with its result.
func eachResult(t *testing.T, f func(b *book.Book, d bot.Delivery, r advice.Result)) {
	t.Helper()
	b, seen := setup(t), map[string]bool{}
	for _, country := range bot.Countries {
		for _, p := range reached(t, b, "en", country) {
			s := b.Flow.State(p.State)
			key := string(country) + string(p.State) + string(p.Audience)
			if !s.Final || s.Card || seen[key] {
				continue
			}
			seen[key] = true
			d := spot(p, bot.ViewMain)
			f(b, d, advice.For(b, advice.Query{Asker: p.Asker, Spot: d.Spot, Now: day}))
		}
	}
}

func TestAResultShowsStepsAndPlaces(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		text := words(draw(b, d, day))
		if d.Audience == bot.Senior {
			text = ""
			for n := range r.Steps { // one a screen
				d.N = n
				m := draw(b, d, day)
				text += words(m)
				if want := "*next *places"; codes(m.Choices) != want {
					t.Errorf("%s: step %d has the buttons %s", d.State, n, codes(m.Choices))
				}
			}
			d.N = len(r.Steps) // past the last step
			text += words(draw(b, d, day))
		}
		for _, s := range r.Steps {
			if step := say(t, b, d.Asker, "step."+s.ID, s.Data); !strings.Contains(text, step) {
				t.Errorf("%s %s %s: the step %s is missing in:\n%s", d.Country, d.State, d.Audience, s.ID, text)
			}
		}
		for _, p := range r.Places[:r.Shown] {
			if c := p.Channels[0]; c.Value != "" && !strings.Contains(text, c.Value) {
				t.Errorf("%s %s %s: %s is missing in:\n%s", d.Country, d.State, d.Audience, p.ID, text)
			}
		}
		if r.Partial && !strings.Contains(text, say(t, b, d.Asker, "result.partial", nil)) {
			t.Errorf("%s %s: it does not say that the pack is partial", d.Country, d.State)
		}
		if r.NoLine != strings.Contains(text, say(t, b, d.Asker, "result.no_line_open", nil)) {
			t.Errorf("%s %s %s: nobody answers is %v, and:\n%s", d.Country, d.State, d.Audience, r.NoLine, text)
		}
	})
}

// TestNobodyAnswersShowsTheNextPlaces: that it is normal, others than the one
// that was called, who answers first, what to do in danger.
func TestNobodyAnswersShowsTheNextPlaces(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewNobody
		m := draw(b, d, day)
		text := words(m)
		name := string(d.Country) + " " + string(d.State) + " " + string(d.Audience)
		first := say(t, b, d.Asker, "nobody.normal", nil)
		if r.Places[0].Role == bot.RoleEmergency {
			first = say(t, b, d.Asker, "nobody.urgent", map[string]string{"number": r.Emergency.Phone().Value})
		}
		for _, want := range []string{first, say(t, b, d.Asker, "nobody.danger", map[string]string{"number": r.Emergency.Phone().Value})} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: want %q in:\n%s", name, want, text)
			}
		}
		shown := places(m)
		if len(r.Places) > 1 && len(shown) == 0 {
			t.Errorf("%s: no other place", name)
		}
		d.View = bot.ViewCall
		phones := 0
		for _, p := range r.Places {
			if p.Phone() != nil && p.Role != bot.RoleBank {
				phones++
			}
		}
		if called := places(draw(b, d, day)); phones > 1 && len(called) > 0 && slices.Contains(shown, called[0]) {
			t.Errorf("%s: %s does not answer, and is shown again: %q", name, called[0], shown)
		}
		if !strings.Contains(codes(m.Choices), "*silent") || !strings.Contains(codes(m.Nav), "*result") {
			t.Errorf("%s: buttons %s, nav %s", name, codes(m.Choices), codes(m.Nav))
		}
	})
}

func TestNobodyAnswersPutsTheLineThatAnswersFirst(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, country := range []bot.Country{"CZ", "PL", "AL"} {
		who := child
		who.Country = country
		m := draw(b, result(who, "phishing.advice", bot.ViewNobody), at(t, "2026-11-24 03:00"))
		r := advice.For(b, advice.Query{Asker: who, Spot: bot.Spot{State: "phishing.advice"}, Now: at(t, "2026-11-24 03:00")})
		var want string
		for _, p := range r.Places[1:] {
			open := slices.ContainsFunc(p.Channels, func(c place.Reach) bool { return c.Type == place.Phone && c.IsOpen() })
			if open && p.Staffed && want == "" && !p.Is(bot.RoleEmergency) {
				want = p.Name
			}
		}
		if country == "AL" { // where nobody but the police takes a call at night
			want = "Policia e Shtetit 129"
		}
		if shown := places(m); len(shown) == 0 || !strings.HasPrefix(shown[0], want) || want == "" {
			t.Errorf("%s: want %q first of %q", country, want, shown)
		}
	}
}

// TestAfraidToCallSaysWhatHappens, what they will not do, and a sentence to
// read out.
func TestAfraidToCallSaysWhatHappens(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewAfraid
		m := draw(b, d, day)
		name := string(d.Country) + " " + string(d.State) + " " + string(d.Audience)
		quotes := 0
		for _, bubble := range m.Bubbles {
			for _, block := range bubble.Blocks {
				if block.Kind == bot.BlockQuote {
					quotes++
				}
			}
		}
		if quotes != 1 || !strings.Contains(words(m), say(t, b, d.Asker, "afraid.text", nil)) || !strings.Contains(words(m), say(t, b, d.Asker, "afraid.say", nil)) {
			t.Errorf("%s: %d sentences to read out:\n%s", name, quotes, plain(m))
		}
		if codes(m.Choices) != "*call *silent" {
			t.Errorf("%s: buttons %s", name, codes(m.Choices))
		}
		for _, shown := range places(m) { // somebody one may hang up on
			for _, p := range r.Places {
				if p.Roles[0] == bot.RoleEmergency && strings.HasPrefix(shown, p.Name) && len(r.Places) > 2 && d.Country != "EU" && d.Country != "XK" {
					t.Errorf("%s: to practise, it offers %s", name, p.Name)
				}
			}
		}
	})
}

func TestACallIsDescribedForThePlaceThatIsCalled(t *testing.T) {
	t.Parallel()
	b := setup(t)
	line := b.Places.Get("dkc-linka-duvery")
	d := result(child, "sextortion.advice", bot.ViewCall)
	first := draw(b, d, day)
	d.Place = line.ID
	m := draw(b, d, day)
	if !strings.HasPrefix(places(m)[0], line.Name) || strings.HasPrefix(places(first)[0], line.Name) {
		t.Errorf("asked about %s, shown %q", line.Name, places(m))
	}
	for _, code := range line.Call {
		if want := say(t, b, child, "place.call."+code, nil); !strings.Contains(words(m), want) {
			t.Errorf("want %q in:\n%s", want, words(m))
		}
	}
	if !strings.Contains(words(m), say(t, b, child, "say.sextortion", nil)) {
		t.Errorf("no sentence to say first:\n%s", plain(m))
	}
	for _, c := range first.Choices {
		if code, ok := strings.CutPrefix(c.Code, "*call:"); !ok || b.Places.Get(bot.PlaceID(code)) == nil {
			t.Errorf("the button %q leads to %s", c.Label, c.Code)
		}
	}
	d.Place = "gone"
	if again := draw(b, d, day); plain(again) != plain(first) {
		t.Errorf("a place that is gone:\n%s", plain(again))
	}
}

// TestKeepIsACardOfNamesAndNumbers: nothing of what happened.
func TestKeepIsACardOfNamesAndNumbers(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewKeep
		m := draw(b, d, day)
		for i, p := range r.Places[:r.Shown] {
			block := m.Bubbles[0].Blocks[i+1]
			if len(block.Lines) == 0 || strings.TrimSpace(block.Lines[0].Text) == "" || (p.Channels[0].Value != "" && block.Lines[0].Text != p.Channels[0].Value) {
				t.Errorf("%s %s: %s is kept as %+v", d.Country, d.State, p.ID, block)
			}
			for _, l := range block.Lines {
				if l.Facts != "" {
					t.Errorf("%s: what is true now is kept: %q", p.ID, l.Facts)
				}
			}
		}
		for _, s := range r.Steps {
			if strings.Contains(words(m), say(t, b, d.Asker, "step."+s.ID, s.Data)) {
				t.Errorf("%s: the step %s is kept", d.State, s.ID)
			}
		}
	})
}

// TestWhyGivesTheReasonsOfTheRanking, for each place that is shown, and when
// it was checked.
func TestWhyGivesTheReasonsOfTheRanking(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewWhy
		m := draw(b, d, day)
		i := 0
		for _, block := range m.Bubbles[0].Blocks {
			if block.Kind != bot.BlockPlace {
				continue
			}
			p := r.Places[i]
			i++
			for _, code := range p.Reasons {
				if want := say(t, b, d.Asker, "why."+code, nil); !strings.Contains(block.Text, want) {
					t.Errorf("%s: want %q in %q", p.ID, want, block.Text)
				}
			}
			if date := p.Verified.Date.Format("2006-01-02"); len(block.Lines) != 1 || !strings.Contains(block.Lines[0].Text, date) {
				t.Errorf("%s: it does not say that it was checked on %s: %+v", p.ID, date, block.Lines)
			}
		}
		if i != r.Shown {
			t.Errorf("%s %s: reasons for %d of %d places", d.Country, d.State, i, r.Shown)
		}
	})
}

func TestMorePlacesComePageByPage(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewMore
		var got []string
		for n := 0; ; n++ {
			d.N = n
			m := draw(b, d, day)
			got = append(got, places(m)...)
			if codes(m.Choices) != "*next" {
				break
			}
		}
		if len(got) != len(r.Places)-r.Shown {
			t.Errorf("%s %s: %d places on the pages, %d are left", d.Country, d.State, len(got), len(r.Places)-r.Shown)
		}
	})
}

func TestSilentShowsWaysInWriting(t *testing.T) {
	t.Parallel()
	eachResult(t, func(b *book.Book, d bot.Delivery, r advice.Result) {
		d.View = bot.ViewSilent
		m := draw(b, d, day)
		live := false
		for _, bubble := range m.Bubbles {
			for _, block := range bubble.Blocks {
				for _, l := range block.Lines {
					if l.Label == say(t, b, d.Asker, "channel.phone", nil) || l.Label == say(t, b, d.Asker, "channel.in-person", nil) {
						t.Errorf("%s %s: %s is no way in writing", d.Country, d.State, line(l))
					}
					chat := l.Label == say(t, b, d.Asker, "channel.chat", nil) || l.Label == say(t, b, d.Asker, "channel.sms", nil)
					live = live || (chat && strings.Contains(l.Facts, "Open now"))
				}
			}
		}
		if none := strings.Contains(words(m), say(t, b, d.Asker, "silent.none", nil)); none == live {
			t.Errorf("%s %s %s: somebody answers is %v, and:\n%s", d.Country, d.State, d.Audience, live, plain(m))
		}
	})
}

func TestOptionsAndBanks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	adult := bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Adult}
	if got := codes(draw(b, result(adult, "payment-fraud.advice", bot.ViewOptions), day).Choices); got != "*more *why *keep *bank *region /erase" {
		t.Errorf("options after money went: %s", got)
	}
	if got := codes(draw(b, result(adult, "phishing.advice", bot.ViewOptions), day).Choices); strings.Contains(got, "*bank") {
		t.Errorf("options without a bank: %s", got)
	}
	banks := draw(b, result(adult, "payment-fraud.advice", bot.ViewBank), day)
	if len(banks.Choices) < 3 {
		t.Errorf("banks to pick: %s", codes(banks.Choices))
	}
	for _, c := range banks.Choices {
		id, ok := strings.CutPrefix(c.Code, "*bank:")
		if p := b.Places.Get(bot.PlaceID(id)); !ok || p == nil || !p.Is(bot.RoleBank) {
			t.Errorf("the button %q leads to %s", c.Label, c.Code)
		}
	}
	question := draw(b, bot.Delivery{Asker: bot.Asker{Lang: "cs", Country: "CZ"}, Spot: bot.Spot{State: "payment-fraud.bank", Answers: []bot.Answer{{State: "main.start", Code: "money"}}}}, day)
	if len(question.Choices) != len(banks.Choices) || !slices.ContainsFunc(question.Nav, func(c bot.Choice) bool { return c.Code == bot.CmdSkip && c.Label == "Jiná banka" }) {
		t.Errorf("the bank's question:\n%s", plain(question))
	}
}

var dialable = regexp.MustCompile(`^\+?[0-9]{3,15}$`)

// TestNumbersAndAddressesCanBeTapped looks at every line of every screen: a
// number to call is dialled as the pack says, an address opens, a mail goes
// out; and no number stands in a sentence, but the emergency number.
func TestNumbersAndAddressesCanBeTapped(t *testing.T) {
	t.Parallel()
	b := setup(t)
	known := map[string]string{} // what is shown → what is dialled
	for _, country := range bot.Countries {
		for _, p := range b.Places.Pack(country).Places {
			for _, c := range p.Channels {
				if c.Type == place.Phone || c.Type == place.SMS {
					known[c.Value] = c.Dial
				}
			}
		}
	}
	for _, d := range screens(t, "en") {
		for _, bubble := range d.Bubbles {
			for _, block := range bubble.Blocks {
				for _, l := range block.Lines {
					if what := tappable(l, known); what != "" {
						t.Errorf("%v: %s: %+v", d, what, l)
					}
				}
			}
		}
	}
}

func tappable(l bot.Line, known map[string]string) string {
	dial, isNumber := known[l.Text]
	n := 0
	for _, to := range []string{l.Dial, l.URL, l.Mail} {
		if to != "" {
			n++
		}
	}
	switch {
	case n > 1:
		return "it leads to several places"
	case isNumber && l.Dial != dial:
		return "it does not dial " + dial
	case l.Dial != "" && !dialable.MatchString(l.Dial):
		return "nobody can dial that"
	case l.URL != "" && (l.URL != l.Text || !strings.HasPrefix(l.URL, "http")):
		return "the address is another"
	case l.Mail != "" && (l.Mail != l.Text || !strings.Contains(l.Mail, "@")):
		return "the mail address is another"
	case n == 0 && (strings.Contains(l.Text, "://") || strings.Contains(l.Text, "@")):
		return "an address that cannot be tapped"
	}
	return ""
}

func TestTheCountrysNamesAreReadInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for lang, want := range map[bot.Lang]string{"cs": "Linka bezpečí", "en": "Linka bezpečí (Safety Line, helpline for children)"} {
		who := child
		who.Lang = lang
		if got := places(draw(b, result(who, "sextortion.advice", bot.ViewPlaces), day))[0]; got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	who := bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Adult}
	if got := places(draw(b, result(who, "payment-fraud.advice", bot.ViewPlaces), day))[0]; got != "Your bank" {
		t.Errorf("the bank is called %q", got)
	}
}
