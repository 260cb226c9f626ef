package mail

import (
	"context"
	"errors"
)

// Sender sends messages. Implementations are safe for concurrent use.
type Sender interface {
	// Send hands m to the next server, or to the folder. An error for which
	// [IsPermanent] holds will come again however often m is sent.
	Send(ctx context.Context, m Message) error
}

// PermanentError says that a message was refused for good.
type PermanentError struct {
	// Err is why.
	Err error
}

// Error returns the reason.
func (e *PermanentError) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *PermanentError) Unwrap() error { return e.Err }

// IsPermanent reports whether sending the same message again is pointless: the
// server refused the recipient or the content with a 5xx, or the message is
// invalid. A sender that the server does not accept, a failed login and
// anything wrong with the connection are not permanent: the operator can mend
// those, and the mail should go out once they have.
func IsPermanent(err error) bool {
	var permanent *PermanentError
	return errors.As(err, &permanent) || errors.Is(err, ErrInvalid)
}
