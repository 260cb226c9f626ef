package daemon

import (
	"sync/atomic"
	"time"
)

// clock is a clock that runs, and can be moved ahead. It is safe for concurrent use.
type clock struct {
	now   func() time.Time
	ahead atomic.Int64 // nanoseconds
}

// Now is the time of the clock.
func (c *clock) Now() time.Time { return c.now().Add(time.Duration(c.ahead.Load())) }

// Advance moves the clock ahead.
func (c *clock) Advance(by time.Duration) { c.ahead.Add(int64(by)) }
