package credential

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/stretchr/testify/require"
)

const promptPath = dbus.ObjectPath("/org/freedesktop/secrets/prompt/p1")

// scripted is a Secret Service with one locked collection, whose window is answered as
// a test says.
type scripted struct {
	bus       *dbus.Conn
	answer    string // "unlock", "dismiss", or "" for somebody who is away
	locked    atomic.Bool
	shown     chan struct{}
	dismissed chan struct{}
}

// Get answers for the properties of the service and of its collection.
func (s *scripted) Get(_, name string) (dbus.Variant, *dbus.Error) {
	if name == "Locked" {
		return dbus.MakeVariant(s.locked.Load()), nil
	}
	return dbus.MakeVariant([]dbus.ObjectPath{secretLogin}), nil
}

// Unlock asks for a window.
func (s *scripted) Unlock([]dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return []dbus.ObjectPath{}, promptPath, nil
}

// Prompt shows the window.
func (s *scripted) Prompt(string) *dbus.Error {
	close(s.shown)
	if s.answer == "" {
		return nil
	}
	s.locked.Store(s.answer != "unlock")
	err := s.bus.Emit(promptPath, secretPrompt+".Completed", s.answer != "unlock", dbus.MakeVariant([]dbus.ObjectPath{}))
	if err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

// Dismiss takes the window away.
func (s *scripted) Dismiss() *dbus.Error {
	close(s.dismissed)
	return nil
}

// serve puts a new scripted service in the place of the one before.
func serve(t *testing.T, bus *dbus.Conn, answer string) *scripted {
	t.Helper()
	s := &scripted{bus: bus, answer: answer, shown: make(chan struct{}), dismissed: make(chan struct{})}
	s.locked.Store(true)
	for path, of := range map[dbus.ObjectPath]string{secretPath: secretService, secretLogin: secretCollection, promptPath: secretPrompt} {
		require.NoError(t, bus.Export(s, path, of))
		require.NoError(t, bus.Export(s, path, "org.freedesktop.DBus.Properties"))
	}
	return s
}

// withPrompt unlocks a keyring whose window is answered, closed, or left alone.
func withPrompt(t *testing.T) {
	bus := connect(t)
	_, err := bus.RequestName(secretName, dbus.NameFlagDoNotQueue)
	require.NoError(t, err)

	serve(t, bus, "unlock")
	require.NoError(t, unlock(t.Context()))

	serve(t, bus, "dismiss")
	requireUnavailable(t, unlock(t.Context()), CodeRefused, "its window was closed")

	// A window that nobody answers is taken away again.
	left := serve(t, bus, "")
	s := onDesktop(t, "DISPLAY", func(limit time.Duration) { require.Equal(t, 300*time.Millisecond, limit) })
	s.options.UnlockTimeout = 300 * time.Millisecond
	_, _, err = s.Token(t.Context(), "default", testHost)
	requireUnavailable(t, err, CodeTimeout, "it did not answer within 300ms")
	<-left.dismissed

	// So it is when whoever waits gives up.
	left = serve(t, bus, "")
	s.options.UnlockTimeout = time.Minute
	s.options.Waiting = func(time.Duration) {}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-left.shown
		cancel()
	}()
	_, _, err = s.Token(ctx, "default", testHost)
	require.ErrorIs(t, err, context.Canceled)
	<-left.dismissed
}
