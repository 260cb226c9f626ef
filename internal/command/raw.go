package command

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/resell-cli/resell/internal/client"
)

// RawRequest is a request of the caller's own making.
type RawRequest struct {
	Method string
	Path   string // may hold a query, to which Query is added
	Query  url.Values
	Header http.Header
	Body   []byte // nil for none
}

// Raw sends a request as it is. A POST is done once, as with [Write], unless it names an
// idempotency key in its header. The answer comes with an error where the API refuses.
func Raw(ctx context.Context, f *Factory, w WriteFlags, q RawRequest) (*client.Response, error) {
	c, err := f.Client(ctx)
	if err != nil {
		return nil, err
	}
	const key = "Idempotency-Key"
	var e entry
	if q.Method == http.MethodPost && q.Header.Get(key) == "" {
		if e, err = f.journal(w, c.Host(), q.Method+" "+q.Path, []any{q.Query, withoutPasswords(q.Body)}); err != nil {
			return nil, err
		}
		q.Header.Set(key, e.key)
	}
	var body io.Reader
	if q.Body != nil {
		body = bytes.NewReader(q.Body)
	}
	answer, err := c.Raw(ctx, q.Method, q.Path, q.Query, q.Header, body)
	if answer != nil && answer.Header.Get("Idempotency-Replayed") == "true" {
		f.Note("This was done before with the same idempotency key; it was not done again.")
	}
	return answer, f.answered(e, err)
}

// withoutPasswords is a body to tell requests apart by: a hash of a password on disk could
// be guessed at.
func withoutPasswords(body []byte) any {
	var fields map[string]any
	if json.Unmarshal(body, &fields) != nil {
		return body
	}
	for name := range fields {
		if strings.Contains(name, "password") {
			delete(fields, name)
		}
	}
	return fields
}
