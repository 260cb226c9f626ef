package command

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/config"
)

// entry is a write that is under way: a file that holds its idempotency key.
type entry struct {
	key  string
	path string // "" where the key was given, and needs no keeping
}

// IdempotencyKey is the key that was given, or a new one.
func IdempotencyKey(given string) string {
	if given != "" {
		return given
	}
	return rand.Text()
}

// journal gives the idempotency key of a write: the one given, the one that an
// unfinished run of the same write has left, or a new one, which is on disk before
// this returns.
func (f *Factory) journal(w WriteFlags, host, operation string, in any) (entry, error) {
	if w.IdempotencyKey != "" {
		return entry{key: w.IdempotencyKey}, nil
	}
	c, err := f.Config()
	if err != nil {
		return entry{}, err
	}
	body, err := json.Marshal(in)
	if err != nil {
		return entry{}, fmt.Errorf("journal: %w", err)
	}
	dir, err := config.StateDir(f.Getenv)
	if err != nil {
		return entry{}, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s", c.Profile(), host, operation, body))
	e := entry{path: filepath.Join(dir, "journal", hex.EncodeToString(sum[:16]))}
	kept, err := os.ReadFile(e.path)
	switch {
	case err == nil && len(kept) > 0:
		f.Note("An earlier run of this command did not get an answer: finding out what became of it, and not doing it twice.")
		e.key = string(kept)
		return e, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return entry{}, fmt.Errorf("journal: %w", err)
	}
	e.key = rand.Text()
	return e, e.keep()
}

func (e entry) keep() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	file, err := os.OpenFile(e.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	_, err = file.WriteString(e.key)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// settle forgets the key once the server has answered for certain, yes or no. Where it
// may or may not have done the write, the key stays for the next run.
func (e entry) settle(err error) error {
	var problem *api.Problem
	var argument *client.ArgumentError
	answered := err == nil || (errors.As(err, &problem) && problem.Status >= 400 && problem.Status < 500) || errors.As(err, &argument)
	if e.path == "" || !answered {
		return err
	}
	if gone := os.Remove(e.path); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("journal: %w", gone))
	}
	return err
}
