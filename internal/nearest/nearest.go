// Package nearest finds what was meant by a mistyped word.
package nearest

import (
	"cmp"
	"slices"
	"strings"
)

// Words are the candidates that may have been meant, the nearest first, at most so many;
// those as near as each other are in the order of the candidates.
func Words(word string, candidates []string, most int) []string {
	type near struct {
		word     string
		distance int
	}
	var found []near
	for _, c := range candidates {
		if distance, ok := Distance(word, c); ok {
			found = append(found, near{c, distance})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	words := make([]string, 0, most)
	for _, n := range found[:min(most, len(found))] {
		words = append(words, n.word)
	}
	return words
}

// Distance counts the slips between a word and one that may have been meant, ignoring
// case, and tells whether they are few enough for that. A beginning, or a part between
// hyphens, is one slip.
func Distance(word, meant string) (slips int, near bool) {
	word, meant = strings.ToLower(word), strings.ToLower(meant)
	slips = edits(word, meant)
	if len(word) > 1 && slips > 1 && (strings.HasPrefix(meant, word) || slices.Contains(strings.Split(meant, "-"), word)) {
		slips = 1
	}
	return slips, slips <= (len(word)+1)/3 && slips < len(meant)
}

// edits is the Levenshtein distance in bytes, with two neighbours that changed places
// counted as one.
func edits(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
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
