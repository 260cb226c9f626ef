package credential

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrNotFound says that no token is stored for the profile and host.
var ErrNotFound = errors.New("no credential is stored")

// MangledError says that a text can never be a token. It does not repeat the text.
type MangledError struct{ Reason string }

// Error is the reason.
func (e *MangledError) Error() string { return e.Reason }

// Codes of an [UnavailableError], as scripts see them.
const (
	CodeMissing     = "keyring_missing"     // there is none on this machine, or none for this login
	CodeLocked      = "keyring_locked"      // it is locked
	CodeHeadless    = "keyring_headless"    // it is locked, and there is no desktop to unlock it on
	CodeRefused     = "keyring_refused"     // whoever was asked to unlock it did not
	CodeTimeout     = "keyring_timeout"     // it did not answer in time
	CodeUnavailable = "keyring_unavailable" // it fails in another way
)

// UnavailableError says that the keyring could not be used: there is none, it
// is locked, or it did not answer in time. Whether it holds a token is unknown.
type UnavailableError struct {
	Code   string
	Reason string   // what is the matter with the keyring
	Hints  []string // the ways out, each an instruction
}

// Error returns the reason and the ways out in one line.
func (e *UnavailableError) Error() string {
	return "the keyring cannot be used: " + e.Reason + "; " + strings.Join(e.Hints, ", or ")
}

func unavailable(reason string) *UnavailableError { return newUnavailable(CodeUnavailable, reason) }

func absent(reason string) *UnavailableError { return newUnavailable(CodeMissing, reason) }

func locked() *UnavailableError {
	return newUnavailable(CodeLocked, "it is locked", "unlock it and try again")
}

func headless() *UnavailableError {
	return newUnavailable(CodeHeadless, "it is locked, and there is no desktop here to unlock it on",
		"unlock it where you are logged in on the desktop")
}

func refused() *UnavailableError {
	return newUnavailable(CodeRefused, "it stays locked: its window was closed, or could not come up", "try again and unlock it")
}

func late(limit time.Duration) *UnavailableError {
	return newUnavailable(CodeTimeout, fmt.Sprintf("it did not answer within %s; it may be waiting for somebody to unlock it", limit),
		"unlock it and try again")
}

// newUnavailable adds the ways out that there are of any trouble with a keyring.
func newUnavailable(code, reason string, hints ...string) *UnavailableError {
	return &UnavailableError{Code: code, Reason: reason, Hints: append(hints,
		"set RESELL_TOKEN",
		"set token_command to a command that prints the token",
		"log in with --insecure-storage to keep the token in a plain file",
	)}
}

func isAbsent(err error) bool { return hasCode(err, CodeMissing) }

func hasCode(err error, code string) bool {
	unavailable, ok := errors.AsType[*UnavailableError](err)
	return ok && unavailable.Code == code
}
