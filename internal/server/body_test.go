package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func post(ctx context.Context, t *testing.T, length int) *http.Request {
	t.Helper()
	body := `"` + strings.Repeat("x", length-2) + `"`
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/", io.MultiReader(strings.NewReader(body))) // of unknown length
	require.NoError(t, err)
	return r
}

func TestOnlySoManyLargeBodiesAreHeld(t *testing.T) {
	t.Parallel()
	b := newBodies(1, time.Millisecond)
	done, err := b.take(post(t.Context(), t, smallBody+1))
	require.NoError(t, err)

	small := post(t.Context(), t, smallBody)
	free, err := b.take(small)
	require.NoError(t, err, "a small body needs no place")
	free()
	text, err := io.ReadAll(small.Body)
	require.NoError(t, err)
	require.Len(t, text, smallBody)

	free, err = b.take(post(t.Context(), t, smallBody+1))
	require.Equal(t, licensing.CodeUnavailable, licensing.CodeOf(err))
	free()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b.wait = time.Hour
	free, err = b.take(post(ctx, t, smallBody+1))
	require.ErrorIs(t, err, context.Canceled)
	free()

	done()
	for range 3 { // a refused body gives its place back, too
		free, err = b.take(post(t.Context(), t, maxBody+1))
		require.Equal(t, licensing.CodeBodyTooLarge, licensing.CodeOf(err))
		free()
	}
	whole := post(t.Context(), t, maxBody)
	free, err = b.take(whole)
	require.NoError(t, err)
	text, err = io.ReadAll(whole.Body)
	require.NoError(t, err)
	require.Len(t, text, maxBody)
	free()
}

// What nobody asked to call off is worth a line even if its error says canceled.
func TestCanceledIsLoggedUnlessTheClientHasGone(t *testing.T) {
	t.Parallel()
	for _, gone := range []bool{false, true} {
		var log strings.Builder
		s := &Server{logger: slog.New(slog.NewTextHandler(&log, nil))}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if gone {
			cancel()
		}
		require.Equal(t, http.StatusInternalServerError, s.problem(ctx, context.Canceled).Status)
		require.Equal(t, gone, log.Len() == 0)
	}
}

func TestCheckHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, value, want string }{
		{"Idempotency-Key", "!~" + strings.Repeat("k", 253), ""},
		{"Idempotency-Key", "", ""},
		{"Idempotency-Key", strings.Repeat("k", 256), "Idempotency-Key must be 1 to 255 visible ASCII characters"},
		{"Idempotency-Key", "a b", "Idempotency-Key must be 1 to 255 visible ASCII characters"},
		{"Idempotency-Key", "\xff", "Idempotency-Key must be 1 to 255 visible ASCII characters"},
		{"Idempotency-Key", "é", "Idempotency-Key must be 1 to 255 visible ASCII characters"},
		{"If-Match", `"1"`, ""},
		{"If-Match", "\xff", "If-Match holds what is not a printable ASCII character"},
		{"Content-Type", "application/json; charset=utf-8", ""},
		{"Accept", "é", "Accept holds what is not a printable ASCII character"},
	}
	for _, tt := range tests {
		err := checkHeaders(http.Header{tt.name: {tt.value}})
		if tt.want == "" {
			require.NoError(t, err, tt.value)
			continue
		}
		require.EqualError(t, err, tt.want, tt.value)
	}
	require.EqualError(t, checkHeaders(http.Header{"If-Match": {`"1"`, `"2"`}}), "If-Match is given twice")
}

// unreadable fails the test when it is read.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestBodiesAreNotReadForStrangers(t *testing.T) {
	t.Parallel()
	handler := New(Options{Logger: slog.New(slog.DiscardHandler)})
	for target, status := range map[string]int{
		"POST /v1/nothing": 404, "POST /healthz": 405, "GET /healthz": 200, "GET /v1/companies": 401, "POST /v1/companies": 401,
	} {
		method, path, _ := strings.Cut(target, " ")
		r, err := http.NewRequestWithContext(t.Context(), method, path, unreadable{t})
		require.NoError(t, err)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		require.Equal(t, status, w.Code, target)
	}
}
