package screen_test

import (
	"strings"
	"testing"

	"wheretoturn/bot"
)

// TestOpeningTimesAreSaidAsPeopleSayThem asks a line that is closed when it
// opens, and one that is open until when.
func TestOpeningTimesAreSaidAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	// 2026-11-24 is a Tuesday. Clocks go back on 2026-10-25, forward on 2027-03-28.
	tests := []struct{ name, hours, now, want string }{
		{"later today", "Mo-Su 09:00-17:00", "2026-11-24 08:59", "Closed now. Opens: today 09:00"},
		{"a minute after midnight it is today", "Mo-Su 09:00-17:00", "2026-11-24 00:01", "Closed now. Opens: today 09:00"},
		{"a minute before midnight it is tomorrow", "Mo-Su 09:00-17:00", "2026-11-23 23:59", "Closed now. Opens: tomorrow 09:00"},
		{"at midnight itself it is tomorrow", "Mo-Su 00:00-17:00", "2026-11-23 23:59", "Closed now. Opens: tomorrow 00:00"},
		{"the day after tomorrow has its name", "Th 09:00-17:00", "2026-11-24 10:00", "Closed now. Opens: Thursday 09:00"},
		{"six days off is still a name", "Mo 09:00-17:00", "2026-11-24 23:59", "Closed now. Opens: Monday 09:00"},
		{"a week off is a date", "Tu 09:00-17:00", "2026-11-24 17:00", "Closed now. Opens: 1/12 09:00"},
		{"months off is a date", "Feb 01 10:00-11:00", "2026-11-24 10:00", "Closed now. Opens: 1/2 10:00"},
		{"sunday is the last day of the week", "Su 08:05-09:00", "2026-11-24 10:00", "Closed now. Opens: Sunday 08:05"},
		{"the year turns, the week does not", "Fr 09:00-17:00", "2026-12-30 10:00", "Closed now. Opens: Friday 09:00"},
		{"tomorrow, over the hour that comes twice", "Mo-Su 09:00-17:00", "2026-10-24 23:30", "Closed now. Opens: tomorrow 09:00"},
		{"tomorrow, on the day of 25 hours", "Mo-Su 09:00-17:00", "2026-10-25 23:59", "Closed now. Opens: tomorrow 09:00"},
		{"today, in the hour that comes twice", "Mo-Su 09:00-17:00", "2026-10-25 02:30", "Closed now. Opens: today 09:00"},
		{"tomorrow, over the hour that is missing", "Mo-Su 09:00-17:00", "2027-03-27 23:59", "Closed now. Opens: tomorrow 09:00"},
		{"today, after the hour that is missing", "Mo-Su 09:00-17:00", "2027-03-28 03:01", "Closed now. Opens: today 09:00"},
		{"a name, over the hour that is missing", "Th 09:00-17:00", "2027-03-27 12:00", "Closed now. Opens: Thursday 09:00"},
		{"open until the evening", "Mo-Su 09:00-17:30", "2026-11-24 09:00", "Open now until 17:30"},
		{"open past midnight", "Mo-Su 20:00-02:00", "2026-11-24 23:59", "Open now until 02:00"},
		{"always open", "24/7", "2026-11-24 03:00", "Open now, day and night"},
		{"always open, said in days", "Mo-Su 00:00-24:00", "2026-11-24 03:00", "Open now, day and night"},
		{"never open", "off", "2026-11-24 03:00", "Opening hours not known"},
		{"hours nobody knows", "", "2026-11-24 03:00", "Opening hours not known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			channel := `{type: phone, value: "116 111", cost: free}`
			if tt.hours != "" {
				channel = `{type: phone, value: "116 111", cost: free, hours: "` + tt.hours + `"}`
			}
			b := small(t, channel)
			child := bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Child, Age: "under-15"}
			d := bot.Delivery{Asker: child, Spot: bot.Spot{State: "sextortion.advice", View: bot.ViewPlaces}}
			// the machine's own zone does not matter
			if got := plain(draw(b, d, at(t, tt.now).UTC())); !strings.Contains(got, "Phone: 116 111 · "+tt.want+" · free") {
				t.Errorf("want %q in:\n%s", tt.want, got)
			}
		})
	}
}

// TestTheNextLineIsSaidWhereNobodyAnswers, with the day, and not where
// somebody does.
func TestTheNextLineIsSaidWhereNobodyAnswers(t *testing.T) {
	t.Parallel()
	b := small(t, `{type: phone, value: "116 111", hours: "Mo-Fr 09:00-17:00"}`)
	d := bot.Delivery{Asker: bot.Asker{Lang: "en", Country: "CZ", Audience: bot.Child}, Spot: bot.Spot{State: "sextortion.advice"}}
	closed := words(draw(b, d, at(t, "2026-11-27 18:00")))
	for _, want := range []string{"I cannot be sure that any helpline here is open right now.", "Next to open: The Line, Monday 09:00"} {
		if !strings.Contains(closed, want) {
			t.Errorf("want %q in:\n%s", want, closed)
		}
	}
	if open := words(draw(b, d, at(t, "2026-11-27 12:00"))); strings.Contains(open, "Next to open") || strings.Contains(open, "cannot be sure") {
		t.Errorf("a line is open, and this is said:\n%s", open)
	}
}

func TestWeekdaysAndDatesAreSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	b := small(t, `{type: phone, value: "116 111", hours: "Th 09:00-17:00"}`)
	for lang, want := range map[bot.Lang][2]string{
		"en": {"Thursday 09:00", "3/12 09:00"}, "cs": {"čtvrtek", "3. 12."}, "pl": {"czwartek", "3.12"}, "sq": {"enjte", "3.12"},
	} {
		for i, now := range []string{"2026-11-24 10:00", "2026-11-26 17:00"} {
			d := bot.Delivery{Asker: bot.Asker{Lang: lang, Country: "CZ", Audience: bot.Child}, Spot: bot.Spot{State: "sextortion.advice", View: bot.ViewPlaces}}
			if got := words(draw(b, d, at(t, now))); !strings.Contains(got, want[i]) {
				t.Errorf("%s: want %q in:\n%s", lang, want[i], got)
			}
		}
	}
}
