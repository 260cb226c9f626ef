package client

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

const dropped = 0 // stands for a connection cut without an answer

// failing answers first with each of the failures, then with a session.
func failing(failures ...string) func(n int, w http.ResponseWriter, r *http.Request) {
	return func(n int, w http.ResponseWriter, r *http.Request) {
		if n >= len(failures) {
			session(n, w, r)
			return
		}
		status, code := dropped, ""
		_, _ = fmt.Sscanf(failures[n], "%d %s", &status, &code)
		if status == dropped {
			drop()
		}
		answerProblem(w, status, code)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		failure                  string
		read, keyed, bare, patch bool
	}{
		{"0 dropped", true, true, false, false},
		{"429 rate_limited", true, true, false, true},
		{"500 internal", true, false, false, false},
		{"502 x", true, true, false, false},
		{"503 unavailable", true, true, false, false},
		{"504 x", true, true, false, false},
		{"409 request_in_progress", true, true, false, false},
		{"409 version_conflict", false, false, false, false},
		{"400 invalid", false, false, false, false},
		{"401 unauthorized", false, false, false, false},
		{"404 not_found", false, false, false, false},
		{"422 idempotency_key_reused", false, false, false, false},
		{"501 x", false, false, false, false},
	} {
		for name, call := range map[string]struct {
			retried bool
			do      func(*fixture) error
		}{
			"read":  {test.read, func(f *fixture) error { _, err := view(f); return err }},
			"keyed": {test.keyed, func(f *fixture) error { _, err := pause(f, "k1"); return err }},
			"bare":  {test.bare, func(f *fixture) error { _, err := pause(f, ""); return err }},
			"preview": {test.read, func(f *fixture) error {
				_, err := Call(f.t.Context(), f.Client, api.LicensePreview, api.LicensePreviewInput{})
				return err
			}},
			"patch": {test.patch, func(f *fixture) error {
				_, err := Call(f.t.Context(), f.Client, api.CompanyEdit, api.CompanyEditInput{Company: "com_1"})
				return err
			}},
		} {
			t.Run(test.failure+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := setup(t, failing(test.failure, test.failure))
				err := call.do(f)
				if !call.retried {
					require.Error(t, err)
					require.Len(t, f.requests(), 1)
					return
				}
				require.NoError(t, err)
				require.Len(t, f.requests(), 3)
				require.Len(t, f.reason, 2)
			})
		}
	}
}

// A connection that was used before is where net/http itself repeats requests.
func TestDroppedPostOnUsedConnection(t *testing.T) {
	t.Parallel()
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n > 0 {
			drop()
		}
		session(n, w, r)
	})
	_, err := view(f)
	require.NoError(t, err)
	_, err = pause(f, "")
	requireUnreachable(t, err, "closed before the answer")
	require.Len(t, f.requests(), 2)
}

func TestRetryRepeatsKeyAndBody(t *testing.T) {
	t.Parallel()
	f := setup(t, failing("0", "503 x", "429 x", "0"))
	in := api.LicenseAddInput{Body: api.LicenseAddBody{Product: "SKU", Term: "full:1"}}
	in.IdempotencyKey = "k1"
	_, err := Call(t.Context(), f.Client, api.LicenseAdd, in)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(f.requests()), 5)
	for _, got := range f.requests() {
		require.Equal(t, "k1", got.Header.Get("Idempotency-Key"))
		require.JSONEq(t, `{"product":"SKU","term":"full:1"}`, got.Body)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"seconds":               {http.Header{"Retry-After": {"7"}}, 7 * time.Second},
		"date":                  {http.Header{"Retry-After": {"Sat, 21 Nov 2026 12:00:09 GMT"}}, 9 * time.Second},
		"date by server's time": {http.Header{"Retry-After": {"Sat, 21 Nov 2026 13:00:09 GMT"}, "Date": {"Sat, 21 Nov 2026 13:00:00 GMT"}}, 9 * time.Second},
		"past":                  {http.Header{"Retry-After": {"Sat, 21 Nov 2026 11:59:00 GMT"}}, -time.Minute},
		"negative":              {http.Header{"Retry-After": {"-3"}}, 0},
		"huge":                  {http.Header{"Retry-After": {"99999999999999999999"}}, 0},
		"nonsense":              {http.Header{"Retry-After": {"soon"}}, 0},
		"none":                  {nil, 0},
	} {
		require.Equal(t, test.want, retryAfter(test.header, now), name)
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n < 2 {
			w.Header().Set("Retry-After", []string{"7", "11"}[n])
			answerProblem(w, []int{429, 503}[n], "x")
			return
		}
		session(n, w, r)
	})
	_, err := view(f)
	require.NoError(t, err)
	require.Equal(t, []time.Duration{7 * time.Second, 11 * time.Second}, f.waits)
	require.Equal(t, []string{"the server answered 429 Too Many Requests", "the server answered 503 Service Unavailable"}, f.reason)
	require.Regexp(t, "^waiting .+: [A-Z]+ "+regexp.QuoteMeta(f.url)+`/v1/[a-z/*]+ answered 429 Too Many Requests \(try 2\)$`, f.told[0])
	require.Regexp(t, ` answered 503 Service Unavailable \(try 3\)$`, f.told[1])
}
