package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// setup writes text as config.yaml, unless it is empty, and returns the file's
// path with an environment that leads to it.
func setup(t *testing.T, text string, variables ...string) (path string, getenv func(string) string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "config.yaml")
	if text != "" {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	environment := map[string]string{"RESELL_CONFIG_DIR": dir}
	for i := 0; i+1 < len(variables); i += 2 {
		environment[variables[i]] = variables[i+1]
	}
	return path, func(name string) string { return environment[name] }
}

func load(t *testing.T, text string, variables ...string) *Config {
	t.Helper()
	_, getenv := setup(t, text, variables...)
	c, err := Load(getenv)
	require.NoError(t, err)
	return c
}

func TestLookupPrecedence(t *testing.T) {
	t.Parallel()
	const file = "profiles:\n  default:\n    host: https://file.example.com\n    output: json\n"
	tests := []struct {
		name      string
		file      string
		variables []string
		flag      string
		key       string
		want      string
		origin    string // %PATH% stands for the file
		ok        bool
	}{
		{name: "flag beats all", file: file, variables: []string{"RESELL_OUTPUT", "csv"}, flag: "yaml", key: "output", want: "yaml", origin: "flag", ok: true},
		{name: "environment beats file", file: file, variables: []string{"RESELL_OUTPUT", "csv"}, key: "output", want: "csv", origin: "RESELL_OUTPUT", ok: true},
		{name: "empty variable is unset", file: file, variables: []string{"RESELL_OUTPUT", ""}, key: "output", want: "json", origin: "profile default in %PATH%", ok: true},
		{name: "file beats default", file: file, key: "output", want: "json", origin: "profile default in %PATH%", ok: true},
		{name: "default", key: "output", want: "table", origin: "default", ok: true},
		{name: "no default host", key: "host", origin: "default"},
		{name: "unknown key", file: "profiles: {default: {colour: red}}", key: "colour"},
		{name: "empty value in file is none", file: "profiles: {default: {output: ''}}", key: "output", want: "table", origin: "default", ok: true},
		{name: "text that looks like a number", file: "profiles: {default: {company: 0123}}", key: "company", want: "0123", origin: "profile default in %PATH%", ok: true},
		{name: "current profile", file: "profile: Acme\n", key: "profile", want: "Acme", origin: "%PATH%", ok: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, test.file, test.variables...)
			if test.flag != "" {
				c.SetFlag(test.key, test.flag)
			}

			value, origin, ok := c.Lookup(test.key)

			require.Equal(t, test.want, value)
			require.Equal(t, strings.ReplaceAll(test.origin, "%PATH%", c.Path()), origin)
			require.Equal(t, test.ok, ok)
			require.Equal(t, test.want, c.Get(test.key))
		})
	}
}

func TestEmptyFlagHidesOtherLayers(t *testing.T) {
	t.Parallel()
	c := load(t, "profiles: {default: {company: acme}}", "RESELL_COMPANY", "other")

	c.SetFlag("company", "")

	value, origin, ok := c.Lookup("company")
	require.Empty(t, value)
	require.Equal(t, "flag", origin)
	require.True(t, ok)
}

func TestProfilePrecedence(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		file      string
		variables []string
		flag      string
		want      string
	}{
		{"flag", "profile: file", []string{"RESELL_PROFILE", "env"}, "flag", "flag"},
		{"environment", "profile: file", []string{"RESELL_PROFILE", "env"}, "", "env"},
		{"file", "profile: file", nil, "", "file"},
		{"none", "", nil, "", "default"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, test.file, test.variables...)

			c.SetProfile(test.flag)

			require.Equal(t, test.want, c.Profile())
		})
	}
}

func TestProfileNamesKeepTheirCaseAndDots(t *testing.T) {
	t.Parallel()
	c := load(t, `
profiles:
  acme: {company: lower}
  Acme: {company: upper}
  eu.acme.com: {company: dotted}
  "Zoë & Co": {company: spaced}
`)
	require.Equal(t, []string{"default", "acme", "Acme", "eu.acme.com", "Zoë & Co"}, c.Profiles())

	for name, want := range map[string]string{
		"acme": "lower", "Acme": "upper", "eu.acme.com": "dotted", "Zoë & Co": "spaced", "ACME": "", "eu": "",
	} {
		c.SetProfile(name)
		require.Equal(t, want, c.Get("company"), name)
	}
	c.SetProfile("ACME")
	c.SetFlag("company", "flag")
	c.SetProfile("Acme")
	require.Equal(t, "flag", c.Get("company"), "a flag survives a change of profile")
}

