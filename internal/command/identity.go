package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/credential"
)

// Credentials is where tokens are kept.
func (f *Factory) Credentials() (*credential.Store, error) {
	c, err := f.Config()
	if err != nil {
		return nil, err
	}
	dir, err := config.Dir(f.Getenv)
	switch {
	case err != nil && f.Getenv("RESELL_TOKEN") == "":
		return nil, err
	case err != nil:
		dir = os.DevNull // the token is here, and a folder to keep others in nowhere
	}
	o := credential.Options{Getenv: f.Getenv, ConfigDir: dir, TokenCommand: c.Get("token_command"), Stderr: f.Stderr}
	if f.CanAsk() {
		o.Waiting = func(limit time.Duration) {
			f.Note("The keyring is locked: unlock it in its window, within %s.", limit)
		}
	}
	return credential.New(o), nil
}

// ErrNoHost is returned where no API is named.
var ErrNoHost = errors.New("no host is set: which API should be called?")

// HostName is the API that is called. It fails with ErrNoHost.
func (f *Factory) HostName() (string, error) {
	c, err := f.Config()
	if err != nil {
		return "", err
	}
	if host := c.Get("host"); host != "" {
		return host, nil
	}
	return "", ErrNoHost
}

// Identity is who calls which API. Where only the token is missing, the rest is set.
type Identity struct {
	Profile string
	Host    string
	Token   string
	Source  credential.Source
}

// Identity finds the host and the token of the current profile. The token is asked for
// once in a run: that may start a program, or ask the keyring.
func (f *Factory) Identity(ctx context.Context) (Identity, error) {
	if f.identity.Token != "" {
		return f.identity, nil
	}
	c, err := f.Config()
	if err != nil {
		return Identity{}, err
	}
	host, err := f.HostName()
	if err != nil {
		return Identity{}, err
	}
	credentials, err := f.Credentials()
	if err != nil {
		return Identity{}, err
	}
	found := Identity{Profile: c.Profile(), Host: host}
	if found.Token, found.Source, err = credentials.Token(ctx, found.Profile, host); err != nil {
		if f.TokenFrom() == string(credential.SourceCommand) {
			err = fmt.Errorf("%w (%s)", err, c.Named("token_command"))
		}
		return found, err
	}
	f.identity = found
	return found, nil
}

// IdentityOf is [Factory.Identity] of any profile. One that is not the current has what is
// stored for it: flags and variables are about the current one alone.
func (f *Factory) IdentityOf(ctx context.Context, profile string) (Identity, error) {
	c, err := f.Config()
	if err != nil {
		return Identity{}, err
	}
	if profile == c.Profile() {
		return f.Identity(ctx)
	}
	found := Identity{Profile: profile, Host: c.Stored(profile, "host")}
	if found.Host == "" {
		return found, ErrNoHost
	}
	dir, err := config.Dir(f.Getenv)
	if err != nil {
		return found, err
	}
	stored := credential.New(credential.Options{
		Getenv: func(string) string { return "" }, ConfigDir: dir, TokenCommand: c.Stored(profile, "token_command"), Stderr: f.Stderr,
	})
	found.Token, found.Source, err = stored.Token(ctx, profile, found.Host)
	return found, err
}
