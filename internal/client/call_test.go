package client

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestCall(t *testing.T) {
	t.Parallel()
	f := setup(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Idempotency-Replayed", "true")
		w.Header().Set("ETag", `"4"`)
		session(0, w, r)
	})
	got, meta, err := CallMeta(t.Context(), f.Client, api.SessionView, api.SessionViewInput{})
	require.NoError(t, err)
	require.Equal(t, "laptop", got.TokenName)
	require.Equal(t, Meta{RequestID: "req_1", Replayed: true, ETag: `"4"`}, meta)

	sent := f.requests()[0].Header
	require.Equal(t, "Bearer "+f.token, sent.Get("Authorization"))
	require.Equal(t, "resell/test", sent.Get("User-Agent"))
	require.Equal(t, "application/json", sent.Get("Accept"))
	require.Equal(t, "identity", sent.Get("Accept-Encoding"))
}

func TestCallAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status     int
		kind, body string
		code       string
		says       string
	}{
		"problem":            {404, api.ProblemType, `{"code":"license_not_found","detail":"no such license","status":1}`, "license_not_found", "no such license"},
		"problem as JSON":    {403, "application/json", `{"code":"forbidden","request_id":"req_1"}`, "forbidden", "403 Forbidden"},
		"HTML":               {404, "text/html; charset=utf-8", "<html>", "unexpected_response", "answered 404 with text/html instead of JSON"},
		"HTML with 200":      {200, "text/html", "<html>", "unexpected_response", "answered 200 with text/html instead of JSON"},
		"other JSON":         {404, "application/json", `{"message":"Not Found"}`, "unexpected_response", "JSON of another shape"},
		"list of JSON":       {200, "application/json", `[1]`, "unexpected_response", "JSON of another shape"},
		"cut off JSON":       {200, "application/json", `{"token_name":`, "unexpected_response", "JSON of another shape"},
		"not a problem":      {400, api.ProblemType, "oops", "unexpected_response", "JSON of another shape"},
		"no type, no body":   {400, "", "", "unexpected_response", "with nothing instead"},
		"redirect to nobody": {302, "text/plain", "", "unexpected_response", "answered 302"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) { answer(w, test.status, test.kind, test.body) })
			got, err := view(f)
			p := requireProblem(t, err, test.status, test.code)
			require.Contains(t, err.Error(), test.says)
			require.Equal(t, "req_1", p.RequestID)
			require.Zero(t, got)
			require.Len(t, f.requests(), 1)
			if test.code == "unexpected_response" {
				require.Contains(t, p.Detail, f.url)
				require.Contains(t, p.Hint, "check the host")
			}
		})
	}
}

func TestCallNoContent(t *testing.T) {
	t.Parallel()
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	_, err := view(f)
	require.NoError(t, err)
}

func TestCallRefusesLargeAnswers(t *testing.T) {
	t.Parallel()
	for _, announced := range []bool{true, false} {
		f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if announced {
				w.Header().Set("Content-Length", "67108865")
			}
			part := []byte(strings.Repeat(" ", 1<<20))
			for range 64 {
				if _, err := w.Write(part); err != nil {
					return
				}
			}
			_, _ = w.Write([]byte("x"))
		})
		_, err := view(f)
		requireProblem(t, err, 200, "unexpected_response")
		require.ErrorContains(t, err, "more than 64 MiB")
		require.Len(t, f.requests(), 1)
	}
}

func TestCallEndOfContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	f := setup(t, func(_ int, _ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := Call(ctx, f.Client, api.SessionView, api.SessionViewInput{})
	require.Equal(t, context.Canceled, err)

	_, err = Call(ctx, f.Client, api.SessionView, api.SessionViewInput{})
	require.Equal(t, context.Canceled, err)
	require.Len(t, f.requests(), 1)
	require.Empty(t, f.waits)
}

func TestCallTimeout(t *testing.T) {
	t.Parallel()
	for name, early := range map[string]bool{"no header": false, "no body": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, func(_ int, w http.ResponseWriter, r *http.Request) {
				if early {
					w.Header().Set("Content-Type", "application/json")
					w.(http.Flusher).Flush()
				}
				<-r.Context().Done()
			}, noRetries, func(o *Options) { o.Timeout = 50 * time.Millisecond })
			_, err := view(f)
			requireUnreachable(t, err, "no answer within 50ms")
			require.NotErrorIs(t, err, context.DeadlineExceeded)
		})
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	other := &fixture{t: t}
	elsewhere := httptest.NewServer(other.record(session))
	t.Cleanup(elsewhere.Close)
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/moved":
			session(n, w, r)
		case r.Header.Get("Idempotency-Key") == "same":
			http.Redirect(w, r, "/moved", http.StatusFound)
		case r.URL.Query().Has("loop"):
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
		case r.URL.Query().Has("same"):
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
		default:
			http.Redirect(w, r, elsewhere.URL+"/v1/session?code=secret", http.StatusTemporaryRedirect)
		}
	})

	_, err := view(f)
	p := requireProblem(t, err, 307, "unexpected_response")
	require.Contains(t, p.Detail, "redirects to "+elsewhere.URL)
	require.NotContains(t, p.Detail, "secret")
	_, err = pause(f, "other")
	requireProblem(t, err, 307, "unexpected_response")
	_, err = Stream(t.Context(), f.Client, api.ExportKeys, api.ExportKeysInput{}, &strings.Builder{}, StreamOptions{})
	requireProblem(t, err, 307, "unexpected_response")
	require.Empty(t, other.requests())

	_, err = pause(f, "same")
	requireProblem(t, err, 302, "unexpected_response")
	_, err = f.Raw(t.Context(), "GET", "/v1/session?loop", nil, nil, nil)
	requireProblem(t, err, 302, "unexpected_response")
	got, err := f.Raw(t.Context(), "GET", "/v1/session?same", nil, nil, nil)
	require.NoError(t, err)
	require.Equal(t, 200, got.Status)
}
