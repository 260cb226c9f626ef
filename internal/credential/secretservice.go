//go:build linux || netbsd || openbsd || (freebsd && cgo) || (dragonfly && cgo)

package credential

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"
)

// Names of the Secret Service, https://specifications.freedesktop.org/secret-service-spec/.
const (
	secretName       = "org.freedesktop.secrets"
	secretPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin      = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	secretService    = "org.freedesktop.Secret.Service"
	secretCollection = "org.freedesktop.Secret.Collection"
	secretPrompt     = "org.freedesktop.Secret.Prompt"
	getProperty      = "org.freedesktop.DBus.Properties.Get"
)

// dismissTimeout is how long taking a window away may take.
const dismissTimeout = time.Second

// ready returns an *UnavailableError when the Secret Service is not there or
// its collection is locked. go-keyring would start a bus of its own in the
// first case and open a dialog that nobody may see in the second.
func ready(ctx context.Context) error {
	bus, err := openBus(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = bus.Close() }()
	collection, err := collectionPath(ctx, bus)
	if err != nil {
		return busError(err)
	}
	if collection == "/" {
		return unavailable("it has no default collection yet; make one with your desktop's password manager")
	}
	return lockState(ctx, bus, collection)
}

// unlock has the Secret Service unlock its collection, which may show a window, and
// waits for whoever answers it. The window is taken away when ctx ends. The error is
// an *UnavailableError.
func unlock(ctx context.Context) error {
	bus, err := openBus(context.WithoutCancel(ctx)) // it is needed after the end, to take the window away
	if err != nil {
		return err
	}
	defer func() { _ = bus.Close() }()
	collection, err := collectionPath(ctx, bus)
	if err != nil {
		return busError(err)
	}
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err = bus.Object(secretName, secretPath).
		CallWithContext(ctx, secretService+".Unlock", 0, []dbus.ObjectPath{collection}).Store(&unlocked, &prompt)
	if err == nil && prompt != "/" {
		err = answer(ctx, bus, prompt)
	}
	if err != nil {
		return busError(err)
	}
	if err := lockState(ctx, bus, collection); hasCode(err, CodeLocked) {
		return refused()
	} else if err != nil {
		return err
	}
	return nil
}

// answer shows a prompt and waits until it was answered, one way or the other.
func answer(ctx context.Context, bus *dbus.Conn, prompt dbus.ObjectPath) error {
	signals := make(chan *dbus.Signal, 1)
	bus.Signal(signals)
	err := bus.AddMatchSignal(dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(secretPrompt), dbus.WithMatchMember("Completed"))
	if err != nil {
		return err
	}
	window := bus.Object(secretName, prompt)
	err = window.CallWithContext(ctx, secretPrompt+".Prompt", 0, "").Err
	for err == nil {
		select {
		case signal := <-signals:
			if signal.Path == prompt {
				return nil
			}
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), dismissTimeout)
	defer cancel()
	return errors.Join(err, window.CallWithContext(last, secretPrompt+".Dismiss", 0).Err)
}

func openBus(ctx context.Context) (*dbus.Conn, error) {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return nil, absent("there is no D-Bus session here")
	}
	if err := errors.Join(bus.Auth(nil), bus.Hello()); err != nil {
		_ = bus.Close() // it was never opened whole
		return nil, busError(err)
	}
	return bus, nil
}

func lockState(ctx context.Context, bus *dbus.Conn, collection dbus.ObjectPath) error {
	var isLocked bool
	if err := property(ctx, bus, collection, secretCollection, "Locked", &isLocked); err != nil {
		return busError(err)
	}
	if isLocked {
		return locked()
	}
	return nil
}

// collectionPath returns the collection that go-keyring uses: the one called
// login, else the default, else "/" for none.
func collectionPath(ctx context.Context, bus *dbus.Conn) (dbus.ObjectPath, error) {
	var collections []dbus.ObjectPath
	if err := property(ctx, bus, secretPath, secretService, "Collections", &collections); err != nil {
		return "", err
	}
	if slices.Contains(collections, secretLogin) {
		return secretLogin, nil
	}
	var path dbus.ObjectPath
	err := bus.Object(secretName, secretPath).
		CallWithContext(ctx, secretService+".ReadAlias", 0, "default").Store(&path)
	return path, err
}

func property(ctx context.Context, bus *dbus.Conn, path dbus.ObjectPath, owner, name string, value any) error {
	var variant dbus.Variant
	if err := bus.Object(secretName, path).CallWithContext(ctx, getProperty, 0, owner, name).Store(&variant); err != nil {
		return err
	}
	return variant.Store(value)
}

// busError tells a bus without a Secret Service from one that fails.
func busError(err error) error {
	var answer dbus.Error
	if errors.As(err, &answer) && answer.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return absent("no Secret Service, such as GNOME Keyring or KWallet, is running")
	}
	return unavailable("the Secret Service does not work: " + err.Error())
}
