//go:build unix

package realtest

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// moment is when a tripwire is pulled, in the life of a request.
type moment int

const (
	neverSent   moment = iota // the server does not hear of the request
	answerLost                // the server has carried it out, and its answer is lost
	answerSent                // the answer is on its way
	serverFails               // the server answers 500, and nobody knows what it has done
)

// tripwire stands between resell and reselld, at one address for good, and makes
// something happen at a given request.
type tripwire struct {
	url string

	mu     sync.Mutex
	server string
	seen   int
	at     int // 0 is never
	when   moment
	pull   func()
}

func newTripwire(t *testing.T) *tripwire {
	t.Helper()
	w := &tripwire{}
	front := httptest.NewServer(w)
	t.Cleanup(front.Close)
	w.url = front.URL
	return w
}

// set makes pull happen once, at a request from now on, the first being 1.
func (w *tripwire) set(at int, when moment, pull func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen, w.at, w.when, w.pull = 0, at, when, pull
}

// forward sends requests to a server from now on.
func (w *tripwire) forward(server string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.server = server
}

// ServeHTTP carries a request to the server, and its answer back.
func (w *tripwire) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	w.mu.Lock()
	w.seen++
	hit, when, pull, server := w.seen == w.at, w.when, w.pull, w.server
	w.mu.Unlock()
	if hit && when == neverSent {
		pull()
		panic(http.ErrAbortHandler)
	}
	// Not in's context: what the server has got it carries out, whoever is gone.
	status, header, body, err := forwarded(in, server)
	if hit && when == answerLost {
		pull()
	}
	if err != nil || (hit && when == answerLost) {
		panic(http.ErrAbortHandler)
	}
	if hit && when == serverFails {
		status, header = http.StatusInternalServerError, http.Header{"Content-Type": {"application/problem+json"}}
		body = []byte(`{"title":"Internal Server Error","status":500,"detail":"something went wrong on the server","code":"internal_error"}`)
	}
	maps.Copy(out.Header(), header)
	out.WriteHeader(status)
	_, _ = out.Write(body)
	if hit {
		_ = http.NewResponseController(out).Flush()
		pull()
	}
}

func forwarded(in *http.Request, server string) (status int, header http.Header, body []byte, err error) {
	sent, err := io.ReadAll(in.Body)
	if err != nil {
		return 0, nil, nil, err
	}
	r, err := http.NewRequest(in.Method, server+in.URL.RequestURI(), bytes.NewReader(sent))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header = in.Header.Clone()
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err = io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header, body, err
}
