package output

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/nearest"
)

// DidYouMean returns ` (did you mean "x"?)` for the candidates nearest to s, or
// nothing when none is near.
func DidYouMean(s string, candidates []string) string {
	near := nearest.Words(s, candidates, 2)
	if len(near) == 0 {
		return ""
	}
	for i, word := range near {
		near[i] = strconv.Quote(word)
	}
	return fmt.Sprintf(" (did you mean %s?)", strings.Join(near, " or "))
}
