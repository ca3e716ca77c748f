package bot_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"wheretoturn/bot"
)

// code is the shape of a code: it goes into file names, button codes and keys.
var code = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestCodesAreUniqueAndWellFormed(t *testing.T) {
	t.Parallel()
	check(t, "language", bot.Languages, regexp.MustCompile(`^[a-z]{2}$`))
	check(t, "country", bot.Countries, regexp.MustCompile(`^[A-Z]{2}$`))
	check(t, "audience", bot.Audiences, code)
	check(t, "age", bot.Ages, code)
	check(t, "topic", bot.Topics, code)
	check(t, "role", bot.Roles, code)
	if slices.Contains(bot.Audiences, bot.Unknown) {
		t.Error("unknown is an audience of the taxonomy")
	}
	if !slices.Contains(bot.Countries, bot.Elsewhere) {
		t.Error("elsewhere is no country")
	}
}

func check[T ~string](t *testing.T, what string, codes []T, shape *regexp.Regexp) {
	t.Helper()
	seen := map[T]bool{}
	for _, c := range codes {
		if seen[c] || !shape.MatchString(string(c)) || c == bot.CodeNone || string(c) == string(bot.Skipped) {
			t.Errorf("%s %q stands twice, is misshapen or means something else", what, c)
		}
		seen[c] = true
	}
	if len(codes) == 0 {
		t.Errorf("no %s", what)
	}
}

func TestNamedCodesAreInTheTaxonomy(t *testing.T) {
	t.Parallel()
	for _, r := range []bot.Role{bot.RoleEmergency, bot.RolePolice, bot.RoleBank, bot.RoleChildLine, bot.RoleParentLine, bot.RoleSeniorLine,
		bot.RoleAdultLine, bot.RoleVictimSupport, bot.RoleImageRemoval} {
		if !slices.Contains(bot.Roles, r) {
			t.Errorf("role %s", r)
		}
	}
	for _, a := range []bot.Audience{bot.Child, bot.YoungPerson, bot.Parent, bot.Senior, bot.Adult, bot.Relative, bot.Teacher, bot.Business} {
		if !slices.Contains(bot.Audiences, a) {
			t.Errorf("audience %s", a)
		}
	}
	for _, topic := range bot.Urgent {
		if !slices.Contains(bot.Topics, topic) || !topic.IsUrgent() {
			t.Errorf("topic %s", topic)
		}
	}
	if bot.Topic("phishing").IsUrgent() || bot.Topic("").IsUrgent() {
		t.Error("what can wait is urgent")
	}
}

func TestYearsOfAgesFollowEachOther(t *testing.T) {
	t.Parallel()
	next := 0
	for _, a := range bot.Ages {
		first, last := a.Years()
		if first != next || last < first {
			t.Errorf("%s is from %d to %d, the one before ends at %d", a, first, last, next-1)
		}
		next = last + 1
	}
	if first, last := bot.Age("").Years(); first != 0 || last != next-1 {
		t.Errorf("an unknown age is from %d to %d", first, last)
	}
}

func TestAudiences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		audience        bot.Audience
		years           string
		minor, forOther bool
	}{
		{bot.Child, "0-14", true, false},
		{bot.YoungPerson, "15-17", true, false},
		{bot.Parent, "0-17", false, true},
		{bot.Teacher, "0-17", false, true},
		{bot.Relative, "18-120", false, true},
		{bot.Adult, "18-120", false, false},
		{bot.Senior, "60-120", false, false},
		{bot.Business, "0-120", false, false},
		{bot.Unknown, "0-120", false, false},
		{"", "0-120", false, false},
	}
	for _, tt := range tests {
		first, last := tt.audience.Years()
		if got := fmt.Sprintf("%d-%d", first, last); got != tt.years || tt.audience.Minor() != tt.minor || tt.audience.ForOther() != tt.forOther {
			t.Errorf("%q is %s years old, minor %v, for another %v", tt.audience, got, tt.audience.Minor(), tt.audience.ForOther())
		}
	}
}
