package credential

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"
)

// Probe reports whether the keyring can be read and written, by means of an
// item that it makes and removes. It returns nil or an *UnavailableError, or
// the context's error.
func (s *Store) Probe(ctx context.Context) error {
	service, user := servicePrefix+"probe", "probe-"+rand.Text()
	if err := s.keyringSet(ctx, service, user, rand.Text()); err != nil {
		return err
	}
	_, err := s.keyringDelete(ctx, service, user)
	return err
}

// keyringGet returns ErrNotFound when the keyring says that it has no such
// item, and an *UnavailableError when it says nothing.
func (s *Store) keyringGet(ctx context.Context, service, user string) (string, error) {
	return bounded(ctx, s, "", func() (string, error) { return keyring.Get(service, user) })
}

// keyringSet reads back what it stored: some keyrings accept an item and drop
// it.
func (s *Store) keyringSet(ctx context.Context, service, user, secret string) error {
	stored, err := bounded(ctx, s, secret, func() (string, error) {
		if err := keyring.Set(service, user, secret); err != nil {
			return "", err
		}
		return keyring.Get(service, user)
	})
	if errors.Is(err, ErrNotFound) || (err == nil && stored != secret) {
		return unavailable("it did not keep what was stored in it")
	}
	return err
}

func (s *Store) keyringDelete(ctx context.Context, service, user string) (removed bool, err error) {
	removed, err = bounded(ctx, s, "", func() (bool, error) {
		err := keyring.Delete(service, user)
		return err == nil, err
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return removed, err
}

// bounded runs operation within the store's time limit. Where the keyring turns out
// to be locked and there is somebody to unlock it, that is asked for first.
func bounded[T any](ctx context.Context, s *Store, secret string, operation func() (T, error)) (T, error) {
	value, err := attempt(ctx, s, secret, operation)
	if !hasCode(err, CodeLocked) {
		return value, err
	}
	if err := s.unlock(ctx); err != nil {
		return value, err
	}
	return attempt(ctx, s, secret, operation)
}

// unlock has the keyring show its window, and waits for what becomes of that.
func (s *Store) unlock(ctx context.Context) error {
	switch {
	case s.options.Getenv("DISPLAY") == "" && s.options.Getenv("WAYLAND_DISPLAY") == "":
		return headless()
	case s.options.Waiting == nil:
		return locked()
	}
	s.options.Waiting(s.options.UnlockTimeout)
	limited, cancel := context.WithTimeout(ctx, s.options.UnlockTimeout)
	defer cancel()
	err := unlock(limited)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && limited.Err() != nil:
		return late(s.options.UnlockTimeout)
	}
	return err
}

// attempt runs operation within the store's time limit, after ready has said
// that it will not make a dialog appear. An operation that blocks is left
// behind: go-keyring cannot be stopped. The secret is kept out of the error.
func attempt[T any](ctx context.Context, s *Store, secret string, operation func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	limited, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	done := make(chan result, 1)
	go func() {
		var r result
		if r.err = ready(limited); r.err == nil {
			// A time limit that ran out must not be followed by a late write.
			if r.err = limited.Err(); r.err == nil {
				r.value, r.err = operation()
			}
		}
		done <- r
	}()
	var r result
	select {
	case r = <-done:
	case <-limited.Done():
		r.err = limited.Err()
	}
	if ctx.Err() != nil {
		return *new(T), ctx.Err()
	}
	if limited.Err() != nil && r.err != nil {
		return *new(T), late(s.options.Timeout)
	}
	return r.value, classify(r.err, secret)
}

// classify gives go-keyring's untyped errors a type.
func classify(err error, secret string) error {
	var known *UnavailableError
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return absent("this platform has none")
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return unavailable("the token is too large for it")
	}
	reason := err.Error()
	if secret != "" {
		reason = strings.ReplaceAll(reason, secret, "[token]")
	}
	return unavailable(reason)
}
