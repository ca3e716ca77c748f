package telegram

import (
	"context"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"wheretoturn/bot"
)

// Commands are the commands shown in Telegram's menu, in order; their words
// have the keys command.<name>.
var Commands = []string{
	bot.CmdRestart, bot.CmdDanger, bot.CmdHelp, bot.CmdLanguage, bot.CmdCountry, bot.CmdPerson, bot.CmdHide, bot.CmdErase,
	bot.CmdPrivacy, bot.CmdExport, bot.CmdAbout,
}

// introduce sets menu and description in every language. That it fails stops
// nothing.
func (d *Door) introduce(ctx context.Context) {
	for _, l := range bot.Languages {
		say := func(key string) string {
			s, _ := d.shelf.Book().Phrases.Say(bot.Asker{Lang: l}, key, nil)
			return s
		}
		code := string(l)
		if l == "en" {
			code = "" // for everybody whose language we do not speak
		}
		d.set(ctx, "setMyCommands", code, "commands", commands(say))
		d.set(ctx, "setMyDescription", code, "description", say("bot.description"))
		d.set(ctx, "setMyShortDescription", code, "short_description", say("bot.short_description"))
	}
}

type menuItem struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func commands(say func(string) string) []menuItem {
	var out []menuItem
	for _, c := range Commands {
		name := strings.TrimPrefix(c, "/")
		out = append(out, menuItem{name, say("command." + name)})
	}
	return out
}

func (d *Door) set(ctx context.Context, method, lang, key string, v any) {
	p := tgbotapi.Params{}
	if s, ok := v.(string); ok {
		p[key] = s
	} else {
		jsonParam(p, key, v)
	}
	if lang != "" {
		p["language_code"] = lang
	}
	if err := d.api().tell(ctx, method, p); err != nil && ctx.Err() == nil {
		d.opts.Log.Warn("telegram: introduce", "method", method, "error", err)
	}
}

// answer stops the little clock on a pressed button.
func (d *Door) answer(id string) {
	d.beside(func(ctx context.Context) {
		_ = d.api().tell(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": id})
	})
}

// discard deletes a picture somebody sent (SG04): it was not fetched, and it
// should not lie in the chat.
func (d *Door) discard(chat, id int64) {
	d.beside(func(ctx context.Context) {
		p := tgbotapi.Params{"chat_id": strconv.FormatInt(chat, 10), "message_id": strconv.FormatInt(id, 10)}
		if err := d.api().tell(ctx, "deleteMessage", p); err != nil {
			d.opts.Log.Info("telegram: a picture could not be deleted", "error", err)
		}
	})
}
