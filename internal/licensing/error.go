package licensing

import (
	"errors"
	"fmt"
)

// Code names a kind of failure. It is stable, snake_case, and part of the
// public contract: scripts branch on it.
type Code string

// Every code that the API can answer with. Each is declared here once, with its
// kind in codeKinds; HTTP status and exit code derive from the kind.
const (
	CodeInternal             Code = "internal_error"
	CodeUnavailable          Code = "unavailable"
	CodeRateLimited          Code = "rate_limited"
	CodeUnauthenticated      Code = "unauthenticated"
	CodeTokenExpired         Code = "token_expired"
	CodeScopeMissing         Code = "scope_missing"
	CodeContractNotPermitted Code = "contract_not_permitted"
	CodeReadOnly             Code = "read_only"
	CodeRouteNotFound        Code = "route_not_found"
	CodeMethodNotAllowed     Code = "method_not_allowed"
	CodeNotFound             Code = "not_found"
	CodeInvalidRequest       Code = "invalid_request"
	CodeBodyTooLarge         Code = "body_too_large"
	CodeUnsupportedMedia     Code = "unsupported_media_type"
	CodeInvalidCursor        Code = "invalid_cursor"
	CodeAmbiguous            Code = "ambiguous_reference"
	CodeKeyReused            Code = "idempotency_key_reused"
	CodeKeyMissing           Code = "idempotency_key_missing"
	CodeVersionConflict      Code = "version_conflict"
	CodeAlreadyExists        Code = "already_exists"

	CodeInvalidQuantity    Code = "invalid_quantity"
	CodeInvalidTerm        Code = "invalid_term"
	CodeTermNotOffered     Code = "term_not_offered"
	CodeTrialUsed          Code = "trial_used"
	CodeCompanyRequired    Code = "company_required"
	CodeSerialRequired     Code = "serial_required"
	CodeSerialNotAllowed   Code = "serial_not_allowed"
	CodeSerialInUse        Code = "serial_in_use"
	CodeNoContract         Code = "no_active_contract"
	CodeContractRequired   Code = "contract_required"
	CodeContractClosed     Code = "contract_closed"
	CodeProductNotInContr  Code = "product_not_in_contract"
	CodeInsufficientFunds  Code = "insufficient_balance"
	CodeAmountTooLarge     Code = "amount_too_large"
	CodePriceChanged       Code = "price_changed"
	CodeNotExtendable      Code = "license_not_extendable"
	CodeNotPausable        Code = "license_not_pausable"
	CodeNotResumable       Code = "license_not_resumable"
	CodeSeatsExceeded      Code = "seats_exceed_quantity"
	CodeKeyTaken           Code = "key_taken"
	CodeInvalidKey         Code = "invalid_key"
	CodeLicenseNotUsable   Code = "license_not_usable"
	CodeNothingToInvoice   Code = "nothing_to_invoice"
	CodeLicenseWithoutComp Code = "license_without_company"
	CodeTooManyLicenses    Code = "too_many_licenses"
	CodeCompanyNoEmail     Code = "company_without_email"
)

// Kind groups codes by how a caller should react.
type Kind int

// The kinds of failure.
const (
	KindInternal        Kind = iota // our fault; nothing was changed
	KindInvalid                     // the request is malformed; fix it
	KindUnauthenticated             // no valid token
	KindForbidden                   // the token may not do this
	KindNotFound                    // no such thing, or not yours
	KindMethod                      // the path exists, the method does not
	KindConflict                    // something else happened first
	KindPrecondition                // the resource changed since it was read
	KindTooLarge                    // the request body is over the limit
	KindMedia                       // the request body is not JSON
	KindRefused                     // understood, and refused by a rule
	KindRateLimited                 // slow down
	KindUnavailable                 // try again later
)

var codeKinds = map[Code]Kind{
	CodeInternal:             KindInternal,
	CodeUnavailable:          KindUnavailable,
	CodeRateLimited:          KindRateLimited,
	CodeUnauthenticated:      KindUnauthenticated,
	CodeTokenExpired:         KindUnauthenticated,
	CodeScopeMissing:         KindForbidden,
	CodeContractNotPermitted: KindForbidden,
	CodeReadOnly:             KindForbidden,
	CodeRouteNotFound:        KindNotFound,
	CodeMethodNotAllowed:     KindMethod,
	CodeNotFound:             KindNotFound,
	CodeInvalidRequest:       KindInvalid,
	CodeBodyTooLarge:         KindTooLarge,
	CodeUnsupportedMedia:     KindMedia,
	CodeInvalidCursor:        KindInvalid,
	CodeAmbiguous:            KindConflict,
	CodeKeyReused:            KindRefused,
	CodeKeyMissing:           KindInvalid,
	CodeVersionConflict:      KindPrecondition,
	CodeAlreadyExists:        KindConflict,
	CodeInvalidQuantity:      KindRefused,
	CodeInvalidTerm:          KindRefused,
	CodeTermNotOffered:       KindRefused,
	CodeTrialUsed:            KindRefused,
	CodeCompanyRequired:      KindRefused,
	CodeSerialRequired:       KindRefused,
	CodeSerialNotAllowed:     KindRefused,
	CodeSerialInUse:          KindConflict,
	CodeNoContract:           KindRefused,
	CodeContractRequired:     KindRefused,
	CodeContractClosed:       KindRefused,
	CodeProductNotInContr:    KindRefused,
	CodeInsufficientFunds:    KindRefused,
	CodeAmountTooLarge:       KindRefused,
	CodePriceChanged:         KindConflict,
	CodeNotExtendable:        KindRefused,
	CodeNotPausable:          KindRefused,
	CodeNotResumable:         KindRefused,
	CodeSeatsExceeded:        KindRefused,
	CodeKeyTaken:             KindConflict,
	CodeInvalidKey:           KindRefused,
	CodeLicenseNotUsable:     KindRefused,
	CodeNothingToInvoice:     KindRefused,
	CodeLicenseWithoutComp:   KindRefused,
	CodeTooManyLicenses:      KindRefused,
	CodeCompanyNoEmail:       KindRefused,
}

// Kind tells how a caller should react to the code. An unknown code is internal.
func (c Code) Kind() Kind { return codeKinds[c] }

// Codes lists every code there is, in no particular order.
func Codes() []Code {
	all := make([]Code, 0, len(codeKinds))
	for c := range codeKinds {
		all = append(all, c)
	}
	return all
}

// FieldError is one thing wrong with one field of a request.
type FieldError struct {
	Field   string // dotted path, for example "quantity" or "companies[3].email"
	Message string // what is wrong; never repeats the rejected value
}

// Error is a refusal: what happened (Detail), why, and what to do (Hint).
type Error struct {
	Code   Code
	Detail string
	Hint   string
	Fields []FieldError
	Cause  error // for the log; never shown to a caller
}

// Errorf makes a refusal with a formatted detail.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Invalid makes an invalid_request error about one field.
func Invalid(field, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Code: CodeInvalidRequest, Detail: field + " " + msg, Fields: []FieldError{{Field: field, Message: msg}}}
}

// WithHint adds what to do instead.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// Because keeps the underlying error for the log.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Error returns the detail; it never contains a secret.
func (e *Error) Error() string { return e.Detail }

// Unwrap gives the underlying error, if any.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf finds the code in an error's chain; internal_error where there is none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
