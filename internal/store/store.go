// Package store keeps reselld's data: one implementation in SQL over
// database/sql, for a file of SQLite and for PostgreSQL.
//
// It decides nothing: who may do what, and what is allowed, is the business of
// packages service and licensing.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the pgx driver of database/sql
	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Dialect is the kind of database.
type Dialect string

// The dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Store is an open database.
type Store struct {
	dialect Dialect
	dsn     string // a file name for SQLite, a postgres:// URL otherwise
	read    *sqlx.DB
	write   *sqlx.DB // the same as read on PostgreSQL; one connection on SQLite
}

// Open opens a database: a file name of SQLite, which is created where it does
// not exist, or a postgres:// URL. It does not migrate.
func Open(ctx context.Context, dsn string) (*Store, error) {
	scheme, path, isURL := strings.Cut(dsn, "://")
	switch {
	case !isURL:
		return openSQLite(ctx, dsn)
	case strings.EqualFold(scheme, "postgres"), strings.EqualFold(scheme, "postgresql"):
		return openPostgres(ctx, "postgres://"+path)
	case strings.EqualFold(scheme, "sqlite"):
		return openSQLite(ctx, path)
	}
	// The URL may hold a password, so it is not repeated.
	return nil, errors.New("the database is neither a file nor a postgres:// URL")
}

func openPostgres(ctx context.Context, dsn string) (*Store, error) {
	db, err := sqlx.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	db.SetMaxOpenConns(max(16, 4*runtime.NumCPU()))
	db.SetMaxIdleConns(16)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to PostgreSQL: %w", err), db.Close())
	}
	return &Store{dialect: Postgres, dsn: dsn, read: db, write: db}, nil
}

func openSQLite(ctx context.Context, path string) (*Store, error) {
	open := func(conns int, options string) (*sqlx.DB, error) {
		const pragmas = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)" +
			"&_pragma=foreign_keys(1)&_pragma=cache_size(-32000)&_pragma=temp_store(memory)"
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+pragmas+options)
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(conns)
		db.SetMaxIdleConns(conns)
		// The name makes sqlx take ? for a placeholder; the driver is modernc's.
		return sqlx.NewDb(db, "sqlite3"), nil
	}
	write, err := open(1, "&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	// The first connection creates the file and turns it to WAL, which readers need.
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	read, err := open(max(4, runtime.NumCPU()), "&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	return &Store{dialect: SQLite, dsn: path, read: read, write: write}, nil
}

// Close closes the database.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

// Dialect tells which kind of database it is.
func (s *Store) Dialect() Dialect { return s.dialect }

// Writer is the handle on which jobs are kept, in the same database as the rest.
func (s *Store) Writer() *sql.DB { return s.write.DB }

// Ping checks that the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.read.PingContext(ctx) }

// Tx is a transaction. Its methods are the queries.
type Tx struct {
	*sqlx.Tx
	dialect Dialect
}

// View runs fn in a transaction that reads one consistent state.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if s.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	return s.run(ctx, s.read, options, fn)
}

// Update runs fn in a transaction and commits it, durably, unless fn fails. Where
// the database gives up on a transaction because of others at the same time, fn
// runs again from the start. Every change of reselld goes through here.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	const attempts = 10
	var err error
	for range attempts {
		if err = s.run(ctx, s.write, nil, fn); !isTransient(err) {
			return err
		}
	}
	return err
}

func (s *Store) run(ctx context.Context, db *sqlx.DB, options *sql.TxOptions, fn func(*Tx) error) error {
	tx, err := db.BeginTxx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := fn(&Tx{tx, s.dialect}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Nested runs fn so that its failure undoes what fn did and no more.
func (tx *Tx) Nested(ctx context.Context, fn func() error) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT nested"); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	err := fn()
	if err != nil {
		if _, undo := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT nested"); undo != nil {
			return errors.Join(err, fmt.Errorf("roll back to savepoint: %w", undo))
		}
	}
	if _, release := tx.ExecContext(ctx, "RELEASE SAVEPOINT nested"); release != nil {
		return errors.Join(err, fmt.Errorf("release savepoint: %w", release))
	}
	return err
}

// forUpdate locks the rows a statement selects until the transaction ends.
// SQLite has one writer at a time, and needs nothing.
func (tx *Tx) forUpdate(table string) string {
	if tx.dialect == Postgres {
		return " FOR UPDATE OF " + table
	}
	return ""
}

// ErrNotFound is returned where no row has what was asked for.
var ErrNotFound = errors.New("no such row")

// ErrExists is returned where a row with the same unique value exists.
var ErrExists = errors.New("a row with this value exists")

// ErrAmbiguous is returned where several rows have what was asked for one by.
var ErrAmbiguous = errors.New("several rows have this value")

// ErrText is returned for text that PostgreSQL cannot hold: a NUL character, or
// bytes that are no UTF-8.
var ErrText = errors.New("text with a character that cannot be kept")

// translate names the errors that callers tell apart.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) {
		return fmt.Errorf("%w: %w", ErrExists, err)
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "23505":
			return fmt.Errorf("%w: %w", ErrExists, err)
		case "22021":
			return fmt.Errorf("%w: %w", ErrText, err)
		}
	}
	return err
}

// isTransient reports a deadlock or serialisation failure of PostgreSQL.
func isTransient(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
