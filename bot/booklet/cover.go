package booklet

import (
	"wheretoturn/bot"
	"wheretoturn/bot/book"
	"wheretoturn/bot/place"
)

// cover is what the page is made from; all texts are finished sentences.
type cover struct {
	Lang     bot.Lang
	Title    string
	Intro    string
	Hash     string
	Made     string
	Signed   string
	Contents string
	Topics   []topic
	Places   string
	Services []service
	Words    map[string]string
}

// printer says things in the booklet's language.
type printer struct {
	book *book.Book
	o    Options
	pack *place.Pack
}

// words are the headings, by the last part of their key.
var words = []string{"steps", "places", "night", "answers", "any", "operator", "roles", "topics", "refuses", "call", "ready", "sources", "checked", "hours", "note"}

func (p *printer) cover() cover {
	c := cover{
		Lang: p.o.Lang, Hash: p.o.Hash, Made: p.o.At.Format("2006-01-02"),
		Title: p.say(bot.Unknown, "booklet.title", "country", p.pack.Names[p.o.Lang]), Intro: p.say(bot.Unknown, "booklet.intro"),
		Signed: p.say(bot.Unknown, "booklet.signed"), Contents: p.say(bot.Unknown, "booklet.contents"),
		Places: p.say(bot.Unknown, "booklet.all_places"), Words: map[string]string{},
	}
	for _, w := range words {
		c.Words[w] = p.say(bot.Unknown, "booklet."+w)
	}
	for _, code := range bot.Topics {
		if p.book.Flow.Topic(code) != nil {
			c.Topics = append(c.Topics, p.topic(code))
		}
	}
	for _, pl := range p.pack.Places {
		c.Services = append(c.Services, p.service(pl))
	}
	return c
}

// say says a key as to a kind of person; data are pairs of name and value.
func (p *printer) say(a bot.Audience, key string, data ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(data); i += 2 {
		m[data[i]] = data[i+1]
	}
	s, _ := p.book.Phrases.Say(bot.Asker{Lang: p.o.Lang, Country: p.o.Country, Audience: a}, key, m)
	return s
}
