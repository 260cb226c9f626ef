package config

import (
	"fmt"
	"strings"
)

// InvalidError says that a setting, value or profile name given by the user
// cannot be used: a usage error, nothing was written.
type InvalidError struct {
	Reason string // what is wrong
	Hint   string // what to do instead; may be empty
}

// Error returns the reason and the hint in one line.
func (e *InvalidError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + "; " + e.Hint
}

// didYouMean returns `, did you mean "x"?` for the candidate nearest to name,
// or nothing when none is near.
func didYouMean(name string, candidates []string) string {
	nearest, least := "", len(name)/3+2
	for _, candidate := range candidates {
		if distance := editDistance(strings.ToLower(name), strings.ToLower(candidate)); distance < least {
			nearest, least = candidate, distance
		}
	}
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", nearest)
}

// editDistance is the Levenshtein distance of a and b in bytes.
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
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
