package telegramtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Bounds of an inline keyboard. The Bot API names only the length of data; the
// others are what clients show and the server has been seen to take.
const (
	maxData    = 64 // bytes
	maxButtons = 100
	maxWide    = 8
)

// Button is a button under a message.
type Button struct {
	Text string
	Data string // what a press tells the bot
	URL  string // what a press opens

	raw json.RawMessage // as the bot sent it, in one order of fields
}

// keyboard is what hangs under a message; the zero value is nothing. A
// keyboard in place of letters is checked and not kept.
type keyboard struct {
	rows [][]Button
	raw  string // to compare with
}

// MarshalJSON writes the button as the bot sent it.
func (b Button) MarshalJSON() ([]byte, error) {
	if b.raw != nil {
		return b.raw, nil
	}
	return json.Marshal(struct {
		Text string `json:"text"`
		Data string `json:"callback_data,omitempty"`
		URL  string `json:"url,omitempty"`
	}{b.Text, b.Data, b.URL})
}

// readKeyboard reads reply_markup. Its fields and their types are checked
// already; here is what the specification says in words.
func (s *Server) readKeyboard(c *call) (k keyboard, refused *refusal) {
	src := c.str("reply_markup")
	if src == "" || src == "null" {
		return k, nil
	}
	var in struct {
		Inline [][]map[string]any `json:"inline_keyboard"`
		Reply  [][]struct {
			Text string `json:"text"`
		} `json:"keyboard"`
	}
	if s.opt.Fast {
		return readFast(src), nil
	}
	if err := json.Unmarshal([]byte(src), &in); err != nil {
		return k, wrong("can't parse reply keyboard markup JSON object")
	}
	for _, row := range in.Reply {
		for _, b := range row {
			if strings.TrimSpace(b.Text) == "" {
				return k, wrong("keyboard button text must be non-empty")
			}
		}
	}
	count := 0
	for _, row := range in.Inline {
		if len(row) == 0 {
			return k, wrong("can't parse inline keyboard: a row is empty")
		}
		buttons := make([]Button, len(row))
		for i, fields := range row {
			if buttons[i], refused = readButton(fields); refused != nil {
				return k, refused
			}
		}
		k.rows = append(k.rows, buttons)
		if count += len(row); len(row) > maxWide || count > maxButtons {
			return k, wrong("reply markup is too long")
		}
	}
	raw, _ := json.Marshal(k.rows)
	k.raw = string(raw)
	return k, nil
}

// readFast believes everything: a benchmark measures the bot.
func readFast(src string) (k keyboard) {
	var in struct {
		Inline [][]struct {
			Text string
			Data string `json:"callback_data"`
			URL  string
		} `json:"inline_keyboard"`
	}
	_ = json.Unmarshal([]byte(src), &in)
	for _, row := range in.Inline {
		buttons := make([]Button, len(row))
		for i, b := range row {
			buttons[i] = Button{Text: b.Text, Data: b.Data, URL: b.URL}
		}
		k.rows = append(k.rows, buttons)
	}
	return k
}

// looks are the fields of a button that are no action.
var looks = []string{"text", "style", "icon_custom_emoji_id"}

func readButton(fields map[string]any) (Button, *refusal) {
	text := func(name string) string { v, _ := fields[name].(string); return v }
	b := Button{Text: text("text"), Data: text("callback_data"), URL: text("url")}
	var actions []string
	for name := range fields {
		if !slices.Contains(looks, name) {
			actions = append(actions, name)
		}
	}
	slices.Sort(actions)
	_, isData := fields["callback_data"]
	_, isURL := fields["url"]
	style := text("style")
	switch {
	case strings.TrimSpace(b.Text) == "":
		return b, wrong("can't parse inline keyboard button: text must be non-empty")
	case len(actions) == 0:
		return b, wrong("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(actions) > 1:
		return b, wrong("can't parse inline keyboard button: exactly one action expected, found %s", strings.Join(actions, ", "))
	case isData && (b.Data == "" || len(b.Data) > maxData):
		return b, wrong("BUTTON_DATA_INVALID")
	case style != "" && style != "danger" && style != "success" && style != "primary":
		return b, wrong("can't parse inline keyboard button: unknown style")
	}
	if isURL {
		if err := checkLink(b.URL); err != nil {
			return b, wrong("inline keyboard button URL '%s' is invalid: %v", b.URL, err)
		}
	}
	b.raw, _ = json.Marshal(fields)
	return b, nil
}

// find returns the button with a label or data.
func (k keyboard) find(what string) (Button, bool) {
	for _, row := range k.rows {
		for _, b := range row {
			if b.Text == what || b.Data != "" && b.Data == what {
				return b, true
			}
		}
	}
	return Button{}, false
}

func (k keyboard) labels() string {
	var all []string
	for _, row := range k.rows {
		for _, b := range row {
			all = append(all, fmt.Sprintf("[%s]", b.Text))
		}
	}
	return strings.Join(all, " ")
}
