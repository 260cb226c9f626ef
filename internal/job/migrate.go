package job

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/rivermigrate"
)

// migrateLock is the key of the PostgreSQL advisory lock around a migration
// step: "resell" in ASCII, so that nobody else's is the same by accident.
const migrateLock = 0x726573656c6c

// Migrate brings the job tables up to date. It may run in several processes at
// once, and does nothing on a database that is up to date. It needs one
// connection.
func Migrate(ctx context.Context, db *sql.DB, d Dialect) error {
	driver, err := d.driver(db)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}

	for {
		done, err := migrateStep(ctx, db, d, migrator)
		if err != nil {
			return fmt.Errorf("migrate jobs: %w", err)
		}
		if done {
			return nil
		}
	}
}

// migrateStep applies the next migration in a transaction of its own, as some
// need the one before committed, and reports whether there was none.
func migrateStep(
	ctx context.Context, db *sql.DB, d Dialect, migrator *rivermigrate.Migrator[*sql.Tx],
) (bool, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()

	// The lock ends with the transaction, so it needs no connection of its
	// own and works through a pooler.
	if d == Postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", migrateLock); err != nil {
			return false, fmt.Errorf("lock: %w", err)
		}
	}

	// Migrate would take connections from the pool while this one holds the
	// lock; MigrateTx is deprecated for several steps in one transaction.
	result, err := migrator.MigrateTx( //nolint:staticcheck // see above
		ctx, tx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{MaxSteps: 1})
	if err != nil {
		return false, err
	}
	return len(result.Versions) == 0, tx.Commit()
}
