package output

import (
	"fmt"
	"strings"
)

// DidYouMean returns ` (did you mean "x"?)` for the candidate nearest to s, or
// nothing when none is near.
func DidYouMean(s string, candidates []string) string {
	s = strings.ToLower(s)
	best, distance := "", 3
	for _, c := range candidates {
		lower := strings.ToLower(c)
		d := editDistance(s, lower)
		if s != "" && strings.HasPrefix(lower, s) {
			d = min(d, 1)
		}
		if d < distance && d < len(lower) {
			best, distance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// editDistance is the Levenshtein distance in bytes: names are ASCII.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next := min(row[j+1]+1, row[j]+1, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
