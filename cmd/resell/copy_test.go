//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is copied goes to the first program that is installed, as it is; its failure is told.
func TestCopyText(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv("WAYLAND_DISPLAY", "")
	require.ErrorContains(t, copyText(t.Context(), "7GK2M9QX"), "xclip")

	install := func(name, script string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755))
	}
	copied := func() string {
		text, err := os.ReadFile(filepath.Join(dir, "copied"))
		require.NoError(t, err)
		return string(text)
	}
	install("xsel", `/bin/cat > "${0%/*}/copied"`)
	require.NoError(t, copyText(t.Context(), "7GK2M9QX é"))
	require.Equal(t, "7GK2M9QX é", copied())

	install("wl-copy", `/bin/cat > "${0%/*}/copied"`)
	install("xsel", "exit 3")
	require.ErrorContains(t, copyText(t.Context(), "x"), "xsel: exit status 3")
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	require.NoError(t, copyText(t.Context(), "y"))
	require.Equal(t, "y", copied())
}
