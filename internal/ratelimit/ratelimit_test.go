package ratelimit

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBuckets(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	b := New(1, 3)
	require.True(t, b.Of("ann", now).AllowN(now, 3))
	require.False(t, b.Of("ann", now).AllowN(now, 1))
	require.True(t, b.Of("bob", now).AllowN(now, 1))
	require.True(t, b.Of("ann", now).AllowN(now.Add(time.Second), 1))

	// What says nothing is forgotten before what does.
	b = New(1, 3)
	b.Of("ann", now).AllowN(now, 1)
	for n := range Max {
		b.Of(strconv.Itoa(n), now)
	}
	require.LessOrEqual(t, len(b.named), Max)
	require.InDelta(t, 2, b.Of("ann", now).TokensAt(now), 0.1)

	// Where all of them say something, there is a bound all the same.
	for n := range Max + 1 {
		b.Of("busy "+strconv.Itoa(n), now).AllowN(now, 1)
	}
	require.LessOrEqual(t, len(b.named), Max)
}
