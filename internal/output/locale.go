package output

import (
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Locale is how amounts and dates are written for a person. The zero Locale writes them
// as data does: 1,234.50 EUR and 2027-01-01.
type Locale struct {
	number *numberForm
	layout string // of dates
}

// numberForm is what stands between the digits of a number. The last group has three,
// those before it have inner.
type numberForm struct {
	group, point string
	inner        int
}

// NewLocale makes the Locale of two POSIX names, such as de_DE.UTF-8: that of amounts and
// that of dates. C, POSIX and names that are not known are plain.
func NewLocale(money, date string) Locale {
	var l Locale
	if tag, ok := parseLocale(money); ok {
		l.number = formOf(tag)
	}
	if tag, ok := parseLocale(date); ok {
		l.layout = layoutOf(tag)
	}
	return l
}

// Money writes an amount of minor units of a currency.
func (l Locale) Money(minor int64, currency string) string {
	plain := FormatMoney(minor, currency)
	if l.number == nil {
		return plain
	}
	digits, code, _ := strings.Cut(plain, " ")
	digits, fraction, point := strings.Cut(strings.ReplaceAll(digits, ",", ""), ".")
	digits, negative := strings.CutPrefix(digits, "-")
	text := l.number.grouped(digits)
	if negative {
		text = "-" + text
	}
	if point {
		text += l.number.point + fraction
	}
	if code != "" {
		text += " " + code
	}
	return text
}

// Date writes a calendar date (2006-01-02). Other text stays as it is.
func (l Locale) Date(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || l.layout == "" {
		return day
	}
	return at.Format(l.layout)
}

func (n *numberForm) grouped(digits string) string {
	var groups []string
	for size := 3; len(digits) > size; size = n.inner {
		groups = append([]string{digits[len(digits)-size:]}, groups...)
		digits = digits[:len(digits)-size]
	}
	return strings.Join(append([]string{digits}, groups...), n.group)
}

func parseLocale(posix string) (language.Tag, bool) {
	name, _, _ := strings.Cut(posix, ".")
	name, _, _ = strings.Cut(name, "@")
	if name == "" || name == "C" || name == "POSIX" {
		return language.Und, false
	}
	tag, err := language.Parse(name)
	if err == nil {
		tag, err = tag.SetTypeForKey("nu", "latn") // the digits that are typed into a flag, too
	}
	return tag, err == nil
}

// formOf reads the form from an example: the library writes floating-point numbers,
// which do not hold every amount.
func formOf(tag language.Tag) *numberForm {
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	example := message.NewPrinter(tag).Sprint(number.Decimal(123456789.5, number.Scale(1)))
	parts := strings.FieldsFunc(example, digit)
	groups := strings.FieldsFunc(example, func(r rune) bool { return !digit(r) })
	if len(parts) < 2 || len(groups) < 3 {
		return nil
	}
	return &numberForm{group: parts[0], point: parts[len(parts)-1], inner: len(groups[len(groups)-3])}
}

// layoutOf is the common form of a date, with all digits of the year; that of data where
// it is not known here. English has the month in letters, so that nobody takes it for
// the day.
func layoutOf(tag language.Tag) string {
	base, _ := tag.Base()
	region, _ := tag.Region()
	switch place := base.String() + "-" + region.String(); place {
	case "en-US", "en-CA", "en-PH":
		return "Jan 2, 2006"
	case "fr-CA":
		return time.DateOnly
	case "fr-CH", "it-CH":
		return "02.01.2006"
	case "nl-BE":
		return "02/01/2006"
	}
	switch base.String() {
	case "en":
		return "2 Jan 2006"
	case "bg", "cs", "da", "de", "et", "fi", "hr", "is", "lv", "nb", "nn", "no", "pl", "ro", "ru", "sk", "sl", "sr", "tr", "uk":
		return "02.01.2006"
	case "ca", "el", "es", "fr", "gl", "id", "it", "ms", "pt", "vi":
		return "02/01/2006"
	case "nl":
		return "02-01-2006"
	case "ja", "zh":
		return "2006/01/02"
	}
	return time.DateOnly
}
