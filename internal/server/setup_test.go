package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// running is a real server over a real database, with the demo catalogue.
type running struct {
	t     *testing.T
	url   string
	token string
	log   *syncBuffer
}

func setup(t *testing.T, rateLimit int) *running {
	t.Helper()
	return setupWith(t, func(c *daemon.Config) { c.RateLimit = rateLimit })
}

func setupWith(t *testing.T, change func(*daemon.Config)) *running {
	t.Helper()
	r := &running{t: t, log: &syncBuffer{}}
	sender, err := mail.NewFolder(filepath.Join(t.TempDir(), "mail"))
	require.NoError(t, err)
	config := daemon.Config{
		DB: filepath.Join(t.TempDir(), "test.db"), Sender: sender, Logger: slog.New(slog.NewJSONHandler(r.log, nil)),
		Now: time.Now, AddressHeader: "X-Forwarded-For",
	}
	change(&config)
	instance, err := daemon.Open(t.Context(), config)
	require.NoError(t, err)
	catalog, err := daemon.DemoCatalog()
	require.NoError(t, err)
	require.NoError(t, instance.Service.ApplyCatalog(t.Context(), catalog))
	r.token, err = instance.IssueToken(t.Context(), daemon.DemoLogin, "test", api.TestPrefix, licensing.Time{})
	require.NoError(t, err)
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r.url = "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- instance.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, instance.Close())
	})
	return r
}

// send makes a request with the token and gives the answer with its body.
func (r *running) send(method, path, body string, header ...string) (*http.Response, []byte) {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, strings.NewReader(body))
	require.NoError(r.t, err)
	request.Header.Set("Authorization", "Bearer "+r.token)
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(r.t, err)
	defer func() { require.NoError(r.t, response.Body.Close()) }()
	text, err := io.ReadAll(response.Body)
	require.NoError(r.t, err)
	return response, text
}

// refused sends a request and checks that the answer is a problem.
func (r *running) refused(status int, code licensing.Code, method, path, body string, header ...string) api.Problem {
	r.t.Helper()
	response, text := r.send(method, path, body, header...)
	require.Equal(r.t, status, response.StatusCode, "%s", text)
	require.Equal(r.t, api.ProblemType, response.Header.Get("Content-Type"))
	var p api.Problem
	require.NoError(r.t, json.Unmarshal(text, &p))
	require.Equal(r.t, string(code), p.Code, "%s", text)
	require.Equal(r.t, status, p.Status)
	require.Equal(r.t, response.Header.Get("X-Request-Id"), p.RequestID)
	require.NotEmpty(r.t, p.Detail)
	return p
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
