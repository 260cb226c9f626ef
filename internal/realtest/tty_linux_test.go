package realtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal with a program on it: what a person sees and types.
type terminal struct {
	*process
	keyboard *os.File // the other end

	mu     sync.Mutex
	more   *sync.Cond
	screen bytes.Buffer
	closed bool
	seen   int // up to where the screen was read
}

// open runs a program on a terminal of its own.
func (u user) open(t *testing.T, name string, args ...string) *terminal {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	var number int
	control(t, keyboard, func(fd int) error {
		if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
			return err
		}
		number, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		return err
	})
	control(t, keyboard, func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 200})
	})
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)

	x := &terminal{process: &process{cmd: exec.Command(name, args...), ended: make(chan struct{})}, keyboard: keyboard}
	x.more = sync.NewCond(&x.mu)
	x.cmd.Dir, x.cmd.Env = u.home, u.env
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = tty, tty, tty
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, x.cmd.Start())
	require.NoError(t, tty.Close())
	go x.read()
	t.Cleanup(func() { _ = keyboard.Close() })
	x.watch(t)
	return x
}

func control(t *testing.T, file *os.File, do func(fd int) error) {
	t.Helper()
	raw, err := file.SyscallConn()
	require.NoError(t, err)
	var failed error
	require.NoError(t, raw.Control(func(fd uintptr) { failed = do(int(fd)) }))
	require.NoError(t, failed)
}

func (x *terminal) read() {
	buf := make([]byte, 4096)
	for {
		n, err := x.keyboard.Read(buf)
		x.mu.Lock()
		x.screen.Write(buf[:n])
		x.closed = err != nil
		x.more.Broadcast()
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// expect waits until the screen shows a text, after what was expected before.
func (x *terminal) expect(t *testing.T, text string) {
	t.Helper()
	late := false
	timer := time.AfterFunc(patience, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		late = true
		x.more.Broadcast()
	})
	defer timer.Stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		if at := strings.Index(x.screen.String()[x.seen:], text); at >= 0 {
			x.seen += at + len(text)
			return
		}
		require.False(t, late || x.closed, "the terminal does not show %q:\n%s", text, x.screen.String())
		x.more.Wait()
	}
}

func (x *terminal) typeIn(t *testing.T, keys string) {
	t.Helper()
	_, err := x.keyboard.WriteString(keys)
	require.NoError(t, err)
}

// awaitHidden waits until what is typed is not shown.
func (x *terminal) awaitHidden(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool { return !x.echoes(t) }, patience, time.Millisecond)
}

func (x *terminal) echoes(t *testing.T) bool {
	t.Helper()
	var settings *unix.Termios
	control(t, x.keyboard, func(fd int) (err error) {
		settings, err = unix.IoctlGetTermios(fd, unix.TCGETS)
		return err
	})
	return settings.Lflag&unix.ECHO != 0
}

// end waits for the end, and gives the exit code and all that was shown.
func (x *terminal) end(t *testing.T) (code int, screen string) {
	t.Helper()
	r := x.wait(t)
	x.mu.Lock()
	defer x.mu.Unlock()
	for !x.closed {
		x.more.Wait()
	}
	return r.code, strings.ReplaceAll(x.screen.String(), "\r\n", "\n")
}
