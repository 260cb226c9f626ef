package config

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/nearest"
)

// InvalidError says that a setting, value or profile name given by the user
// cannot be used: a usage error, nothing was written.
type InvalidError struct {
	Reason   string // what is wrong
	Hint     string // what to do instead; may be empty
	Unset    string // the setting that is wrong in the profile in use, and may be unset there; empty for none
	Variable string // the variable that it is of; empty for none
}

// Error returns the reason and the hint in one line.
func (e *InvalidError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + "; " + e.Hint
}

// didYouMean returns `, did you mean "x"?` for the candidates nearest to name,
// or nothing when none is near.
func didYouMean(name string, candidates []string) string {
	near := nearest.Words(name, candidates, 2)
	if len(near) == 0 {
		return ""
	}
	for i, word := range near {
		near[i] = strconv.Quote(word)
	}
	return fmt.Sprintf(", did you mean %s?", strings.Join(near, " or "))
}
