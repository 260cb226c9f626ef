package payment

import (
	"errors"
	"net/http"

	"github.com/stripe/stripe-go/v82"
)

// stripeError turns what stripe-go returns into an [Error]. Stripe's own error
// is not kept as the cause: its text is the whole answer as JSON.
func stripeError(err error) error {
	answer, ok := errors.AsType[*stripe.Error](err)
	if !ok {
		return &Error{Message: "no answer from Stripe that can be used", Cause: err}
	}

	e := &Error{
		Code:      string(answer.Code),
		Message:   "Stripe: " + answer.Msg,
		RequestID: answer.RequestID,
		Permanent: isRefusal(answer),
	}
	if e.Code == "" {
		e.Code = string(answer.Type)
	}
	return e
}

// isRefusal reports whether Stripe turned down this payment for good, rather
// than us for now. See docs.stripe.com/api/errors.
func isRefusal(answer *stripe.Error) bool {
	switch answer.Code {
	case stripe.ErrorCodeBalanceInsufficient, // the vendor can top it up
		stripe.ErrorCodeLockTimeout, stripe.ErrorCodeIdempotencyKeyInUse,
		stripe.ErrorCodeRateLimit, stripe.ErrorCodeAPIKeyExpired:
		return false
	}

	switch answer.HTTPStatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, // the operator's key
		http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly,
		http.StatusFailedDependency, http.StatusTooManyRequests:
		return false
	}
	return answer.HTTPStatusCode >= 400 && answer.HTTPStatusCode < 500
}

// hasCode reports whether err is Stripe's answer with this code.
func hasCode(err error, code stripe.ErrorCode) bool {
	answer, ok := errors.AsType[*stripe.Error](err)
	return ok && answer.Code == code
}
