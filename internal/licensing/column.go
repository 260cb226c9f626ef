package licensing

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"
)

// TimeLayout is how an instant is stored and sent: RFC 3339, UTC, whole seconds,
// so that text order is time order.
const TimeLayout = "2006-01-02T15:04:05Z"

// Time is an instant in UTC with whole seconds. The zero Time means "not yet".
type Time struct{ time.Time }

// At makes a Time of an instant.
func At(t time.Time) Time { return Time{t.UTC().Truncate(time.Second)} }

// String is RFC 3339 in UTC, or "" for not yet.
func (t Time) String() string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(TimeLayout)
}

// Scan reads an instant from a text column; NULL is the zero Time.
func (t *Time) Scan(v any) error {
	s, err := scanText(v)
	if err != nil || s == "" {
		*t = Time{}
		return err
	}
	parsed, err := time.Parse(time.RFC3339, s)
	*t = Time{parsed.UTC()}
	return err
}

// Value writes an instant to a text column; the zero Time is NULL.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil //nolint:nilnil // NULL is the value
	}
	return t.String(), nil
}

// Ref is an optional reference to another row; "" is none, and NULL in a column.
type Ref string

// Scan reads a reference; NULL is none.
func (r *Ref) Scan(v any) error {
	s, err := scanText(v)
	*r = Ref(s)
	return err
}

// Value writes a reference; none is NULL.
func (r Ref) Value() (driver.Value, error) {
	if r == "" {
		return nil, nil //nolint:nilnil // NULL is the value
	}
	return string(r), nil
}

// List is a set of words kept in one text column, separated by spaces.
type List []string

// Has reports whether the list contains the word.
func (l List) Has(word string) bool {
	return slices.Contains(l, word)
}

// Scan reads a list; NULL and "" are empty.
func (l *List) Scan(v any) error {
	s, err := scanText(v)
	*l = strings.Fields(s)
	return err
}

// Value writes a list.
func (l List) Value() (driver.Value, error) { return strings.Join(l, " "), nil }

func scanText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("scan %T into text", v)
}
