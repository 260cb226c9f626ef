package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTree(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put := func(name, content string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	}
	put("go.mod", goModule+"\ngo 1.26.0\n")
	put("docs/cli/kept.md", "kept\n")
	put("docs/cli/old.md", "removed command\n")
	put("docs/openapi.yaml", "yesterday\n")
	put("docs/guide.md", "written by hand\n")
	generated := map[string][]byte{
		"docs/cli/kept.md":     []byte("kept\n"),
		"docs/openapi.yaml":    []byte("today\n"),
		"completions/resell.x": []byte("new\n"),
	}

	checkout, err := openTree(root)
	require.NoError(t, err)
	changes, err := checkout.compare(generated)
	require.NoError(t, err)
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.String())
	}
	require.Equal(t, []string{
		"missing: completions/resell.x",
		"stale: docs/cli/old.md",
		"differs: docs/openapi.yaml",
	}, lines)

	require.NoError(t, checkout.apply(changes))
	changes, err = checkout.compare(generated)
	require.NoError(t, err)
	require.Empty(t, changes)
	require.NoFileExists(t, filepath.Join(root, "docs", "cli", "old.md"))
	require.FileExists(t, filepath.Join(root, "docs", "guide.md"))
}

func TestOpenTreeRefusesOtherFolders(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	_, err := openTree(root)
	require.ErrorIs(t, err, os.ErrNotExist)

	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.org/other\n"), 0o600))
	_, err = openTree(root)
	require.ErrorContains(t, err, "not the root")
}
