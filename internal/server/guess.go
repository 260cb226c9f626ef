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
	"github.com/resell-cli/resell/internal/ratelimit"
)

// guesses bounds how often somebody may be wrong about a secret: a password, a key, a
// coupon. They are told apart by their address, or by what they guess at; each family of
// secrets is counted apart, and who is right is never held up.
type guesses struct {
	now     func() time.Time
	every   time.Duration // one wrong guess more is allowed
	buckets *ratelimit.Buckets
	mu      sync.Mutex // held from looking at what is left until that is taken
	// underWay counts guesses whose outcome is not known: they may all turn out to be wrong.
	underWay map[string]int
}

const (
	guessEvery = 6 * time.Second
	guessBurst = 20
)

func newGuesses(now func() time.Time, every time.Duration, burst int) *guesses {
	return &guesses{now: now, every: every, buckets: ratelimit.New(rate.Every(every), burst), underWay: make(map[string]int)}
}

// check refuses who was wrong too often, with rate_limited.
func (g *guesses) check(h http.Header, who, family string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.left(h, guesser(family, who))
}

// begin is check for guesses that take long, so that many at once are no way round it.
// The caller ends the guess with its outcome.
func (g *guesses) begin(h http.Header, who, family string) (end func(error), err error) {
	name := guesser(family, who)
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.left(h, name); err != nil {
		return nil, err
	}
	g.underWay[name]++
	return func(err error) {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.underWay[name]--; g.underWay[name] == 0 {
			delete(g.underWay, name)
		}
		g.count(name, err)
	}, nil
}

func (g *guesses) left(h http.Header, name string) error {
	left := g.buckets.Of(name, g.now()).TokensAt(g.now()) - float64(g.underWay[name])
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
	g.mu.Lock()
	defer g.mu.Unlock()
	g.count(guesser(family, who), err)
}

func (g *guesses) count(name string, err error) {
	if isWrong(err) {
		g.buckets.Of(name, g.now()).AllowN(g.now(), 1)
	}
}

func guesser(family, who string) string { return family + " " + who }

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
