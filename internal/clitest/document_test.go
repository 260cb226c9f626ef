package clitest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
)

// documents are the documents that people have written, by their paths; the generated
// reference is not among them.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	all := make(map[string]string)
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		if entry.IsDir() {
			if name == "docs/cli" || name == "bin" || (strings.HasPrefix(name, ".") && path != root) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) == ".md" {
			text, err := os.ReadFile(path)
			all[path] = string(text)
			return err
		}
		return nil
	}))
	require.Contains(t, all, filepath.Join(root, "README.md"))
	return all
}

var linkInText = regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)]*)?\)`)

func TestLinks(t *testing.T) {
	t.Parallel()
	for path, text := range documents(t) {
		for _, found := range linkInText.FindAllStringSubmatch(text, -1) {
			_, err := os.Stat(filepath.Join(filepath.Dir(path), found[1]))
			require.NoError(t, err, "%s links to %s", path, found[1])
		}
	}
}

// Commands in the text of documents, such as `resell license view L --coupon`.
var (
	inText = regexp.MustCompile("`resell ([a-z][^`|<>]*)`")
	flags  = regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]*)`)
)

// What documents name in passing is there: the blocks are run by TestGuides.
func TestCommandsInText(t *testing.T) {
	t.Parallel()
	for path, text := range documents(t) {
		if filepath.Base(path) == "CONTRIBUTING.md" { // it tells how to add one
			continue
		}
		for _, found := range inText.FindAllStringSubmatch(text, -1) {
			line := found[1]
			words := strings.Fields(line)
			cmd, rest, err := cli.NewRoot(cli.Process{}).Find(words)
			require.NoError(t, err, "%s: resell %s", path, line)
			require.False(t, cmd.HasSubCommands() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") && rest[0] == strings.ToLower(rest[0]),
				"%s: resell %s: there is no such command", path, line)
			for _, flag := range flags.FindAllStringSubmatch(line, -1) {
				require.NotNil(t, cmd.Flag(flag[1]), "%s: resell %s: there is no --%s", path, line, flag[1])
			}
		}
	}
}
