//go:build linux || netbsd || openbsd || (freebsd && cgo) || (dragonfly && cgo)

package credential

import (
	"context"
	"errors"
	"slices"

	"github.com/godbus/dbus/v5"
)

// Names of the Secret Service, https://specifications.freedesktop.org/secret-service-spec/.
const (
	secretName       = "org.freedesktop.secrets"
	secretPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin      = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	secretService    = "org.freedesktop.Secret.Service"
	secretCollection = "org.freedesktop.Secret.Collection"
	getProperty      = "org.freedesktop.DBus.Properties.Get"
)

// ready returns an *UnavailableError when the Secret Service is not there or
// its collection is locked. go-keyring would start a bus of its own in the
// first case and open a dialog that nobody may see in the second.
func ready(ctx context.Context) error {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return absent("there is no D-Bus session here")
	}
	defer func() { _ = bus.Close() }()
	if err := errors.Join(bus.Auth(nil), bus.Hello()); err != nil {
		return busError(err)
	}
	collection, err := collectionPath(ctx, bus)
	if err != nil {
		return busError(err)
	}
	if collection == "/" {
		return unavailable("it has no default collection yet; make one with your desktop's password manager")
	}
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
