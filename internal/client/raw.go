package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Raw sends a request of the caller's making: path begins with a slash and may hold
// a query, to which query is added; header may be nil, and so may body. The answer
// is returned whatever its type; one that is not 2xx comes with an [*api.Problem].
// Retries follow the same rule as those of [Call].
func (c *Client) Raw(ctx context.Context, method, path string, query url.Values, header http.Header, body io.Reader) (*Response, error) {
	q, err := rawRequest(method, path, query, header)
	if err != nil {
		return nil, err
	}
	if body != nil {
		// In full, so that an attempt can be repeated.
		if q.body, err = readAll(body, -1); err != nil {
			return nil, fmt.Errorf("read request body: %w", err)
		}
	}
	if len(q.body) == 0 {
		q.body = nil
	} else if q.method == http.MethodGet || q.method == http.MethodHead {
		return nil, &ArgumentError{Name: "body", Reason: "cannot be sent with " + q.method}
	}
	if q.body != nil && q.header.Get(headerContentType) == "" {
		q.header.Set(headerContentType, typeJSON)
	}
	return c.exchange(ctx, q)
}

func rawRequest(method, path string, query url.Values, header http.Header) (*request, error) {
	method = strings.ToUpper(method)
	if method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, &ArgumentError{Name: "method", Reason: "is not a method of HTTP"}
	}
	// Anything but a leading slash could become part of the host's name when
	// appended to it, and take the token there.
	if !strings.HasPrefix(path, "/") {
		return nil, &ArgumentError{Name: "path", Reason: "must begin with /"}
	}
	u, err := url.ParseRequestURI(path)
	if err != nil || strings.Contains(path, "#") {
		return nil, &ArgumentError{Name: "path", Reason: "is not the path of a URL"}
	}
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, &ArgumentError{Name: "path", Reason: "has a query that cannot be read"}
	}
	for name, more := range query {
		values[name] = append(values[name], more...)
	}

	q := &request{method: method, target: withQuery(u.EscapedPath(), values), header: http.Header{}}
	for name, texts := range header {
		for _, text := range texts {
			if !validHeaderValue(text) {
				return nil, &ArgumentError{Name: name, Reason: "must not contain control characters"}
			}
			q.header.Add(name, text)
		}
	}
	// What is asked for here is what net/http can decode.
	q.header.Del(headerAcceptEncoding)
	return q, nil
}
