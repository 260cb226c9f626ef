package clitest_test

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// requestLog is what --debug shows of one run. Every run of every script is held to it:
// nothing that opens something, or is somebody's, may be in it.
type requestLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps what is shown.
func (l *requestLog) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(data)
}

// leak returns the line with a secret in it, "" where there is none. What was typed,
// such as a password, is secret too.
func (l *requestLog) leak(typed string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return leakIn(l.text.String(), typed)
}

func leakIn(shown, typed string) string {
	const shortest = 8 // what is shorter may be a word of the API
	secrets := []*regexp.Regexp{
		regexp.MustCompile(`rs_(test|live)_`),                         // tokens
		regexp.MustCompile(`(?i)\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b`),    // keys
		regexp.MustCompile(`"[0-9A-Z]*[A-Z][0-9A-Z]*"`),               // coupons, but for codes of currencies and countries
		regexp.MustCompile(`/(keys|licenses|orders)/[0-9A-Za-z-]+\b`), // codes in paths
		regexp.MustCompile(`"https?://`),                              // links
		regexp.MustCompile(`@|%40`),                                   // addresses
	}
	for line := range strings.Lines(shown) {
		for _, secret := range secrets {
			for _, found := range secret.FindAllString(line, -1) {
				if !harmless(found) {
					return found + " in " + line
				}
			}
		}
		for word := range strings.Lines(typed) {
			// Ids, which can be piped in, give nothing away.
			if word = strings.TrimSpace(word); len(word) >= shortest && !strings.HasPrefix(word, "lic_") && strings.Contains(line, word) {
				return word + " in " + line
			}
		}
	}
	return ""
}

// harmless tells currencies, countries, and the fixed words of paths.
func harmless(found string) bool {
	word := strings.Trim(found, `"`)
	if at := strings.LastIndexByte(word, '/'); at >= 0 {
		return regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(word[at+1:])
	}
	return regexp.MustCompile(`^[A-Z]{2,3}$`).MatchString(word)
}

func TestLeakIsFound(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"GET http://127.0.0.1:1/v1/keys/ABCD-EFGH-JKMN-PQRS 200 in 1ms",
		"GET http://127.0.0.1:1/v1/licenses/ABCD2345 200 in 1ms",
		`  < {"coupon":"ABCD2345"}`,
		`  < {"secret":"rs_test_abc"}`,
		`  < {"url":"https://licensing.example.com/activate/x"}`,
		`  > {"login":"ann","password":"correct horse battery"}`,
		`  > {"email":"ann@example.com"}`,
	} {
		require.NotEmpty(t, leakIn(line+"\n", "ann\ncorrect horse battery\n"), line)
	}
	require.Empty(t, leakIn(`GET http://127.0.0.1:1/v1/licenses/lic_01JD7W8Q6M3N4P5R6S7T8V9W0X/extend/preview 200 req_1 in 1ms
POST http://127.0.0.1:1/v1/licenses/preview 200 req_1 in 1ms
  < {"id":"lic_01JD7W8Q6M3N4P5R6S7T8V9W0X","coupon":"***","currency":"EUR","country":"DE","amount":3600}
`, "ann\ncorrect horse battery\n"))
}
