package output

import (
	"fmt"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// Day returns a column format for dates and times, told from the Printer's
// Now; see the function Day.
func (p *Printer) Day() func(any, map[string]any) string {
	return day(p.o.Now, p.o.Locale)
}

// Date returns a column format for a calendar date, without how far off it is.
func (p *Printer) Date() func(any, map[string]any) string {
	return func(v any, _ map[string]any) string {
		s, _ := v.(string)
		return p.o.Locale.Date(s)
	}
}

// Day returns a column format that says how far off a date or time is: a
// calendar date (2006-01-02) becomes "2027-01-01 (in 41 days)", counted from
// the date of now in now's time zone, and an RFC 3339 time "3 hours ago", or
// its date when that is a month ago or more. A time that is a day or more ahead,
// such as an expiry, is its date, counted as one. Other text, and any when now is
// zero, is shown as it is.
func Day(now time.Time) func(any, map[string]any) string { return day(now, Locale{}) }

func day(now time.Time, locale Locale) func(any, map[string]any) string {
	return func(v any, _ map[string]any) string {
		s, _ := v.(string)
		if now.IsZero() {
			return locale.Date(s)
		}
		if date, err := time.Parse(time.DateOnly, s); err == nil {
			return locale.Date(s) + " (" + daysOff(date, now) + ")"
		}
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return timeOff(at, now, locale)
		}
		return s
	}
}

// daysOff counts from the date of one to the date of the other, each in its own zone.
func daysOff(date, now time.Time) string {
	switch days := int((midnight(date) - midnight(now)) / secondsPerDay); days {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	case -1:
		return "yesterday"
	default:
		return apart(days, "day")
	}
}

// midnight is the beginning of t's date as if that were in UTC, where every day is as long.
func midnight(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()
}

func timeOff(at, now time.Time, locale Locale) string {
	off := at.Sub(now)
	switch distance := off.Abs(); {
	case off >= 24*time.Hour:
		date := at.In(now.Location())
		return locale.Date(date.Format(time.DateOnly)) + " (" + daysOff(date, now) + ")"
	case distance < time.Minute:
		return "just now"
	case distance < time.Hour:
		return apart(int(off/time.Minute), "minute")
	case distance < 24*time.Hour:
		return apart(int(off/time.Hour), "hour")
	case distance < 30*24*time.Hour:
		return apart(int(off/(24*time.Hour)), "day")
	default:
		return locale.Date(at.In(now.Location()).Format(time.DateOnly))
	}
}

// apart is "in 3 days" or, for a negative n, "3 days ago".
func apart(n int, unit string) string {
	count := max(n, -n)
	if count != 1 {
		unit += "s"
	}
	if n < 0 {
		return fmt.Sprintf("%d %s ago", count, unit)
	}
	return fmt.Sprintf("in %d %s", count, unit)
}
