package job_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/mail"
)

func TestRenderFails(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, accept)
			f := setup(t, d, mailbox.url)
			f.options.MaxAttempts = 3
			attempts := make(chan int, 10)
			f.options.Render = func(context.Context, job.MailArgs) (mail.Message, error) {
				attempts <- 1
				if len(attempts) == 1 {
					return mail.Message{}, errors.New("no template")
				}
				panic("broken template")
			}
			worker := f.start(t)

			f.change(t, "inv_1", commit)
			require.ErrorContains(t, (<-f.ends).err, "broken template")

			require.NoError(t, worker.Stop(t.Context()))
			require.Len(t, attempts, 3)
			require.Equal(t, []string{"cancelled"}, f.states(t))
			require.Zero(t, mailbox.count.Load())
		})
	}
}

func TestGone(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, accept)
			f := setup(t, d, mailbox.url)
			rendered := make(chan struct{}, 10)
			f.options.Render = func(ctx context.Context, a job.MailArgs) (mail.Message, error) {
				defer func() { rendered <- struct{}{} }()
				return f.render(ctx, a)
			}
			worker := f.start(t)

			tx, err := f.db.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			require.NoError(t, f.queue.Mail(t.Context(), tx, args("inv_deleted")))
			require.NoError(t, tx.Commit())
			<-rendered

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"cancelled"}, f.states(t))
			require.Empty(t, rendered)
			require.Empty(t, f.ends)
			require.Zero(t, mailbox.count.Load())
		})
	}
}

// A message whose delivery could not be recorded is recorded later, and never
// sent twice.
func TestDeliveredFails(t *testing.T) {
	t.Parallel()

	for code, wantState := range map[int]string{250: "completed", 550: "cancelled"} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()

			for name, open := range databases() {
				t.Run(name, func(t *testing.T) {
					t.Parallel()

					d := open(t)
					mailbox := startMailbox(t, func(int) error {
						if code == 250 {
							return nil
						}
						return refuse(code, "no such user")
					})
					f := setup(t, d, mailbox.url)
					calls := make(chan error, 10)
					f.options.Delivered = func(ctx context.Context, a job.MailArgs, err error) error {
						calls <- err
						switch len(calls) {
						case 1:
							return errors.New("database is away")
						case 2:
							panic("bug")
						}
						return f.delivered(ctx, a, err)
					}
					worker := f.start(t)

					f.change(t, "inv_1", commit)
					require.Equal(t, code == 550, mail.IsPermanent((<-f.ends).err))

					require.NoError(t, worker.Stop(t.Context()))
					require.Equal(t, []string{wantState}, f.states(t))
					require.Len(t, calls, 3)
					require.EqualValues(t, 1, mailbox.count.Load())
				})
			}
		})
	}
}
