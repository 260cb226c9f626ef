package invoice

import (
	"strconv"
	"strings"
	"time"

	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/resell-cli/resell/internal/licensing"
)

// amount writes minor units without their currency: 123450 EUR is "1,234.50".
func (l language) amount(minor int64, currency string) string {
	plain, _, _ := strings.Cut(licensing.FormatAmount(minor, currency), " ")
	return l.number(plain)
}

// money writes minor units with their currency, on one line: "1,234.50 EUR".
func (l language) money(minor int64, currency string) string {
	return l.amount(minor, currency) + "\u00a0" + currency
}

// count writes a whole number.
func (l language) count(n int64) string { return l.number(strconv.FormatInt(n, 10)) }

// percent writes hundredths of a percent: 1900 is "19%", 550 is "5.5%".
func (l language) percent(hundredths int64) string {
	return l.number(strconv.FormatFloat(float64(hundredths)/100, 'f', -1, 64)) + l.pcSign
}

// number groups the digits of a plain number and sets the language's point.
func (l language) number(plain string) string {
	sign, digits := "", plain
	if strings.HasPrefix(plain, "-") {
		sign, digits = "-", plain[1:]
	}
	whole, fraction, hasFraction := strings.Cut(digits, ".")

	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.thousands)
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		b.WriteString(l.point + fraction)
	}
	return b.String()
}

func (l language) date(d licensing.Date) string {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Format(l.dateLayout)
}

// country writes the name of an ISO 3166-1 code; what is none is a name already.
func (l language) country(code string) string {
	if len(code) != 2 {
		return code
	}
	region, err := xlanguage.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return code
	}
	if name := display.Regions(xlanguage.Make(l.Code)).Name(region); name != "" {
		return name
	}
	return code
}
