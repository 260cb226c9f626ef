package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"time"

	"github.com/resell-cli/resell/internal/api"
)

// Inspection is what there is to see of a server whoever asks.
type Inspection struct {
	Took time.Duration
	// Date is the server's clock, to the second; zero where it does not tell.
	Date time.Time
	// TLS is nil where the connection is not encrypted.
	TLS *tls.ConnectionState
}

// Inspect calls the API once to see what answers. A refusal is an answer too. The error
// is an [*UnreachableError], or an [*api.Problem] of what is no licensing API.
func (c *Client) Inspect(caller context.Context) (Inspection, error) {
	ctx, cancel := context.WithTimeoutCause(caller, c.timeout, &timeoutError{c.timeout})
	defer cancel()
	q := &request{method: api.SessionView.Method, target: api.SessionView.Path, header: http.Header{}}
	line := c.startLine(q)
	began := c.now()
	resp, err := c.send(caller, line.traced(ctx), q)
	if err != nil {
		line.failed(err)
		return Inspection{}, err
	}
	defer resp.Body.Close()
	line.opened(resp)
	seen := Inspection{Took: c.now().Sub(began), TLS: resp.TLS}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		seen.Date = at
	}
	answer, err := c.read(resp, resp.Body)
	if answer == nil {
		return seen, &UnreachableError{Host: c.host.origin, Err: diagnose(caller, ctx, err)}
	}
	if err == nil && !isJSON(mediaType(answer.Header)) {
		err = c.notJSON(answer)
	}
	if problem, ok := errors.AsType[*api.Problem](err); ok && problem.Code != codeUnexpected {
		return seen, nil // refused by a licensing API
	}
	return seen, err
}

// IsTLSFault reports whether a server was reached, and no encrypted connection to it
// could be made.
func IsTLSFault(err error) bool { return certificateReason(err) != "" }
