package job_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/job"
)

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()

	for name, open := range map[string]func(*testing.T) database{"sqlite": newSQLite, "postgres": newPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			var group errgroup.Group
			for range 4 {
				db := d.open()
				db.SetMaxOpenConns(1)
				group.Go(func() error { return job.Migrate(context.Background(), db, d.dialect) })
			}
			require.NoError(t, group.Wait())
			require.NoError(t, job.Migrate(t.Context(), d.open(), d.dialect))
		})
	}
}

func TestQueueRefuses(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			db := d.open()
			queue, err := job.NewQueue(db, d.dialect)
			require.NoError(t, err)
			tx, err := db.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			defer func() { _ = tx.Rollback() }()

			require.Error(t, queue.Mail(t.Context(), tx, job.MailArgs{Template: "invoice"}))
			require.Error(t, queue.Mail(t.Context(), tx, job.MailArgs{ResourceID: "inv_1"}))
		})
	}
}

func TestUnknownDialect(t *testing.T) {
	t.Parallel()

	d := newSQLite(t)
	db := d.open()
	require.ErrorContains(t, job.Migrate(t.Context(), db, "oracle"), "oracle")
	_, err := job.NewQueue(db, "oracle")
	require.ErrorContains(t, err, "oracle")
	f := job.WorkerOptions{DB: db, Dialect: "oracle"}
	_, err = job.NewWorker(f)
	require.Error(t, err)
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func TestLog(t *testing.T) {
	t.Parallel()

	for name, open := range databases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := open(t)
			f := setup(t, d, startMailbox(t, func(int) error { return refuse(550, "no such user") }).url)
			var out buffer
			f.options.Logger = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
			worker := f.start(t)
			f.change(t, "inv_1", commit)
			<-f.ends
			require.NoError(t, worker.Stop(t.Context()))

			text := out.String()
			require.Contains(t, text, `level=DEBUG msg="River client stopped"`)
			require.Contains(t, text, `level=WARN msg="mail given up"`)
			require.NotContains(t, text, "level=INFO")
			require.NotContains(t, text, "SECRET BODY")
		})
	}
}
