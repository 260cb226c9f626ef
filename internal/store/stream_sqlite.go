package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"

	"zombiezen.com/go/sqlite"
)

// streamSQLite reads with a connection of its own, past database/sql: a third of
// the time.
func (s *Store) streamSQLite(ctx context.Context, e Export, fn func([][]byte) error) (err error) {
	conn, err := sqlite.OpenConn(s.dsn, sqlite.OpenReadOnly|sqlite.OpenWAL)
	if err != nil {
		return fmt.Errorf("open %s: %w", s.dsn, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	conn.SetInterrupt(ctx.Done())
	if err := runSQLite(conn, statement{query: "BEGIN"}, nil, nil); err != nil {
		return err
	}
	row := newRowBuffer(len(e.Columns))
	for _, st := range e.statements {
		if err := runSQLite(conn, st(s.dialect), row, fn); err != nil {
			return err
		}
	}
	return nil
}

func runSQLite(conn *sqlite.Conn, st statement, row *rowBuffer, fn func([][]byte) error) (err error) {
	prepared, _, err := conn.PrepareTransient(st.query)
	if err != nil {
		return fmt.Errorf("prepare export: %w", err)
	}
	defer func() { err = errors.Join(err, prepared.Finalize()) }()
	for i, arg := range st.args {
		text, err := textOf(arg)
		if err != nil {
			return err
		}
		prepared.SetText("$"+strconv.Itoa(i+1), text) // by name: $2 may come before $1
	}
	for {
		more, err := prepared.Step()
		if err != nil || !more {
			return err
		}
		row.reset()
		for i := range row.values {
			row.values[i] = row.read(prepared, i)
		}
		if err := fn(row.values); err != nil {
			return err
		}
	}
}

// textOf gives an argument of a statement as text; exports have no others.
func textOf(arg any) (string, error) {
	if v, ok := arg.(driver.Valuer); ok {
		value, err := v.Value()
		if err != nil {
			return "", err
		}
		arg = value
	}
	text, ok := arg.(string)
	if !ok {
		return "", fmt.Errorf("argument of an export is %T, not text", arg)
	}
	return text, nil
}

// rowBuffer holds one row's values in memory that the next row uses again.
type rowBuffer struct {
	values [][]byte
	memory []byte
}

func newRowBuffer(columns int) *rowBuffer {
	return &rowBuffer{values: make([][]byte, columns), memory: make([]byte, 0, 4096)}
}

func (r *rowBuffer) reset() { r.memory = r.memory[:0] }

// read copies a column of the row, as text; nil is NULL. It asks for nothing that the
// copy tells, since each question costs as much as a short column. Values given before
// stay where they are when the memory has to grow.
func (r *rowBuffer) read(from *sqlite.Stmt, column int) []byte {
	room := r.memory[len(r.memory):cap(r.memory)]
	n := from.ColumnBytes(column, room)
	if n == len(room) { // there may be more of it
		r.memory = make([]byte, 0, 2*cap(r.memory)+from.ColumnLen(column))
		room = r.memory[:cap(r.memory)]
		n = from.ColumnBytes(column, room)
	}
	if n == 0 && from.ColumnType(column) == sqlite.TypeNull {
		return nil
	}
	r.memory = r.memory[:len(r.memory)+n]
	return room[:n:n]
}
