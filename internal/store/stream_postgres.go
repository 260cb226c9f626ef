package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// streamPostgres reads values as the server sends them, in text, past
// database/sql.
func (s *Store) streamPostgres(ctx context.Context, e Export, fn func([][]byte) error) (err error) {
	pooled, err := s.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer func() { err = errors.Join(err, pooled.Close()) }()
	return pooled.Raw(func(driverConn any) error {
		conn := driverConn.(*stdlib.Conn).Conn() //nolint:errcheck // the pool is pgx's own
		tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		if err != nil {
			return fmt.Errorf("begin export: %w", err)
		}
		defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
		for _, st := range e.statements {
			if err := readPostgres(ctx, conn, st(s.dialect), fn); err != nil {
				return err
			}
		}
		return nil
	})
}

func readPostgres(ctx context.Context, conn *pgx.Conn, st statement, fn func([][]byte) error) error {
	params := make([][]byte, len(st.args))
	for i, arg := range st.args {
		text, err := textOf(arg)
		if err != nil {
			return err
		}
		params[i] = []byte(text)
	}
	result := conn.PgConn().ExecParams(ctx, st.query, params, nil, nil, nil)
	for result.NextRow() {
		if err := fn(result.Values()); err != nil {
			// Closing would read the rest; dropping the connection does not.
			_ = conn.Close(context.WithoutCancel(ctx))
			return err
		}
	}
	if _, err := result.Close(); err != nil {
		return fmt.Errorf("read export: %w", err)
	}
	return nil
}
