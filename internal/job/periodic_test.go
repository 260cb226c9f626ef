package job_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/job"
)

// Periodic work runs at the start and then again and again, whatever becomes of one
// run; never twice at once, however many processes there are.
func TestPeriodic(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			var running, most, count atomic.Int64
			runs := make(chan int64, 1000)
			f := setup(t, d, startMailbox(t, accept).url)
			f.options.Periodic = []job.Periodic{{
				Name: "renewals", Every: 10 * time.Millisecond,
				Run: func(context.Context) error {
					most.Store(max(most.Load(), running.Add(1)))
					defer running.Add(-1)
					n := count.Add(1)
					runs <- n
					switch n {
					case 2:
						return errors.New("the database is busy")
					case 3:
						panic("a bug")
					}
					return nil
				},
			}}
			workers := []*job.Worker{f.newWorker(t), f.newWorker(t), f.newWorker(t)}
			for _, w := range workers {
				require.NoError(t, w.Start(t.Context()))
			}
			for n := int64(0); n < 8; {
				n = <-runs
			}
			for _, w := range workers {
				require.NoError(t, w.Stop(t.Context()))
			}
			require.EqualValues(t, 1, most.Load(), "at once")
			for _, state := range f.states(t) {
				require.Contains(t, []string{"completed", "available", "retryable", "scheduled"}, state)
			}
		})
	}
}

// While one run is on, the periods that pass leave nothing behind to be caught up with.
func TestPeriodicDoesNotPileUp(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			began, goOn := make(chan struct{}, 10), make(chan struct{})
			ticks := make(chan struct{}, 1000)
			f := setup(t, open(t), startMailbox(t, accept).url)
			f.options.Periodic = []job.Periodic{
				{Name: "slow", Every: 5 * time.Millisecond, Run: func(context.Context) error {
					began <- struct{}{}
					<-goOn
					return nil
				}},
				{Name: "quick", Every: 5 * time.Millisecond, Run: func(context.Context) error {
					ticks <- struct{}{}
					return nil
				}},
			}
			worker := f.start(t)
			goOnce := sync.OnceFunc(func() { close(goOn) })
			t.Cleanup(goOnce) // before the worker is stopped
			<-began
			for range 5 { // many periods of the slow one pass as well
				<-ticks
			}
			var jobs int
			require.NoError(t, f.db.QueryRowContext(t.Context(), "SELECT count(*) FROM river_job WHERE CAST(args AS TEXT) LIKE '%slow%'").Scan(&jobs))
			require.Equal(t, 1, jobs)
			require.Empty(t, began)
			goOnce()
			require.NoError(t, worker.Stop(t.Context()))
		})
	}
}

// A job of another version, whose work is no longer known, is dropped.
func TestPeriodicUnknown(t *testing.T) {
	t.Parallel()

	f := setup(t, databases()["sqlite"](t), startMailbox(t, accept).url)
	done := make(chan struct{}, 100)
	work := func(name string) []job.Periodic {
		return []job.Periodic{{Name: name, Every: time.Hour, Run: func(context.Context) error {
			done <- struct{}{}
			return nil
		}}}
	}
	f.options.Periodic = work("first")
	worker := f.start(t)
	<-done
	require.NoError(t, worker.Stop(t.Context()))
	_, err := f.db.ExecContext(t.Context(), "UPDATE river_job SET state = 'available', finalized_at = NULL")
	require.NoError(t, err)
	f.options.Periodic = work("second")
	worker = f.start(t)
	<-done
	f.change(t, "inv_1", commit)
	<-f.ends // so that the job of the first was reached before
	require.NoError(t, worker.Stop(t.Context()))
	require.Equal(t, []string{"cancelled", "completed", "completed"}, f.states(t))
}
