package payment

import (
	"errors"
	"fmt"
	"strings"
)

// ErrSignature is wrapped by the error of a webhook that Stripe did not sign,
// did not sign with this secret, or signed too long ago.
var ErrSignature = errors.New("webhook signature refused")

// The codes of this package's own refusals, all of them for good. A provider's
// refusals carry the provider's codes, such as Stripe's amount_too_small.
const (
	CodeInvalid     = "invalid_payment"      // a value that no provider takes
	CodeCurrency    = "currency_unsupported" // a currency that the provider does not take
	CodeAmount      = "amount_unsupported"   // an amount that the provider cannot write
	CodePaid        = "already_paid"         // the page to cancel was paid, or is being paid
	CodeUnpaid      = "not_paid"             // the page to refund was never paid
	CodeRefunded    = "already_refunded"     // the order was refunded with another amount
	CodeRefundFails = "refund_failed"        // the bank did not take the money back
	CodePayload     = "invalid_payload"      // a signed webhook that cannot be read
)

// Error is a provider's refusal, or its silence.
type Error struct {
	Code      string // stable and machine-readable; empty where the provider gave none
	Message   string // for the operator; holds no secret
	RequestID string // the provider's name for the request, for its support
	Permanent bool   // see IsPermanent
	Cause     error  // the underlying failure, if any
}

// Error returns the message, the code and the request id in one line.
func (e *Error) Error() string {
	var notes []string
	if e.Code != "" {
		notes = append(notes, e.Code)
	}
	if e.RequestID != "" {
		notes = append(notes, "request "+e.RequestID)
	}

	text := e.Message
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, ", ") + ")"
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the underlying failure, if any.
func (e *Error) Unwrap() error { return e.Cause }

// IsPermanent reports whether the provider said no for good: the same call will
// be refused again. No answer, an overloaded provider, a key that is refused
// and a refund that waits for the vendor's funds are not permanent: they pass,
// or the operator can mend them.
func IsPermanent(err error) bool {
	refusal, ok := errors.AsType[*Error](err)
	return ok && refusal.Permanent
}

func refuse(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Permanent: true}
}

func invalid(format string, args ...any) *Error {
	return refuse(CodeInvalid, format, args...)
}
