// Package hours knows when a service is open: it reads opening hours written
// in a subset of OpenStreetMap's opening_hours, knows the public holidays of a
// country, and answers "open now?" and "when does that change?" for any minute.
//
// What it never does: it does no I/O, reads no clock (now is always an
// argument), never guesses (what is outside the subset is an error, and hours
// that are not known are no Schedule at all), and says nothing to users.
//
// Where to start reading: [Parse] in parse.go for the grammar, [Schedule.At] in
// at.go for the answer, wall.go for what happens when the clocks change,
// [Calendar] in calendar.go for holidays.
//
// The subset follows the OSM specification,
// https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, version
// 0.7.4, with these decisions of our own:
//
//   - A later rule that matches the day replaces the earlier ones for that day.
//   - On a holiday a PH rule wins over rules that name weekdays or name no day
//     at all, wherever it stands. Rules that name only dates or months ("Dec 24
//     off", "Aug off") keep their place in the order. Without a PH rule that
//     matches, a holiday is an ordinary weekday. (In OSM the later rule counts.)
//   - A span past midnight belongs to the day on which it starts, and is not cut
//     short by the next day's rules. (In OSM "Sa off" ends Friday's night.)
//   - "Mo-Fr" alone and "08:00-08:00" are errors here, though OSM reads them as
//     24 hours: in a contact list they are more often a slip of the pen.
//
// Apart from these and from the repeated hour in autumn (see wall.go) the answers
// are those of opening_hours.js, the OSM reference implementation; 33 values were
// compared with its version 3.15.0 over 2026.
package hours

import (
	// Zones must exist on any machine, also in an empty container.
	_ "time/tzdata"
)
