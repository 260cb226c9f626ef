package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"
)

// columns lists the db tags of a row type, each with the table's alias before it.
// Columns marked readonly come from a join and are not part of the table.
func columns(row reflect.Type, alias string) []string {
	var names []string
	for field := range row.Fields() {
		tag, option, _ := strings.Cut(field.Tag.Get("db"), ",")
		if tag == "" || tag == "-" || option == "readonly" {
			continue
		}
		names = append(names, alias+tag)
	}
	return names
}

// columnsOf is columns, ready for a SELECT.
func columnsOf[T any](alias string) string {
	return strings.Join(columns(reflect.TypeFor[T](), alias+"."), ", ")
}

// insert adds rows of one type. It fails with ErrExists.
func insert[T any](ctx context.Context, tx *Tx, table string, rows ...T) error {
	names := columns(reflect.TypeFor[T](), "")
	query := fmt.Sprintf("INSERT INTO %s (%s) VALUES (:%s)", table, strings.Join(names, ", "), strings.Join(names, ", :"))
	for _, row := range rows {
		if _, err := tx.NamedExecContext(ctx, query, row); err != nil {
			return fmt.Errorf("insert into %s: %w", table, translate(err))
		}
	}
	return nil
}

// update writes every column of a row that has an id.
func update[T any](ctx context.Context, tx *Tx, table string, row T) error {
	names := columns(reflect.TypeFor[T](), "")
	sets := make([]string, 0, len(names))
	for _, n := range names {
		if n != "id" {
			sets = append(sets, n+" = :"+n)
		}
	}
	result, err := tx.NamedExecContext(ctx, fmt.Sprintf("UPDATE %s SET %s WHERE id = :id", table, strings.Join(sets, ", ")), row)
	if err != nil {
		return fmt.Errorf("update %s: %w", table, translate(err))
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("update %s: %d rows: %w", table, n, ErrNotFound)
	}
	return nil
}

// one chooses among the rows that nearest selects: the only one, or the only one of
// the reseller itself. It fails with ErrNotFound or ErrAmbiguous.
func one[T any](found []T, own func(T) bool) ([]T, error) {
	switch {
	case len(found) == 0:
		return nil, ErrNotFound
	case len(found) > 1 && own(found[0]) == own(found[1]):
		return nil, ErrAmbiguous
	}
	return found[:1], nil
}

func get[T any](ctx context.Context, tx *Tx, query string, args ...any) (T, error) {
	var row T
	err := tx.GetContext(ctx, &row, query, args...)
	return row, translate(err)
}

func selectAll[T any](ctx context.Context, tx *Tx, query string, args ...any) ([]T, error) {
	var rows []T
	err := tx.SelectContext(ctx, &rows, query, args...)
	return rows, translate(err)
}
