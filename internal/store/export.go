package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ColumnKind is how a column of an export is written where types are told apart.
type ColumnKind int

// The kinds of column.
const (
	Text ColumnKind = iota
	Number
	Bool // 0 or 1, f or t
)

// Column is one column of an export.
type Column struct {
	Name string
	Kind ColumnKind
	sql  string
}

// Export is what is streamed: the rows of its statements, one after the other, as
// the database has them.
type Export struct {
	Columns    []Column
	Next       string // the cursor that tells a later export where to go on, if it may
	statements []func(Dialect) statement
}

type statement struct {
	query string
	args  []any
}

// Stream reads an export's rows, from one consistent state, straight from the
// database's own interface: a value is the column as text, nil for NULL, and is
// overwritten by the next row. It stops where fn fails or ctx ends.
func (s *Store) Stream(ctx context.Context, e Export, fn func(row [][]byte) error) error {
	// The drivers notice the end of ctx in their own time.
	while := func(row [][]byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return fn(row)
	}
	var err error
	if s.dialect == Postgres {
		err = s.streamPostgres(ctx, e, while)
	} else {
		err = s.streamSQLite(ctx, e, while)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func newExport(columns []Column, from string, where func(Dialect) *conditions, order string) Export {
	exprs := make([]string, len(columns))
	for i, col := range columns {
		exprs[i] = col.sql
	}
	return Export{Columns: columns, statements: []func(Dialect) statement{func(d Dialect) statement {
		c := where(d)
		return statement{"SELECT " + strings.Join(exprs, ", ") + from + c.String() + " ORDER BY " + order, c.args}
	}}}
}

// ExportCompanies streams companies, oldest first.
func ExportCompanies(f CompanyFilter) Export {
	columns := []Column{
		{"id", Text, "c.id"},
		{"name", Text, "c.name"},
		{"domain", Text, "c.domain"},
		{"email", Text, "c.email"},
		{"country", Text, "c.country"},
		{"alternate_name", Text, "c.alternate_name"},
		{"phone", Text, "c.phone"},
		{"address", Text, "c.address"},
		{"postal_code", Text, "c.postal_code"},
		{"city", Text, "c.city"},
		{"vat_id", Text, "c.vat_id"},
		{"note", Text, "c.note"},
		{"language", Text, "c.language"},
		{"setup_assistant", Bool, "c.setup_assistant"},
		{"created_at", Text, "c.created_at"},
		{"updated_at", Text, "c.updated_at"},
		{"version", Number, "c.version"},
		{"reseller", Text, "(SELECT r.login FROM resellers r WHERE r.id = c.reseller_id)"},
	}
	return newExport(columns, " FROM companies c", finding(f.conditions, f.finder), "c.id")
}

// ExportLicenses streams licenses, oldest first.
func ExportLicenses(f LicenseFilter) Export {
	var today conditions
	state := fmt.Sprintf(licenseState, today.arg(f.Today))
	where := func() *conditions { return f.restrict(&conditions{args: slices.Clone(today.args)}) }
	columns := []Column{
		{"id", Text, "l.id"},
		{"coupon", Text, "l.coupon"},
		{"name", Text, "l.name"},
		{"state", Text, state},
		{"billing", Text, "l.billing"},
		{"company_id", Text, "l.company_id"},
		{"company", Text, "c.name"},
		{"company_domain", Text, "c.domain"},
		{"product", Text, "p.sku"},
		{"quantity", Number, "l.quantity"},
		{"key_seats", Number, "l.key_seats"},
		{"term", Text, "l.term"},
		{"starts_on", Text, "l.starts_on"},
		{"ends_on", Text, "l.ends_on"},
		{"serials", Text, "(SELECT string_agg(s.serial, ' ' ORDER BY s.serial) FROM license_serials s WHERE s.license_id = l.id)"},
		{"amount", Number, "l.amount"},
		{"currency", Text, "l.currency"},
		{"order_number", Text, "o.number"},
		{"invoice_reference", Text, "l.invoice_reference"},
		{"note", Text, "l.note"},
		{"created_at", Text, "l.created_at"},
		{"email", Text, "l.email"},
		{"distributor", Text, "l.distributor"},
		{"auto_renew", Bool, "l.auto_renew"},
		{"activated_at", Text, "l.activated_at"},
		{"version", Number, "l.version"},
		{"reseller", Text, "(SELECT r.login FROM resellers r WHERE r.id = l.reseller_id)"},
	}
	return newExport(columns, licenseJoins, finding(where, f.finder), "l.id")
}

// ExportOrders streams the lines of orders, oldest first. An order that nothing has
// come of is there once, without a line.
func ExportOrders(f OrderFilter) Export {
	columns := []Column{
		{"order_id", Text, "o.id"},
		{"number", Text, "o.number"},
		{"kind", Text, "o.kind"},
		{"state", Text, "o.state"},
		{"created_at", Text, "o.created_at"},
		{"refunded_at", Text, "o.refunded_at"},
		{"company_id", Text, "o.company_id"},
		{"company", Text, "c.name"},
		{"buyer", Text, "o.buyer"},
		{"distributor", Text, "o.distributor"},
		{"payment", Text, "o.payment"},
		{"order_amount", Number, "o.amount"},
		{"order_credits", Number, "o.credits"},
		{"invoice_reference", Text, "o.invoice_reference"},
		{"note", Text, "o.note"},
		{"license_id", Text, "x.license_id"},
		{"product", Text, "p.sku"},
		{"description", Text, "x.description"},
		{"quantity", Number, "x.quantity"},
		{"unit_price", Number, "x.unit_price"},
		{"amount", Number, "x.amount"},
		{"list_amount", Number, "x.list_amount"},
		{"currency", Text, "o.currency"},
		{"starts_on", Text, "x.starts_on"},
		{"ends_on", Text, "x.ends_on"},
		{"invoice_id", Text, "x.invoice_id"},
	}
	from := ` FROM orders o LEFT JOIN order_lines x ON x.order_id = o.id LEFT JOIN products p ON p.id = x.product_id
		LEFT JOIN companies c ON c.id = o.company_id`
	return newExport(columns, from, finding(f.conditions, f.finder), "o.id, x.id")
}

// ExportInvoices streams invoices and credit notes, oldest first: a row for each,
// without its lines.
func ExportInvoices(f InvoiceFilter) Export {
	columns := []Column{
		{"id", Text, "i.id"},
		{"number", Text, "i.number"},
		{"kind", Text, "i.kind"},
		{"state", Text, "i.state"},
		{"issued_on", Text, "i.issued_on"},
		{"due_on", Text, "i.due_on"},
		{"paid_on", Text, "i.paid_on"},
		{"company_id", Text, "i.company_id"},
		{"company", Text, "c.name"},
		{"company_domain", Text, "c.domain"},
		{"reseller", Text, "r.login"},
		{"order_number", Text, "o.number"},
		{"invoice_reference", Text, `(SELECT string_agg(y.reference, '; ' ORDER BY y.reference) FROM (SELECT DISTINCT x.invoice_reference AS reference
			FROM invoice_lines x WHERE x.invoice_id = i.id AND x.invoice_reference <> '') y)`},
		{"cancels", Text, "original.number"},
		{"cancelled_by", Text, "note.number"},
		{"net", Number, "i.net"},
		{"tax_rate", Number, "i.tax_rate"},
		{"tax", Number, "i.tax"},
		{"amount", Number, "i.amount"},
		{"currency", Text, "i.currency"},
		{"email", Text, "i.email"},
		{"mailed_at", Text, "i.mailed_at"},
		{"mail_error", Text, "i.mail_error"},
		{"note", Text, "i.note"},
		{"created_at", Text, "i.created_at"},
	}
	where := func(Dialect) *conditions { return f.conditions() }
	return newExport(columns, invoiceJoins+" JOIN resellers r ON r.id = i.reseller_id", where, "i.id")
}

// ExportDevices streams devices, those that were activated first before the others.
func ExportDevices(f DeviceFilter) Export {
	columns := []Column{
		{"id", Text, "d.id"},
		{"serial", Text, "d.serial"},
		{"name", Text, "d.name"},
		{"state", Text, "CASE WHEN d.deactivated_at IS NULL THEN 'active' ELSE 'deactivated' END"},
		{"license_id", Text, "l.id"},
		{"coupon", Text, "l.coupon"},
		{"product", Text, "p.sku"},
		{"company_id", Text, "l.company_id"},
		{"company", Text, "c.name"},
		{"company_domain", Text, "c.domain"},
		{"key_id", Text, "d.key_id"},
		{"key", Text, "k.code"},
		{"ends_on", Text, "l.ends_on"},
		{"activated_at", Text, "d.activated_at"},
		{"deactivated_at", Text, "d.deactivated_at"},
	}
	from := ` FROM devices d JOIN licenses l ON l.id = d.license_id JOIN products p ON p.id = l.product_id
		LEFT JOIN companies c ON c.id = l.company_id LEFT JOIN keys k ON k.id = d.key_id`
	return newExport(columns, from, finding(f.conditions, f.finder), "d.id")
}

// ExportKeys streams keys, license by license, and within one in the order in which
// they were inserted: batch by batch, and a batch by code. The license's columns are
// read once for all of its keys: joining them to each key took three times as long.
// After them come the keys once more for each further license that they unlock, and
// then those without a license.
func ExportKeys(f KeyFilter) Export {
	columns := []Column{
		{"id", Text, "k.id"},
		{"code", Text, "k.code"},
		{"name", Text, "k.name"},
		{"seats", Number, "k.seats"},
		{"license_id", Text, "l.id"},
		{"product", Text, "p.sku"},
		{"company", Text, "c.name"},
		{"company_domain", Text, "c.domain"},
		{"starts_on", Text, "l.starts_on"},
		{"ends_on", Text, "l.ends_on"},
		{"created_at", Text, "k.created_at"},
	}
	const unlocked = ` JOIN products p ON p.id = l.product_id
		LEFT JOIN companies c ON c.id = l.company_id`
	const order = "l.id, k.seq"
	keys := " CROSS JOIN keys k" // after the licenses
	if f.Search != "" {
		keys = " JOIN keys k ON k.license_id = l.id" // those that were found first
	}
	first := func(d Dialect) *conditions {
		c := f.found(d, "k.license_id")
		c.add("k.license_id = l.id")
		c.among("l.reseller_id", f.Resellers)
		return c
	}
	e := newExport(columns, " FROM licenses l"+unlocked+keys, first, order)

	further := func(d Dialect) *conditions {
		c := f.found(d, "x.license_id")
		c.add("x.key_id = k.id")
		c.add("x.license_id = l.id")
		return c
	}
	e.statements = append(e.statements, newExport(columns, " FROM key_licenses x CROSS JOIN keys k CROSS JOIN licenses l"+unlocked, further, order).statements...)
	if !f.byLicense() {
		e.statements = append(e.statements, f.looseKeys)
	}
	return e
}

// looseKeys selects the keys without a license.
func (f KeyFilter) looseKeys(d Dialect) statement {
	c := f.found(d, "k.license_id")
	c.add("k.license_id IS NULL")
	query := "SELECT k.id, k.code, k.name, k.seats, NULL, NULL, NULL, NULL, NULL, NULL, k.created_at FROM keys k" + c.String() + " ORDER BY k.seq"
	return statement{query, c.args}
}
