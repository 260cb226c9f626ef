package output

import "strings"

// GuardCell makes a CSV cell safe to open in a spreadsheet: one that would be
// run as a formula, because it begins with = + - @ TAB or CR behind any
// number of apostrophes, gets one leading apostrophe more. UnguardCell undoes
// it exactly.
//
// See https://owasp.org/www-community/attacks/CSV_Injection.
func GuardCell(s string) string {
	if runsAsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// UnguardCell returns the cell that GuardCell was given.
func UnguardCell(s string) string {
	if rest, quoted := strings.CutPrefix(s, "'"); quoted && runsAsFormula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}

func runsAsFormula(s string) bool {
	return s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0
}
