package client

import (
	"context"
	"net/http"
)

const (
	headerKey       = "Idempotency-Key"
	headerReplayed  = "Idempotency-Replayed"
	headerRequestID = "X-Request-Id"

	headerAccept         = "Accept"
	headerAcceptEncoding = "Accept-Encoding"
	headerContentType    = "Content-Type"

	typeJSON = "application/json"
)

// request is what is sent, again and again alike.
type request struct {
	method  string
	preview bool   // a POST that changes nothing
	target  string // escaped path, with the query
	header  http.Header
	body    []byte // nil when there is none

	attempts int // so far
}

func (q *request) mediaType() string { return mediaType(q.header) }

// rule says which failures of the request may be tried again.
func (q *request) rule() rule {
	switch {
	case q.method == http.MethodGet || q.method == http.MethodHead || q.preview:
		return ruleRead
	case q.header.Get(headerKey) != "":
		return ruleKeyed
	case q.method == http.MethodPatch:
		return ruleThrottled
	}
	return ruleNever
}

// send makes one attempt and returns the answer with its body open, whatever its
// status. Attempt is caller's context with the limits of the attempt.
func (c *Client) send(caller, attempt context.Context, q *request) (*http.Response, error) {
	r := c.resty.R().SetContext(attempt).SetDoNotParseResponse(true)
	r.Header = q.header.Clone()
	c.setHeaders(r.Header)
	if q.body != nil {
		r.SetBody(q.body)
	}
	resp, err := r.Execute(q.method, c.host.base+q.target)
	if err != nil {
		err = diagnose(caller, attempt, err)
		if caller.Err() != nil {
			return nil, err
		}
		return nil, &UnreachableError{Host: c.host.origin, Err: err}
	}
	return resp.RawResponse, nil
}

func (c *Client) setHeaders(h http.Header) {
	if c.token != "" && h.Get("Authorization") == "" {
		h.Set("Authorization", "Bearer "+c.token)
	}
	h.Set("User-Agent", c.agent)
	if h.Get(headerAccept) == "" {
		h.Set(headerAccept, typeJSON)
	}
	// Elsewhere net/http asks for gzip and decodes it.
	if c.host.loopback && h.Get(headerAcceptEncoding) == "" {
		h.Set(headerAcceptEncoding, "identity")
	}
}
