package licensing

import (
	"errors"
	"fmt"
	"strings"
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
	// Allowed is what may be done instead with what this is about, where that is known;
	// nil where it is not.
	Allowed []Action
	// Subject is what was named and is not there, or is there several times; zero for
	// every other refusal.
	Subject Subject
}

// Subject is a thing as it was asked for.
type Subject struct {
	Kind string // what it is: company, license, product
	Name string // what it was called; empty where that is nearly a secret
}

// String is the kind and, where there is one, the name in quotes.
func (s Subject) String() string {
	if s.Name == "" {
		return s.Kind
	}
	return fmt.Sprintf("%s %q", s.Kind, s.Name)
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

// About adds what was named.
func (e *Error) About(subject Subject) *Error {
	e.Subject = subject
	return e
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

// Instead adds to a refusal what is allowed in its place, and a hint of it where there is
// none. What is no refusal stays as it is.
func Instead(err error, allowed []Action) error {
	refusal, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	out := *refusal
	out.Allowed = allowed
	if out.Hint == "" && len(allowed) > 0 {
		words := make([]string, len(allowed))
		for i, a := range allowed {
			words[i] = string(a)
		}
		out.Hint = "what may be done with it now: " + strings.Join(words, ", ")
	}
	return &out
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
