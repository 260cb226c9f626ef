package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/command"
)

func TestWhatWasMeant(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"licence list":         "resell license list",
		"licens":               "resell license",
		"licens lst":           "resell license list",
		"licens nonsense":      "resell license",
		"license lst":          "resell license list",
		"add license":          "resell license add",
		"refund":               "resell order refund",
		"license refund X":     "resell order refund",
		"login":                "resell auth login",
		"companies":            "resell company",
		"companies list":       "resell company list",
		"licenses show":        "resell license view",
		"keys":                 "resell key",
		"company search":       "resell company list",
		"key create":           "resell key generate",
		"export keys":          "resell export csv keys, resell export ndjson keys, resell export xlsx keys",
		"license autorenew on": "resell license auto-renew on",
		"exitcodes":            "resell exit-codes",
		"list":                 "", // nearly every group has one
		"foo bar":              "",
		"license foo":          "",
	} {
		root := newRoot(command.NewFactory(command.Process{}))
		group, rest, err := root.Find(strings.Fields(line))
		require.NoError(t, err, line)
		require.True(t, group.HasSubCommands(), line)
		var paths []string
		for _, cmd := range meant(group, append(strings.Fields(group.CommandPath())[1:], rest...)) {
			paths = append(paths, cmd.CommandPath())
		}
		require.Equal(t, want, strings.Join(paths, ", "), line)
	}
}
