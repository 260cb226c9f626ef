package clitest_test

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/licensing"
)

// Every term that help shows is one, and every kind of term is shown.
func TestHelpOfTerms(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	code := cli.Main(t.Context(), cli.Process{
		Args: []string{"help", "terms"}, Stdout: &stdout, Stderr: &stderr,
		Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Time{} },
	})
	require.Zero(t, code, stderr.String())
	kinds := map[licensing.TermKind]bool{}
	for _, match := range regexp.MustCompile(`\b(?:(?:full|yearly|monthly|calendar|trial):\d+d?|until:\d[\d-]+|perpetual)\b`).FindAllString(stdout.String(), -1) {
		term, err := licensing.ParseTerm(match)
		require.NoError(t, err, match)
		kinds[term.Kind] = true
	}
	for _, kind := range licensing.TermKinds() {
		require.True(t, kinds[kind], kind)
	}
}