func TestLoadWithoutFile(t *testing.T) {
	t.Parallel()
	path, getenv := setup(t, "")

	c, err := Load(getenv)

	require.NoError(t, err)
	require.Equal(t, path, c.Path())
	require.Equal(t, []string{"default"}, c.Profiles())
	require.NoFileExists(t, path)
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"tab", "profiles:\n\tdefault: {}\n", "line 2: "},
		{"unclosed", "profiles:\n  default: {host: x\n", "line 2: "},
		{"duplicate", "profile: a\nprofile: b\n", "line 2: "},
		{"list", "- a\n", "line 1: "},
		{"text", "rs_live_0123456789\n", "line 1: "},
		{"profile that is text", "profiles:\n  default: rs_live_0123456789\n", "line 2: "},
		{"setting that is a list", "profiles:\n  default:\n    host: [a, rs_live_0123456789]\n", "line 3: a setting must be a single value"},
		{"alias of nothing", "profiles: {default: *none}\n", "line 1: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path, getenv := setup(t, test.text)

			_, err := Load(getenv)

			require.ErrorContains(t, err, path+": "+test.want)
			require.ErrorContains(t, err, "move the file away")
			require.NotContains(t, err.Error(), "rs_live_")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestLoadRefusesLargeFile(t *testing.T) {
	t.Parallel()
	_, getenv := setup(t, "#"+string(make([]byte, 1<<20)))

	_, err := Load(getenv)

	require.ErrorContains(t, err, "larger than 1048576 bytes")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("profile: a\nprofiles:\n  a: &x {host: y}\n  b:\n    <<: *x\n    token_command: |\n      z\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		parsed, err := parseDocument(text)
		if err != nil {
			return
		}
		edited, err := setText(parsed.text, []string{profilesKey, "a", "host"}, "https://b")
		if err != nil {
			return
		}
		_, _ = parseDocument(edited)
	})
}

func TestLoadWithoutAHome(t *testing.T) {
	t.Parallel()
	environment := map[string]string{"RESELL_HOST": "https://licensing.example.com"}
	c, err := Load(func(name string) string { return environment[name] })
	require.NoError(t, err)
	require.Equal(t, "https://licensing.example.com", c.Get("host"))
	require.Equal(t, DefaultProfile, c.Profile())
	require.ErrorContains(t, c.Set("company", "example.edu"), "RESELL_CONFIG_DIR")
}

// A value that does not fit is refused where it is used, by the name that it has where it
// comes from.
func TestValuesThatDoNotFit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ key, variable, file, flag, says, unset string }{
		{key: "max_wait", variable: "soon", says: `RESELL_MAX_WAIT cannot be "soon": write a duration such as 30s or 2m`},
		{key: "max_wait", file: "10", says: `max_wait of profile default in PATH cannot be "10": write a duration such as 30s or 2m`, unset: "max_wait"},
		{key: "max_wait", file: "10", flag: "-5s", says: `--max-wait cannot be "-5s": write a duration such as 30s or 2m`},
		{key: "max_wait", file: "10", variable: "5s"},
		{key: "output", variable: "jsn", says: `RESELL_OUTPUT cannot be "jsn", did you mean "json"?; allowed: table, json, ndjson, yaml, csv, tsv, markdown, name`},
		{key: "color", file: "blue", says: `color of profile default in PATH cannot be "blue"; allowed: auto, always, never`, unset: "color"},
		{key: "accessible", variable: "maybe", says: `RESELL_ACCESSIBLE cannot be "maybe"; allowed: true, false`},
		{key: "accessible", variable: "1"},
		{key: "accessible", file: "false"},
		{key: "company"},
		{key: "max_wait"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "config.yaml")
		if test.file != "" {
			require.NoError(t, os.WriteFile(path, []byte("profiles:\n  default:\n    "+test.key+": \""+test.file+"\"\n"), 0o600))
		}
		c, err := Load(func(name string) string {
			return map[string]string{"RESELL_CONFIG_DIR": dir, "RESELL_" + strings.ToUpper(test.key): test.variable}[name]
		})
		require.NoError(t, err)
		if test.flag != "" {
			c.SetFlag(test.key, test.flag)
		}
		_, err = c.Valid(test.key)
		if test.says == "" {
			require.NoError(t, err, "%+v", test)
			continue
		}
		require.EqualError(t, err, strings.ReplaceAll(test.says, "PATH", path))
		var invalid *InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, test.unset, invalid.Unset)
	}
}
