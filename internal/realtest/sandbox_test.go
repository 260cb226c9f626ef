//go:build unix

package realtest

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSandboxEndsAsItsCommand(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	r := u.resell(t, "sandbox", "--", "sh", "-c", "resell auth status --active --json reseller.login --jq .reseller.login; exit 7")
	require.Equal(t, result{stdout: "demo\n", code: 7}, r)
	requireNothingLeft(t, u)

	r = u.resell(t, "sandbox", "--", "no-such-command")
	require.Equal(t, 1, r.code)
	require.Contains(t, r.stderr, "no-such-command")
	requireNothingLeft(t, u)
}

// TestSandboxStopped ends resell while a command runs in its sandbox.
func TestSandboxStopped(t *testing.T) {
	t.Parallel()
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP) // what is started by nohup would ignore it
	defer signal.Stop(hangups)
	for _, by := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		u := newUser(t)
		script := `echo "$RESELL_HOST" > host.new; mv host.new host; exec cat`
		stdin, hold := pipe(t)
		p := u.start(t, stdin, program("resell"), "sandbox", "--", "sh", "-c", script)
		require.Eventually(t, func() bool { return exists(filepath.Join(u.home, "host")) }, patience, time.Millisecond)
		require.NotEmpty(t, running(u.home))
		p.signal(t, by)
		r := p.wait(t)
		require.NoError(t, hold.Close())
		require.Equal(t, 130, r.code, r.stderr)
		require.NoError(t, os.Remove(filepath.Join(u.home, "host")))
		requireNothingLeft(t, u)
	}
}

func TestSandboxWithoutServer(t *testing.T) {
	t.Parallel()
	u := newUser(t, "PATH=/usr/bin:/bin")
	alone := filepath.Join(t.TempDir(), "resell")
	text, err := os.ReadFile(program("resell"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(alone, text, 0o755))
	r := u.start(t, nil, alone, "sandbox", "--", "true").wait(t)
	require.Equal(t, 1, r.code)
	require.Empty(t, r.stdout)
	require.Contains(t, r.stderr, "there is no reselld beside")
	require.NotContains(t, r.stderr, "panic")
	requireNothingLeft(t, u)
}

// TestDemo runs the demonstration as make demo does.
func TestDemo(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	script, err := filepath.Abs(filepath.Join("..", "..", "docs", "demo.sh"))
	require.NoError(t, err)
	require.FileExists(t, script)
	r := u.resell(t, "sandbox", "--", script)
	require.Zero(t, r.code, "%s\n%s", r.stdout, r.stderr)
	require.Contains(t, r.stderr, "keys.csv: 10000 rows, ")
	require.Contains(t, r.stdout, "10001 ") // lines, with the header
	for _, n := range []string{"1", "2", "3"} {
		require.Regexp(t, `\nSubject: Invoice INV-\d{4}-00000`+n+` from Demo Reseller`, r.stdout)
	}
	requireNothingLeft(t, u)
}

// requireNothingLeft requires that a sandbox has left no process and no file.
func requireNothingLeft(t *testing.T, u user) {
	t.Helper()
	require.Empty(t, running(u.home))
	require.Empty(t, names(t, u.home))
}

// running lists the command lines of processes that name a folder, where /proc
// tells of them.
func running(folder string) []string {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var found []string
	for _, file := range files {
		line, _ := os.ReadFile(file) // it may have ended
		if text := strings.ReplaceAll(string(line), "\x00", " "); strings.Contains(text, folder+"/") {
			found = append(found, text)
		}
	}
	return found
}

// pipe is a standard input that stays open.
func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() {
		_ = r.Close()
		_ = w.Close()
	})
	return r, w
}
