package clitest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Fault is something that can go wrong between the CLI and the server.
type Fault string

// The faults of a gate.
const (
	FaultNone  Fault = "up"
	FaultDown  Fault = "down"  // the connection is closed, and the server has not heard of the request
	FaultMute  Fault = "mute"  // the server carries a write out, and its answer is lost
	FaultCut   Fault = "cut"   // the answer ends in its middle
	FaultShort Fault = "short" // the last line and the trailers of the answer are missing
	FaultHTML  Fault = "html"  // another server answers
	FaultError Fault = "error" // 500
	FaultBusy  Fault = "busy"  // 503, with Retry-After
	FaultHang  Fault = "hang"  // no answer for as long as the client waits
)

// Gate stands between the CLI and the server: it holds every request and answer
// against the API's contract, and makes things go wrong when it is told to. It is
// safe for concurrent use.
type Gate struct {
	contract *Contract
	proxy    *httputil.ReverseProxy

	mu         sync.Mutex
	fault      Fault
	requests   int
	violations []error
}

func newGate(tb testing.TB, backend string) *Gate {
	tb.Helper()
	contract, err := LoadContract()
	require.NoError(tb, err)
	g := &Gate{contract: contract, fault: FaultNone}
	transport := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16}
	tb.Cleanup(transport.CloseIdleConnections)
	g.proxy = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: backend})
			r.Out.Host = r.In.Host
		},
		Transport:      transport,
		ModifyResponse: g.inspect,
		ErrorLog:       slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	return g
}

// Set makes a fault happen to every request from now on.
func (g *Gate) Set(f Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault = f
}

// Violations tells and forgets where the contract was not kept, and counts the
// requests since it was asked before.
func (g *Gate) Violations() (requests int, broken error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	requests, broken = g.requests, errors.Join(g.violations...)
	g.requests, g.violations = 0, nil
	return requests, broken
}

type sentKey struct{}

// ServeHTTP answers as the server does, or as the fault has it.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	fault := g.fault
	g.requests++
	g.mu.Unlock()
	switch fault {
	case FaultDown:
		panic(http.ErrAbortHandler)
	case FaultHTML:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<html><title>Welcome\x1b[31m</title></html>")
		return
	case FaultError:
		answer(w, http.StatusInternalServerError, `{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"something went wrong on the server","code":"internal_error","request_id":"req_1"}`)
		return
	case FaultBusy:
		w.Header().Set("Retry-After", "1")
		answer(w, http.StatusServiceUnavailable, `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the database does not answer","code":"unavailable","request_id":"req_2"}`)
		return
	case FaultHang:
		<-r.Context().Done()
		return
	case FaultNone, FaultMute, FaultCut, FaultShort:
	}
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	g.proxy.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sentKey{}, sent)))
}

func answer(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, problem)
}

// inspect reads the server's answer, checks it, and hands it on, whole or not.
func (g *Gate) inspect(a *http.Response) error {
	got, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	sent, _ := a.Request.Context().Value(sentKey{}).([]byte)
	broken := g.contract.Check(a.Request, sent, a, got)
	g.mu.Lock()
	fault := g.fault
	if broken != nil {
		g.violations = append(g.violations, fmt.Errorf("%w; the answer: %.2000s", broken, got))
	}
	g.mu.Unlock()
	switch fault {
	case FaultMute:
		edits := a.Request.Method == http.MethodPatch && a.Request.URL.Query().Get("dry_run") == ""
		if edits || a.Request.Header.Get("Idempotency-Key") != "" {
			return errors.New("the answer is lost")
		}
	case FaultCut:
		a.Body = io.NopCloser(io.MultiReader(bytes.NewReader(got[:len(got)/2]), brokenReader{}))
		return nil
	case FaultShort:
		lines := bytes.SplitAfter(got, []byte("\n"))
		got = bytes.Join(lines[:max(0, len(lines)-2)], nil) // the last is empty
		a.Trailer = nil
		a.Header.Del("Trailer")
	case FaultNone, FaultDown, FaultHTML, FaultError, FaultBusy, FaultHang:
	}
	a.Body = io.NopCloser(bytes.NewReader(got))
	return nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
