package client

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/resell-cli/resell/internal/api"
)

// Meta is what the headers of an answer say.
type Meta struct {
	RequestID string
	Replayed  bool // answered from an earlier request with the same idempotency key
	ETag      string
}

// Call calls op. An answer that is not 2xx, or not of the API, is an
// [*api.Problem], no answer an [*UnreachableError], an input that cannot be sent an
// [*ArgumentError]; the end of ctx is returned as it is. Reads, and writes with an
// idempotency key, are retried.
func Call[I, O any](ctx context.Context, c *Client, op api.Op[I, O], in I) (O, error) {
	out, _, err := CallMeta(ctx, c, op, in)
	return out, err
}

// CallMeta is [Call] with what the headers say.
func CallMeta[I, O any](ctx context.Context, c *Client, op api.Op[I, O], in I) (O, Meta, error) {
	var out O
	q, err := encode(op, in)
	if err != nil {
		return out, Meta{}, err
	}
	answer, err := c.exchange(ctx, q)
	if err != nil {
		return out, Meta{}, err
	}
	if err := c.decode(answer, &out); err != nil {
		var none O
		return none, Meta{}, err
	}
	return out, answer.meta(), nil
}

func (c *Client) decode(answer *Response, out any) error {
	if answer.Status == http.StatusNoContent {
		return nil
	}
	if !isJSON(mediaType(answer.Header)) {
		return c.notJSON(answer)
	}
	if err := json.Unmarshal(answer.Body, out); err != nil {
		return c.unexpected(answer.Status, answer.Header, "JSON of another shape")
	}
	return nil
}

func (r *Response) meta() Meta {
	return Meta{
		RequestID: r.Header.Get(headerRequestID),
		Replayed:  r.Header.Get(headerReplayed) == "true",
		ETag:      r.Header.Get("ETag"),
	}
}
