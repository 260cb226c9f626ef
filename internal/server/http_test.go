package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestEveryErrorIsAProblem(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	key := []string{"Idempotency-Key", "k"}
	long := strings.Repeat("x", 600)
	tests := []struct {
		name         string
		status       int
		code         licensing.Code
		method, path string
		body         string
		header       []string
	}{
		{"unknown path", 404, licensing.CodeRouteNotFound, "GET", "/v1/nothing", "", nil},
		{"root", 404, licensing.CodeRouteNotFound, "GET", "/", "", nil},
		{"another method", 405, licensing.CodeMethodNotAllowed, "DELETE", "/v1/companies", "", nil},
		{"no token", 401, licensing.CodeUnauthenticated, "GET", "/v1/companies", "", []string{"Authorization", ""}},
		{"another scheme", 401, licensing.CodeUnauthenticated, "GET", "/v1/companies", "", []string{"Authorization", "Basic YTpi"}},
		{"mangled token", 401, licensing.CodeUnauthenticated, "GET", "/v1/companies", "", []string{"Authorization", "Bearer rs_live_short"}},
		{"no key", 400, licensing.CodeKeyMissing, "POST", "/v1/companies", `{"name":"A"}`, nil},
		{"not JSON", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", `{"name":`, key},
		{"no body", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", ``, key},
		{"another type", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", `{"name":7}`, key},
		{"unknown field", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", `{"nam":"A"}`, key},
		{"not UTF-8", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", "{\"name\":\"\xff\"}", key},
		{"zero character", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", `{"name":"a\u0000b"}`, key},
		{"zero character in the path", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies/a%00b", "", nil},
		{"not UTF-8 in the query", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies?search=%ff", "", nil},
		{"form body", 415, licensing.CodeUnsupportedMedia, "POST", "/v1/companies", `name=A`, append(key, "Content-Type", "application/x-www-form-urlencoded")},
		{"empty filter", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies?search=", "", nil},
		{"unknown filter", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies?serach=a", "", nil},
		{"limit too high", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies?limit=501", "", nil},
		{"limit of words", 400, licensing.CodeInvalidRequest, "GET", "/v1/companies?limit=many", "", nil},
		{"not a date", 400, licensing.CodeInvalidRequest, "GET", "/v1/orders?since=yesterday", "", nil},
		{"made-up cursor", 400, licensing.CodeInvalidCursor, "GET", "/v1/companies?cursor=abc", "", nil},
		{"name too long", 400, licensing.CodeInvalidRequest, "POST", "/v1/companies", `{"name":"` + long + `"}`, key},
		{"missing resource", 404, licensing.CodeNotFound, "GET", "/v1/licenses/lic_0", "", nil},
		{"body too large", 413, licensing.CodeBodyTooLarge, "POST", "/v1/companies", strings.Repeat(" ", 9<<20), key},
		{"stale version", 400, licensing.CodeInvalidRequest, "PATCH", "/v1/companies/x", `{"name":"A"}`, []string{"If-Match", "abc"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			here := *r
			here.t = t
			here.refused(tt.status, tt.code, tt.method, tt.path, tt.body, tt.header...)
		})
	}
}

func TestMethodNotAllowedNamesWhatIs(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	response, _ := r.send(http.MethodDelete, "/v1/companies", "")
	require.Equal(t, []string{"GET", "POST"}, response.Header.Values("Allow"))
}

// A rejected value may be a secret that was put in the wrong place.
func TestRejectedValuesAreNeitherAnsweredNorLogged(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	const secret = "TOP-SECRET-0000-KEY1"
	for _, send := range []func() []byte{
		func() []byte {
			_, text := r.send("POST", "/v1/keys", `{"count":"`+secret+`"}`, "Idempotency-Key", secret)
			return text
		},
		func() []byte { _, text := r.send("GET", "/v1/keys?limit="+secret, ""); return text },
		func() []byte { _, text := r.send("GET", "/v1/keys/"+secret, ""); return text },
		func() []byte {
			_, text := r.send("GET", "/v1/companies", "", "Authorization", "Bearer "+secret)
			return text
		},
	} {
		require.NotContains(t, string(send()), secret)
	}
	require.NotContains(t, r.log.String(), secret)
	require.NotContains(t, r.log.String(), r.token)
	require.Contains(t, r.log.String(), `"operation":"key-view"`)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	r := setup(t, 1)
	response, _ := r.send("GET", "/v1/session", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, `"token";q=2;w=2`, response.Header.Get("RateLimit-Policy"))
	require.Equal(t, `"token";r=1;t=1`, response.Header.Get("RateLimit"))
	for range 20 {
		response, text := r.send("GET", "/v1/session", "")
		if response.StatusCode == http.StatusTooManyRequests {
			require.Contains(t, string(text), "rate_limited")
			require.NotEmpty(t, response.Header.Get("Retry-After"))
			return
		}
	}
	t.Fatal("twenty requests at once passed a limit of one a second")
}

func TestIdempotencyOverHTTP(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	first, one := r.send("POST", "/v1/companies", `{"name":"A","domain":"a.example"}`, "Idempotency-Key", "k1")
	require.Equal(t, http.StatusCreated, first.StatusCode, "%s", one)
	require.Empty(t, first.Header.Get("Idempotency-Replayed"))
	require.Equal(t, `"1"`, first.Header.Get("ETag"))
	again, two := r.send("POST", "/v1/companies", `{"domain":"a.example", "name":"A"}`, "Idempotency-Key", "k1")
	require.Equal(t, http.StatusCreated, again.StatusCode)
	require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
	require.JSONEq(t, string(one), string(two))
	r.refused(422, licensing.CodeKeyReused, "POST", "/v1/companies", `{"name":"B"}`, "Idempotency-Key", "k1")

	changed, text := r.send("PATCH", "/v1/companies/a.example", `{"city":"Here"}`, "If-Match", `"1"`)
	require.Equal(t, http.StatusOK, changed.StatusCode, "%s", text)
	require.Equal(t, `"2"`, changed.Header.Get("ETag"))
	r.refused(412, licensing.CodeVersionConflict, "PATCH", "/v1/companies/a.example", `{"city":"There"}`, "If-Match", `"1"`)
}

func TestTextThatLooksLikeAZeroEscapeIsKept(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	response, text := r.send("POST", "/v1/companies", `{"name":"a\\u0000b"}`, "Idempotency-Key", "k")
	require.Equal(t, http.StatusCreated, response.StatusCode, "%s", text)
	var company struct{ Name string }
	require.NoError(t, json.Unmarshal(text, &company))
	require.Equal(t, `a\u0000b`, company.Name)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": "reselld_request_duration_seconds", "/openapi.json": `"openapi":"3.1.0"`} {
		response, text := r.send("GET", path, "")
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		if path != "/metrics" || strings.Contains(string(text), "reselld_") {
			require.Contains(t, string(text), want, path)
		}
	}
}
