//go:build unix

package realtest

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is how long anything may take. Nothing waits for it to pass.
const patience = time.Minute

// user is a person's account: a home folder, and an environment with nothing of the
// developer's in it.
type user struct {
	home string
	env  []string
}

func newUser(t *testing.T, env ...string) user {
	t.Helper()
	home := t.TempDir()
	return user{home, append([]string{
		"PATH=" + binaries + string(os.PathListSeparator) + os.Getenv("PATH"),
		"HOME=" + home, "TMPDIR=" + home, "LC_ALL=C.UTF-8", "TERM=xterm",
	}, env...)}
}

// customer is a user who calls a server with a token.
func customer(t *testing.T, url, token string) user {
	t.Helper()
	return newUser(t, "RESELL_HOST="+url, "RESELL_TOKEN="+token)
}

// with is the user with more environment.
func (u user) with(env ...string) user {
	return user{u.home, append(append([]string(nil), u.env...), env...)}
}

// result is how a process ended.
type result struct {
	stdout, stderr string
	code           int // -1 where a signal ended it
}

// resell runs the program to its end.
func (u user) resell(t *testing.T, args ...string) result {
	t.Helper()
	return u.start(t, nil, program("resell"), args...).wait(t)
}

// must runs the program, which must do what it is asked, and gives its output.
func (u user) must(t *testing.T, args ...string) string {
	t.Helper()
	r := u.resell(t, args...)
	require.Zero(t, r.code, "resell %s\n%s", strings.Join(args, " "), r.stderr)
	return strings.TrimSpace(r.stdout)
}

// shell runs a command line.
func (u user) shell(t *testing.T, line string) result {
	t.Helper()
	return u.start(t, nil, "/bin/sh", "-c", line).wait(t)
}

// process is a program that runs.
type process struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer // to be read after wait alone
	ended          chan struct{}
}

// start starts a program in the user's home folder.
func (u user) start(t *testing.T, stdin io.Reader, name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(name, args...), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stdin = u.home, u.env, stdin
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, p.cmd.Start())
	p.watch(t)
	return p
}

// watch waits for the process, and sees to it that none outlives its test.
func (p *process) watch(t *testing.T) {
	t.Helper()
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // with its children
		<-p.ended
	})
}

func (p *process) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(s))
}

// wait waits for the end. A process that hangs is made to say where.
func (p *process) wait(t *testing.T) result {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGQUIT)
		<-p.ended
		require.FailNow(t, "the process does not end", "%s\n%s", p.cmd, p.stderr.String())
	}
	return result{p.stdout.String(), p.stderr.String(), p.cmd.ProcessState.ExitCode()}
}

// names lists what is in a folder, hidden files too.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	found := []string{}
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func readFile(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return string(text)
}

func writeFile(t *testing.T, path, text string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
