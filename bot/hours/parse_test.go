package hours_test

import (
	"strings"
	"testing"

	"wheretoturn/bot/hours"
)

// mustParse returns the schedule or ends the test.
func mustParse(tb testing.TB, s string) *hours.Schedule {
	tb.Helper()
	got, err := hours.Parse(s)
	if err != nil {
		tb.Fatalf("Parse(%q): %v", s, err)
	}
	return got
}

// accepted holds one value of every form that the packs may use.
var accepted = []string{
	"24/7",
	"off",
	"24/7; PH off",
	"Mo-Fr 09:00-17:00",
	"Mo,We,Fr 12:00-20:00; Tu,Th 08:00-16:00; PH off",
	"Fr-Mo 10:00-12:00",
	"Mo-Fr,PH 09:00-17:00",
	"PH,Sa-Su 10:00-12:00",
	"09:00-13:00,15:00-19:00",
	"22:00-06:00",
	"14:00-02:00",
	"Mo-Su 18:00-24:00",
	"18:00-00:00",
	"Jul-Aug Mo-Fr 16:00-20:00",
	"Nov-Feb 10:00-14:00",
	"Aug off",
	"Dec 24 off",
	"Dec 24-26 09:00-12:00",
	"Dec 24-Jan 1 off",
	"Dec 24,Dec 31 09:00-12:00",
	"Feb 29 10:00-12:00",
	"Aug PH off",
	"Dec 24-26 Mo-Fr 09:00-12:00",
	" Mo-Fr  09:00-13:00, 15:00-19:00 ;Sa, PH off ",
	"Mo 08:00-13:00; Tu-Th 13:00-18:00; Fr-Su 08:00-13:00; PH 08:00-13:00",
}

func TestParseAcceptsEveryFormAndKeepsTheText(t *testing.T) {
	t.Parallel()
	for _, s := range accepted {
		if got := mustParse(t, s).String(); got != s {
			t.Errorf("String() = %q, want %q", got, s)
		}
	}
}

func TestParseErrorsSayWhatAndWhere(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"an empty value is an error", "", "byte 0: the value is empty"},
		{"blanks are an empty value", "   ", "byte 3: the value is empty"},
		{"an hour has two digits", "Mo-Fr 9:00-17:00", "byte 6: want a time with two digits each"},
		{"weekdays have two letters", "Mon-Fri 09:00-17:00", "byte 0: want a weekday"},
		{"letters are as in the specification", "mo-fr 09:00-17:00", "byte 0: want a weekday"},
		{"a range of days has two ends", "Mo- 09:00-17:00", "byte 3: want a weekday"},
		{"PH is no end of a range", "Mo-PH 09:00-17:00", "byte 3: want a weekday"},
		{"a list of days does not end in a comma", "Mo, 09:00-17:00", "byte 4: want a weekday"},
		{"days without times are not guessed", "Mo-Fr", "byte 5: want a space and then times"},
		{"days and a blank are not enough", "Mo-Fr ", "byte 6: want a time"},
		{"days and times have a space between", "Mo-Fr09:00-17:00", "byte 5: want a space"},
		{"closed is not a word here", "Sa closed", "byte 3: want a time with two digits each, such as 09:00, or off"},
		{"off takes no times", "off 09:00-17:00", `byte 4: want ";" or the end`},
		{"partial closing is not in the subset", "Mo 12:00-13:00 off", `byte 15: want ";" or the end`},
		{"an open end is not in the subset", "18:00+", `byte 5: want "-" and the time of closing, have "+"`},
		{"sunset is not in the subset", "09:00-sunset", "byte 6: want a time"},
		{"an en dash is not a hyphen", "09:00–17:00", `byte 5: want "-"`},
		{"the day ends at 24:00", "09:00-25:00", "byte 6: 25:00 is not a time"},
		{"nothing is after 24:00", "09:00-24:01", "byte 6: 24:01 is not a time"},
		{"an hour has sixty minutes", "09:60-17:00", "byte 0: 09:60 is not a time"},
		{"24:00 does not begin a span", "24:00-06:00", "byte 0: 24:00 can only end a span"},
		{"a span of no length is not guessed", "Sa 08:00-08:00", "byte 3: the span begins and ends at the same time"},
		{"a value does not end in a semicolon", "Mo 09:00-17:00; ", "byte 16: want a time"},
		{"a rule is not empty", "Mo 09:00-17:00;; PH off", "byte 15: want a time"},
		{"rules have a semicolon between", "Mo 09:00-17:00, Tu 10:00-12:00", "byte 16: want a time"},
		{"months go before weekdays", "Mo-Fr Jul 09:00-17:00", "byte 6: want a time"},
		{"months in full are not in the subset", "July off", "byte 0: want a weekday"},
		{"a month has its days", "Apr 31 off", `byte 4: Apr has no day "31"`},
		{"there is no day nought", "Apr 0 off", `byte 4: Apr has no day "0"`},
		{"a day is not huge", "Apr 99999999999999999999 off", `byte 4: Apr has no day "9999"`},
		{"a range of dates has days on both sides", "Jul-Aug 15 off", "byte 0: give a day on both sides"},
		{"a range of dates has two full ends", "Jul 1-Aug off", "byte 0: give a day on both sides"},
		{"a range of dates is not backwards", "Dec 26-24 off", "byte 0: the range ends before it begins"},
		{"a range within a month does not wrap the year", "Dec 26-Dec 24 off", "byte 0: the range ends before it begins"},
		{"a list of dates repeats the month", "Dec 24,31 off", "byte 7: want a month"},
		{"years are not in the subset", "2026 Dec 24 off", "byte 0: want a time"},
		{"school holidays are not in the subset", "SH off", "byte 0: want a weekday"},
		{"the second rule's offset counts from the start", "Mo 09:00-17:00; Xx off", "byte 16: want a weekday"},
		{"24/7 stands alone", "24/7 off", `byte 5: want ";" or the end`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := hours.Parse(tt.in)
			if err == nil {
				t.Fatalf("Parse(%q) = %q, want an error", tt.in, s)
			}
			if s != nil || !strings.HasPrefix(err.Error(), "hours: "+tt.want) {
				t.Errorf("Parse(%q) = %v, %q, want nil and %q", tt.in, s, err, "hours: "+tt.want)
			}
		})
	}
}

func TestAlwaysIsTrueOnlyWithoutAnyGap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     bool
	}{
		{"24/7 is always", "24/7", true},
		{"full days are always", "00:00-24:00", true},
		{"full days in two parts are always", "00:00-12:00,12:00-24:00", true},
		{"full days in two rules are always", "Mo-Fr 00:00-24:00; Sa,Su 00:00-24:00", true},
		{"always on holidays too", "24/7; PH 00:00-24:00", true},
		{"closed holidays are not always", "24/7; PH off", false},
		{"a closed date is not always", "24/7; Dec 24 off", false},
		{"six days are not always", "Mo-Sa 00:00-24:00", false},
		{"one month is not always", "Jul 00:00-24:00", false},
		{"a minute less is not always", "00:00-23:59", false},
		{"off is never", "off", false},
	}
	for _, tt := range tests {
		if got := hours.Always(mustParse(t, tt.in)); got != tt.want {
			t.Errorf("%s: Always(%q) = %v", tt.name, tt.in, got)
		}
	}
	if hours.Always(nil) {
		t.Error("Always(nil) is true")
	}
}
