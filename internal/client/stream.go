package client

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/resell-cli/resell/internal/api"
)

// StreamOptions are the options of [Stream].
type StreamOptions struct {
	// Progress is told what has been written, some ten times a second at most and
	// once at the end. It is called between two writes: it must be quick.
	Progress func(rows, bytes int64)
}

// StreamResult tells what was written.
type StreamResult struct {
	Rows   int64 // the header of a CSV not counted
	Bytes  int64
	SHA256 string // of the bytes, in hex
	Next   string // the cursor to go on with later, where the export has one
}

// Stream copies an export to w as it is, without its end marker, and checks it
// against the marker and the trailers: number of rows and SHA-256. It holds some
// hundred kilobytes, however long the export.
//
// An export that is cut off, silent for too long, or not what the marker says is an
// [*IncompleteError], after which w holds the beginning of one; when ctx ended, it
// wraps its error. A failing w is a [*WriteError]. Until something was written,
// errors are those of [Call], and retried as there.
func Stream[I any](ctx context.Context, c *Client, op api.Op[I, api.Stream], in I, w io.Writer, o StreamOptions) (StreamResult, error) {
	marked, ok := any(&in).(interface{ WithEndMarker() })
	if !ok {
		return StreamResult{}, &ArgumentError{Name: op.ID, Reason: "cannot be asked for an end marker"}
	}
	marked.WithEndMarker()
	q, err := encode(op, in)
	if err != nil {
		return StreamResult{}, err
	}
	q.header.Set(headerAccept, typeCSV+", "+typeNDJSON)
	q.header.Set(headerAcceptEncoding, c.streamEncoding())

	out := newSink(w, c.now, o.Progress)
	may := func(err error) bool {
		var incomplete *IncompleteError
		return out.bytes == 0 && (q.rule()(err) || errors.As(err, &incomplete))
	}
	err = c.repeat(ctx, q, may, func() (http.Header, error) { return c.download(ctx, q, out) })
	if err != nil {
		return StreamResult{}, err
	}
	return out.result(), nil
}

// streamEncoding is the compression that pays: none where no wire is between.
func (c *Client) streamEncoding() string {
	if c.host.loopback {
		return "identity"
	}
	return encodingZstd
}

// download makes one attempt at q.
func (c *Client) download(caller context.Context, q *request, out *sink) (http.Header, error) {
	ctx, cancel := context.WithCancelCause(caller)
	defer cancel(nil)
	dog := watch(c.streamIdle, func() { cancel(&timeoutError{c.streamIdle}) })
	defer dog.stop()

	line := c.startLine(q)
	resp, err := c.send(caller, line.traced(ctx), q)
	if err != nil {
		line.failed(err)
		return nil, err
	}
	defer resp.Body.Close()
	line.opened(resp)

	err = c.receive(resp, &watched{body: resp.Body, dog: dog}, out)
	if broken, ok := errors.AsType[*readError](err); ok {
		err = diagnose(caller, ctx, broken.err)
		if caller.Err() == nil || out.bytes > 0 {
			err = &IncompleteError{Rows: out.rows(), Err: err}
		}
	}
	return resp.Header, err
}

func (c *Client) receive(resp *http.Response, body io.Reader, out *sink) error {
	plain, closeBody, err := decoded(resp, body)
	if err != nil {
		return c.unexpected(resp.StatusCode, resp.Header, err.Error())
	}
	defer closeBody()

	if resp.StatusCode != http.StatusOK {
		answer, err := c.read(resp, plain)
		switch {
		case answer == nil && errors.Is(err, errTooLarge):
			return c.unexpected(resp.StatusCode, resp.Header, err.Error())
		case answer == nil:
			return &readError{err}
		case err == nil:
			return c.notJSON(answer)
		}
		return err
	}
	kind := mediaType(resp.Header)
	if kind != typeCSV && kind != typeNDJSON {
		return c.unexpected(resp.StatusCode, resp.Header, printable(kind)+" instead of an export")
	}
	out.begin(kind == typeCSV)
	if err := out.copy(plain); err != nil {
		return err
	}
	return out.checkTrailer(resp.Trailer)
}
