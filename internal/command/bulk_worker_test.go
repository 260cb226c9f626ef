package command

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// meter counts what runs at once.
type meter struct {
	mu         sync.Mutex
	now, most  int
	done       atomic.Int64
	beganAfter time.Duration // when the last was begun
}

func (m *meter) work(began time.Time, takes time.Duration) {
	m.mu.Lock()
	m.now++
	m.most = max(m.most, m.now)
	m.beganAfter = time.Since(began)
	m.mu.Unlock()
	time.Sleep(takes)
	m.mu.Lock()
	m.now--
	m.mu.Unlock()
	m.done.Add(1)
}

func numbers(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

func TestWorkersGrow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for most, want := range map[int]int{1: 1, 2: 2, 8: 8} {
			var m meter
			w, began := newWorkers(most), time.Now()
			w.each(t.Context(), numbers(200), func(int) bool { m.work(began, time.Second); return true })
			require.EqualValues(t, 200, m.done.Load())
			require.Equal(t, want, m.most)
		}
	})
}

// TestWorkersGiveWay holds everything back for as long as the server asks, and halves
// once for all that were sent at once.
func TestWorkersGiveWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m meter
		w, began := newWorkers(8), time.Now()
		w.each(t.Context(), numbers(100), func(int) bool { m.work(began, time.Second); return true })
		require.Equal(t, 8, w.limit)
		var told []string
		tell := func(reason string) { told = append(told, reason) }
		w.slow("busy", time.Minute, tell)
		w.slow("busy", time.Minute, tell)
		w.slow("gone", 30*time.Second, tell)
		require.Equal(t, []string{"busy", "gone"}, told)
		require.Equal(t, 4, w.limit)
		again := time.Now()
		var after meter
		w.each(t.Context(), []int{1}, func(int) bool { after.work(again, 0); return true })
		require.Equal(t, time.Minute, after.beganAfter)
		for range 5 {
			w.slow("busy", time.Second, tell)
			time.Sleep(2 * time.Second)
			synctest.Wait()
		}
		require.Equal(t, 1, w.limit, "one is always sent")
	})
}

func TestWorkersStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorkers(1)
		var done []int
		w.each(t.Context(), numbers(10), func(row int) bool { done = append(done, row); return row < 3 })
		require.Equal(t, []int{0, 1, 2, 3}, done)

		ctx, cancel := context.WithCancel(t.Context())
		w = newWorkers(2)
		w.slow("busy", time.Hour, func(string) {})
		began := time.Now()
		time.AfterFunc(time.Minute, cancel)
		w.each(ctx, numbers(10), func(int) bool { require.Fail(t, "nothing is to be begun"); return true })
		require.Equal(t, time.Minute, time.Since(began))
		time.Sleep(2 * time.Hour) // what was held is over
	})
}
