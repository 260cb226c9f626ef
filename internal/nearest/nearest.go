// Package nearest finds what was meant by a mistyped word.
package nearest

import (
	"slices"
	"strings"
)

// Words are the candidates that may have been meant: those with the fewest slips between
// them and the word, in their order. Where these are more than most, none is: which of
// them was meant nobody can tell.
func Words(word string, candidates []string, most int) []string {
	found, fewest := []string{}, mostSlips
	for _, c := range candidates {
		slips, ok := Distance(word, c)
		if !ok || slips > fewest || slices.Contains(found, c) {
			continue
		}
		if slips < fewest {
			found, fewest = found[:0], slips
		}
		found = append(found, c)
	}
	if len(found) > most {
		return []string{}
	}
	return found
}

// mostSlips is how many slips there may be in a word of whatever length: with more it is
// another one.
const mostSlips = 3

// Distance counts the slips between a word and one that may have been meant, ignoring
// case, and tells whether they are few enough for that. A beginning, or a part between
// hyphens, is one slip.
func Distance(word, meant string) (slips int, near bool) {
	word, meant = strings.ToLower(word), strings.ToLower(meant)
	typed, other := []rune(word), []rune(meant)
	slips = edits(typed, other)
	if len(typed) > 1 && slips > 1 && (strings.HasPrefix(meant, word) || slices.Contains(strings.Split(meant, "-"), word)) {
		slips = 1
	}
	return slips, slips <= min((len(typed)+1)/3, mostSlips) && slips < len(other)
}

// edits is the Levenshtein distance, with two neighbours that changed places counted as
// one.
func edits(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
