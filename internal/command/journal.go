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
	if secret, ok := in.(interface{ WithoutSecrets() any }); ok {
		in = secret.WithoutSecrets() // a hash of a password on disk could be guessed at
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
		f.Note("An earlier run of this command did not finish: finding out what became of it, and not doing it twice.")
		e.key = string(kept)
		return e, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return entry{}, f.named("RESELL_STATE_DIR", fmt.Errorf("journal: %w", err))
	}
	e.key = rand.Text()
	return e, f.named("RESELL_STATE_DIR", e.keep())
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

// answered notes what a write came to. A refusal is certain, and the key is forgotten.
// Where the write was done, the key stays until the result is printed: a run that fails
// at that is repeated without doing it twice. Where nobody knows, it stays as well.
func (f *Factory) answered(e entry, err error) error {
	var problem *api.Problem
	var argument *client.ArgumentError
	switch {
	case e.path == "":
		return err
	case err == nil:
		f.unsettled = append(f.unsettled, e)
		return nil
	case errors.As(err, &problem) && problem.Status >= 400 && problem.Status < 500, errors.As(err, &argument):
		return errors.Join(err, e.forget())
	}
	return err
}

// Settle forgets the keys of the writes that were done, once what they came to has been
// told.
func (f *Factory) Settle() error {
	var failed error
	for _, e := range f.unsettled {
		failed = errors.Join(failed, e.forget())
	}
	f.unsettled = nil
	return failed
}

func (e entry) forget() error {
	if err := os.Remove(e.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}
