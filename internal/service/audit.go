package service

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// record writes an audit event into the transaction of the change.
func (s *Service) record(ctx context.Context, tx *store.Tx, c Caller, kind, resource string, before, after any) error {
	data, err := json.Marshal(map[string]any{"before": snapshot(before), "after": snapshot(after)})
	if err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	return tx.InsertEvent(ctx, licensing.Event{
		ID: s.newID(prefixEvent), ResellerID: licensing.Ref(c.Reseller.ID), TokenID: c.Token.ID, Type: kind,
		ResourceID: resource, RequestID: c.RequestID, Data: string(data), CreatedAt: licensing.At(s.now()),
	})
}

// snapshot is a row by the names of its columns, without what is derived from others.
func snapshot(row any) any {
	v := reflect.ValueOf(row)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return row
	}
	columns := make(map[string]any)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, option, _ := strings.Cut(field.Tag.Get("db"), ",")
		switch {
		case name == "-" && !v.Field(i).IsZero(): // lines and serials
			columns[strings.ToLower(field.Name)] = snapshots(v.Field(i))
		case name != "" && name != "-" && name != "search_text" && option != "readonly":
			columns[name] = columnValue(v.Field(i).Interface())
		}
	}
	return columns
}

// columnValue is a field as the column has it: what there is none of is null.
func columnValue(field any) any {
	if valuer, ok := field.(driver.Valuer); ok {
		if v, err := valuer.Value(); err == nil {
			return v
		}
	}
	return field
}

func snapshots(list reflect.Value) []any {
	rows := make([]any, list.Len())
	for i := range rows {
		rows[i] = snapshot(list.Index(i).Interface())
	}
	return rows
}
