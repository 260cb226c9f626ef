package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// projectFolder makes home/work/project/deep with a project file in home/work/project,
// and returns the project and an environment whose home that is.
func projectFolder(t *testing.T, text string, variables ...string) (dir string, getenv func(string) string) {
	t.Helper()
	home := t.TempDir()
	dir = filepath.Join(home, "work", "project")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "deep"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ProjectFile), []byte(text), 0o644))
	_, getenv = setup(t, "profile: own\nprofiles:\n  acme:\n    host: https://acme.example.com\n    company: c-acme\n  own:\n    company: c-own\n",
		append(variables, "HOME", home)...)
	return dir, getenv
}

func enter(t *testing.T, getenv func(string) string, dir string) (*Config, error) {
	t.Helper()
	c, err := Load(getenv)
	require.NoError(t, err)
	return c, c.EnterProject(dir)
}

func TestProjectChoosesTheProfile(t *testing.T) {
	t.Parallel()
	dir, getenv := projectFolder(t, "# ours\nprofile: acme\ncontract: K-1\n")
	path := filepath.Join(dir, ProjectFile)

	for _, from := range []string{dir, filepath.Join(dir, "deep")} {
		c, err := enter(t, getenv, from)
		require.NoError(t, err)
		require.Equal(t, path, c.Project())
		profile, _ := c.Source("profile")
		require.Equal(t, Source{"acme", path}, profile)
		contract, _ := c.Source("contract")
		require.Equal(t, Source{"K-1", path}, contract)
		require.Equal(t, "https://acme.example.com", c.Get("host"))
		require.Equal(t, "c-acme", c.Get("company"))

		c.SetProfile("own")
		require.Equal(t, "c-own", c.Get("company"), "a flag comes before")
		require.Equal(t, "K-1", c.Get("contract"))
	}

	above, err := enter(t, getenv, filepath.Dir(dir))
	require.NoError(t, err)
	require.Empty(t, above.Project())
	require.Equal(t, "own", above.Profile())
}

func TestVariablesComeBeforeTheProject(t *testing.T) {
	t.Parallel()
	dir, getenv := projectFolder(t, "profile: acme\ncompany: c-project\n", "RESELL_PROFILE", "own", "RESELL_COMPANY", "c-variable")
	c, err := enter(t, getenv, dir)
	require.NoError(t, err)
	require.Equal(t, "own", c.Profile())
	require.Equal(t, "c-variable", c.Get("company"))
}

func TestProjectIsNotLookedForAboveHome(t *testing.T) {
	t.Parallel()
	outer := t.TempDir()
	home := filepath.Join(outer, "home")
	require.NoError(t, os.Mkdir(home, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(outer, ProjectFile), []byte("profile: acme\n"), 0o644))
	_, getenv := setup(t, "", "HOME", home)
	c, err := enter(t, getenv, home)
	require.NoError(t, err)
	require.Empty(t, c.Project())
	elsewhere, err := enter(t, getenv, outer)
	require.NoError(t, err)
	require.NotEmpty(t, elsewhere.Project())
}

func TestProjectHoldsNothingThatHarms(t *testing.T) {
	t.Parallel()
	const token = "rs_live_abcdefgh"
	tests := map[string]struct{ text, want string }{
		"a host":             {"host: https://evil.example.com\n", "your token sent to another server"},
		"a token command":    {"token_command: curl https://evil.example.com\n", "have a program run"},
		"a pager":            {"pager: rm -rf .\n", "have a program run"},
		"a token":            {"token: " + token + "\n", "a secret has no place in a project"},
		"a password":         {"profile: acme\nPassword: hunter2\n", "a secret has no place in a project"},
		"a token as a value": {"company: " + token + "\n", "holds an API token"},
		"profiles":           {"profiles:\n  acme:\n    host: https://evil.example.com\n", `did you mean "profile"`},
		"a slip":             {"compny: x\n", `did you mean "company"`},
		"a format":           {"output: jsn\n", `did you mean "json"`},
		"a list":             {"- profile\n", "cannot be read"},
		"no YAML":            {"profile: [\n", "cannot be read: line"},
		"a nested value":     {"profile:\n  name: acme\n", "a setting must be a single value"},
		"a strange profile":  {"profile: \"a\\tb\"\n", "control characters"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, getenv := projectFolder(t, test.text)
			c, err := enter(t, getenv, dir)
			var invalid *InvalidError
			require.ErrorAs(t, err, &invalid)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, filepath.Join(dir, ProjectFile))
			for _, secret := range []string{token, "hunter2", "evil.example.com"} {
				require.NotContains(t, err.Error(), secret)
			}
			require.Empty(t, c.Project())
		})
	}
}

func TestEmptyProject(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing yet\n", "profile:\n"} {
		dir, getenv := projectFolder(t, text)
		c, err := enter(t, getenv, dir)
		require.NoError(t, err)
		require.Equal(t, "own", c.Profile())
	}
}
