package mail

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestFolder(t *testing.T) {
	t.Parallel()

	dir := filepath.Join(t.TempDir(), "mail", "out")
	sender, err := NewFolder(dir)
	require.NoError(t, err)

	second := welcome()
	second.ID = "a"
	second.Date = second.Date.Add(time.Nanosecond).In(time.FixedZone("", 5*3600))
	require.NoError(t, sender.Send(t.Context(), second))
	require.NoError(t, sender.Send(t.Context(), welcome()))
	require.NoError(t, sender.Send(t.Context(), welcome()))

	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 2)
	require.Equal(t, "20261121T093000.000000000Z-evt_01HZX.welcome-1.eml", files[0].Name())
	require.Equal(t, "20261121T093000.000000001Z-a.eml", files[1].Name())

	content, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	require.NoError(t, err)
	requireWelcome(t, content)

	if runtime.GOOS != "windows" {
		info, err := files[0].Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

func TestFolderErrors(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	sender, err := NewFolder(dir)
	require.NoError(t, err)

	invalid := welcome()
	invalid.ID = "../../etc/cron.d/x"
	require.ErrorIs(t, sender.Send(t.Context(), invalid), ErrInvalid)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, sender.Send(ctx, welcome()), context.Canceled)

	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, files)

	require.NoError(t, os.Remove(dir))
	err = sender.Send(t.Context(), welcome())
	require.ErrorIs(t, err, os.ErrNotExist)
	require.False(t, IsPermanent(err))

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err = NewFolder(file)
	require.Error(t, err)
}
