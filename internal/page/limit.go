package page

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// formCost is what sending a form takes from an address's allowance, in pages: an
// e-mail address can be tried out with it.
const formCost = 5

// maxBuckets bounds the memory of a limiter.
const maxBuckets = 10_000

// limiter gives each client address a number of pages a minute.
type limiter struct {
	perMinute int
	now       func() time.Time
	mu        sync.Mutex
	buckets   map[string]*rate.Limiter
}

func newLimiter(perMinute int, now func() time.Time) *limiter {
	return &limiter{perMinute: perMinute, now: now, buckets: make(map[string]*rate.Limiter)}
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
	bucket := l.bucket(from, now)
	cost = min(cost, bucket.Burst()) // or a small limit would never let a form through
	if bucket.AllowN(now, cost) {
		return 0
	}
	missing := float64(cost) - bucket.TokensAt(now)
	return time.Duration(missing / float64(bucket.Limit()) * float64(time.Second))
}

func (l *limiter) bucket(from string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.buckets[from]; ok {
		return b
	}
	if len(l.buckets) >= maxBuckets {
		l.forget(now)
	}
	b := rate.NewLimiter(rate.Limit(float64(l.perMinute)/time.Minute.Seconds()), l.perMinute)
	l.buckets[from] = b
	return b
}

// forget makes room: first what is full again and so carries nothing, and where
// that is nothing, everything, since a bucket that is gone is only refilled.
func (l *limiter) forget(now time.Time) {
	for from, b := range l.buckets {
		if b.TokensAt(now) >= float64(b.Burst()) {
			delete(l.buckets, from)
		}
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}
