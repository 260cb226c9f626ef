package clitest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
)

// TestBulkGuide holds the columns of the guide against those of the commands.
func TestBulkGuide(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "guide", "bulk.md"))
	require.NoError(t, err)
	sections := regexp.MustCompile("(?m)^### `([a-z ]+)`$").FindAllStringSubmatchIndex(string(text), -1)
	require.NotEmpty(t, sections)
	for _, s := range sections {
		verb := string(text[s[2]:s[3]])
		section, _, _ := strings.Cut(string(text[s[1]:]), "\n#")
		var told, known []string
		for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (.*) \\|$").FindAllStringSubmatch(section, -1) {
			told = append(told, row[1]+": "+row[2])
		}
		for _, row := range regexp.MustCompile(`(?m)^  ([a-z_]+) +(.*)$`).FindAllStringSubmatch(columnsOf(t, verb), -1) {
			known = append(known, row[1]+": "+row[2])
		}
		require.NotEmpty(t, known, verb)
		require.Equal(t, known, told, verb)
	}
}

// columnsOf is what the help of a command says of the columns of its files.
func columnsOf(t *testing.T, verb string) string {
	t.Helper()
	var help, said bytes.Buffer
	exit := cli.Main(t.Context(), cli.Process{
		Args: append(strings.Fields(verb), "--help"), Stdin: strings.NewReader(""), Stdout: &help, Stderr: &said,
		Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Time{} },
	})
	require.Zero(t, exit, said.String())
	_, columns, ok := strings.Cut(help.String(), "Columns of --from")
	require.True(t, ok, "%s has no columns", verb)
	columns, _, _ = strings.Cut(columns, "\n\n")
	return columns
}
