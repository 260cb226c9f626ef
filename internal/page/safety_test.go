package page_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/page"
)

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for _, path := range []string{activation, payment, "/activate/unknown"} {
		a := s.get(path)
		require.Equal(t, "no-store", a.Header.Get("Cache-Control"))
		require.Equal(t, "no-referrer", a.Header.Get("Referrer-Policy"))
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		require.Equal(t, "noindex, nofollow", a.Header.Get("X-Robots-Tag"))
		require.Equal(t, "text/html; charset=utf-8", a.Header.Get("Content-Type"))
		require.Equal(t, "Accept-Language", a.Header.Get("Vary"))

		policy := a.Header.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			require.Contains(t, policy, directive)
		}
		require.NotContains(t, policy, "unsafe")
		sum := sha256.Sum256([]byte(a.all("style")[0].FirstChild.Data))
		require.Contains(t, policy, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", "the stylesheet is the one that is allowed")

		require.Empty(t, a.all("script"))
		require.Empty(t, a.all("img"))
		for n := range a.root.Descendants() {
			require.False(t, has(n, "style"), "the policy forbids style attributes")
			for _, at := range n.Attr {
				require.False(t, strings.HasPrefix(at.Key, "on"), "no handlers of events")
				if at.Key == "src" || at.Key == "action" || n.Data == "link" && at.Key == "href" && at.Val != "data:," {
					require.Fail(t, "a page asks for nothing else", "%s=%q", at.Key, at.Val)
				}
			}
		}
	}
}

func TestCookie(t *testing.T) {
	t.Parallel()
	s := setup(t)
	cookies := s.get(activation).Cookies()
	require.Len(t, cookies, 1)
	require.True(t, cookies[0].HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookies[0].SameSite)
	require.False(t, cookies[0].Secure, "plain http would lose it")
	require.NotContains(t, cookies[0].String(), secret)
	require.Empty(t, s.get(activation).Cookies(), "one that is there stays")

	s = setup(t, func(o *page.Options) { o.Secure = true })
	cookies = s.get(activation).Cookies()
	require.True(t, cookies[0].Secure)
	require.True(t, strings.HasPrefix(cookies[0].Name, "__Host-"))
	require.Equal(t, "/", cookies[0].Path)
}

func TestForgedForms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		headers []string
		forge   func(*testing.T, *site) (path string, token string)
		status  int
		keeps   bool
	}{
		{"no token", nil, func(*testing.T, *site) (string, string) { return activation, "" }, http.StatusForbidden, true},
		{"another browser's token", nil, func(t *testing.T, s *site) (string, string) {
			t.Helper()
			other := *s
			other.client = &http.Client{}
			return activation, other.get(activation).formToken(t)
		}, http.StatusForbidden, true},
		{"another link's token", nil, func(t *testing.T, s *site) (string, string) {
			t.Helper()
			return activation, s.get(payment).formToken(t)[:10]
		}, http.StatusForbidden, true},
		{"another site", []string{"Sec-Fetch-Site", "cross-site"}, good, http.StatusForbidden, false},
		{"another host of the domain", []string{"Sec-Fetch-Site", "same-site"}, good, http.StatusForbidden, false},
		{"another origin, from an old browser", []string{"Origin", "https://evil.example"}, good, http.StatusForbidden, false},
		{"a frame that hides its origin", []string{"Origin", "null", "Sec-Fetch-Site", "cross-site"}, good, http.StatusForbidden, false},
		{"our own page", []string{"Origin", "null", "Sec-Fetch-Site", "same-origin"}, good, http.StatusOK, false},
		{"our own page, in an old browser", []string{"Origin", "null"}, good, http.StatusOK, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			form := s.existing(activation, "office@nord.example")
			path, token := tt.forge(t, s)
			form.Set("form_token", token)
			a := s.post(path, form, tt.headers...)

			require.Equal(t, tt.status, a.StatusCode)
			require.Equal(t, tt.status == http.StatusOK, len(s.desk.existing) == 1)
			if tt.keeps {
				require.Equal(t, "office@nord.example", attr(a.byID(t, "existing-email"), "value"))
				form.Set("form_token", a.formToken(t))
				require.Equal(t, http.StatusOK, s.post(path, form).StatusCode, "pressing again is enough")
			}
		})
	}
}

func good(t *testing.T, s *site) (string, string) {
	t.Helper()
	return activation, s.get(activation).formToken(t)
}

func TestLimit(t *testing.T) {
	t.Parallel()
	s := setup(t, func(o *page.Options) { o.Limit = 12 })
	from := func(address string) []string { return []string{"X-Test-Address", address} }

	form := s.existing(activation, "x") // asks without an address: a client of its own
	require.Equal(t, http.StatusUnprocessableEntity, s.post(activation, form, from("192.0.2.1")...).StatusCode)
	require.Equal(t, http.StatusUnprocessableEntity, s.post(activation, form, from("192.0.2.1")...).StatusCode)
	a := s.post(activation, form, from("192.0.2.1")...)
	require.Equal(t, http.StatusTooManyRequests, a.StatusCode, "a form counts as five pages")
	require.Equal(t, "Too many attempts", a.h1())
	require.Contains(t, a.text, "<title>Too many attempts</title>")
	wait, err := strconv.Atoi(a.Header.Get("Retry-After"))
	require.NoError(t, err)
	require.Equal(t, 15, wait, "three pages are missing, one comes every five seconds")

	require.Equal(t, http.StatusOK, s.get(activation, from("192.0.2.2")...).StatusCode, "others are not held up")
	s.clock.move(time.Duration(wait) * time.Second)
	require.Equal(t, http.StatusUnprocessableEntity, s.post(activation, form, from("192.0.2.1")...).StatusCode)

	s = setup(t, func(o *page.Options) { o.Limit = 1 })
	form = s.existing(activation, "office@nord.example")
	require.Equal(t, http.StatusOK, s.post(activation, form, from("192.0.2.1")...).StatusCode, "a small limit still lets a form through")
}

func TestLimitForgets(t *testing.T) {
	t.Parallel()
	s := setup(t, func(o *page.Options) { o.Limit = 1 })
	handler := page.New(page.Options{
		Activation: s.desk, Now: s.clock.Now, Limit: 1, Address: func(r *http.Request) string { return r.RemoteAddr },
	})
	ask := func(address string) int {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		request.RemoteAddr = address
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		return recorder.Code
	}
	require.Equal(t, http.StatusNotFound, ask("first"))
	require.Equal(t, http.StatusTooManyRequests, ask("first"))
	for i := range 9_999 {
		ask(strconv.Itoa(i))
	}
	require.Equal(t, http.StatusTooManyRequests, ask("first"), "ten thousand are remembered")
	require.Equal(t, http.StatusNotFound, ask("one more"))
	require.Equal(t, http.StatusNotFound, ask("first"), "then all are forgotten")
}
