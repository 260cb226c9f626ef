package client

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// seen is a request as a server got it.
type seen struct {
	Method, Path, Query, Body string
	Header                    http.Header
}

// fixture is a client of a server whose answers a test gives.
type fixture struct {
	*Client
	t      *testing.T
	url    string
	token  string
	mu     sync.Mutex
	seen   []seen
	waits  []time.Duration
	reason []string
	told   []string // the same, as a person is told
}

// setup starts a server that answers with handle, which is told how many requests
// came before, and a client that never really sleeps.
func setup(t *testing.T, handle func(n int, w http.ResponseWriter, r *http.Request), change ...func(*Options)) *fixture {
	t.Helper()
	f := &fixture{t: t}
	server := httptest.NewServer(f.record(handle))
	t.Cleanup(server.Close)
	f.url = server.URL
	f.connect(change...)
	return f
}

func (f *fixture) record(handle func(n int, w http.ResponseWriter, r *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		n := len(f.seen)
		f.seen = append(f.seen, seen{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), r.Header.Clone()})
		f.mu.Unlock()
		handle(n, w, r)
	})
}

func (f *fixture) connect(change ...func(*Options)) {
	f.t.Helper()
	token, err := api.NewToken(bytes.NewReader(bytes.Repeat([]byte{7}, 32)), api.TestPrefix)
	require.NoError(f.t, err)
	f.token = token
	o := Options{
		Host: f.url, Token: token, UserAgent: "resell/test",
		Sleep: func(ctx context.Context, d time.Duration) error {
			f.waits = append(f.waits, d)
			return ctx.Err()
		},
		OnRetry: func(r Retry) { f.reason, f.told = append(f.reason, r.Reason), append(f.told, r.String()) },
		Now:     func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) },
	}
	for _, c := range change {
		c(&o)
	}
	f.Client, err = New(o)
	require.NoError(f.t, err)
	f.t.Cleanup(f.Close)
}

func (f *fixture) requests() []seen {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen
}

func noRetries(o *Options) { o.MaxWait = -1 }

func answer(w http.ResponseWriter, status int, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("X-Request-ID", "req_1")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func answerProblem(w http.ResponseWriter, status int, code string) {
	answer(w, status, api.ProblemType, `{"code":"`+code+`","detail":"it is so"}`)
}

func session(_ int, w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, "application/json; charset=utf-8", `{"token_name":"laptop"}`)
}

// drop cuts the connection without an answer.
func drop() { panic(http.ErrAbortHandler) }

func view(f *fixture) (api.Session, error) {
	return Call(f.t.Context(), f.Client, api.SessionView, api.SessionViewInput{})
}

func pause(f *fixture, key string) (api.License, error) {
	in := api.LicenseActionInput{License: "lic_1"}
	in.IdempotencyKey = key
	return Call(f.t.Context(), f.Client, api.LicensePause, in)
}

func requireProblem(t *testing.T, err error, status int, code string) *api.Problem {
	t.Helper()
	var p *api.Problem
	require.ErrorAs(t, err, &p)
	require.Equal(t, status, p.Status)
	require.Equal(t, code, p.Code)
	return p
}

func requireUnreachable(t *testing.T, err error, text string) {
	t.Helper()
	var u *UnreachableError
	require.ErrorAs(t, err, &u)
	require.Contains(t, err.Error(), text)
	require.NotContains(t, err.Error(), "\n")
	require.NotContains(t, err.Error(), "/v1", err)
}
