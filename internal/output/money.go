package output

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Money returns a column format for an amount in minor units whose currency is
// in the row's field currencyField, dotted if nested: "1,234.50 EUR", or as the
// Printer's Locale has it.
func (p *Printer) Money(currencyField string) func(any, map[string]any) string {
	return func(v any, row map[string]any) string {
		minor, ok := wholeNumber(v)
		if !ok {
			return ""
		}
		currency, _ := lookup(row, currencyField).(string)
		return p.o.Locale.Money(minor, currency)
	}
}

// FormatMoney returns an amount of minor units of an ISO 4217 currency in the form
// that flags take: FormatMoney(123450, "EUR") is "1,234.50 EUR". A currency it does not
// know has two decimals.
func FormatMoney(minor int64, currency string) string {
	digits := strconv.FormatUint(magnitude(minor), 10)
	decimals := MinorDigits(currency)
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	var b strings.Builder
	if minor < 0 {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	if currency != "" {
		b.WriteString(" " + currency)
	}
	return b.String()
}

// ParseMoney reads an amount as a person writes it, "1234.5" or "1,234.50", into minor
// units of a currency. It takes no more decimals than the currency has.
func ParseMoney(text, currency string) (int64, error) {
	return ParseDecimal(text, MinorDigits(currency))
}

// ParseDecimal reads a number that is not negative and has at most so many decimals,
// into units of the last of them.
func ParseDecimal(text string, decimals int) (int64, error) {
	whole, fraction, point := strings.Cut(text, ".")
	if strings.Contains(whole, ",") && !grouped(whole) {
		return 0, fmt.Errorf("%q is no number such as 1,234.50", text)
	}
	whole = strings.ReplaceAll(whole, ",", "")
	if len(fraction) > decimals {
		return 0, fmt.Errorf("%q has more than %d decimals", text, decimals)
	}
	digits := whole + fraction + strings.Repeat("0", decimals-len(fraction))
	if whole == "" || (point && fraction == "") || strings.Trim(digits, "0123456789") != "" {
		return 0, fmt.Errorf("%q is no number such as 1,234.50", text)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is too large", text)
	}
	return n, nil
}

// grouped tells whether commas stand before every third digit and nowhere else.
func grouped(whole string) bool {
	for i, group := range strings.Split(whole, ",") {
		if len(group) != 3 && (i > 0 || len(group) == 0 || len(group) > 3) {
			return false
		}
	}
	return true
}

// magnitude holds that of the smallest int64 too, which has no positive twin.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// MinorDigits is how many decimals a currency has, the "minor unit" column of ISO 4217
// list one: 2 for EUR, 0 for JPY.
func MinorDigits(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
		"UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	default:
		return 2
	}
}

func wholeNumber(v any) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case int:
		return int64(n), true
	case json.Number, string:
		i, err := strconv.ParseInt(fmt.Sprint(n), 10, 64)
		return i, err == nil
	default:
		return 0, false
	}
}

func lookup(row map[string]any, path string) any {
	var v any = row
	for name := range strings.SplitSeq(path, ".") {
		object, _ := v.(map[string]any)
		v = object[name]
	}
	return v
}
