package hours_test

import (
	"fmt"
	"time"

	"wheretoturn/bot/hours"
)

func ExampleSchedule_At() {
	easterMonday := 1
	cal, err := hours.NewCalendar([]hours.Holiday{{Date: "12-24"}, {Easter: &easterMonday}})
	if err != nil {
		panic(err)
	}
	s, err := hours.Parse("Mo-Fr 09:00-17:00; PH off")
	if err != nil {
		panic(err)
	}
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		panic(err)
	}
	state := s.At(time.Date(2026, time.April, 6, 10, 0, 0, 0, prague), prague, cal)
	fmt.Println(state.Open, state.Next.Format(time.RFC3339))
	// Output: false 2026-04-07T09:00:00+02:00
}
