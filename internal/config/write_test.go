package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSetKeepsTheRestOfTheFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, before, profile, key, value, after string
	}{
		{
			"new file", "", "default", "host", "https://a.example.com",
			"profiles:\n  default:\n    host: https://a.example.com\n",
		},
		{
			"comments only", "# mine\n\n# still mine\n", "default", "color", "never",
			"# mine\n\n# still mine\nprofiles:\n  default:\n    color: never\n",
		},
		{
			"value replaced, comments and order kept",
			"# head\nprofile: demo # chosen\n\nprofiles:\n    # about demo\n    demo: # d\n        output: json # for jq\n\n        # where\n        host: https://a.example.com # staging\n    other: {color: never}\n# foot\n",
			"demo", "output", "csv",
			"# head\nprofile: demo # chosen\n\nprofiles:\n    # about demo\n    demo: # d\n        output: csv # for jq\n\n        # where\n        host: https://a.example.com # staging\n    other: {color: never}\n# foot\n",
		},
		{
			"value added to a profile",
			"profiles:\n        a:\n                color: never # no\n        b:\n                color: auto\n", "a", "output", "json",
			"profiles:\n        a:\n                color: never # no\n                output: json\n        b:\n                color: auto\n",
		},
		{
			"profile added, not its lower-case cousin", "profiles:\n  acme:\n    color: never\n", "Acme", "color", "auto",
			"profiles:\n  acme:\n    color: never\n  Acme:\n    color: auto\n",
		},
		{
			"dotted profile", "profiles:\n  eu.acme: {color: never}\n", "eu.acme", "output", "json",
			"profiles:\n  eu.acme: {color: never, output: json}\n",
		},
		{"quoted profile", "profiles:\n  \"a\":\n    color: never\n", "a", "color", "auto", "profiles:\n  \"a\":\n    color: auto\n"},
		{"empty profile", "profiles:\n  a:\n  b: {}\n", "a", "color", "auto", "profiles:\n  a:\n    color: auto\n  b: {}\n"},
		{
			"text that YAML would read as something else", "", "0123", "company", "0042",
			"profiles:\n  \"0123\":\n    company: \"0042\"\n",
		},
		{
			"text with YAML's own characters", "", "default", "token_command", `pass show "a: b" # c`,
			"profiles:\n  default:\n    token_command: \"pass show \\\"a: b\\\" # c\"\n",
		},
		{
			"Windows line ends and byte order mark", "\ufeffprofiles:\r\n  a:\r\n    # c\r\n    color: auto\r\n", "a", "color", "never",
			"profiles:\n  a:\n    # c\n    color: never\n",
		},
		{
			"settings of another version", "new: [1, 2]\nprofiles:\n  a:\n    telepathy: on\n", "a", "color", "never",
			"new: [1, 2]\nprofiles:\n  a:\n    telepathy: on\n    color: never\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path, getenv := setup(t, test.before)
			c, err := Load(getenv)
			require.NoError(t, err)
			c.SetProfile(test.profile)

			require.NoError(t, c.Set(test.key, test.value))

			require.Equal(t, test.after, read(t, path))
			require.Equal(t, test.value, c.Get(test.key))
			again, err := Load(getenv)
			require.NoError(t, err)
			again.SetProfile(test.profile)
			require.Equal(t, test.value, again.Get(test.key))
		})
	}
}

