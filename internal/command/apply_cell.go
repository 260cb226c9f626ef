package command

import (
	"slices"
	"strings"
	"unicode"
)

// sameForm reports whether a cell of a spreadsheet says what the export had said, also
// where the program has put it into another form: a date, a number or true in the way
// of the country.
func sameForm(was, cell string) bool {
	cell = strings.TrimSpace(cell)
	was = strings.TrimSpace(was)
	switch {
	case was == cell:
		return true
	case was == "" || cell == "":
		return false
	case isDate(was):
		return sameDate(was, cell)
	case asBool(was) != "":
		return asBool(was) == asBool(cell)
	}
	return isNumber(was) && plainNumber(was) == plainNumber(cell)
}

func isDate(text string) bool {
	return len(text) >= 10 && text[4] == '-' && text[7] == '-' && strings.Trim(text[:10], "0123456789-") == "" &&
		(len(text) == 10 || text[10] == 'T')
}

// sameDate compares the day of a date with what a spreadsheet has made of it: its
// numbers, in any order, with two digits of the year or four, and any time after it.
func sameDate(was, cell string) bool {
	day := numbersIn(was[:10])
	found := numbersIn(cell)
	if len(found) > 0 && len(found[0]) == 8 { // 20261121
		return strings.ReplaceAll(was[:10], "-", "") == found[0]
	}
	if strings.ContainsFunc(cell, unicode.IsLetter) && len(found) >= 2 && !isDate(cell) { // 21 Nov 2026
		return contains(found[:2], day[0], day[2]) || contains(found[:2], day[0][2:], day[2])
	}
	if len(found) < 3 {
		return false
	}
	return contains(found[:3], day[0], day[1], day[2]) || contains(found[:3], day[0][2:], day[1], day[2])
}

func numbersIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// contains reports whether numbers are just the wanted ones, whatever their order and
// their leading zeros.
func contains(numbers []string, wanted ...string) bool {
	plain := func(all []string) []string {
		all = slices.Clone(all)
		for i, n := range all {
			all[i] = strings.TrimLeft(n, "0")
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(plain(numbers), plain(wanted))
}

// asBool is true or false, in the words of spreadsheets; "" is neither.
func asBool(cell string) string {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "true", "wahr", "vrai", "verdadero", "vero", "waar", "sant", "sand", "prawda", "истина":
		return "true"
	case "false", "falsch", "faux", "falso", "onwaar", "falskt", "falsk", "fałsz", "ложь":
		return "false"
	}
	return ""
}

func isNumber(text string) bool { return strings.Trim(text, "0123456789") == "" && text != "" }

// plainNumber is a whole number without what countries put between its digits, and
// without decimals that are zero.
func plainNumber(cell string) string {
	cell = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, cell)
	if at := strings.LastIndexAny(cell, ".,"); at >= 0 && len(cell)-at <= 3 && strings.Trim(cell[at+1:], "0") == "" {
		cell = cell[:at]
	}
	return strings.NewReplacer(".", "", ",", "").Replace(cell)
}

// mangled says how a spreadsheet spoils text that looks like a number, where that is
// what has happened to a cell; "" where it is not.
func mangled(was, cell string) string {
	switch {
	case cell != "" && isNumber(cell) && strings.HasPrefix(was, "0") && strings.TrimLeft(was, "0") == cell:
		return "has taken off the zeros at its beginning"
	case isNumber(cell) && was == "+"+cell:
		return "has taken off the plus sign"
	case isNumber(strings.TrimPrefix(was, "+")) && isPower(cell):
		return "has rounded it"
	}
	return ""
}

// isPower reports whether a cell is a number with a power of ten: 4.93E+11.
func isPower(cell string) bool {
	digits, power, ok := strings.Cut(strings.ToUpper(cell), "E+")
	return ok && isNumber(power) && isNumber(strings.NewReplacer(".", "", ",", "").Replace(digits))
}
