package privatefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWriteMakesPrivateFileAndDirectories(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a", "b", "file")

	require.NoError(t, Write(path, []byte("one")))
	require.NoError(t, Write(path, []byte("two")))

	data, err := Read(path)
	require.NoError(t, err)
	require.Equal(t, "two", string(data))
	requireMode(t, path, 0o600)
	requireMode(t, filepath.Dir(path), 0o700)
	requireMode(t, filepath.Dir(filepath.Dir(path)), 0o700)
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")
}

func TestWriteTightensAnOpenFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, nil, 0o644))

	require.NoError(t, Write(path, []byte("x")))

	requireMode(t, path, 0o600)
}

func TestWriteFollowsSymbolicLinks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		exists bool
	}{
		{"target exists", true},
		{"target is yet to be written", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			target := filepath.Join(dir, "target")
			middle := filepath.Join(dir, "middle")
			link := filepath.Join(dir, "link")
			if test.exists {
				require.NoError(t, os.WriteFile(target, []byte("old"), 0o600))
			}
			require.NoError(t, os.Symlink("target", middle))
			require.NoError(t, os.Symlink(middle, link))

			require.NoError(t, Write(link, []byte("new")))

			info, err := os.Lstat(link)
			require.NoError(t, err)
			require.NotZero(t, info.Mode()&os.ModeSymlink)
			data, err := os.ReadFile(target)
			require.NoError(t, err)
			require.Equal(t, "new", string(data))
		})
	}
}

func TestWriteRefusesALoopOfLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.Symlink("b", filepath.Join(dir, "a")))
	require.NoError(t, os.Symlink("a", filepath.Join(dir, "b")))

	require.ErrorContains(t, Write(filepath.Join(dir, "a"), nil), "too many symbolic links")
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()

	_, err := Read(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, fs.ErrNotExist)

	_, err = Read(dir)
	require.ErrorContains(t, err, "not a regular file")

	large := filepath.Join(dir, "large")
	require.NoError(t, os.WriteFile(large, make([]byte, MaxSize+1), 0o600))
	_, err = Read(large)
	require.ErrorContains(t, err, "larger than 1048576 bytes")

	require.NoError(t, os.Truncate(large, MaxSize))
	_, err = Read(large)
	require.NoError(t, err)
}

func requireMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, want, info.Mode().Perm(), path)
}
