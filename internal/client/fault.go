package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
)

// diagnose puts a failed exchange into words. The end of the caller's context is
// returned as it is; everything else is a *fault.
func diagnose(caller, attempt context.Context, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	if late := new(timeoutError); errors.As(context.Cause(attempt), &late) {
		return &fault{reason: late.Error(), err: late}
	}
	// A url.Error repeats the query, which may hold a code.
	if outer := new(url.Error); errors.As(err, &outer) {
		err = outer.Err
	}
	if reason := certificateReason(err); reason != "" {
		return &fault{reason: reason, permanent: true, err: err}
	}
	if dns := new(net.DNSError); errors.As(err, &dns) {
		return &fault{reason: dnsReason(dns), permanent: dns.IsNotFound, err: err}
	}
	return &fault{reason: connectionReason(err), err: err}
}

func certificateReason(err error) string {
	var (
		unknown  x509.UnknownAuthorityError
		name     x509.HostnameError
		invalid  x509.CertificateInvalidError
		verify   *tls.CertificateVerificationError
		alert    tls.AlertError
		noRecord tls.RecordHeaderError
	)
	switch {
	case errors.Is(err, http.ErrSchemeMismatch):
		return "it answers in plain http, not https"
	case errors.As(err, &noRecord):
		return "it does not speak TLS"
	case errors.As(err, &unknown):
		return "its TLS certificate is signed by an unknown authority"
	case errors.As(err, &name):
		return "its TLS certificate is for another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "its TLS certificate has expired or is not valid yet"
	case errors.As(err, &verify):
		return "its TLS certificate cannot be verified: " + oneLine(verify.Err)
	case errors.As(err, &alert):
		return "it refuses the TLS connection: " + oneLine(alert)
	}
	return ""
}

func dnsReason(err *net.DNSError) string {
	switch {
	case err.IsNotFound:
		return "there is no host of this name"
	case err.IsTimeout:
		return "the name server does not answer"
	}
	return "its name cannot be looked up: " + oneLine(errors.New(err.Err))
}

func connectionReason(err error) string {
	var reason string
	timeout := interface{ Timeout() bool }(nil)
	op := new(net.OpError)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		reason = "connection refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		reason = "the connection was reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		reason = "the connection was closed before the answer was complete"
	case errors.As(err, &timeout) && timeout.Timeout():
		reason = "timed out"
	case errors.As(err, &op):
		reason = oneLine(op.Err)
	default:
		reason = oneLine(err)
	}
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		return fmt.Sprintf("the proxy at %v: %s", op.Addr, reason)
	}
	return reason
}

func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}
