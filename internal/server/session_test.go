package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
)

// However many addresses guess at one login, it is held up for all of them; and so is
// an address that guesses at many logins.
func TestSignInIsHeldUp(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	response, text := r.send(http.MethodPost, "/v1/users",
		`{"login":"ann","email":"ann@example.com","name":"Ann","role":"viewer","password":"correct horse battery"}`, "Idempotency-Key", "1")
	require.Equal(t, http.StatusCreated, response.StatusCode, "%s", text)
	r.token = ""
	signIn := func(login, password, from string) string {
		response, text := r.send(http.MethodPost, "/v1/session", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password), "X-Forwarded-For", from)
		if response.StatusCode == http.StatusCreated {
			var made api.NewSession
			require.NoError(t, json.Unmarshal(text, &made))
			require.NoError(t, api.CheckToken(made.Token))
			return "signed in"
		}
		var p api.Problem
		require.NoError(t, json.Unmarshal(text, &p))
		if p.Code == string(licensing.CodeRateLimited) {
			require.NotEmpty(t, response.Header.Get("Retry-After"))
		}
		return p.Code
	}
	const right = "correct horse battery"
	require.Equal(t, "signed in", signIn("ann", right, "192.0.2.1"))
	heldUp := func(guess func(n int) string) {
		for n := 0; ; n++ { // some are forgiven meanwhile on a slow machine
			code := guess(n)
			if code == "rate_limited" {
				require.GreaterOrEqual(t, n, 20)
				return
			}
			require.Equal(t, "invalid_login", code)
			require.Less(t, n, 100)
		}
	}
	heldUp(func(n int) string { return signIn("Ann ", "a wrong guess", fmt.Sprintf("192.0.2.%d", n)) })
	heldUp(func(n int) string { return signIn(fmt.Sprintf("login%d", n), "a wrong guess", "203.0.113.1") })
	require.Equal(t, "invalid_login", signIn("somebody", right, "203.0.113.2"))
}
