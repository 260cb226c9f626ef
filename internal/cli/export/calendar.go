package export

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/resell-cli/resell/internal/api"
)

// foldAt is the most octets of a line of a calendar, without its end (RFC 5545, 3.1).
const foldAt = 75

// calendar is an iCalendar object (RFC 5545) of what ends, a day-long event for each
// license. The same licenses make the same bytes: nothing in it is of the time at which
// it is written.
type calendar struct{ text []byte }

func newCalendar(licenses []api.License) ([]byte, error) {
	var c calendar
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//resell//resell//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.words("X-WR-CALNAME", "Licenses that end")
	for _, l := range licenses {
		if err := c.event(l); err != nil {
			return nil, err
		}
	}
	c.line("END", "VCALENDAR")
	return c.text, nil
}

// event is the end of a license. Its UID is the license's for ever, so that a calendar
// moves the event when the license is extended.
func (c *calendar) event(l api.License) error {
	changed, err := time.Parse(time.RFC3339, l.UpdatedAt)
	if err != nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, *l.EndsOn)
	if err != nil {
		return err
	}
	c.line("BEGIN", "VEVENT")
	c.words("UID", l.ID)
	c.line("DTSTAMP", changed.UTC().Format("20060102T150405Z"))
	c.line("SEQUENCE", strconv.FormatInt(l.Version, 10))
	c.line("DTSTART;VALUE=DATE", day.Format("20060102"))
	c.line("DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102"))
	c.words("SUMMARY", eventTitle(l))
	c.words("DESCRIPTION", eventText(l))
	c.line("TRANSP", "TRANSPARENT")
	c.line("END", "VEVENT")
	return nil
}

// eventTitle fits into the cell of a calendar: who, and what.
func eventTitle(l api.License) string {
	who := "Stock"
	if l.Company != nil {
		who = l.Company.Name
	}
	verb := "ends"
	if l.AutoRenew {
		verb = "renews"
	}
	return who + ": " + strconv.FormatInt(l.Quantity, 10) + " × " + l.Product.Name + " " + verb
}

func eventText(l api.License) string {
	lines := []string{"Coupon " + l.Coupon, "State " + l.State, "Term " + l.Term, "From " + l.StartsOn + " up to but not including " + *l.EndsOn}
	for _, more := range []struct{ what, text string }{
		{"Name", l.Name}, {"Reference", l.InvoiceReference}, {"Order", l.OrderNumber}, {"Reseller", l.Reseller},
	} {
		if more.text != "" {
			lines = append(lines, more.what+" "+more.text)
		}
	}
	return strings.Join(lines, "\n")
}

// words writes a property whose value is text, with what has a meaning escaped. Control
// characters have no place in it.
func (c *calendar) words(name, value string) {
	escape := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`)
	c.line(name, strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, escape.Replace(strings.ToValidUTF8(value, "\uFFFD"))))
}

// line writes a property, folded between characters and never inside of one.
func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, foldAt
	for len(rest) > room {
		at := room
		for !utf8.RuneStart(rest[at]) {
			at--
		}
		c.text = append(c.text, rest[:at]+"\r\n "...)
		rest, room = rest[at:], foldAt-1 // the space that begins the line is one of them
	}
	c.text = append(c.text, rest+"\r\n"...)
}
