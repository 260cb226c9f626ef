package server

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
)

// The table of codes tells of every code that there is, with its status.
func TestProblemCodes(t *testing.T) {
	t.Parallel()
	described := map[string]int{}
	for _, c := range api.ProblemCodes() {
		require.NotContains(t, described, c.Code, "described twice")
		require.Regexp(t, `^[A-Z].*\.$`, c.Means, c.Code)
		require.Regexp(t, `^[A-Z].*\.$`, c.Advice, c.Code)
		described[c.Code] = c.Status
	}
	for _, code := range licensing.Codes() {
		require.Equal(t, statusOf(code.Kind()), described[string(code)], "%s: its entry in internal/api/problem_code.go", code)
	}
	require.Len(t, described, len(licensing.Codes()), "a code is described that there is not")
}
