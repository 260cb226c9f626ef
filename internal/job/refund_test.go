package job_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/job"
)

func (f *fixture) refund(t *testing.T, a job.RefundArgs, end func(*sql.Tx) error) {
	t.Helper()
	tx, err := f.db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { _ = tx.Rollback() }()
	require.NoError(t, f.queue.Refund(t.Context(), tx, a))
	require.NoError(t, end(tx))
}

// A refund is tried until it succeeds, or is refused for good; then that is recorded.
func TestRefund(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			f := setup(t, open(t), startMailbox(t, accept).url)
			done, given := make(chan job.RefundArgs, 10), make(chan error, 10)
			tries, records := 0, 0
			f.options.MaxWorkers = 1
			f.options.Refund = func(_ context.Context, a job.RefundArgs) error {
				if a.OrderID == "ord_never" {
					return fmt.Errorf("the bank said no: %w", job.ErrGone)
				}
				switch tries++; tries {
				case 1:
					return errors.New("no funds")
				case 2:
					panic("a bug")
				}
				done <- a
				return nil
			}
			f.options.RefundFailed = func(_ context.Context, _ job.RefundArgs, err error) error {
				if records++; records == 1 {
					return errors.New("the database is busy")
				}
				given <- err
				return nil
			}
			worker := f.start(t)

			a := job.RefundArgs{OrderID: "ord_1", Amount: 1200, Currency: "EUR"}
			f.refund(t, a, func(tx *sql.Tx) error { return tx.Rollback() })
			f.refund(t, a, commit)
			require.Equal(t, a, <-done)
			f.refund(t, job.RefundArgs{OrderID: "ord_never", Amount: 1, Currency: "EUR"}, commit)
			require.ErrorContains(t, <-given, "the bank said no")

			require.NoError(t, worker.Stop(t.Context()))
			require.Equal(t, 3, tries)
			require.Equal(t, []string{"completed", "cancelled"}, f.states(t))
		})
	}
}

func TestRefundNeedsASum(t *testing.T) {
	t.Parallel()

	d := newSQLite(t)
	db := d.open()
	require.NoError(t, job.Migrate(t.Context(), db, d.dialect))
	queue, err := job.NewQueue(db, d.dialect)
	require.NoError(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { _ = tx.Rollback() }()
	for _, a := range []job.RefundArgs{{}, {OrderID: "ord_1", Currency: "EUR"}, {OrderID: "ord_1", Amount: 1}, {Amount: 1, Currency: "EUR"}} {
		require.Error(t, queue.Refund(t.Context(), tx, a))
	}
}
