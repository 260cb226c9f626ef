// Package ratelimit keeps a token bucket for each of many names, in bounded memory.
package ratelimit

import (
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Max is how many buckets are kept: a bucket that is forgotten is only refilled.
const Max = 10_000

// Buckets are token buckets by name. They are safe for use by several goroutines.
type Buckets struct {
	limit rate.Limit
	burst int
	mu    sync.Mutex
	named map[string]*rate.Limiter
}

// New makes buckets that hold burst tokens, and get so many a second.
func New(perSecond rate.Limit, burst int) *Buckets {
	return &Buckets{limit: perSecond, burst: burst, named: make(map[string]*rate.Limiter)}
}

// Of is the bucket of a name, full where there was none. When there are too many, those
// that are full by now go first, since they say nothing, and then all of them.
func (b *Buckets) Of(name string, now time.Time) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bucket, ok := b.named[name]; ok {
		return bucket
	}
	if len(b.named) >= Max {
		maps.DeleteFunc(b.named, func(_ string, bucket *rate.Limiter) bool { return bucket.TokensAt(now) >= float64(b.burst) })
	}
	if len(b.named) >= Max {
		clear(b.named)
	}
	bucket := rate.NewLimiter(b.limit, b.burst)
	b.named[name] = bucket
	return bucket
}
