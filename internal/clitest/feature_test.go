package clitest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every row of docs/features.md has a script that is named after it, and the script
// runs the command that the row names.
func TestFeaturesHaveScripts(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "features.md"))
	require.NoError(t, err)
	rows := regexp.MustCompile("(?m)^\\| ([S+][0-9.]+) \\|.*\\| (.+) \\| `([^`]+)` \\|$").FindAllStringSubmatch(string(text), -1)
	require.Greater(t, len(rows), 60, "the table of features is not read")
	listed := map[string]bool{}
	for _, row := range rows {
		id, commands, script := row[1], row[2], row[3]
		require.False(t, listed[id], "%s is listed twice", id)
		listed[id] = true
		require.True(t, strings.HasPrefix(script, id+"_"), "%s: its script is called %s", id, script)
		lines, err := os.ReadFile(filepath.Join("testdata", script+".txtar"))
		require.NoError(t, err, "%s has no script", id)
		command := regexp.MustCompile("`resell ([^`]+)`").FindStringSubmatch(commands)
		require.NotNil(t, command, "%s names no command", id)
		require.Regexp(t, `(?m)^(! )?(resell|resell-tty|fails(-tty)? \d+) `+regexp.QuoteMeta(command[1])+`\b`, string(lines), "%s: %s does not run its command", id, script)
	}
	for _, script := range scripts(t) {
		id, _, isRow := strings.Cut(filepath.Base(script), "_")
		if isRow && regexp.MustCompile(`^[S+][0-9.]+$`).MatchString(id) {
			require.True(t, listed[id], "%s is for a row that docs/features.md does not have", script)
		}
	}
}
