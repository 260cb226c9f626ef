package config

import (
	"errors"
	"path/filepath"
	"runtime"
)

// Dir returns the directory of config.yaml: $RESELL_CONFIG_DIR, else
// $XDG_CONFIG_HOME/resell, else ~/.config/resell (%AppData%\resell on
// Windows). It fails when the environment names none of them.
func Dir(getenv func(string) string) (string, error) {
	return locate(runtime.GOOS, getenv, configPlace())
}

// StateDir returns the directory of what the CLI keeps between runs, such as
// journals: $RESELL_STATE_DIR, else $XDG_STATE_HOME/resell, else
// ~/.local/state/resell (%LocalAppData%\resell on Windows). It fails when the
// environment names none of them.
func StateDir(getenv func(string) string) (string, error) {
	return locate(runtime.GOOS, getenv, statePlace())
}

// CacheDir returns the directory of what can be fetched again at any time:
// $RESELL_CACHE_DIR, else $XDG_CACHE_HOME/resell, else ~/.cache/resell
// (%LocalAppData%\resell\cache on Windows). It fails when the environment names none
// of them.
func CacheDir(getenv func(string) string) (string, error) {
	dir, err := locate(runtime.GOOS, getenv, cachePlace())
	if err == nil && runtime.GOOS == "windows" && getenv(cachePlace().override) == "" {
		dir = filepath.Join(dir, "cache") // beside the journals
	}
	return dir, err
}

// place names the variables and the home directory's folder that lead to one
// of the CLI's directories.
type place struct{ override, xdg, windows, home string }

func configPlace() place {
	return place{
		override: "RESELL_CONFIG_DIR",
		xdg:      "XDG_CONFIG_HOME",
		windows:  "AppData",
		home:     ".config",
	}
}

func statePlace() place {
	return place{
		override: "RESELL_STATE_DIR",
		xdg:      "XDG_STATE_HOME",
		windows:  "LocalAppData",
		home:     filepath.Join(".local", "state"),
	}
}

func cachePlace() place {
	return place{
		override: "RESELL_CACHE_DIR",
		xdg:      "XDG_CACHE_HOME",
		windows:  "LocalAppData",
		home:     ".cache",
	}
}

func locate(goos string, getenv func(string) string, p place) (string, error) {
	if dir := getenv(p.override); dir != "" {
		return filepath.Abs(dir)
	}
	// The XDG specification tells programs to ignore relative paths.
	if base := getenv(p.xdg); filepath.IsAbs(base) {
		return filepath.Join(base, "resell"), nil
	}
	if goos == "windows" {
		if base := getenv(p.windows); base != "" {
			return filepath.Join(base, "resell"), nil
		}
		return "", errors.New("find the user's directories: set " + p.windows + " or " + p.override)
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, p.home, "resell"), nil
	}
	return "", errors.New("find the user's directories: set HOME or " + p.override)
}
