package telegram

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"wheretoturn/bot"
	"wheretoturn/bot/seal"
)

// update is what we read of Telegram's Update; everything else, names above
// all, is never decoded.
type update struct {
	ID       int64     `json:"update_id"`
	Message  *message  `json:"message"`
	Callback *callback `json:"callback_query"`
}

type message struct {
	ID    int64 `json:"message_id"`
	From  *user `json:"from"`
	Chat  chat  `json:"chat"`
	Date  int64 `json:"date"`
	Text  string
	Album string `json:"media_group_id"`
	media
}

// media tells that something came that is no text; what it is is not read.
type media struct {
	Photo     json.RawMessage `json:"photo"`
	Video     json.RawMessage `json:"video"`
	Note      json.RawMessage `json:"video_note"`
	Voice     json.RawMessage `json:"voice"`
	Audio     json.RawMessage `json:"audio"`
	Document  json.RawMessage `json:"document"`
	Sticker   json.RawMessage `json:"sticker"`
	Animation json.RawMessage `json:"animation"`
	Contact   json.RawMessage `json:"contact"`
	Location  json.RawMessage `json:"location"`
	Venue     json.RawMessage `json:"venue"`
	Poll      json.RawMessage `json:"poll"`
	Story     json.RawMessage `json:"story"`
	PaidMedia json.RawMessage `json:"paid_media"`
}

func (m media) any() bool {
	for _, part := range []json.RawMessage{
		m.Photo, m.Video, m.Note, m.Voice, m.Audio, m.Document, m.Sticker, m.Animation, m.Contact, m.Location, m.Venue, m.Poll, m.Story, m.PaidMedia,
	} {
		if part != nil {
			return true
		}
	}
	return false
}

type callback struct {
	ID      string `json:"id"`
	From    *user  `json:"from"`
	Message *shown `json:"message"`
	Data    string `json:"data"`
}

// shown is the message whose button was pressed: our own words, not read again.
type shown struct {
	ID   int64 `json:"message_id"`
	Chat chat  `json:"chat"`
}

type user struct {
	Bot  bool   `json:"is_bot"`
	Lang string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

// private is the only kind of chat people are helped in.
const private = "private"

// event turns an update into an event; ok is false for what is left alone:
// groups, channels, other bots, edits, and kinds we do not know.
func (d *Door) event(u update) (e bot.Event, ok bool) {
	e = bot.Event{Key: bot.EventKey("u" + strconv.FormatInt(u.ID, 36)), Door: Name, At: d.now().UTC().Truncate(time.Millisecond)}
	switch {
	case u.Message != nil:
		m := u.Message
		if m.Chat.Type != private || (m.From != nil && m.From.Bot) {
			return e, false
		}
		d.from(&e, m.From, m.Chat.ID)
		e.Message = m.ID
		return e, d.content(&e, m)
	case u.Callback != nil:
		c := u.Callback
		if c.Message == nil || c.Message.Chat.Type != private {
			return e, false
		}
		d.from(&e, c.From, c.Message.Chat.ID)
		e.Press, e.Pressed = parseData(c.Data), c.Message.ID
		return e, true
	}
	return e, false
}

func (d *Door) from(e *bot.Event, u *user, chat int64) {
	e.Address = address(chat)
	e.Fresh = bot.ConvID(seal.ID())
	if u != nil {
		e.Lang = language(u.Lang)
	}
}

// content reads a message: text, a command, or something we refuse kindly.
func (d *Door) content(e *bot.Event, m *message) bool {
	switch {
	case m.media.any():
		if m.Album != "" {
			e.Key = bot.EventKey("album:" + m.Album) // refused once, not once a picture
		}
		e.Press = &bot.Press{Code: bot.CmdMedia}
	case m.Text == "":
		return false // a service message
	case strings.HasPrefix(m.Text, "/start"):
		e.Press = &bot.Press{Code: bot.CmdRestart}
		startParameter(e, m.Text)
	default:
		e.Text, _ = bot.CleanText(m.Text)
		if e.Text == "" {
			e.Text = "?"
		}
	}
	return true
}

// startParameter reads "/start pl" and "/start pl-PL"; anything else a link
// carries is ignored (TG04).
func startParameter(e *bot.Event, text string) {
	_, arg, _ := strings.Cut(text, " ")
	lang, country, _ := strings.Cut(strings.TrimSpace(arg), "-")
	for _, l := range bot.Languages {
		if string(l) == lang {
			e.Lang = l
		}
	}
	for _, c := range bot.Countries {
		if string(c) == country {
			e.Country = c
		}
	}
}

// near maps languages people set in Telegram to those of the bot.
var near = map[string]bot.Lang{"sk": "cs"}

// language maps a client's language to ours; "" when it is none of ours.
func language(code string) bot.Lang {
	code, _, _ = strings.Cut(strings.ToLower(code), "-")
	if l, ok := near[code]; ok {
		return l
	}
	for _, l := range bot.Languages {
		if string(l) == code {
			return l
		}
	}
	return ""
}
