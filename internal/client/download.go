package client

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
)

// Download gives a file that the API makes, whole. Its errors are those of [Call].
func Download[I any](ctx context.Context, c *Client, op api.Op[I, api.File], in I) ([]byte, error) {
	q, err := encode(op, in)
	if err != nil {
		return nil, err
	}
	q.header.Set(headerAccept, "application/pdf, text/html")
	answer, err := c.exchange(ctx, q)
	if err != nil {
		return nil, err
	}
	if kind := mediaType(answer.Header); kind != "application/pdf" && kind != "text/html" || answer.Header.Get("Content-Disposition") == "" {
		return nil, c.unexpected(answer.Status, answer.Header, printable(kind)+" instead of a file")
	}
	return answer.Body, nil
}
