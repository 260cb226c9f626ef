package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/zstd"
)

const (
	typeCSV      = "text/csv"
	typeNDJSON   = "application/x-ndjson"
	encodingZstd = "zstd"

	// maxWindow bounds the memory that a compressed stream can ask for: RFC 9659
	// allows no more over HTTP.
	maxWindow = 8 << 20
)

// readError is a failure of the connection, as opposed to the destination.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }

// decoded undoes the compression of an answer. The error says which one it was.
func decoded(resp *http.Response, body io.Reader) (io.Reader, func(), error) {
	switch encoding := resp.Header.Get("Content-Encoding"); encoding {
	case "", "identity":
		return body, func() {}, nil
	case encodingZstd:
		z, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, errors.New("a broken compression")
		}
		return z, z.Close, nil
	default:
		return nil, nil, fmt.Errorf("a compression it was not asked for (%s)", printable(encoding))
	}
}

// watchdog calls back when it was on guard for too long at once.
type watchdog struct {
	limit time.Duration
	timer *time.Timer
}

// watch returns a watchdog on guard.
func watch(limit time.Duration, bark func()) *watchdog {
	return &watchdog{limit: limit, timer: time.AfterFunc(limit, bark)}
}

func (d *watchdog) stop() { d.timer.Stop() }

// watched reads a body under guard: the time that its data take to be written
// elsewhere is not the server's.
type watched struct {
	body io.Reader
	dog  *watchdog
}

func (w *watched) Read(p []byte) (int, error) {
	w.dog.timer.Reset(w.dog.limit)
	defer w.dog.stop()
	return w.body.Read(p)
}
