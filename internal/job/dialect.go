// Package job runs what must happen after a change, but not within it: jobs are
// enqueued in the change's own transaction, and workers run them later, with
// retries, at least once.
package job

import (
	"database/sql"
	"fmt"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
)

// Dialect names the database that holds the jobs.
type Dialect string

// The dialects.
const (
	// SQLite wants a handle with one connection.
	SQLite Dialect = "sqlite"
	// Postgres wants a handle of pgx's database/sql driver.
	Postgres Dialect = "postgres"
)

func (d Dialect) driver(db *sql.DB) (riverdriver.Driver[*sql.Tx], error) {
	switch d {
	case SQLite:
		return riversqlite.New(db), nil
	case Postgres:
		return pollDriver{riverdatabasesql.New(db)}, nil
	}
	return nil, fmt.Errorf("unknown dialect %q", string(d))
}

// pollDriver sends no notifications. Nobody could receive them through
// database/sql, and transactions that notify commit one after another in
// PostgreSQL.
type pollDriver struct {
	*riverdatabasesql.Driver
}

// SupportsListenNotify returns false.
func (pollDriver) SupportsListenNotify() bool { return false }
