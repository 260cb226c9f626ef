package job_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// waiting is a context that tells when somebody waits for its end.
type waiting struct {
	context.Context
	once  sync.Once
	begun chan struct{}
}

func (w *waiting) Done() <-chan struct{} {
	w.once.Do(func() { close(w.begun) })
	return w.Context.Done()
}

func TestStopLetsJobsFinish(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			sending, release := make(chan struct{}), make(chan struct{})
			mailbox := startMailbox(t, func(int) error {
				close(sending)
				<-release
				return nil
			})
			f := setup(t, d, mailbox.url)
			worker := f.start(t)
			f.change(t, "inv_1", commit)
			<-sending

			ctx := &waiting{Context: t.Context(), begun: make(chan struct{})}
			stopped := make(chan error, 1)
			go func() { stopped <- worker.Stop(ctx) }()
			<-ctx.begun
			f.change(t, "inv_2", commit) // must wait for the next start
			close(release)

			require.NoError(t, <-stopped)
			require.Equal(t, end{args("inv_1"), nil}, <-f.ends)
			require.Equal(t, []string{"completed", "available"}, f.states(t))
			require.EqualValues(t, 1, mailbox.count.Load())
		})
	}
}

func TestStopCancelsJobsAtLast(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			sending, release := make(chan struct{}), make(chan struct{})
			mailbox := startMailbox(t, func(n int) error {
				if n == 1 {
					close(sending)
					<-release
				}
				return nil
			})
			defer close(release)
			f := setup(t, d, mailbox.url)
			f.options.MaxAttempts = 1
			worker := f.start(t)
			f.change(t, "inv_1", commit)
			<-sending

			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.ErrorIs(t, worker.Stop(ctx), context.Canceled)
			require.Equal(t, []string{"available"}, f.states(t))
			require.Empty(t, f.ends)

			// The interrupted attempt does not count.
			f.start(t)
			require.Equal(t, end{args("inv_1"), nil}, <-f.ends)
		})
	}
}

func TestStartOutlivesItsContext(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			f := setup(t, d, startMailbox(t, accept).url)
			worker := f.newWorker(t)
			ctx, cancel := context.WithCancel(t.Context())
			require.NoError(t, worker.Start(ctx))
			cancel()

			f.change(t, "inv_1", commit)
			require.Equal(t, end{args("inv_1"), nil}, <-f.ends)
			require.NoError(t, worker.Stop(t.Context()))

			require.ErrorIs(t, f.newWorker(t).Start(ctx), context.Canceled)
		})
	}
}
