package licensing

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// DateLayout is how a calendar date is written everywhere.
const DateLayout = "2006-01-02"

// Date is a calendar date without a time or zone. The zero Date means "none":
// a perpetual license's end, say.
type Date struct{ t time.Time }

// NewDate makes a date; out-of-range days and months normalise as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// Today is the calendar date of an instant in the vendor's time zone.
func Today(now time.Time, zone *time.Location) Date {
	y, m, d := now.In(zone).Date()
	return NewDate(y, m, d)
}

// ParseDate reads YYYY-MM-DD, years 1970 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(DateLayout, s)
	if err != nil || t.Year() < 1970 {
		return Date{}, fmt.Errorf("not a date: want YYYY-MM-DD, such as 2027-01-31")
	}
	return Date{t}, nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.t.IsZero() }

// String is YYYY-MM-DD, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(DateLayout)
}

// Year of the date.
func (d Date) Year() int { return d.t.Year() }

// Month of the date.
func (d Date) Month() time.Month { return d.t.Month() }

// Day of the month.
func (d Date) Day() int { return d.t.Day() }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.t.Before(e.t) }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.t.After(e.t) }

// AddDays moves by whole days.
func (d Date) AddDays(n int) Date { return Date{d.t.AddDate(0, 0, n)} }

// AddMonths moves by whole months and lands on day anchor of that month, or on
// the month's last day where it is shorter: 31 January + 1 is 28 February, and
// with anchor 31 the next is 31 March.
func (d Date) AddMonths(n, anchor int) Date {
	first := time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return NewDate(first.Year(), first.Month(), min(anchor, last))
}

// AddYears moves by whole years; 29 February becomes 28 February in a common year.
func (d Date) AddYears(n int) Date { return d.AddMonths(12*n, d.Day()) }

// DaysUntil is the number of days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	// A time.Duration ends at 292 years.
	return int((e.t.Unix() - d.t.Unix()) / (24 * 60 * 60))
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD, or nothing for no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	*d = v
	return err
}

// Scan reads a date from a text column; NULL is no date.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("scan %T into a date", v)
}

// Value writes a date to a text column; no date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil //nolint:nilnil // NULL is the value
	}
	return d.String(), nil
}
