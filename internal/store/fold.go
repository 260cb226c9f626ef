package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold makes text comparable for search: compatibility forms decomposed, accents,
// strokes and other marks dropped, case folded, in any script. What no database can hold,
// NUL and bytes that are no UTF-8, becomes U+FFFD.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 0:
			b.WriteRune(unicode.ReplacementChar)
		case r > unicode.MaxASCII && plainLetter(r) != "":
			b.WriteString(plainLetter(r))
		default:
			b.WriteRune(unicode.ToLower(r)) // Cherokee folds to capitals
		}
	}
	return b.String()
}

// plainLetter is what people without the keys for them write for the Latin letters
// that Unicode does not decompose; empty for others.
func plainLetter(r rune) string {
	switch r {
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ð', 'đ':
		return "d"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ı':
		return "i"
	}
	return ""
}

// searchText is what search looks in: the fields of a row, folded, a line each.
//
// Indexes know text by three characters in a row. In Chinese and Japanese a word of
// one or two is common, so a character of these scripts is written three times: that
// changes nothing in which text is found in which, and every word has its place in
// the index.
func searchText(fields ...string) string {
	folded := Fold(strings.Join(fields, "\n"))
	if !strings.ContainsFunc(folded, isWordlike) {
		return folded
	}
	var b strings.Builder
	for _, r := range folded {
		b.WriteRune(r)
		if isWordlike(r) {
			b.WriteRune(r)
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isWordlike reports whether a character may be a word by itself.
func isWordlike(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// searchName is what a name is searched by from its beginning, where that is not
// just the name with the letters A to Z in lower case: then it is empty.
func searchName(name string) string {
	if folded := searchText(name); folded != lowerASCII(name) {
		return folded
	}
	return ""
}

// lowerASCII is what the function lower of both databases does.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
