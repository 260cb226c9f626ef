package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
)

// Response is an answer as it came, with its body in full.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// maxAnswer bounds an answer that is held in memory, and what may be sent.
const maxAnswer = 64 << 20

var errTooLarge = errors.New("more than 64 MiB")

// exchange sends q, with retries, and reads the answer. With an *api.Problem the
// answer is returned as well.
func (c *Client) exchange(ctx context.Context, q *request) (*Response, error) {
	var answer *Response
	err := c.repeat(ctx, q, q.rule(), func() (http.Header, error) {
		var err error
		if answer, err = c.attempt(ctx, q); answer == nil {
			return nil, err
		}
		return answer.Header, err
	})
	return answer, err
}

func (c *Client) attempt(caller context.Context, q *request) (*Response, error) {
	ctx, cancel := context.WithTimeoutCause(caller, c.timeout, &timeoutError{c.timeout})
	defer cancel()
	line := c.startLine(q)

	resp, err := c.send(caller, line.traced(ctx), q)
	if err != nil {
		line.failed(err)
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := c.read(resp, resp.Body)
	if answer == nil && !errors.Is(err, errTooLarge) {
		err = diagnose(caller, ctx, err)
		if caller.Err() == nil {
			err = &UnreachableError{Host: c.host.origin, Err: err}
		}
		line.failed(err)
		return nil, err
	}
	if answer == nil { // too large
		line.opened(resp)
		return nil, c.unexpected(resp.StatusCode, resp.Header, err.Error())
	}
	line.answered(resp, answer.Body)
	return answer, err
}

// read takes in the answer. Its error is an *api.Problem beside the answer, or
// errTooLarge or the connection's without one.
func (c *Client) read(resp *http.Response, body io.Reader) (*Response, error) {
	data, err := readAll(body, resp.ContentLength)
	if err != nil {
		return nil, err
	}
	answer := &Response{Status: resp.StatusCode, Header: resp.Header, Body: data}
	if answer.Status < 200 || answer.Status > 299 {
		return answer, c.problem(answer)
	}
	return answer, nil
}

// readAll reads up to maxAnswer bytes; expected is their number, or negative.
func readAll(body io.Reader, expected int64) ([]byte, error) {
	if expected > maxAnswer {
		return nil, errTooLarge
	}
	var data bytes.Buffer
	if expected > 0 {
		data.Grow(int(min(expected, 1<<20)) + bytes.MinRead)
	}
	n, err := data.ReadFrom(io.LimitReader(body, maxAnswer+1))
	if err == nil && n > maxAnswer {
		err = errTooLarge
	}
	return data.Bytes(), err
}
