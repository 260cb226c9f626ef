package server

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/ratelimit"
)

// limiter gives each token a number of requests a second, and twice that at once.
type limiter struct {
	perSecond int
	buckets   *ratelimit.Buckets
}

func newLimiter(perSecond int) *limiter {
	return &limiter{perSecond, ratelimit.New(rate.Limit(perSecond), 2*perSecond)}
}

// take counts a request and writes the RateLimit headers. It fails with rate_limited.
func (l *limiter) take(h http.Header, token string) error {
	if l.perSecond == 0 {
		return nil
	}
	bucket := l.buckets.Of(token, time.Now())
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
