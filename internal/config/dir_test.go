package config

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCacheDir(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"RESELL_CACHE_DIR": "/own", "XDG_CACHE_HOME": "/own/resell", "HOME": "/own/.cache/resell"} {
		dir, err := locate("linux", func(asked string) string { return map[string]string{name: "/own"}[asked] }, cachePlace())
		require.NoError(t, err)
		require.Equal(t, filepath.FromSlash(want), dir, name)
	}
}

func TestDirectories(t *testing.T) {
	t.Parallel()
	work, err := filepath.Abs("rel")
	require.NoError(t, err)
	tests := []struct {
		name          string
		goos          string
		variables     map[string]string
		config, state string
	}{
		{"own variables", "linux", map[string]string{"RESELL_CONFIG_DIR": "/c", "RESELL_STATE_DIR": "/s", "XDG_CONFIG_HOME": "/x", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/c", "/s"},
		{"own variable, relative", "linux", map[string]string{"RESELL_CONFIG_DIR": "rel", "RESELL_STATE_DIR": "rel"}, work, work},
		{"XDG", "linux", map[string]string{"XDG_CONFIG_HOME": "/x", "XDG_STATE_HOME": "/y", "HOME": "/h"}, "/x/resell", "/y/resell"},
		{"XDG, relative, is ignored", "linux", map[string]string{"XDG_CONFIG_HOME": "x", "XDG_STATE_HOME": "y", "HOME": "/h"}, "/h/.config/resell", "/h/.local/state/resell"},
		{"home on Linux", "linux", map[string]string{"HOME": "/h"}, "/h/.config/resell", "/h/.local/state/resell"},
		{"home on macOS", "darwin", map[string]string{"HOME": "/h"}, "/h/.config/resell", "/h/.local/state/resell"},
		{"Windows", "windows", map[string]string{"AppData": "/roaming", "LocalAppData": "/local", "HOME": "/h"}, "/roaming/resell", "/local/resell"},
		{"nothing", "linux", nil, "", ""},
		{"nothing on Windows", "windows", nil, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			getenv := func(name string) string { return test.variables[name] }

			config, configErr := locate(test.goos, getenv, configPlace())
			state, stateErr := locate(test.goos, getenv, statePlace())

			require.Equal(t, filepath.FromSlash(test.config), config)
			require.Equal(t, filepath.FromSlash(test.state), state)
			if test.config == "" {
				require.ErrorContains(t, configErr, "RESELL_CONFIG_DIR")
				require.ErrorContains(t, stateErr, "RESELL_STATE_DIR")
				return
			}
			require.NoError(t, configErr)
			require.NoError(t, stateErr)
		})
	}
}
