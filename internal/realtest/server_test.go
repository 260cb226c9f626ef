//go:build unix

package realtest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// catalog is what the tests buy: seats for 1.00 EUR a year, billed at 2.50 EUR.
const catalog = `
vendor: {name: Vendor, mail_from: licensing@vendor.example}
products:
  - {sku: seat, name: Seat, kind: software, metric: users, terms: [yearly], prices: {EUR: {year: 250}}}
resellers:
  - login: acme
    name: Acme Resale
    email: sales@acme.example
    accounts: [{currency: EUR, deposit: 100000000000}]
    contracts:
      - {number: K-1, name: All, conditions: None., currency: EUR, starts_on: 2020-01-01, prices: {seat: {year: 100}}}
`

// bootstrap sets a database up and gives a token of its reseller.
func bootstrap(t *testing.T, db string) string {
	t.Helper()
	u := newUser(t)
	file := writeFile(t, filepath.Join(u.home, "catalog.yaml"), catalog)
	r := u.start(t, nil, program("reselld"), "bootstrap", "--db", db, "--catalog", file, "--token", "acme").wait(t)
	require.Zero(t, r.code, r.stderr)
	login, token, ok := strings.Cut(strings.TrimSpace(r.stdout), "\t")
	require.True(t, ok, r.stdout)
	require.Equal(t, "acme", login)
	return token
}

// server is a reselld that serves.
type server struct {
	cmd   *exec.Cmd
	url   string
	ended chan struct{}
	log   *serverLog
}

// serve starts reselld on a free port and returns once it listens.
func serve(t *testing.T, db string, args ...string) *server {
	t.Helper()
	s := launch(t, db, args...)
	s.awaitListening(t)
	return s
}

// launch starts reselld and does not wait for anything.
func launch(t *testing.T, db string, args ...string) *server {
	t.Helper()
	u := newUser(t)
	all := append([]string{"serve", "--db", db, "--listen", "127.0.0.1:0", "--rate-limit", "0"}, args...)
	if len(args) == 0 {
		all = append(all, "--mail-dir", filepath.Join(u.home, "mail"))
	}
	s := &server{cmd: exec.Command(program("reselld"), all...), ended: make(chan struct{}), log: newServerLog()}
	s.cmd.Dir, s.cmd.Env = u.home, u.env
	stderr, err := s.cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, s.cmd.Start())
	go func() {
		s.log.follow(stderr)
		_ = s.cmd.Wait()
		close(s.ended)
	}()
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("the last that reselld logged:\n%s", s.log.text())
		}
	})
	return s
}

func (s *server) awaitListening(t *testing.T) {
	t.Helper()
	select {
	case address := <-s.log.address:
		s.url = "http://" + address
	case <-s.ended:
		require.FailNow(t, "reselld did not start", s.log.text())
	case <-time.After(patience):
		require.FailNow(t, "reselld does not start", s.log.text())
	}
}

// kill ends reselld without a warning, as the loss of the machine would.
func (s *server) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL) // it may have ended
	<-s.ended
}

// terminate asks reselld to stop.
func (s *server) terminate(t *testing.T) {
	t.Helper()
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
}

// wait waits for the end and gives the exit code.
func (s *server) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		<-s.ended
		require.FailNow(t, "reselld does not stop", s.log.text())
	}
	return s.cmd.ProcessState.ExitCode()
}

// serverLog reads what reselld logs.
type serverLog struct {
	address chan string // where it listens, once

	mu   sync.Mutex
	last []string // the last lines
}

func newServerLog() *serverLog { return &serverLog{address: make(chan string, 1)} }

func (l *serverLog) follow(r io.Reader) {
	const kept = 40
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var entry struct {
			Msg     string `json:"msg"`
			Address string `json:"address"`
		}
		if json.Unmarshal(lines.Bytes(), &entry) == nil && entry.Msg == "listening" {
			l.address <- entry.Address
		}
		l.mu.Lock()
		l.last = append(l.last, lines.Text())
		l.last = l.last[max(0, len(l.last)-kept):]
		l.mu.Unlock()
	}
	_, _ = io.Copy(io.Discard, r) // a line that is too long: the process must not block on it
}

func (l *serverLog) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.last, "\n")
}

// sqlite names a database file in a folder of its own.
func sqlite(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "resell.db")
}

// size is that of a file, 0 where there is none.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
