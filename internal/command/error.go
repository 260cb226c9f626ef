package command

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/credential"
)

// UsageError is a command line that cannot be carried out as it stands.
type UsageError struct {
	Message string
	Try     []string // whole commands that may have been meant
	InWords bool     // a person has asked what there is: never told as JSON
}

// Error is the message.
func (e *UsageError) Error() string { return e.Message }

// Usage makes a UsageError.
func Usage(format string, args ...any) error {
	return &UsageError{Message: fmt.Sprintf(format, args...)}
}

// PartialError tells that some of many failed; what was done is done.
type PartialError struct {
	Failed, Total int
	What          string // what is counted; rows where it is empty
	Hint          string
}

// Error counts what failed.
func (e *PartialError) Error() string {
	return fmt.Sprintf("%d of %d %s failed", e.Failed, e.Total, cmp.Or(e.What, "rows"))
}

// StoppedError tells that a run over many rows broke off, and how to go on with it.
type StoppedError struct {
	Err        error // why
	Done, Rows int
	Resume     string // the command that goes on
}

// Error tells why.
func (e *StoppedError) Error() string { return e.Err.Error() }

// Unwrap is why.
func (e *StoppedError) Unwrap() error { return e.Err }

// RefusedError is a rule that said no on this side, without a server: a signature that
// is wrong, say. Code is stable and snake_case, as those of the API are.
type RefusedError struct {
	Code    string
	Message string
	Hint    string // what to do instead, where there is something
}

// Error is the message.
func (e *RefusedError) Error() string { return e.Message }

// ErrDeclined is returned where the person at the terminal said no.
var ErrDeclined = fmt.Errorf("cancelled: nothing was changed")

// ExitError ends resell with a given exit code and no message: that of a command
// which resell has run.
type ExitError struct{ Code int }

// Error names the code.
func (e *ExitError) Error() string { return fmt.Sprintf("exit code %d", e.Code) }

// IsSignedOut tells an error that says no more than that nobody has signed in.
func IsSignedOut(err error) bool { return errors.Is(err, credential.ErrNotFound) }

// KeyringHints are the ways out of trouble with the keyring, none where the trouble is
// another.
func KeyringHints(err error) []string {
	keyring, ok := errors.AsType[*credential.UnavailableError](err)
	if !ok {
		return nil
	}
	return keyring.Hints
}
