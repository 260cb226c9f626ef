package credential

import (
	"errors"
	"strings"
)

// ErrNotFound says that no token is stored for the profile and host.
var ErrNotFound = errors.New("no credential is stored")

// MangledError says that a text can never be a token. It does not repeat the text.
type MangledError struct{ Reason string }

// Error is the reason.
func (e *MangledError) Error() string { return e.Reason }

// UnavailableError says that the keyring could not be used: there is none, it
// is locked, or it did not answer in time. Whether it holds a token is unknown.
type UnavailableError struct {
	Reason string   // what is the matter with the keyring
	Hints  []string // the ways out, each an instruction

	absent bool // there is no keyring here, as opposed to one that does not serve
}

// Error returns the reason and the ways out in one line.
func (e *UnavailableError) Error() string {
	return "the keyring cannot be used: " + e.Reason + "; " + strings.Join(e.Hints, ", or ")
}

func unavailable(reason string) *UnavailableError {
	return &UnavailableError{Reason: reason, Hints: waysOut()}
}

func absent(reason string) *UnavailableError {
	return &UnavailableError{Reason: reason, Hints: waysOut(), absent: true}
}

func locked() *UnavailableError {
	return &UnavailableError{
		Reason: "it is locked",
		Hints:  append([]string{"unlock it and try again"}, waysOut()...),
	}
}

func waysOut() []string {
	return []string{
		"set RESELL_TOKEN",
		"set token_command to a command that prints the token",
		"log in with --insecure-storage to keep the token in a plain file",
	}
}

func isAbsent(err error) bool {
	var unavailable *UnavailableError
	return errors.As(err, &unavailable) && unavailable.absent
}
