package output

import (
	"regexp"
	"strings"
	"unicode"
)

// Characters that keep the direction of what is between them to themselves; see
// Unicode Annex 9.
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// isolate keeps text that is read from right to left, as names in Hebrew and Arabic are,
// from moving what stands before and behind it. Other text stays as it is.
func isolate(s string) string {
	if isClean(s) || !strings.ContainsFunc(s, isRightToLeft) {
		return s
	}
	return firstStrongIsolate + s + popIsolate
}

// isolated is what is inside an isolate.
func isolated(s string) (inner string, ok bool) {
	inner, ok = strings.CutPrefix(s, firstStrongIsolate)
	return strings.TrimSuffix(inner, popIsolate), ok
}

// isolateWords isolates the words of a sentence that are read from right to left, with
// what stands between them.
func isolateWords(s string) string {
	if isClean(s) || !strings.ContainsFunc(s, isRightToLeft) {
		return s
	}
	const letter = `[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}\x{200f}\x{61c}]`
	words := regexp.MustCompile(letter + `(?:[^\pL\pN]*` + letter + `|\p{M})*`)
	return words.ReplaceAllString(s, firstStrongIsolate+"$0"+popIsolate)
}

func isRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) || r == '\u200f' || r == '\u061c'
}
