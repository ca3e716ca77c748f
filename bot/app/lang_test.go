package app_test

import (
	"testing"

	"wheretoturn/bot"
	"wheretoturn/bot/app"
)

func TestTheLanguageOfTheSystem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		env  map[string]string
		want bot.Lang
	}{
		{"nothing is set", nil, "en"},
		{"Czech", map[string]string{"LANG": "cs_CZ.UTF-8"}, "cs"},
		{"Polish without a country", map[string]string{"LANG": "pl"}, "pl"},
		{"Albanian with an encoding only", map[string]string{"LANG": "sq.UTF-8"}, "sq"},
		{"English of Ireland", map[string]string{"LANG": "en_IE.UTF-8"}, "en"},
		{"capitals", map[string]string{"LANG": "CS_cz"}, "cs"},
		{"Slovaks read Czech", map[string]string{"LANG": "sk_SK.UTF-8"}, "cs"},
		{"Gheg and Tosk are Albanian", map[string]string{"LC_ALL": "aln_XK", "LANG": "de_DE"}, "sq"},
		{"a language nobody speaks here", map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{"the machine's own", map[string]string{"LANG": "C.UTF-8"}, "en"},
		{"LC_ALL is stronger", map[string]string{"LC_ALL": "pl_PL", "LC_MESSAGES": "cs_CZ", "LANG": "sq_AL"}, "pl"},
		{"LC_MESSAGES is stronger than LANG", map[string]string{"LC_MESSAGES": "cs_CZ", "LANG": "sq_AL"}, "cs"},
		{"a set one of no use hides the others", map[string]string{"LC_ALL": "C", "LANG": "cs_CZ"}, "en"},
		{"an empty one hides nothing", map[string]string{"LC_ALL": "", "LANG": "cs_CZ"}, "cs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := app.SystemLang(func(name string) string { return tt.env[name] }); got != tt.want {
				t.Errorf("%v is %s, want %s", tt.env, got, tt.want)
			}
		})
	}
}
