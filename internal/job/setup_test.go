package job_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/pgtest"
)

// database is one to run the suite on.
type database struct {
	dialect job.Dialect
	// open returns another handle on the same database.
	open func() *sql.DB
}

// databases returns what opens a new, migrated database, by name.
func databases() map[string]func(*testing.T) database {
	migrated := func(open func(*testing.T) database) func(*testing.T) database {
		return func(t *testing.T) database {
			t.Helper()

			d := open(t)
			require.NoError(t, job.Migrate(t.Context(), d.open(), d.dialect))
			return d
		}
	}
	return map[string]func(*testing.T) database{
		"sqlite":   migrated(newSQLite),
		"postgres": migrated(newPostgres),
	}
}

func newSQLite(t *testing.T) database {
	t.Helper()

	dsn := "file:" + filepath.Join(t.TempDir(), "test.db") +
		"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	return database{dialect: job.SQLite, open: func() *sql.DB {
		db := openDB(t, "sqlite", dsn)
		db.SetMaxOpenConns(1)
		return db
	}}
}

func newPostgres(t *testing.T) database {
	t.Helper()

	dsn := pgtest.Start(t)
	return database{dialect: job.Postgres, open: func() *sql.DB { return openDB(t, "pgx", dsn) }}
}

func openDB(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()

	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// fixture is a queue and a worker that sends to a real SMTP server.
type fixture struct {
	db    *sql.DB
	queue *job.Queue
	// ends receives what Delivered was called with.
	ends    chan end
	options job.WorkerOptions
}

type end struct {
	args job.MailArgs
	err  error
}

func setup(t *testing.T, d database, smtpURL string) *fixture {
	t.Helper()

	f := &fixture{db: d.open(), ends: make(chan end, 100)}
	_, err := f.db.ExecContext(t.Context(), "CREATE TABLE invoice (id text PRIMARY KEY, sent integer DEFAULT 0)")
	require.NoError(t, err)
	f.queue, err = job.NewQueue(f.db, d.dialect)
	require.NoError(t, err)
	sender, err := mail.NewSMTP(smtpURL)
	require.NoError(t, err)

	f.options = job.WorkerOptions{
		DB:           f.db,
		Dialect:      d.dialect,
		Logger:       slog.New(slog.DiscardHandler),
		Sender:       sender,
		Render:       f.render,
		Delivered:    f.delivered,
		PollInterval: 5 * time.Millisecond,
		RetryDelay:   func(int) time.Duration { return 0 },
	}
	return f
}

// render and delivered use the database, as the application's do.
func (f *fixture) render(ctx context.Context, a job.MailArgs) (mail.Message, error) {
	var id string
	err := f.db.QueryRowContext(ctx, "SELECT id FROM invoice WHERE id = $1", a.ResourceID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return mail.Message{}, job.ErrGone
	}
	return mail.Message{
		ID:      a.Template + "-" + id + a.Nonce,
		From:    "billing@acme.example",
		To:      "ivan@example.com",
		Subject: id,
		Text:    "SECRET BODY",
		Date:    time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	}, err
}

func (f *fixture) delivered(ctx context.Context, a job.MailArgs, err error) error {
	tx, txErr := f.db.BeginTx(ctx, nil)
	if txErr != nil {
		return txErr
	}
	defer func() { _ = tx.Rollback() }()
	if _, txErr := tx.ExecContext(ctx, "UPDATE invoice SET sent = sent + 1 WHERE id = $1", a.ResourceID); txErr != nil {
		return txErr
	}
	if txErr := tx.Commit(); txErr != nil {
		return txErr
	}
	f.ends <- end{a, err}
	return nil
}

// change writes a new invoice and its mail in a transaction, then calls end.
func (f *fixture) change(t *testing.T, id string, end func(*sql.Tx) error) {
	t.Helper()
	require.NoError(t, f.tryChange(t.Context(), id, end))
}

func (f *fixture) tryChange(ctx context.Context, id string, end func(*sql.Tx) error) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()

	if _, err := tx.ExecContext(ctx, "INSERT INTO invoice (id) VALUES ($1)", id); err != nil {
		return err
	}
	if err := f.queue.Mail(ctx, tx, args(id)); err != nil {
		return err
	}
	return end(tx)
}

func args(id string) job.MailArgs {
	return job.MailArgs{Template: "invoice", ResourceID: id}
}

func (f *fixture) start(t *testing.T) *job.Worker {
	t.Helper()

	worker := f.newWorker(t)
	require.NoError(t, worker.Start(t.Context()))
	return worker
}

func (f *fixture) newWorker(t *testing.T) *job.Worker {
	t.Helper()

	worker, err := job.NewWorker(f.options)
	require.NoError(t, err)
	t.Cleanup(func() { _ = worker.Stop(context.Background()) })
	return worker
}

// states returns the state of every job in the order of their insertion.
func (f *fixture) states(t *testing.T) []string {
	t.Helper()

	rows, err := f.db.QueryContext(t.Context(), "SELECT state FROM river_job ORDER BY id")
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	var states []string
	for rows.Next() {
		var state string
		require.NoError(t, rows.Scan(&state))
		states = append(states, state)
	}
	require.NoError(t, rows.Err())
	return states
}
