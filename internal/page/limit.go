package page

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"github.com/resell-cli/resell/internal/ratelimit"
)

// formCost is what sending a form takes from an address's allowance, in pages: an
// e-mail address can be tried out with it.
const formCost = 5

// limiter gives each client address a number of pages a minute.
type limiter struct {
	now     func() time.Time
	buckets *ratelimit.Buckets
}

func newLimiter(perMinute int, now func() time.Time) *limiter {
	return &limiter{now, ratelimit.New(rate.Limit(float64(perMinute)/time.Minute.Seconds()), perMinute)}
}

// limited answers 429 to an address that asks for more than its share.
func (h *handler) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.Limit == 0 {
			next.ServeHTTP(w, r)
			return
		}
		cost := 1
		if r.Method == http.MethodPost {
			cost = formCost
		}
		if wait := h.limits.take(h.Address(r), cost); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			h.renderNotice(w, r, http.StatusTooManyRequests, notice{key: "notice.limited"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// take counts a request of an address. It returns how long to wait where the
// address has used up its share, and 0 where the request may go on.
func (l *limiter) take(from string, cost int) time.Duration {
	now := l.now()
	bucket := l.buckets.Of(from, now)
	cost = min(cost, bucket.Burst()) // or a small limit would never let a form through
	if bucket.AllowN(now, cost) {
		return 0
	}
	missing := float64(cost) - bucket.TokensAt(now)
	return time.Duration(missing / float64(bucket.Limit()) * float64(time.Second))
}
