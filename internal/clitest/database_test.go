package clitest_test

import (
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

func (r *runner) query(ts *testscript.TestScript, statement string) {
	for _, row := range r.rows(ts, statement) {
		fmt.Fprintln(ts.Stdout(), row)
	}
}

// rows are the rows of a query, tab-separated, null as nothing.
func (r *runner) rows(ts *testscript.TestScript, statement string) []string {
	found, err := r.server.DB.QueryContext(r.tb.Context(), statement)
	ts.Check(err)
	defer found.Close()
	columns, err := found.Columns()
	ts.Check(err)
	var all []string
	for found.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		ts.Check(found.Scan(cells...))
		texts := make([]string, len(cells))
		for i, cell := range cells {
			if value, ok := cell.(*any); ok && *value != nil {
				texts[i] = fmt.Sprintf("%v", *value)
			}
		}
		all = append(all, strings.Join(texts, "\t"))
	}
	ts.Check(found.Err())
	return all
}

// fingerprint sums up everything that a reseller can change.
func (r *runner) fingerprint(ts *testscript.TestScript) string {
	tables := []struct{ name, sum string }{
		{"companies", "sum(version)"},
		{"licenses", "sum(version)"},
		{"license_serials", "0"},
		{"trials", "0"},
		{"orders", "sum(amount)"},
		{"order_lines", "sum(amount)"},
		{"ledger", "sum(amount)"},
		{"balances", "sum(amount)"},
		{"keys", "sum(devices)"},
		{"key_licenses", "0"},
		{"devices", "count(deactivated_at)"},
		{"links", "count(used_at) + count(revoked_at)"},
		{"quotes", "count(order_id)"},
		{"credits", "sum(amount)"},
		{"credit_ledger", "sum(amount)"},
		{"resellers", "sum(version)"},
		{"reseller_products", "0"},
		{"users", "sum(version)"},
		{"locations", "0"},
		{"invoices", "sum(version)"},
		{"invoice_lines", "0"},
		{"counters", "sum(value)"},
		{"events", "0"},
		{"idempotency", "0"},
		{"river_job", "0"},
	}
	var all strings.Builder
	for _, table := range tables {
		rows := r.rows(ts, fmt.Sprintf("SELECT count(*), coalesce(%s, 0) FROM %s", table.sum, table.name))
		fmt.Fprintf(&all, "%s\t%s\n", table.name, strings.Join(rows, "\n"))
	}
	return all.String()
}
