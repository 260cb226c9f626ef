// Package credential finds and keeps the API token of a profile: in the
// RESELL_TOKEN variable, from a command, in the operating system's keyring or,
// only where asked for, in a plain file.
package credential

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Source says where a token comes from or went to.
type Source string

// The places a token can come from.
const (
	SourceEnvironment Source = "RESELL_TOKEN"
	SourceCommand     Source = "token_command"
	SourceKeyring     Source = "keyring"
	SourceFile        Source = "file"
)

const (
	defaultTimeout        = 3 * time.Second
	defaultCommandTimeout = 30 * time.Second
	defaultUnlockTimeout  = time.Minute
	fileName              = "credentials.json"
	servicePrefix         = "resell:"
)

// Options is what a Store depends on.
type Options struct {
	Getenv         func(string) string
	ConfigDir      string        // where credentials.json lies
	TokenCommand   string        // the setting token_command; empty for none
	Timeout        time.Duration // limit of one keyring operation; 3 s when zero
	CommandTimeout time.Duration // limit of TokenCommand; 30 s when zero
	UnlockTimeout  time.Duration // limit of unlocking the keyring; a minute when zero
	Stderr         io.Writer     // where TokenCommand's complaints go; nil for nowhere

	// Waiting is told that a locked keyring asks for its password in a window of its
	// own, and for how long that is waited for. Nil where nobody would see the window:
	// then a locked keyring is an error at once.
	Waiting func(limit time.Duration)
}

// Store finds, saves and deletes tokens. It is safe for use by several
// goroutines and several processes, but for two that save to the file at once.
type Store struct {
	options Options
	file    file
}

// New returns a Store. It touches neither keyring nor file.
func New(o Options) *Store {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.CommandTimeout <= 0 {
		o.CommandTimeout = defaultCommandTimeout
	}
	if o.UnlockTimeout <= 0 {
		o.UnlockTimeout = defaultUnlockTimeout
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	return &Store{options: o, file: file{filepath.Join(o.ConfigDir, fileName)}}
}

// Token returns the token for a profile on a host: RESELL_TOKEN, else what the
// token command prints, else the stored one. A token that was stored with
// insecure lies in the file and is taken from there without asking the keyring:
// Save to the keyring clears it from the file, so it is the newer of the two.
//
// ErrNotFound means that none is stored, an *UnavailableError that the keyring
// could not say. A token command that fails is an error, not a reason to go on.
func (s *Store) Token(ctx context.Context, profile, host string) (token string, src Source, err error) {
	if token := strings.TrimSpace(s.options.Getenv("RESELL_TOKEN")); token != "" {
		if err := check(token); err != nil {
			return "", "", fmt.Errorf("%s: %w", SourceEnvironment, err)
		}
		return token, SourceEnvironment, nil
	}
	if s.options.TokenCommand != "" {
		token, err := s.runCommand(ctx)
		if err != nil {
			return "", "", fmt.Errorf("run token_command: %w", err)
		}
		return token, SourceCommand, nil
	}
	return s.Stored(ctx, profile, host)
}

// Stored is [Store.Token] for what was saved alone: the variable and the command do
// not come before it.
func (s *Store) Stored(ctx context.Context, profile, host string) (token string, src Source, err error) {
	host = canonical(host)
	if host == "" {
		return "", "", ErrNotFound
	}
	stored, err := s.file.read()
	if err != nil {
		return "", "", err
	}
	if token := stored.Hosts[host][profile]; token != "" {
		return token, SourceFile, nil
	}
	if token, err = s.keyringGet(ctx, servicePrefix+host, profile); err != nil {
		return "", "", err
	}
	return token, SourceKeyring, nil
}

// Save stores a token for a profile on a host and returns where. Unless
// insecure, that is the keyring: the token is read back and compared, and a
// copy in the file is removed. A keyring that cannot be used is an
// *UnavailableError and nothing is written anywhere; it is never replaced by
// the file. With insecure the token goes into the file, readable by its owner
// alone.
func (s *Store) Save(ctx context.Context, profile, host, token string, insecure bool) (Source, error) {
	if err := check(token); err != nil {
		return "", fmt.Errorf("save token: %w", err)
	}
	if host = canonical(host); host == "" {
		return "", fmt.Errorf("save token: no host is given")
	}
	stored, err := s.file.read()
	if err != nil {
		return "", err
	}
	if insecure {
		stored.set(host, profile, token)
		return SourceFile, s.file.write(stored)
	}
	if err := s.keyringSet(ctx, servicePrefix+host, profile, token); err != nil {
		return "", err
	}
	if stored.remove(host, profile) {
		return SourceKeyring, s.file.write(stored)
	}
	return SourceKeyring, nil
}

// Delete removes the token for a profile on a host from the keyring and the
// file, and reports whether there was one in either. An *UnavailableError says
// that the keyring may still hold one; a machine that has no keyring at all is
// no error once the file's token is removed.
func (s *Store) Delete(ctx context.Context, profile, host string) (removed bool, err error) {
	host = canonical(host)
	stored, err := s.file.read()
	if err != nil {
		return false, err
	}
	if removed = stored.remove(host, profile); removed {
		if err := s.file.write(stored); err != nil {
			return false, err
		}
	}
	inKeyring, err := s.keyringDelete(ctx, servicePrefix+host, profile)
	if removed && isAbsent(err) {
		return true, nil
	}
	return removed || inKeyring, err
}

// check refuses what can never be a token. The error does not repeat it.
func check(token string) error {
	if token == "" {
		return &MangledError{"the token is empty"}
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &MangledError{"the token holds a space, control or non-ASCII character: copy it again, whole and alone"}
	}
	return nil
}

// canonical makes spellings of one address the same, so that a token is found
// whether or not its host was written with a slash at the end.
func canonical(host string) string {
	host = strings.TrimRight(strings.TrimSpace(host), "/")
	if address, err := url.Parse(host); err == nil && address.Host != "" {
		address.Scheme = strings.ToLower(address.Scheme)
		address.Host = strings.ToLower(address.Host)
		return address.String()
	}
	return host
}
