package realtest

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/stretchr/testify/require"
)

// busConfig is a session bus that starts no services by itself.
const busConfig = `<busconfig>
  <type>session</type>
  <listen>unix:dir=%s</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`

// withKeyring gives the user a session bus with a Secret Service, gnome-keyring, as
// a desktop session does.
func (u user) withKeyring(t *testing.T) user {
	t.Helper()
	for _, name := range []string{"dbus-daemon", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(name); err != nil {
			missing(t, name+" is not installed: signing in is not tested with a real keyring")
		}
	}
	sockets := t.TempDir()
	config := writeFile(t, filepath.Join(sockets, "bus.conf"), fmt.Sprintf(busConfig, sockets))

	bus := &process{cmd: exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address"), ended: make(chan struct{})}
	bus.cmd.Env = u.env
	bus.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := bus.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, bus.cmd.Start())
	address, err := bufio.NewReader(out).ReadString('\n')
	bus.watch(t)
	require.NoError(t, err)

	u = u.with("DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(address), "XDG_RUNTIME_DIR="+sockets)
	u.start(t, strings.NewReader("correct horse"), "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	conn, err := dbus.Connect(strings.TrimSpace(address))
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	require.Eventually(t, func() bool {
		var owned bool
		err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, "org.freedesktop.secrets").Store(&owned)
		return err == nil && owned
	}, patience, 5*time.Millisecond, "the keyring comes up")
	return u
}

// login signs in with a token on standard input.
func (u user) login(t *testing.T, token string, args ...string) result {
	t.Helper()
	return u.start(t, strings.NewReader(token+"\n"), program("resell"), append([]string{"auth", "login", "--with-token"}, args...)...).wait(t)
}

func TestKeyring(t *testing.T) {
	t.Parallel()
	u := newUser(t).withKeyring(t)
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)

	r := u.resell(t, "auth", "status", "--active", "--host", s.url)
	require.Equal(t, 4, r.code, r.stderr)
	require.Contains(t, r.stderr, "not logged in")
	r = u.login(t, token[:len(token)-1]+"0", "--host", s.url)
	require.Equal(t, 4, r.code, "a mangled token: %s", r.stderr)

	r = u.login(t, token, "--host", s.url)
	require.Zero(t, r.code, r.stderr)
	require.Empty(t, r.stdout)
	require.Contains(t, r.stderr, "Signed in to Vendor as Acme Resale (acme); the token is in the keyring, for profile default.")
	require.Equal(t, "keyring acme", u.must(t, "auth", "status", "--active", "-o", "json", "--jq", `.token_source + " " + .reseller.login`))
	require.Equal(t, token, u.must(t, "auth", "token"))
	require.Contains(t, u.must(t, "contract", "list"), "K-1")
	requireNowhere(t, u.home, token)

	// Another profile has a token of its own.
	r = u.resell(t, "auth", "status", "--active", "--host", s.url, "--profile", "second")
	require.Equal(t, 4, r.code, r.stderr)
	require.Zero(t, u.login(t, token, "--host", s.url, "--profile", "second").code)
	u.must(t, "auth", "logout")
	r = u.resell(t, "auth", "status", "--active")
	require.Equal(t, 4, r.code, r.stderr)
	u.must(t, "auth", "status", "--active", "--profile", "second")
	requireNowhere(t, u.home, token)
}

func TestNoKeyring(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	for _, bus := range []string{"DBUS_SESSION_BUS_ADDRESS=", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"} {
		u := newUser(t, bus)
		r := u.login(t, token, "--host", s.url)
		require.Equal(t, 4, r.code, r.stderr)
		require.Empty(t, r.stdout)
		for _, way := range []string{"RESELL_TOKEN", "token_command", "--insecure-storage"} {
			require.Contains(t, r.stderr, way)
		}
		requireNowhere(t, u.home, token)
		require.NotZero(t, u.resell(t, "auth", "status", "--active", "--host", s.url).code)

		// The three ways out.
		source := []string{"auth", "status", "--active", "--host", s.url, "-o", "json", "--jq", ".token_source"}
		require.Equal(t, "RESELL_TOKEN", u.with("RESELL_TOKEN="+token).must(t, source...))
		require.Equal(t, "token_command", u.with("RESELL_TOKEN_COMMAND=echo "+token).must(t, source...))
		r = u.login(t, token, "--host", s.url, "--insecure-storage")
		require.Zero(t, r.code, r.stderr)
		require.Equal(t, "file", u.must(t, source...))
		requirePrivate(t, u.home, token)
		require.Contains(t, u.must(t, "contract", "list"), "K-1", "the host is remembered")

		u.must(t, "auth", "logout")
		requireNowhere(t, u.home, token)
	}
}

// TestLockedKeyring locks a keyring with a token in it: that is no reason to say that
// nobody is signed in, and whoever can unlock it is asked to.
func TestLockedKeyring(t *testing.T) {
	t.Parallel()
	u := newUser(t).withKeyring(t)
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	require.Zero(t, u.login(t, token, "--host", s.url).code)
	lockKeyring(t, u)

	desktop := u.with("DISPLAY=:0")
	for code, who := range map[string]user{"keyring_headless": u, "keyring_locked": desktop} {
		r := who.resell(t, "contract", "list", "-o", "json")
		require.Equal(t, 4, r.code, r.stderr)
		require.Empty(t, r.stdout)
		require.Contains(t, r.stderr, `"code":"`+code+`"`)
		require.Contains(t, r.stderr, "RESELL_TOKEN")
		require.Equal(t, 4, who.login(t, token, "--host", s.url).code, "nothing is stored elsewhere instead")
	}
	requireNowhere(t, u.home, token)

	// Here no program shows the window, which is as good as closing it.
	x := desktop.open(t, program("resell"), "contract", "list")
	x.expect(t, "The keyring is locked: unlock it in its window, within 1m0s.")
	x.expect(t, "it stays locked: its window was closed, or could not come up")
	code, _ := x.end(t)
	require.Equal(t, 4, code)
}

func lockKeyring(t *testing.T, u user) {
	t.Helper()
	for _, entry := range u.env {
		address, ok := strings.CutPrefix(entry, "DBUS_SESSION_BUS_ADDRESS=")
		if !ok {
			continue
		}
		conn, err := dbus.Connect(address)
		require.NoError(t, err)
		defer func() { require.NoError(t, conn.Close()) }()
		login := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
		service := conn.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
		require.NoError(t, service.Call("org.freedesktop.Secret.Service.Lock", 0, login).Err)
	}
}

// requirePrivate requires that a secret is in exactly one file, which its user alone
// can read.
func requirePrivate(t *testing.T, folder, secret string) {
	t.Helper()
	found := search(t, folder, secret)
	require.Len(t, found, 1)
	info, err := os.Stat(found[0])
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// requireNowhere requires that no file in a folder holds a secret.
func requireNowhere(t *testing.T, folder, secret string) {
	t.Helper()
	require.Empty(t, search(t, folder, secret))
}

func search(t *testing.T, folder, text string) []string {
	t.Helper()
	var found []string
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if strings.Contains(readFile(t, path), text) {
			found = append(found, path)
		}
		return nil
	}))
	return found
}
