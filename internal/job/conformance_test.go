package job_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/mail"
)

func commit(tx *sql.Tx) error   { return tx.Commit() }
func rollback(tx *sql.Tx) error { return tx.Rollback() }

func TestDeliveredOnce(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, accept)
			f := setup(t, d, mailbox.url)
			worker := f.start(t)

			f.change(t, "inv_1", commit)
			require.Equal(t, end{args("inv_1"), nil}, <-f.ends)

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"completed"}, f.states(t))
			require.EqualValues(t, 1, mailbox.count.Load())
			require.Empty(t, f.ends)
		})
	}
}

func TestRollback(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, accept)
			f := setup(t, d, mailbox.url)
			worker := f.start(t)

			f.change(t, "inv_1", rollback)
			f.change(t, "inv_2", func(tx *sql.Tx) error {
				// A savepoint is how several requests share a transaction.
				_, err := tx.ExecContext(t.Context(), "SAVEPOINT request")
				require.NoError(t, err)
				require.NoError(t, f.queue.Mail(t.Context(), tx, args("inv_3")))
				_, err = tx.ExecContext(t.Context(), "ROLLBACK TO SAVEPOINT request")
				require.NoError(t, err)
				return tx.Commit()
			})
			require.Equal(t, end{args("inv_2"), nil}, <-f.ends)

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"completed"}, f.states(t))
			require.EqualValues(t, 1, mailbox.count.Load())
		})
	}
}

func TestRetry(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, func(n int) error {
				if n < 3 {
					return refuse(451, "greylisted")
				}
				return nil
			})
			f := setup(t, d, mailbox.url)
			worker := f.start(t)

			f.change(t, "inv_1", commit)
			require.Equal(t, end{args("inv_1"), nil}, <-f.ends)

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"completed"}, f.states(t))
			require.EqualValues(t, 3, mailbox.count.Load())
		})
	}
}

func TestPermanent(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, func(int) error { return refuse(550, "no such user") })
			f := setup(t, d, mailbox.url)
			worker := f.start(t)

			f.change(t, "inv_1", commit)
			got := <-f.ends
			require.ErrorContains(t, got.err, "no such user")
			require.True(t, mail.IsPermanent(got.err))

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"cancelled"}, f.states(t))
			require.EqualValues(t, 1, mailbox.count.Load())
			require.Empty(t, f.ends)
		})
	}
}

func TestGivenUp(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, func(int) error { return refuse(451, "greylisted") })
			f := setup(t, d, mailbox.url)
			f.options.MaxAttempts = 2
			worker := f.start(t)

			f.change(t, "inv_1", commit)
			got := <-f.ends
			require.ErrorContains(t, got.err, "greylisted")
			require.False(t, mail.IsPermanent(got.err))

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, []string{"cancelled"}, f.states(t))
			require.EqualValues(t, 2, mailbox.count.Load())
			require.Empty(t, f.ends)
		})
	}
}

func TestManyWriters(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			mailbox := startMailbox(t, accept)
			f := setup(t, d, mailbox.url)
			first, second := f.start(t), f.start(t)

			const writers, each = 4, 10
			var group errgroup.Group
			for w := range writers {
				group.Go(func() error {
					for i := range each {
						if err := f.tryChange(t.Context(), fmt.Sprintf("inv_%d_%d", w, i), commit); err != nil {
							return err
						}
					}
					return nil
				})
			}
			require.NoError(t, group.Wait())
			for range writers * each {
				require.NoError(t, (<-f.ends).err)
			}

			require.NoError(t, first.Stop(t.Context()))
			require.NoError(t, second.Stop(t.Context()))
			require.Len(t, f.states(t), writers*each)
			require.EqualValues(t, writers*each, mailbox.count.Load())

			var notOnce int
			require.NoError(t, f.db.QueryRowContext(t.Context(),
				"SELECT count(*) FROM invoice WHERE sent <> 1").Scan(&notOnce))
			require.Zero(t, notOnce)
		})
	}
}
