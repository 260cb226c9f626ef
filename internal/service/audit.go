package service

import (
	"cmp"
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// record writes an audit event into the transaction of the change.
func (s *Service) record(ctx context.Context, tx *store.Tx, c Caller, kind, resource string, before, after any) error {
	return s.recordFor(ctx, tx, c, "", kind, resource, before, after)
}

// recordFor is record for a change that an order has made; "" is none.
func (s *Service) recordFor(ctx context.Context, tx *store.Tx, c Caller, order licensing.Ref, kind, resource string, before, after any) error {
	about, err := subjectOf(before).or(subjectOf(after)).or(subject{order: order}).whole(ctx, tx)
	if err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	data, err := json.Marshal(map[string]any{"before": snapshot(before), "after": snapshot(after)})
	if err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	return tx.InsertEvent(ctx, licensing.Event{
		ID: s.newID(prefixEvent), ResellerID: licensing.Ref(c.Reseller.ID), TokenID: c.Token.ID, Actor: c.actor(), Type: kind,
		ResourceID: resource, LicenseID: about.license, CompanyID: about.company, OrderID: about.order,
		RequestID: c.RequestID, Data: string(data), CreatedAt: licensing.At(s.now()),
	})
}

// subject is what an event is part of the history of.
type subject struct{ license, company, order licensing.Ref }

// or fills what is missing from another.
func (a subject) or(b subject) subject {
	return subject{cmp.Or(b.license, a.license), cmp.Or(b.company, a.company), cmp.Or(b.order, a.order)}
}

// whole adds the company and the order of a license.
func (a subject) whole(ctx context.Context, tx *store.Tx) (subject, error) {
	if a.license == "" || (a.company != "" && a.order != "") {
		return a, nil
	}
	company, order, err := tx.LicenseSubject(ctx, string(a.license))
	return subject{company: company, order: order}.or(a), err
}

func subjectOf(row any) subject {
	switch row := row.(type) {
	case licensing.License:
		return subject{license: licensing.Ref(row.ID), company: row.CompanyID, order: licensing.Ref(row.OrderID)}
	case licensing.Company:
		return subject{company: licensing.Ref(row.ID)}
	case licensing.Location:
		return subject{company: licensing.Ref(row.CompanyID)}
	case licensing.Order:
		about := subject{company: row.CompanyID, order: licensing.Ref(row.ID)}
		if len(row.Lines) == 1 {
			about.license = licensing.Ref(row.Lines[0].LicenseID)
		}
		return about
	case licensing.Device:
		return subject{license: licensing.Ref(row.LicenseID), company: row.CompanyID}
	case keysMade:
		return subject{license: row.LicenseID}
	case keyLicense:
		return subject{license: row.LicenseID, company: row.CompanyID}
	case licensing.Link:
		return subject{license: licensing.Ref(row.LicenseID)}
	case licensing.Invoice:
		return subject{company: row.CompanyID, order: row.OrderID}
	case *licensing.Invoice:
		return subjectOf(*row)
	}
	return subject{}
}

// snapshot is a row by the names of its columns, without what is derived from others
// and without secrets.
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
		case field.Anonymous && name == "":
			if embedded, ok := snapshot(v.Field(i).Interface()).(map[string]any); ok {
				maps.Copy(columns, embedded)
			}
		case name == "-" && !v.Field(i).IsZero(): // lines and serials
			columns[strings.ToLower(field.Name)] = snapshots(v.Field(i))
		case name != "" && name != "-" && name != "search_text" && option != "readonly" && option != "secret":
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
