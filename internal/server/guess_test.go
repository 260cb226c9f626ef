package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

// Whoever tries codes out is held up, whichever of the endpoints that take codes it
// tries, and whether or not a code has a check character. Others are not.
func TestGuessingCodes(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	const unknown, own = `{"code":"0000-0000-0000-0000","serial":"SN"}`, `{"code":"FRNT-DESK-2026-0001","serial":"SN"}`
	for i := range 20 {
		if i%2 == 0 {
			r.refused(404, licensing.CodeNotFound, "POST", "/v1/activations/check", unknown)
		} else {
			r.refused(422, licensing.CodeCodeMistyped, "POST", "/v1/activations", own, "Idempotency-Key", "k")
		}
	}
	for _, path := range []string{"/v1/activations", "/v1/activations/check", "/v1/activations/deactivate"} {
		response, _ := r.send("POST", path, unknown, "Idempotency-Key", "k")
		require.Equal(t, http.StatusTooManyRequests, response.StatusCode, path)
		require.NotEmpty(t, response.Header.Get("Retry-After"))
	}
	response, _ := r.send("GET", "/v1/session", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
}
