package telegramtest

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"
)

// queryLife is how long a press waits for its answer. Telegram does not say;
// presses have been seen to end after some fifteen seconds.
const queryLife = 15 * time.Second

func (s *Server) answerCallbackQuery(c *call) (any, *refusal) {
	if s.opt.Fast {
		return true, nil
	}
	if length(c.str("text")) > 200 {
		return nil, wrong("MESSAGE_TOO_LONG")
	}
	id := c.str("callback_query_id")
	q, ok := s.queries[id]
	delete(s.queries, id)
	if !ok || s.now().UnixMilli()-q.at > queryLife.Milliseconds() {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	return true, nil
}

// Unanswered is how many presses still show a clock on their button.
func (s *Server) Unanswered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queries)
}

var actions = []string{
	"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
	"choose_sticker", "find_location", "record_video_note", "upload_video_note",
}

func (s *Server) sendChatAction(c *call) (any, *refusal) {
	if !slices.Contains(actions, c.str("action")) {
		return nil, wrong("wrong parameter action in request")
	}
	_, refused := s.open(c)
	return true, refused
}

// getFile works, so that a bot that loads files is found out by its calls.
func (s *Server) getFile(c *call) (any, *refusal) {
	id := c.str("file_id")
	if !slices.Contains(s.files, id) {
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	}
	return map[string]any{"file_id": id, "file_unique_id": "unique", "file_size": 4321, "file_path": "photos/file_0.jpg"}, nil
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setMyCommands(c *call) (any, *refusal) {
	var list []struct{ Command, Description string }
	if err := json.Unmarshal([]byte(c.str("commands")), &list); err != nil {
		return nil, wrong("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return nil, wrong("BOT_COMMANDS_TOO_MUCH")
	}
	for _, one := range list {
		if !commandName.MatchString(one.Command) {
			return nil, wrong("BOT_COMMAND_INVALID")
		}
		if n := length(one.Description); n < 1 || n > 256 {
			return nil, wrong("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return s.forLanguage(c)
}

func (s *Server) deleteMyCommands(c *call) (any, *refusal) { return s.forLanguage(c) }

func (s *Server) setMyName(c *call) (any, *refusal) { return s.profile(c, "name", 64) }

func (s *Server) setMyDescription(c *call) (any, *refusal) { return s.profile(c, "description", 512) }

func (s *Server) setMyShortDescription(c *call) (any, *refusal) {
	return s.profile(c, "short_description", 120)
}

func (s *Server) profile(c *call, name string, most int) (any, *refusal) {
	if length(c.str(name)) > most {
		return nil, wrong("%s is too long", name)
	}
	return s.forLanguage(c)
}

// scopes are the types of BotCommandScope.
var scopes = []string{
	"", "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member",
}

var languageCode = regexp.MustCompile(`^([a-z]{2})?$`)

// forLanguage accepts a setting: what was set is in Calls.
func (s *Server) forLanguage(c *call) (any, *refusal) {
	if !languageCode.MatchString(c.str("language_code")) {
		return nil, wrong("invalid language code specified")
	}
	var scope struct{ Type string }
	_ = json.Unmarshal([]byte(c.str("scope")), &scope)
	if !slices.Contains(scopes, scope.Type) {
		return nil, wrong("can't parse BotCommandScope: Unsupported type specified")
	}
	return true, nil
}
