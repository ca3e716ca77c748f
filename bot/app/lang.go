package app

import (
	"strings"

	"wheretoturn/bot"
)

// near maps languages of the system to those of the bot; matching by library
// would send all of them to English.
var near = map[string]bot.Lang{"sk": "cs", "als": "sq", "aln": "sq", "aae": "sq"}

// SystemLang reads the language of the system from LC_ALL, LC_MESSAGES and
// LANG ("cs_CZ.UTF-8"); English when it is none of ours.
func SystemLang(env func(string) string) bot.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		code, _, _ := strings.Cut(env(name), ".")
		code, _, _ = strings.Cut(code, "_")
		code = strings.ToLower(code)
		if l, ok := near[code]; ok {
			return l
		}
		for _, l := range bot.Languages {
			if string(l) == code {
				return l
			}
		}
		if code != "" {
			return "en"
		}
	}
	return "en"
}
