package server

import (
	"context"
	"maps"
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

// guesses bounds how often somebody may be wrong about a secret: a password, a key, a
// coupon. They are told apart by their address, or by what they guess at; each family of
// secrets is counted apart, and who is right is never held up.
type guesses struct {
	now     func() time.Time
	every   time.Duration // one wrong guess more is allowed
	burst   int           // wrong guesses at once
	mu      sync.Mutex
	buckets map[string]*bucket
}

// bucket is the wrong guesses that are left, and how many guesses are under way: those
// may turn out to be wrong, all of them.
type bucket struct {
	*rate.Limiter
	underWay int
}

const (
	guessEvery = 6 * time.Second
	guessBurst = 20
)

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, every: guessEvery, burst: guessBurst, buckets: make(map[string]*bucket)}
}

// check refuses who was wrong too often, with rate_limited.
func (g *guesses) check(h http.Header, who, family string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.left(h, g.bucket(family, who))
}

// begin is check for guesses that take long, so that many at once are no way round it.
// The caller ends the guess with its outcome.
func (g *guesses) begin(h http.Header, who, family string) (end func(error), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.bucket(family, who)
	if err := g.left(h, b); err != nil {
		return nil, err
	}
	b.underWay++
	return func(err error) {
		g.mu.Lock()
		defer g.mu.Unlock()
		b.underWay--
		if isWrong(err) {
			b.AllowN(g.now(), 1)
		}
	}, nil
}

func (g *guesses) left(h http.Header, b *bucket) error {
	left := b.TokensAt(g.now()) - float64(b.underWay)
	if left >= 1 {
		return nil
	}
	wait := math.Ceil((1 - left) * g.every.Seconds())
	h.Set("Retry-After", strconv.Itoa(max(1, int(wait))))
	return licensing.Errorf(licensing.CodeRateLimited, "too many wrong attempts").
		WithHint("wait as long as Retry-After says")
}

// failed counts an answer that tells a wrong guess.
func (g *guesses) failed(who, family string, err error) {
	if !isWrong(err) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bucket(family, who).AllowN(g.now(), 1)
}

func isWrong(err error) bool {
	if err == nil {
		return false
	}
	code := licensing.CodeOf(err)
	if code == licensing.CodeCodeMistyped { // a key of one's own choice has no check character
		return true
	}
	switch code.Kind() {
	case licensing.KindNotFound, licensing.KindUnauthenticated, licensing.KindForbidden:
		return true
	}
	return false
}

// bucket is that of somebody, made where there is none. When there are too many, those
// that say nothing go first.
func (g *guesses) bucket(family, who string) *bucket {
	name := family + " " + who
	if b, ok := g.buckets[name]; ok {
		return b
	}
	if len(g.buckets) >= maxBuckets {
		maps.DeleteFunc(g.buckets, func(_ string, b *bucket) bool {
			return b.underWay == 0 && b.TokensAt(g.now()) >= float64(g.burst)
		})
	}
	if len(g.buckets) >= maxBuckets {
		clear(g.buckets)
	}
	b := &bucket{Limiter: rate.NewLimiter(rate.Every(g.every), g.burst)}
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
