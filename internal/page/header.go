package page

import (
	"crypto/sha256"
	_ "embed" // the stylesheet
	"encoding/base64"
	"net/http"
	"strings"
)

//go:embed style.css
var style string

// withHeaders says to a browser what a page may do, which is next to nothing: show
// itself in the one stylesheet that it carries, and send its form back.
func withHeaders(next http.Handler) http.Handler {
	sum := sha256.Sum256([]byte(style))
	policy := strings.Join([]string{
		"default-src 'none'",
		"style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"img-src data:", // the empty icon, which keeps browsers from asking for one
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
		header.Set("X-Robots-Tag", "noindex, nofollow")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
