package output

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Sentence is Sanitize for a line of words that a person reads: names that are read from
// right to left do not move the words around them.
func Sentence(s string) string { return isolateWords(Sanitize(s)) }

// Sanitize makes control characters visible as escapes such as \u001b, so that
// text from elsewhere cannot drive a terminal: C0, DEL, C1, and the bidi
// embeddings, overrides and isolates that reorder what is around them. Bytes
// that are not UTF-8 become U+FFFD. All else is kept.
//
// See https://trojansource.codes and Unicode Annex 9.
func Sanitize(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isControl(r) {
			b.WriteString(visible(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// sanitizeLines is Sanitize for whole output: line ends and tabs stay.
func sanitizeLines(text []byte) []byte {
	if isClean(text) {
		return text
	}
	var b bytes.Buffer
	b.Grow(len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if isControl(r) && r != '\n' && r != '\t' {
			b.WriteString(visible(r))
		} else {
			b.WriteRune(r)
		}
		text = text[size:]
	}
	return b.Bytes()
}

// isClean reports whether s is printable ASCII, as most text is.
func isClean[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible spells r as JSON does, so that sanitised JSON stays the same value.
func visible(r rune) string {
	switch r {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	default:
		return fmt.Sprintf(`\u%04x`, r)
	}
}

func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r <= 0x9f ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
