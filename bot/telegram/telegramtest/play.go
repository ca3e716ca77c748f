package telegramtest

// The bot, as it presents itself.
const (
	botName     = "Where to turn"
	botUsername = "where_to_turn_test_bot"
)

// plays are the methods the fake acts. They run under the server's lock;
// getUpdates is told apart in act, because it waits.
var plays = map[string]func(*Server, *call) (any, *refusal){
	"getMe":                  (*Server).getMe,
	"getUpdates":             nil,
	"setWebhook":             (*Server).setWebhook,
	"deleteWebhook":          (*Server).deleteWebhook,
	"getWebhookInfo":         (*Server).getWebhookInfo,
	"sendMessage":            (*Server).sendMessage,
	"editMessageText":        (*Server).editMessageText,
	"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
	"deleteMessage":          (*Server).deleteMessage,
	"deleteMessages":         (*Server).deleteMessages,
	"forwardMessage":         (*Server).forwardMessage,
	"copyMessage":            (*Server).copyMessage,
	"answerCallbackQuery":    (*Server).answerCallbackQuery,
	"sendChatAction":         (*Server).sendChatAction,
	"getFile":                (*Server).getFile,
	"setMyCommands":          (*Server).setMyCommands,
	"deleteMyCommands":       (*Server).deleteMyCommands,
	"setMyName":              (*Server).setMyName,
	"setMyDescription":       (*Server).setMyDescription,
	"setMyShortDescription":  (*Server).setMyShortDescription,
	"getChat":                (*Server).getChat,
	"getChatMember":          (*Server).getChatMember,
	"leaveChat":              (*Server).leaveChat,
	"createForumTopic":       (*Server).createForumTopic,
	"closeForumTopic":        (*Server).closeForumTopic,
	"deleteForumTopic":       (*Server).deleteForumTopic,
}

func (s *Server) getMe(*call) (any, *refusal) {
	return map[string]any{
		"id": s.BotID(), "is_bot": true, "first_name": botName, "username": botUsername,
		"can_join_groups": true, "can_read_all_group_messages": true, "supports_inline_queries": false,
	}, nil
}

func (s *Server) self() *wireUser {
	return &wireUser{ID: s.BotID(), Bot: true, First: botName, Username: botUsername}
}
