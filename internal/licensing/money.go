package licensing

import (
	"fmt"
	"strconv"
	"strings"
)

// Decimals is the number of digits after the point in a currency, from ISO 4217.
func Decimals(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}

// FormatAmount writes minor units for people: 123450 EUR is "1234.50 EUR".
func FormatAmount(minor int64, currency string) string {
	sign, digits := "", strconv.FormatInt(minor, 10)
	if minor < 0 {
		sign, digits = "-", digits[1:]
	}
	decimals := Decimals(currency)
	if decimals == 0 {
		return sign + digits + " " + currency
	}
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - decimals
	return fmt.Sprintf("%s%s.%s %s", sign, digits[:point], digits[point:], currency)
}
