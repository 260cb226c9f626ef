package credential

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/stretchr/testify/require"
)

// keyringPassword unlocks the keyrings that these tests make.
const keyringPassword = "correct horse"

// sessionVariable tells TestInSession that it runs in a session of its own.
const sessionVariable = "RESELL_TEST_SESSION"

// busConfig is a session bus that starts no services by itself: what is on it
// is what a test put there.
const busConfig = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`

const startDaemon = `printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && `

// TestSecretService runs TestInSession in sessions with their own home, bus and
// keyring daemon, because a process has one session bus.
func TestSecretService(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			message := program + " is not installed: the keyring is not tested against a real Secret Service"
			if os.Getenv("CI") == "true" {
				t.Fatal(message)
			}
			t.Skip(message)
		}
	}
	tests := []struct{ name, start string }{
		{"keyring", startDaemon},
		{"locked", startDaemon},
		{"refused", startDaemon},
		{"prompt", ""},
		{"nodaemon", ""},
		{"silent", ""},
		{"nobus", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			config := filepath.Join(home, "bus.conf")
			require.NoError(t, os.WriteFile(config, []byte(busConfig), 0o600))
			self, err := os.Executable()
			require.NoError(t, err)
			command := exec.CommandContext(t.Context(), "dbus-run-session", "--config-file="+config, "--",
				"sh", "-c", test.start+`"$0" -test.run='^TestInSession$/^`+test.name+`$' -test.v -test.timeout=60s`, self)
			command.Env = []string{
				"PATH=" + os.Getenv("PATH"),
				"HOME=" + home,
				"XDG_RUNTIME_DIR=" + home,
				"XDG_CONFIG_HOME=" + filepath.Join(home, "config"),
				"XDG_DATA_HOME=" + filepath.Join(home, "data"),
				"XDG_CACHE_HOME=" + filepath.Join(home, "cache"),
				"KEYRING_PASSWORD=" + keyringPassword,
				sessionVariable + "=" + test.name,
			}
			output, err := command.CombinedOutput()
			require.NoError(t, err, "%s", output)
			require.Contains(t, string(output), "--- PASS: TestInSession/"+test.name, "%s", output)
		})
	}
}

// TestInSession holds the bodies of TestSecretService.
func TestInSession(t *testing.T) {
	t.Parallel()
	if os.Getenv(sessionVariable) == "" {
		t.Skip("runs inside TestSecretService")
	}
	for name, test := range map[string]func(*testing.T){
		"keyring":  inKeyring,
		"locked":   inLockedKeyring,
		"refused":  withoutPrompter,
		"prompt":   withPrompt,
		"nodaemon": withoutDaemon,
		"silent":   withSilentService,
		"nobus":    withoutBus,
	} {
		t.Run(name, test)
	}
}

func inKeyring(t *testing.T) {
	waitForService(t, connect(t))
	s := setup(t, func(o *Options) { o.Timeout = time.Minute })
	ctx := t.Context()
	_, _, err := s.Token(ctx, "default", testHost)
	require.ErrorIs(t, err, ErrNotFound)
	removed, err := s.Delete(ctx, "default", testHost)
	require.NoError(t, err)
	require.False(t, removed)

	// A token in the file gives way to one in the keyring.
	_, err = s.Save(ctx, "default", testHost, "in-the-file", true)
	require.NoError(t, err)
	for profile, token := range map[string]string{"default": testToken, "Default": "other", "eu.acme": "dotted"} {
		source, err := s.Save(ctx, profile, testHost, token, false)
		require.NoError(t, err)
		require.Equal(t, SourceKeyring, source)
	}
	for profile, token := range map[string]string{"default": testToken, "Default": "other", "eu.acme": "dotted"} {
		found, source, err := s.Token(ctx, profile, testHost+"/")
		require.NoError(t, err)
		require.Equal(t, token, found)
		require.Equal(t, SourceKeyring, source)
	}
	content, err := os.ReadFile(s.file.path)
	require.NoError(t, err)
	require.NotContains(t, string(content), "in-the-file")
	_, _, err = s.Token(ctx, "default", "https://elsewhere.example.com")
	require.ErrorIs(t, err, ErrNotFound)

	// And one that was put into the file later comes before the keyring's.
	_, err = s.Save(ctx, "default", testHost, "newer", true)
	require.NoError(t, err)
	found, source, err := s.Token(ctx, "default", testHost)
	require.NoError(t, err)
	require.Equal(t, "newer", found)
	require.Equal(t, SourceFile, source)

	removed, err = s.Delete(ctx, "default", testHost)
	require.NoError(t, err)
	require.True(t, removed)
	_, _, err = s.Token(ctx, "default", testHost)
	require.ErrorIs(t, err, ErrNotFound)
	found, _, err = s.Token(ctx, "Default", testHost)
	require.NoError(t, err)
	require.Equal(t, "other", found)

	require.NoError(t, s.Probe(ctx))
}

func inLockedKeyring(t *testing.T) {
	bus := connect(t)
	waitForService(t, bus)
	// The limit is far above what the answers take: none of them waits for it.
	s := setup(t, func(o *Options) { o.Timeout = time.Minute })
	ctx := t.Context()
	_, err := s.Save(ctx, "default", testHost, testToken, false)
	require.NoError(t, err)
	lock := bus.Object(secretName, secretPath).Call(secretService+".Lock", 0, []dbus.ObjectPath{secretLogin})
	require.NoError(t, lock.Err)

	_, _, tokenErr := s.Token(ctx, "default", testHost)
	_, saveErr := s.Save(ctx, "default", testHost, "another-token", false)
	removed, deleteErr := s.Delete(ctx, "default", testHost)
	probeErr := s.Probe(ctx)

	for _, err := range []error{tokenErr, saveErr, deleteErr, probeErr} {
		requireUnavailable(t, err, CodeHeadless, "it is locked, and there is no desktop here")
		require.NotContains(t, err.Error(), "another-token")
	}
	require.False(t, removed)
	require.NoFileExists(t, s.file.path)
	for _, display := range []string{"DISPLAY", "WAYLAND_DISPLAY"} {
		_, _, err := onDesktop(t, display, nil).Token(ctx, "default", testHost)
		requireUnavailable(t, err, CodeLocked, "it is locked")
	}

	// The plain file is a way out, but logging out says what may remain.
	_, err = s.Save(ctx, "default", testHost, "another-token", true)
	require.NoError(t, err)
	found, source, err := s.Token(ctx, "default", testHost)
	require.NoError(t, err)
	require.Equal(t, "another-token", found)
	require.Equal(t, SourceFile, source)
	removed, err = s.Delete(ctx, "default", testHost)
	require.True(t, removed)
	requireUnavailable(t, err, CodeHeadless, "it is locked")

	// Whoever unlocks it when asked to is served; here, as if in its window.
	asked := 0
	found, source, err = onDesktop(t, "DISPLAY", func(time.Duration) {
		asked++
		openCollection(t, bus)
	}).Token(ctx, "default", testHost)
	require.NoError(t, err)
	require.Equal(t, testToken, found)
	require.Equal(t, SourceKeyring, source)
	require.Equal(t, 1, asked)
	found, source, err = s.Token(ctx, "default", testHost)
	require.NoError(t, err)
	require.Equal(t, testToken, found, "the locked keyring's token is as it was")
	require.Equal(t, SourceKeyring, source)
}

// onDesktop is a store of somebody at a desktop, who is told by waiting.
func onDesktop(t *testing.T, display string, waiting func(time.Duration)) *Store {
	t.Helper()
	return setup(t, func(o *Options) {
		o.Getenv = func(name string) string { return map[string]string{display: ":0"}[name] }
		o.Waiting, o.Timeout = waiting, time.Minute
	})
}

// withoutPrompter locks a real keyring that has no program to show its window with: it
// says that nobody has answered, and that is told without waiting.
func withoutPrompter(t *testing.T) {
	bus := connect(t)
	waitForService(t, bus)
	require.NoError(t, bus.Object(secretName, secretPath).Call(secretService+".Lock", 0, []dbus.ObjectPath{secretLogin}).Err)
	s := onDesktop(t, "DISPLAY", func(time.Duration) {})
	for _, do := range []func() error{
		func() error { _, _, err := s.Token(t.Context(), "default", testHost); return err },
		func() error { _, err := s.Save(t.Context(), "default", testHost, testToken, false); return err },
	} {
		err := do()
		requireUnavailable(t, err, CodeRefused, "it stays locked")
		require.NotContains(t, err.Error(), testToken)
	}
	require.NoFileExists(t, s.file.path)
}

// openCollection opens the login collection the way GNOME's own tests do, without the
// dialog that the Secret Service's Unlock shows.
func openCollection(t *testing.T, bus *dbus.Conn) {
	t.Helper()
	service := bus.Object(secretName, secretPath)
	var output dbus.Variant
	var session dbus.ObjectPath
	require.NoError(t, service.Call(secretService+".OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&output, &session))
	password := struct {
		Session     dbus.ObjectPath
		Parameters  []byte
		Value       []byte
		ContentType string
	}{session, []byte{}, []byte(keyringPassword), "text/plain"}
	require.NoError(t, service.Call(
		"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword", 0, secretLogin, password).Err)
}

func withoutDaemon(t *testing.T) {
	requireAbsent(t, "no Secret Service")
}

func withoutBus(t *testing.T) {
	requireAbsent(t, "there is no D-Bus session here")
}

// withSilentService puts a Secret Service on the bus that never answers.
func withSilentService(t *testing.T) {
	released := make(chan struct{})
	t.Cleanup(func() { close(released) })
	bus := connect(t, dbus.WithHandler(silent(released)))
	_, err := bus.RequestName(secretName, dbus.NameFlagDoNotQueue)
	require.NoError(t, err)
	s := setup(t, func(o *Options) { o.Timeout = 100 * time.Millisecond })

	_, _, tokenErr := s.Token(t.Context(), "default", testHost)
	_, saveErr := s.Save(t.Context(), "default", testHost, testToken, false)
	_, deleteErr := s.Delete(t.Context(), "default", testHost)
	probeErr := s.Probe(t.Context())

	for _, err := range []error{tokenErr, saveErr, deleteErr, probeErr} {
		requireUnavailable(t, err, CodeTimeout, "it did not answer within 100ms")
		require.NotContains(t, err.Error(), testToken)
	}
	require.NoFileExists(t, s.file.path)
}

func requireAbsent(t *testing.T, reason string) {
	t.Helper()
	s := setup(t, func(o *Options) { o.Timeout = time.Minute })
	ctx := t.Context()
	_, _, tokenErr := s.Token(ctx, "default", testHost)
	_, saveErr := s.Save(ctx, "default", testHost, testToken, false)
	_, deleteErr := s.Delete(ctx, "default", testHost)
	probeErr := s.Probe(ctx)
	for _, err := range []error{tokenErr, saveErr, deleteErr, probeErr} {
		requireUnavailable(t, err, CodeMissing, reason)
	}
	require.NoFileExists(t, s.file.path)

	_, err := s.Save(ctx, "default", testHost, testToken, true)
	require.NoError(t, err)
	found, _, err := s.Token(ctx, "default", testHost)
	require.NoError(t, err)
	require.Equal(t, testToken, found)
	removed, err := s.Delete(ctx, "default", testHost)
	require.NoError(t, err)
	require.True(t, removed)
}

func requireUnavailable(t *testing.T, err error, code, reason string) {
	t.Helper()
	var unavailable *UnavailableError
	require.ErrorAs(t, err, &unavailable)
	require.Equal(t, code, unavailable.Code, unavailable.Reason)
	require.Contains(t, unavailable.Reason, reason)
}

func connect(t *testing.T, options ...dbus.ConnOption) *dbus.Conn {
	t.Helper()
	bus, err := dbus.SessionBusPrivateNoAutoStartup(options...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = bus.Close() })
	require.NoError(t, bus.Auth(nil))
	require.NoError(t, bus.Hello())
	return bus
}

// waitForService returns once the Secret Service is on the bus: the daemon
// goes into the background before it is.
func waitForService(t *testing.T, bus *dbus.Conn) {
	t.Helper()
	changes := make(chan *dbus.Signal, 16)
	bus.Signal(changes)
	require.NoError(t, bus.AddMatchSignal(
		dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"),
		dbus.WithMatchArg(0, secretName),
	))
	for {
		var owned bool
		require.NoError(t, bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretName).Store(&owned))
		if owned {
			return
		}
		select {
		case <-changes:
		case <-time.After(10 * time.Second):
			require.FailNow(t, "the keyring daemon did not come up")
		}
	}
}

// silent is a D-Bus object that holds every call until it is released.
type silent chan struct{}

func (s silent) LookupObject(dbus.ObjectPath) (dbus.ServerObject, bool) {
	<-s
	return nil, false
}
