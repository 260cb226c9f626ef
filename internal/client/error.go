package client

import (
	"cmp"
	"fmt"
	"time"
)

// ConfigError says that the client cannot be used as it is set up.
type ConfigError struct {
	Name string // host or token
	From string // what it was called where it came from, such as RESELL_HOST; its name when empty
	Err  error
}

// Error names the setting, and never its value.
func (e *ConfigError) Error() string {
	name := cmp.Or(e.From, e.Name)
	if e.Name != "host" {
		name += ":"
	}
	return name + " " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *ConfigError) Unwrap() error { return e.Err }

// ArgumentError says that an input cannot be sent; nothing was.
type ArgumentError struct {
	Name   string // the parameter or header, as the API calls it
	Reason string
}

// Error names the argument, and never its value.
func (e *ArgumentError) Error() string { return e.Name + " " + e.Reason }

// UnreachableError says that there was no answer from the API. A write without an
// idempotency key may have been carried out all the same.
type UnreachableError struct {
	Host string
	Err  error
}

// Error is one line with neither path nor query.
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("cannot reach %s: %v", e.Host, e.Err)
}

// Unwrap returns the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }

// IncompleteError says that what a stream has written so far is not the whole of it.
type IncompleteError struct {
	Rows int64 // written, header not counted
	Err  error
}

// Error tells how far the export came.
func (e *IncompleteError) Error() string {
	return fmt.Sprintf("the export is incomplete, it ended after %d rows: %v", e.Rows, e.Err)
}

// Unwrap returns the cause.
func (e *IncompleteError) Unwrap() error { return e.Err }

// WriteError says that a stream's destination took no more.
type WriteError struct{ Err error }

// Error is that of the destination.
func (e *WriteError) Error() string { return "write export: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// timeoutError is a limit of the client's own. It is no context.DeadlineExceeded,
// which would look like one of the caller's.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("no answer within %s", e.after) }
func (e *timeoutError) Timeout() bool { return true }

// fault is a failure of the connection, in words.
type fault struct {
	reason    string
	permanent bool // trying again cannot help
	err       error
}

func (e *fault) Error() string { return e.reason }
func (e *fault) Unwrap() error { return e.err }
