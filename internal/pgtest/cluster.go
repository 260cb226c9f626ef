//go:build unix

package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// startTimeout bounds initdb and the first start, which are slow on a busy
// machine.
const startTimeout = 2 * time.Minute

// errMissing says that this machine cannot run a temporary cluster.
var errMissing = errors.New("no usable PostgreSQL installation")

// cluster is a running temporary server.
type cluster struct {
	dsn string
	// alive is the write end of the script's standard input. Nobody closes it:
	// the end of the process does, and that stops the server.
	alive *os.File
}

// One cluster a process and durability: starting one takes about a second.
// Holding the values also keeps alive from being collected and closed.
//
//nolint:gochecknoglobals // what is shared by a process can live nowhere else
var (
	sharedFast    = sync.OnceValues(func() (cluster, error) { return start(false) })
	sharedDurable = sync.OnceValues(func() (cluster, error) { return start(true) })
)

func shared(durable bool) (string, error) {
	get := sharedFast
	if durable {
		get = sharedDurable
	}
	c, err := get()
	return c.dsn, err
}

func isMissing(err error) bool { return errors.Is(err, errMissing) }

// script makes a cluster in $1, runs it until standard input ends, and deletes
// it. The write end of that pipe belongs to the test process alone, so however
// that ends, even killed, no cluster stays behind. $2 are server options.
const script = `
trap '' INT TERM HUP
cd "$1" || exit 1
init() { initdb -D data -U postgres -A trust -E UTF8 --no-sync --no-instructions "$@"; }
{ init --locale=C.UTF-8 || init --locale=C; } >log 2>&1 &&
	pg_ctl start -w -t 100 -s -D data -l log -o "-k $1 $2" >>log 2>&1 &&
	echo ready || cat log
cat >/dev/null
pg_ctl stop -m immediate -s -D data >/dev/null 2>&1
cd / && rm -rf "$1"
`

// start runs a cluster that listens on a Unix socket in its own folder only.
func start(durable bool) (cluster, error) {
	bin, err := binaries()
	if err != nil {
		return cluster{}, err
	}
	owner, err := owner()
	if err != nil {
		return cluster{}, err
	}

	dir, err := os.MkdirTemp("", "pgtest-")
	if err != nil {
		return cluster{}, err
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			_ = os.Remove(dir)
			return cluster{}, err
		}
	}

	settings := "-c listen_addresses= -c max_connections=300 -c shared_buffers=64MB"
	if !durable {
		settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
	}
	cmd := exec.Command("/bin/sh", "-c", script, "pgtest", dir, settings)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "LC_ALL=C")
	// Its own process group: an interrupt from the terminal is for the test.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: owner}
	alive, err := run(cmd)
	if err != nil {
		return cluster{}, fmt.Errorf("cluster in %s: %w", dir, err)
	}

	query := url.Values{"host": {dir}, "user": {"postgres"}, "sslmode": {"disable"}}
	return cluster{dsn: "postgres:///postgres?" + query.Encode(), alive: alive}, nil
}

// run starts the script and returns when the server accepts connections, with
// the pipe that keeps it running.
func run(cmd *exec.Cmd) (*os.File, error) {
	stdin, alive, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = stdin.Close() }()
	stdout, report, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, alive.Close())
	}
	defer func() { _ = stdout.Close() }()

	cmd.Stdin, cmd.Stdout = stdin, report
	err = cmd.Start()
	_ = report.Close()
	if err == nil {
		err = stdout.SetReadDeadline(time.Now().Add(startTimeout))
	}
	if err != nil {
		return nil, errors.Join(err, alive.Close())
	}

	lines := bufio.NewScanner(stdout)
	if lines.Scan() && lines.Text() == "ready" {
		return alive, nil
	}

	_ = alive.Close() // now the script ends, and with it its report
	reason := []error{errors.New(lines.Text())}
	for lines.Scan() {
		reason = append(reason, errors.New(lines.Text()))
	}
	return nil, errors.Join(append(reason, lines.Err())...)
}

// binaries returns the folder of initdb and pg_ctl: the one on PATH, else the
// newest of Debian's.
func binaries() (string, error) {
	if path, err := exec.LookPath("pg_ctl"); err == nil {
		target, err := filepath.EvalSymlinks(path)
		if err == nil && hasServer(filepath.Dir(target)) {
			return filepath.Dir(target), nil
		}
	}

	newest, best := 0, ""
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for _, dir := range dirs {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		if err == nil && version > newest && hasServer(dir) {
			newest, best = version, dir
		}
	}
	if best == "" {
		return "", fmt.Errorf("%w: initdb, pg_ctl and postgres not found", errMissing)
	}
	return best, nil
}

func hasServer(dir string) bool {
	for _, name := range []string{"initdb", "pg_ctl", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// owner returns whom the server runs as: nil for the current user, the user
// postgres when that is root, whom PostgreSQL refuses.
func owner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // documented above, and what SysProcAttr takes
	}

	postgres, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("%w: root needs a user postgres to run it: %w", errMissing, err)
	}
	uid, uidErr := strconv.ParseUint(postgres.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(postgres.Gid, 10, 32)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
