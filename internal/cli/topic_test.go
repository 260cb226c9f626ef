package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/output"
)

// Every variable that the code of resell asks for is told of.
func TestEnvironmentIsTold(t *testing.T) {
	t.Parallel()
	ours := regexp.MustCompile(`"(RESELL_[A-Z_]*[A-Z])=?"|(?:[gG]etenv|environment)\("([A-Z_]+)"\)`)
	// What programs ask for as a matter of course.
	usual := []string{"HOME", "PATH", "COMSPEC", "USERPROFILE", "DISPLAY", "WAYLAND_DISPLAY", "CI"}
	told := environmentText()
	found := 0
	for _, dir := range []string{".", "../command", "../config", "../credential", "../client", "../output", "../../cmd/resell"} {
		require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, match := range ours.FindAllStringSubmatch(string(text), -1) {
				name := match[1] + match[2]
				if !slices.Contains(usual, name) {
					require.Regexp(t, `(?m)^  `+name+`\s`, told, path)
					found++
				}
			}
			return err
		}))
	}
	require.Greater(t, found, 15)
	for _, key := range config.Keys() {
		require.Contains(t, told, key.Env+" ")
	}
}

// What the topics say can be typed can be.
func TestTopicsAreTrue(t *testing.T) {
	t.Parallel()
	for _, name := range output.Formats() {
		if name != string(output.Table) {
			require.Regexp(t, `(?m)^  -o .*\b`+name+`\b`, formattingText)
		}
	}
	tried := 0
	for _, topic := range topics() {
		for line := range strings.Lines(topic.text()) {
			call, ok := strings.CutPrefix(strings.TrimSpace(line), "$ resell ")
			if !ok {
				continue
			}
			for part := range strings.SplitSeq(call, " | resell ") {
				part, _, _ = strings.Cut(part, " > ")
				part = regexp.MustCompile(`'[^']*'`).ReplaceAllString(part, "x")
				require.NoError(t, valid(strings.Fields(part)), line)
				tried++
			}
		}
		// And every topic is one of help's.
		root := newRoot(command.NewFactory(command.Process{}))
		found, _, err := root.Find([]string{topic.name})
		require.NoError(t, err)
		require.True(t, found.IsAdditionalHelpTopicCommand())
		for line := range strings.Lines(topic.text()) {
			require.LessOrEqual(t, len([]rune(line)), 130, line)
		}
	}
	require.Greater(t, tried, 8)
}
