package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/output"
)

// The styles of cells, by their place in the workbook's list of styles.
const (
	styleText = iota
	styleHeader
	styleNumber
	styleDate
	styleTime
	stylePercent
	styleMoney // without decimals; each decimal is one style further, up to four
)

// styleBool stands for true and false, which need no style.
const styleBool = -1

// sheetColumn is a column of an export as a spreadsheet knows it.
type sheetColumn struct {
	name    string
	letters string // A, B, … Z, AA, …
}

// sheetValue is what goes into a cell, and how it is shown.
type sheetValue struct {
	style int
	text  string
}

func sheetColumns(header []string) []sheetColumn {
	columns := make([]sheetColumn, len(header))
	for i, name := range header {
		letters := ""
		for n := i + 1; n > 0; n = (n - 1) / 26 {
			letters = string(rune('A'+(n-1)%26)) + letters
		}
		columns[i] = sheetColumn{strings.Clone(name), letters}
	}
	return columns
}

// style is how a column is shown by its name. One that is not known here is text.
func (c sheetColumn) style() int {
	switch c.name {
	case "quantity", "seats", "key_seats", "order_credits", "version":
		return styleNumber
	case "amount", "order_amount", "unit_price", "list_amount", "net", "tax":
		return styleMoney
	case "tax_rate":
		return stylePercent
	case "auto_renew", "setup_assistant":
		return styleBool
	}
	switch {
	case strings.HasSuffix(c.name, "_on"):
		return styleDate
	case strings.HasSuffix(c.name, "_at"):
		return styleTime
	}
	return styleText
}

// width is in characters: what is too long for its cell is shown as ####.
func (c sheetColumn) width() int {
	switch c.style() {
	case styleTime:
		return 20
	case styleMoney:
		return 15
	case styleText:
		return 24
	}
	return 12
}

// value is what goes into a cell. What is not as it should be goes in as the text
// that it is.
func (c sheetColumn) value(text, currency string) sheetValue {
	style := c.style()
	switch style {
	case styleNumber, stylePercent, styleMoney:
		n, err := strconv.ParseInt(text, 10, 64)
		switch {
		case err != nil:
		case style == styleMoney:
			digits := output.MinorDigits(currency)
			return sheetValue{styleMoney + digits, decimal(n, digits)}
		case style == stylePercent:
			return sheetValue{style, decimal(n, 4)} // of hundredths of a percent
		default:
			return sheetValue{style, text}
		}
	case styleDate:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return sheetValue{style, strconv.FormatInt(serial(day)/daySeconds, 10)}
		}
	case styleTime:
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return sheetValue{style, strconv.FormatFloat(float64(serial(at))/daySeconds, 'f', 10, 64)}
		}
	case styleBool:
		if on, err := strconv.ParseBool(text); err == nil {
			return sheetValue{style, map[bool]string{true: "1", false: "0"}[on]}
		}
	}
	return sheetValue{styleText, text}
}

const daySeconds = 24 * 60 * 60

// serial is the seconds since the day from which spreadsheets count, which is right
// from March 1900 on.
func serial(t time.Time) int64 {
	return t.Unix() - time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).Unix()
}

// decimal writes n with so many decimals: a binary fraction could not hold every amount.
func decimal(n int64, digits int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := fmt.Sprintf("%0*d", digits+1, n)
	if digits == 0 {
		return sign + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}
