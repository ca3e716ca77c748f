package hours

import (
	"errors"
	"fmt"
	"time"
)

// Limits of Holiday.Easter, in days: the feast stays in the year of its Easter,
// which falls on March 22 at the earliest. The farthest in use are Shrove
// Tuesday (-47) and Sacred Heart (68).
const (
	easterFrom = -80
	easterTo   = 200
)

// NewCalendar makes a calendar of holidays; an empty list is a calendar without
// any. It keeps nothing of hs. The error names the first holiday that is wrong,
// by its place in the list (from 0), and what is wrong with it: none or several
// of Date, Easter and Dates, a date that does not exist, an unknown church, or a
// Through that contradicts Dates.
func NewCalendar(hs []Holiday) (*Calendar, error) {
	c := &Calendar{}
	for i, h := range hs {
		if err := c.add(h); err != nil {
			return nil, fmt.Errorf("hours: holiday %d: %w", i, err)
		}
	}
	return c, nil
}

func (c *Calendar) add(h Holiday) error {
	ways := 0
	for _, given := range []bool{h.Date != "", h.Easter != nil, len(h.Dates) > 0} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return errors.New("give exactly one of date, easter and dates")
	case h.Church != "" && h.Easter == nil:
		return errors.New("church goes with easter only")
	case h.Through != 0 && len(h.Dates) == 0:
		return errors.New("through goes with dates only")
	case h.Date != "":
		return c.addFixed(h)
	case h.Easter != nil:
		return c.addEaster(h)
	default:
		return c.addFeast(h)
	}
}

func (c *Calendar) addFixed(h Holiday) error {
	// A leap year in front lets 02-29 through.
	t, err := time.Parse(time.DateOnly, fmt.Sprintf("%d-%s", leapYear, h.Date))
	if err != nil {
		return fmt.Errorf("date %q is not a month and day such as 12-24", h.Date)
	}
	c.fixed = append(c.fixed, monthDay{t.Month(), t.Day()})
	return nil
}

func (c *Calendar) addEaster(h Holiday) error {
	if *h.Easter < easterFrom || *h.Easter > easterTo {
		return fmt.Errorf("easter %d is not between %d and %d days", *h.Easter, easterFrom, easterTo)
	}
	switch h.Church {
	case "", "western", "orthodox":
		c.easter = append(c.easter, easterDay{*h.Easter, h.Church == "orthodox"})
		return nil
	default:
		return fmt.Errorf("church %q is neither western nor orthodox", h.Church)
	}
}

func (c *Calendar) addFeast(h Holiday) error {
	last := 0
	for _, text := range h.Dates {
		t, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return fmt.Errorf("dates: %q is not a date such as 2026-03-20", text)
		}
		c.dates = append(c.dates, date{t.Year(), monthDay{t.Month(), t.Day()}})
		last = max(last, t.Year())
	}
	f := feast{name: h.Name, through: h.Through}
	if f.name == "" {
		f.name = h.Dates[0]
	}
	if f.through == 0 {
		f.through = last
	}
	if f.through < last {
		return fmt.Errorf("through %d is before %d, a year in dates", f.through, last)
	}
	c.feasts = append(c.feasts, f)
	return nil
}
