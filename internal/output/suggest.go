package output

import (
	"fmt"

	"github.com/resell-cli/resell/internal/nearest"
)

// DidYouMean returns ` (did you mean "x"?)` for the candidate nearest to s, or
// nothing when none is near.
func DidYouMean(s string, candidates []string) string {
	best, distance := "", 3
	for _, c := range candidates {
		if slips, near := nearest.Distance(s, c); near && slips < distance {
			best, distance = c, slips
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}
