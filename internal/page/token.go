package page

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
)

// formToken is the name of the hidden field that proves that a form came from a
// page of ours in this browser. It is made of the link's secret, which another
// site does not know, and of a random number in a cookie, which no other browser
// has. Nobody needs to be logged in for it, and the server keeps nothing.
const formToken = "form_token"

// errFormToken is a form without the token that belongs to this browser's cookie.
var errFormToken = errors.New("the form carries another page's token")

// issueToken gives the token for a form on this page, and the browser the cookie
// that belongs to it unless it has one.
func (h *handler) issueToken(w http.ResponseWriter, r *http.Request) string {
	secret := r.PathValue("token")
	name := h.cookieName(r)
	nonce := rand.Text()
	if cookie, err := r.Cookie(name); err == nil && cookie.Value != "" {
		nonce = cookie.Value // another tab's form goes on being good
	} else {
		http.SetCookie(w, &http.Cookie{ //nolint:gosec // a browser that comes over plain http would drop a secure one
			Name: name, Value: nonce, Path: "/", HttpOnly: true, Secure: h.secure(r), SameSite: http.SameSiteStrictMode,
		})
	}
	return sign(secret, nonce)
}

// checkToken says whether a form came from a page of ours in this browser.
func (h *handler) checkToken(r *http.Request) bool {
	cookie, err := r.Cookie(h.cookieName(r))
	if err != nil || cookie.Value == "" {
		return false
	}
	want := sign(r.PathValue("token"), cookie.Value)
	return hmac.Equal([]byte(want), []byte(r.PostForm.Get(formToken)))
}

// sameOrigin says whether a browser admits that a form was sent by another site.
// Because of no-referrer, browsers without Sec-Fetch-Site name no origin even for
// our own forms; the token alone decides then.
func (h *handler) sameOrigin(r *http.Request) bool {
	silent := r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "null"
	return silent || h.crossOrigin.Check(r) == nil
}

// cookieName differs by link, so that pages of two links do not take each other's
// cookie; __Host- keeps other hosts of the domain from setting it.
func (h *handler) cookieName(r *http.Request) string {
	name := "form_" + sign(r.PathValue("token"), "cookie")[:16]
	if h.secure(r) {
		return "__Host-" + name
	}
	return name
}

func (h *handler) secure(r *http.Request) bool { return h.Secure || r.TLS != nil }

// attemptKey is the same for the same form sent again from the same page.
func attemptKey(r *http.Request) string {
	return sign(r.PathValue("token"), r.PostForm.Encode())
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
