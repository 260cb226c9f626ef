package job

import (
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"
)

const (
	firstDelay = 10 * time.Second
	maxDelay   = time.Hour
)

// backoff is the default wait after the attempt-th failure, from 1. The jitter
// spreads the messages that failed together in an outage.
func backoff(attempt int) time.Duration {
	delay := maxDelay
	if doublings := max(attempt, 1) - 1; doublings < 9 {
		delay = min(firstDelay<<doublings, maxDelay)
	}
	return time.Duration(float64(delay) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // not a secret
}

// retryPolicy tells River when to run a failed job again.
type retryPolicy struct {
	delay func(attempt int) time.Duration
}

// NextRetry returns when to run job again.
func (p retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	now := time.Now() //nolint:forbidigo // River compares it with its own clock, which is the system's
	return now.Add(max(p.delay(job.Attempt), 0))
}
