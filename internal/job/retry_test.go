package job

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestBackoff(t *testing.T) {
	t.Parallel()

	for attempt, want := range map[int]time.Duration{
		1: 10 * time.Second, 2: 20 * time.Second, 5: 160 * time.Second, 9: 2560 * time.Second,
		10: time.Hour, 11: time.Hour, 1000: time.Hour, 0: 10 * time.Second,
	} {
		require.InDelta(t, want, backoff(attempt), float64(want)/10+1, attempt)
	}

	rapid.Check(t, func(t *rapid.T) {
		delay := backoff(rapid.IntRange(math.MinInt, math.MaxInt).Draw(t, "attempt"))
		require.GreaterOrEqual(t, delay, 9*time.Second)
		require.LessOrEqual(t, delay, 66*time.Minute)
	})
}
