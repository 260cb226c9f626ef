package server

import (
	"net/http"

	"github.com/resell-cli/resell/internal/licensing"
)

const maxRequestKey = 255 // characters of an Idempotency-Key

// checkHeaders refuses headers that are not ASCII, and those given twice of which one
// would be dropped in silence. An empty Idempotency-Key counts as none.
func checkHeaders(h http.Header) error {
	for _, name := range []string{"Authorization", "Content-Type", "If-Match", "Idempotency-Key"} {
		if len(h.Values(name)) > 1 {
			return licensing.Invalid(name, "is given twice")
		}
	}
	for _, name := range []string{"Accept", "Accept-Encoding", "Authorization", "Content-Type", "If-Match"} {
		for _, value := range h.Values(name) {
			if !isASCII(value, ' ') {
				return licensing.Invalid(name, "holds what is not a printable ASCII character")
			}
		}
	}
	if key := h.Get("Idempotency-Key"); len(key) > maxRequestKey || !isASCII(key, '!') {
		return licensing.Invalid("Idempotency-Key", "must be 1 to %d visible ASCII characters", maxRequestKey)
	}
	return nil
}

// isASCII tells whether every byte is one of lowest to ~, the last that can be seen.
func isASCII(s string, lowest byte) bool {
	for i := range len(s) {
		if s[i] < lowest || s[i] > '~' {
			return false
		}
	}
	return true
}
