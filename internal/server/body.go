package server

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
)

const (
	smallBody   = 64 << 10         // bytes that anyone may send at any time
	largeBodies = 8                // larger bodies that are held at once
	bodyWait    = 30 * time.Second // for one of those places
)

// bodies reads the bodies of requests, and holds so few large ones at once that they
// cannot exhaust memory.
type bodies struct {
	places chan struct{}
	wait   time.Duration
}

func newBodies(places int, wait time.Duration) *bodies {
	return &bodies{places: make(chan struct{}, places), wait: wait}
}

// take replaces the request's body by one that is here, whole, and JSON. The caller
// calls done when the request is answered, whether or not there was an error.
func (b *bodies) take(r *http.Request) (done func(), err error) {
	done = func() {}
	if r.ContentLength > maxBody {
		return done, tooLarge()
	}
	var body bytes.Buffer
	if _, err := io.CopyN(&body, r.Body, smallBody+1); err == nil {
		if done, err = b.place(r.Context()); err != nil {
			return done, err
		}
		if _, err := io.Copy(&body, io.LimitReader(r.Body, maxBody+1-int64(body.Len()))); err != nil {
			return done, broken(err)
		}
	} else if err != io.EOF { //nolint:errorlint // a wrapped EOF is not the end
		return done, broken(err)
	}
	if body.Len() > maxBody {
		return done, tooLarge()
	}
	if body.Len() > 0 {
		if !isJSON(r.Header.Get("Content-Type")) {
			return done, notJSONType()
		}
		if err := checkJSON(body.Bytes()); err != nil {
			return done, err
		}
	}
	r.Body = io.NopCloser(&body)
	return done, nil
}

// place waits for a place among the large bodies.
func (b *bodies) place(ctx context.Context) (done func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, b.wait)
	defer cancel()
	select {
	case b.places <- struct{}{}:
		return func() { <-b.places }, nil
	case <-waiting.Done():
		if ctx.Err() != nil {
			return func() {}, ctx.Err()
		}
		return func() {}, licensing.Errorf(licensing.CodeUnavailable, "too many large requests arrive at once").
			WithHint("try again in a moment")
	}
}

func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json"))
}

func broken(cause error) error {
	return licensing.Errorf(licensing.CodeInvalidRequest, "the body did not arrive whole").
		WithHint("send it again").Because(cause)
}

func tooLarge() *licensing.Error {
	return licensing.Errorf(licensing.CodeBodyTooLarge, "the request is larger than %d MiB", maxBody>>20).
		WithHint("split it over several requests")
}

func notJSONType() *licensing.Error {
	return licensing.Errorf(licensing.CodeUnsupportedMedia, "the request is not JSON").WithHint("send Content-Type: application/json")
}
