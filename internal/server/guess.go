package server

import (
	"context"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/resell-cli/resell/internal/licensing"
)

// guesses bounds how often an address may be wrong about a secret: a password, a
// key, a coupon. Each family of secrets is counted apart, and who is right is never held up.
type guesses struct {
	every   time.Duration // one wrong guess more is allowed
	burst   int           // wrong guesses at once
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

const (
	guessEvery = 6 * time.Second
	guessBurst = 20
)

func newGuesses() *guesses {
	return &guesses{every: guessEvery, burst: guessBurst, buckets: make(map[string]*rate.Limiter)}
}

// check refuses an address that was wrong too often, with rate_limited.
func (g *guesses) check(h http.Header, address, family string) error {
	bucket := g.bucket(family, address)
	if bucket.Tokens() >= 1 {
		return nil
	}
	wait := math.Ceil((1 - bucket.Tokens()) * g.every.Seconds())
	h.Set("Retry-After", strconv.Itoa(max(1, int(wait))))
	return licensing.Errorf(licensing.CodeRateLimited, "too many wrong attempts from this address").
		WithHint("wait as long as Retry-After says")
}

// failed counts an answer that tells a wrong guess.
func (g *guesses) failed(address, family string, err error) {
	code := licensing.CodeOf(err)
	if code == licensing.CodeCodeMistyped { // a key of one's own choice has no check character
		g.bucket(family, address).Allow()
		return
	}
	switch code.Kind() {
	case licensing.KindNotFound, licensing.KindUnauthenticated, licensing.KindForbidden:
		g.bucket(family, address).Allow()
	default:
	}
}

func (g *guesses) bucket(family, address string) *rate.Limiter {
	g.mu.Lock()
	defer g.mu.Unlock()
	name := family + " " + address
	if b, ok := g.buckets[name]; ok {
		return b
	}
	if len(g.buckets) >= maxBuckets {
		clear(g.buckets)
	}
	b := rate.NewLimiter(rate.Every(g.every), g.burst)
	g.buckets[name] = b
	return b
}

// clientAddress is where a request comes from: the peer, or the last address that
// the trusted proxy's header names. Of IPv6 it is the network that one customer has.
func clientAddress(r *http.Request, trusted string) string {
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		address = r.RemoteAddr
	}
	if trusted != "" {
		if named := lastOf(r.Header.Values(trusted)); named != "" {
			address = named
		}
	}
	ip := net.ParseIP(address)
	if ip == nil || ip.To4() != nil {
		return address
	}
	return ip.Mask(net.CIDRMask(64, 128)).String()
}

func lastOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	parts := strings.Split(values[len(values)-1], ",")
	return strings.TrimSpace(parts[len(parts)-1])
}

// addressOf is the client's address, as observe found it.
func addressOf(ctx context.Context) string { return requestOf(ctx).address }
