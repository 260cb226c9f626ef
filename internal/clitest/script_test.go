package clitest_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/clitest"
	"github.com/resell-cli/resell/internal/pgtest"
)

// TestScripts runs the scripts of testdata, each against a server of its own on
// SQLite. Scripts are named after the row of docs/features.md that they prove, such as
// S0.4_terms; the others are about what every command has in common. The commands of
// scripts, beside testscript's own, are those of function commands.
func TestScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, scripts(t), func(testing.TB) string { return "" })
}

// TestScriptsPostgres runs those that begin with "# postgres" on PostgreSQL as well.
func TestScriptsPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Start(t) // skips them all where there is none
	var both []string
	for _, file := range scripts(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if bytes.HasPrefix(text, []byte("# postgres")) {
			both = append(both, file)
		}
	}
	require.NotEmpty(t, both)
	runScripts(t, both, func(tb testing.TB) string { return pgtest.Start(tb) })
}

func scripts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func runScripts(t *testing.T, files []string, database func(testing.TB) string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Files: files,
		Setup: func(env *testscript.Env) error {
			tb, ok := env.T().(testing.TB)
			require.True(t, ok)
			return setUp(tb, env, database(tb))
		},
		Cmds: commands(),
		Condition: func(cond string) (bool, error) { // exists:FILE
			_, err := os.Stat(strings.TrimPrefix(cond, "exists:"))
			return err == nil, nil
		},
	})
}

type runnerKey struct{}

// setUp gives a script a server, its own settings, a token, and resell and reselld
// in PATH.
func setUp(tb testing.TB, env *testscript.Env, database string) error {
	tb.Helper()
	server := clitest.Start(tb, clitest.Options{DB: database, MailDir: filepath.Join(env.WorkDir, "mail")})
	env.Defer(server.Close)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("reselld:\n%s", errorsOf(server.Log()))
		}
	})
	bin := filepath.Join(env.WorkDir, "bin")
	if err := link(bin, "resell", "reselld"); err != nil {
		return err
	}
	samples, err := filepath.Abs(filepath.Join("..", "..", "docs", "samples"))
	if err != nil {
		return err
	}
	stranger, err := api.NewToken(rand.Reader, api.TestPrefix)
	if err != nil {
		return err
	}
	env.Setenv("UNKNOWN_TOKEN", stranger)
	env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
	env.Setenv("SAMPLES", samples)
	env.Setenv("RESELL_HOST", server.URL)
	env.Setenv("RESELL_TOKEN", server.Token(tb, "demo", noExpiry()))
	env.Setenv("RESELL_CONFIG_DIR", filepath.Join(env.WorkDir, "config"))
	env.Setenv("RESELL_STATE_DIR", filepath.Join(env.WorkDir, "state"))
	env.Setenv("RESELL_CACHE_DIR", filepath.Join(env.WorkDir, "cache"))
	env.Setenv("RESELL_MAX_WAIT", "0s")
	env.Setenv("NO_COLOR", "1")
	env.Values[runnerKey{}] = &runner{tb: tb, server: server, executable: filepath.Join(bin, "resell"), exits: make(map[string][]int)}
	return nil
}

// link makes this test binary known by other names; see TestMain.
func link(dir string, names ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range names {
		if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// errorsOf leaves out the lines about requests that were answered as they should be.
func errorsOf(log string) string {
	var kept []string
	for line := range strings.Lines(log) {
		if !strings.Contains(line, "level=INFO") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
