package server

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/resell-cli/resell/internal/licensing"
)

// limiter gives each token a number of requests a second, and twice that at once.
type limiter struct {
	perSecond int
	mu        sync.Mutex
	buckets   map[string]*rate.Limiter
}

// maxBuckets bounds the memory; forgetting a bucket only refills it.
const maxBuckets = 10_000

func newLimiter(perSecond int) *limiter {
	return &limiter{perSecond: perSecond, buckets: make(map[string]*rate.Limiter)}
}

// take counts a request and writes the RateLimit headers. It fails with rate_limited.
func (l *limiter) take(h http.Header, token string) error {
	if l.perSecond == 0 {
		return nil
	}
	bucket := l.bucket(token)
	allowed := bucket.Allow()
	h.Set("Ratelimit-Policy", fmt.Sprintf(`"token";q=%d;w=2`, bucket.Burst()))
	h.Set("Ratelimit", fmt.Sprintf(`"token";r=%d;t=1`, max(0, int(bucket.Tokens()))))
	if allowed {
		return nil
	}
	wait := math.Ceil((1 - bucket.Tokens()) / float64(l.perSecond))
	h.Set("Retry-After", strconv.Itoa(max(1, int(wait))))
	return licensing.Errorf(licensing.CodeRateLimited, "more than %d requests a second", l.perSecond).
		WithHint("wait as long as Retry-After says")
}

func (l *limiter) bucket(token string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.buckets[token]; ok {
		return b
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
	b := rate.NewLimiter(rate.Every(time.Second/time.Duration(l.perSecond)), 2*l.perSecond)
	l.buckets[token] = b
	return b
}