func TestSetRefuses(t *testing.T) {
	t.Parallel()
	const secret = "rs_live_0123456789abcdef"
	tests := []struct{ name, key, value, want string }{
		{"token", "token", secret, "secrets belong in the keyring"},
		{"password", "smtp_Password", secret, "secrets belong in the keyring"},
		{"secret", "client-secret", secret, "secrets belong in the keyring"},
		{"token as a value", "company", secret, "secrets belong in the keyring"},
		{"token in the command", "token_command", "echo " + secret, "secrets belong in the keyring"},
		{"typo", "outptu", "json", `did you mean "output"?; settings: host, output, company`},
		{"hyphen", "max-wait", "3s", `did you mean "max_wait"?`},
		{"nonsense", "xylophone", "1", `there is no setting "xylophone"; settings: host,`},
		{"not allowed", "output", "jsn", `output cannot be "jsn", did you mean "json"?; allowed: table, json`},
		{"empty", "company", "", "resell config unset company"},
		{"line break", "token_command", "a\nb", "line break"},
		{"host without scheme", "host", "api.example.com", "https://api.example.com"},
		{"host with password", "host", "https://me:" + secret[3:] + "@api.example.com", "without a user name"},
		{"host by another scheme", "host", "ftp://api.example.com", "https://api.example.com"},
		{"no duration", "max_wait", "soon", "write a duration"},
		{"negative duration", "max_wait", "-3s", "write a duration"},
		{"profile that is not there", "profile", "demo", `there is no profile "demo"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, "")

			err := c.Set(test.key, test.value)

			var invalid *InvalidError
			require.ErrorAs(t, err, &invalid)
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), secret[8:])
			require.NoFileExists(t, c.Path())
		})
	}
}

func TestSetRefusesProfileName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{" a", "a\n", "\x1b[31m", "\u009b31m"} {
		c := load(t, "")
		c.SetProfile(name)

		require.ErrorContains(t, c.Set("output", "json"), "a profile cannot be called")
		require.NoFileExists(t, c.Path())
	}
}

func TestSetLeavesAliasesAlone(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, profile string }{
		{"profile is an alias", "profiles:\n  a: &a\n    color: auto\n  b: *a\n", "b"},
		{"another profile would change too", "profiles:\n  a: &a\n    color: auto\n  b: *a\n", "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path, getenv := setup(t, test.file, "RESELL_PROFILE", test.profile)
			c, err := Load(getenv)
			require.NoError(t, err)

			require.ErrorContains(t, c.Set("color", "never"), "edit the file by hand")
			require.ErrorContains(t, c.Unset("color"), "edit the file by hand")

			require.Equal(t, test.file, read(t, path))
			require.Equal(t, "auto", c.Get("color"))
		})
	}
}

func TestSetTakesChangesSinceLoad(t *testing.T) {
	t.Parallel()
	path, getenv := setup(t, "")
	first, err := Load(getenv)
	require.NoError(t, err)
	second, err := Load(getenv)
	require.NoError(t, err)

	require.NoError(t, first.Set("color", "never"))
	require.NoError(t, second.Set("output", "json"))

	require.Equal(t, "profiles:\n  default:\n    color: never\n    output: json\n", read(t, path))
	require.Equal(t, "never", second.Get("color"))
}

func TestSetWritesThroughLink(t *testing.T) {
	t.Parallel()
	path, getenv := setup(t, "")
	target := filepath.Join(t.TempDir(), "dotfiles.yaml")
	require.NoError(t, os.WriteFile(target, []byte("# mine\n"), 0o644))
	require.NoError(t, os.Symlink(target, path))
	c, err := Load(getenv)
	require.NoError(t, err)

	require.NoError(t, c.Set("color", "never"))

	require.Equal(t, "# mine\nprofiles:\n  default:\n    color: never\n", read(t, target))
	info, err := os.Lstat(path)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink)
}

func TestSetWritesPrivately(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no permission bits")
	}
	base := t.TempDir()
	c, err := Load(func(name string) string {
		return map[string]string{"XDG_CONFIG_HOME": filepath.Join(base, "x")}[name]
	})
	require.NoError(t, err)

	require.NoError(t, c.Set("color", "never"))

	file, err := os.Stat(c.Path())
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), file.Mode().Perm())
	dir, err := os.Stat(filepath.Dir(c.Path()))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), dir.Mode().Perm())
}

func TestUnset(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, before, key, after string }{
		{"one of two", "# h\nprofiles:\n  default:\n    # c\n    color: auto\n    # o\n    output: json # x\n", "color", "# h\nprofiles:\n  default:\n    # o\n    output: json # x\n"},
		{"the last", "profiles:\n  default:\n    color: auto\n  b:\n    color: never\n", "color", "profiles:\n  default: {}\n  b:\n    color: never\n"},
		{"not there", "profiles:\n  b:\n    color:   never\n", "color", "profiles:\n  b:\n    color:   never\n"},
		{"the profile in use", "# about this file\nprofile: default # p\nprofiles:\n  default: {color: auto}\n", "profile", "# about this file\nprofiles:\n  default: {color: auto}\n"},
		{"only the profile in use", "profile: default\n", "profile", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path, getenv := setup(t, test.before)
			c, err := Load(getenv)
			require.NoError(t, err)

			require.NoError(t, c.Unset(test.key))

			require.Equal(t, test.after, read(t, path))
		})
	}

	c := load(t, "")
	require.ErrorContains(t, c.Unset("colr"), `did you mean "color"?`)
	require.NoError(t, c.Unset("color"))
	require.NoFileExists(t, c.Path())
}

func TestUseAndDeleteProfile(t *testing.T) {
	t.Parallel()
	path, getenv := setup(t, "# mine\nprofiles:\n  Acme:\n    color: never\n  eu.acme:\n    color: always\n")
	c, err := Load(getenv)
	require.NoError(t, err)

	require.ErrorContains(t, c.Use("acme"), `did you mean "Acme"?`)
	require.NoError(t, c.Use("eu.acme"))
	require.Equal(t, "always", c.Get("color"))

	require.ErrorContains(t, c.DeleteProfile("eu"), `there is no profile "eu"`)
	require.NoError(t, c.DeleteProfile("eu.acme"))

	require.Equal(t, []string{"default", "Acme"}, c.Profiles())
	require.Equal(t, DefaultProfile, c.Profile())
	require.Equal(t, "# mine\nprofiles:\n  Acme:\n    color: never\n", read(t, path))
	require.NoError(t, c.Set("profile", "Acme"))
	require.Equal(t, "Acme", c.Profile())
	require.NoError(t, c.DeleteProfile("Acme"))
	require.Equal(t, "# mine\nprofiles: {}\n", read(t, path))
}

func TestKeysAreDocumented(t *testing.T) {
	t.Parallel()
	c := load(t, "")
	for _, key := range Keys() {
		require.NotEmpty(t, key.Doc, key.Name)
		require.NotEmpty(t, key.Env, key.Name)
		if key.Default != "" {
			require.NoError(t, c.Set(key.Name, key.Default))
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}
