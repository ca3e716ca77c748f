package telegram

import (
	"strconv"
	"strings"

	"wheretoturn/bot"
)

// address writes a private chat's number as an address.
func address(chat int64) bot.Address { return bot.Address(strconv.FormatInt(chat, 10)) }

// data writes a choice of a screen as callback data: "step:code".
func data(step int, code string) string { return strconv.FormatInt(int64(step), 36) + ":" + code }

// parseData reads callback data; what we did not write means a button of no
// screen at all, which is stale.
func parseData(s string) *bot.Press {
	step, code, ok := strings.Cut(s, ":")
	n, err := strconv.ParseInt(step, 36, 32)
	if !ok || err != nil {
		return &bot.Press{Step: -1, Code: "?"}
	}
	return &bot.Press{Step: int(n), Code: code}
}
