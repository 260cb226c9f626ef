package licensing

import (
	"errors"
	"fmt"
)

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
