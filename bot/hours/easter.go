package hours

import "time"

// firstGregorianYear is the first full year of the Gregorian calendar; no feast
// is reckoned before it.
const firstGregorianYear = 1583

// westernEaster is Easter Sunday of the western churches.
//
// Source: the "anonymous Gregorian" algorithm, J. Meeus, Astronomical
// Algorithms (2nd ed.), chapter 8;
// https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm.
func westernEaster(year int) monthDay {
	a := year % 19
	b, c := year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return monthDay{time.Month(month), day}
}

// orthodoxEaster is Easter Sunday of the orthodox churches, which reckon by the
// Julian calendar, as a Gregorian date.
//
// Source: Meeus's Julian algorithm, same chapter;
// https://en.wikipedia.org/wiki/Date_of_Easter#Meeus's_Julian_algorithm.
func orthodoxEaster(year int) monthDay {
	a, b, c := year%4, year%7, year%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	month := (d + e + 114) / 31
	day := (d+e+114)%31 + 1
	lag := year/100 - year/400 - 2 // days the Julian calendar is behind: 13 until 2099
	t := time.Date(year, time.Month(month), day+lag, 0, 0, 0, 0, time.UTC)
	return monthDay{t.Month(), t.Day()}
}
