package client

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestRaw(t *testing.T) {
	t.Parallel()
	f := setup(t, func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 0 {
			answerProblem(w, 503, "x")
			return
		}
		answer(w, 201, "text/plain", "done")
	})
	got, err := f.Raw(t.Context(), "post", "/v1/a%2Fb?x=1", url.Values{"y": {"2&"}},
		http.Header{"Idempotency-Key": {"k1"}, "x-own": {"1"}, "Accept-Encoding": {"br"}}, strings.NewReader(`{"a":1}`))
	require.NoError(t, err)
	require.Equal(t, 201, got.Status)
	require.Equal(t, "done", string(got.Body))
	require.Equal(t, "req_1", got.Header.Get("X-Request-ID"))

	require.Len(t, f.requests(), 2)
	for _, r := range f.requests() {
		require.Equal(t, "POST", r.Method)
		require.Equal(t, "/v1/a%2Fb", r.Path)
		require.Equal(t, "x=1&y=2%26", r.Query)
		require.Equal(t, `{"a":1}`, r.Body)
		require.Equal(t, "1", r.Header.Get("X-Own"))
		require.Equal(t, "application/json", r.Header.Get("Content-Type"))
		require.Equal(t, "identity", r.Header.Get("Accept-Encoding"))
	}
}

func TestRawProblemComesWithTheAnswer(t *testing.T) {
	t.Parallel()
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) { answerProblem(w, 404, "not_found") })
	got, err := f.Raw(t.Context(), "GET", "/v1/x", nil, nil, nil)
	requireProblem(t, err, 404, "not_found")
	require.Equal(t, 404, got.Status)
	require.Contains(t, string(got.Body), "not_found")
}

func TestRawStaysOnItsHost(t *testing.T) {
	t.Parallel()
	f := setup(t, session)
	for _, path := range []string{"", "v1/session", "@evil.example/", ".evil.example/", "https://evil.example/v1", ":80/", "/a#b", "/a\nb", "/%zz", "/a?%zz"} {
		_, err := f.Raw(t.Context(), "GET", path, nil, nil, nil)
		var argument *ArgumentError
		require.ErrorAs(t, err, &argument, path)
	}
	require.Empty(t, f.requests())

	_, err := f.Raw(t.Context(), "GET", "//evil.example/v1", nil, nil, nil)
	require.NoError(t, err)
	require.Equal(t, "//evil.example/v1", f.requests()[0].Path)
}

func TestRawRefuses(t *testing.T) {
	t.Parallel()
	f := setup(t, session)
	for name, try := range map[string]func() (*Response, error){
		"method":      func() (*Response, error) { return f.Raw(t.Context(), "GE T", "/", nil, nil, nil) },
		"no method":   func() (*Response, error) { return f.Raw(t.Context(), "", "/", nil, nil, nil) },
		"header":      func() (*Response, error) { return f.Raw(t.Context(), "GET", "/", nil, http.Header{"A": {"b\n"}}, nil) },
		"body of GET": func() (*Response, error) { return f.Raw(t.Context(), "GET", "/", nil, nil, strings.NewReader("x")) },
	} {
		_, err := try()
		var argument *ArgumentError
		require.ErrorAs(t, err, &argument, name)
	}
	broken := errors.New("disk on fire")
	_, err := f.Raw(t.Context(), "POST", "/", nil, nil, iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
	require.Empty(t, f.requests())
}
