package client

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "20")
		answerProblem(w, 503, "unavailable")
	})
	_, err := view(f)
	requireProblem(t, err, 503, "unavailable")
	require.Len(t, f.waits, 3)

	f = setup(t, func(int, http.ResponseWriter, *http.Request) { drop() })
	_, err = view(f)
	requireUnreachable(t, err, "closed before the answer was complete")
	total := time.Duration(0)
	for _, wait := range f.waits {
		require.LessOrEqual(t, wait, mostWait)
		total += wait
	}
	require.LessOrEqual(t, total, time.Minute)
	require.Greater(t, len(f.waits), 5)
}

// Slow attempts use up the time for retries as waiting does.
func TestRetriesCountTheAttempts(t *testing.T) {
	t.Parallel()
	now := time.Time{}
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) { answerProblem(w, 503, "x") },
		func(o *Options) { o.Now = func() time.Time { now = now.Add(10 * time.Second); return now } })
	_, err := view(f)
	requireProblem(t, err, 503, "x")
	require.LessOrEqual(t, len(f.requests()), 3)
}

func TestRetriesOff(t *testing.T) {
	t.Parallel()
	f := setup(t, failing("503 x"), noRetries)
	_, err := view(f)
	requireProblem(t, err, 503, "x")
	require.Len(t, f.requests(), 1)
}

func TestRetryStopsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	f := setup(t, failing("503 x"), func(o *Options) {
		o.Sleep = nil
		o.OnRetry = func(Retry) { cancel() }
	})
	_, err := Call(ctx, f.Client, api.SessionView, api.SessionViewInput{})
	require.Equal(t, context.Canceled, err)
	require.Len(t, f.requests(), 1)
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for n, most := range []int{200, 400, 800, 1600, 3200, 6400, 10000, 10000} {
		for range 100 {
			wait := backoff(n)
			require.Positive(t, wait)
			require.LessOrEqual(t, wait, time.Duration(most)*time.Millisecond)
		}
	}
	require.LessOrEqual(t, backoff(1000), mostWait)
}
