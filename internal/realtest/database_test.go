//go:build unix

package realtest

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/store"
)

// books is what a database holds, read past the API.
type books struct {
	licenses, invoices, keys map[string]bool // ids; invoices are those to companies
	orders, answers          int             // answers: the kept ones of writes with an idempotency key
}

// audit reads a database in one transaction, and requires that it adds up.
func audit(t *testing.T, dsn string) books {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	var b books
	require.NoError(t, s.View(t.Context(), func(tx *store.Tx) error {
		b = auditIn(t, tx, s.Dialect())
		return nil
	}))
	return b
}

func auditIn(t *testing.T, tx *store.Tx, dialect store.Dialect) books {
	t.Helper()
	if dialect == store.SQLite {
		require.Equal(t, []string{"ok"}, column(t, tx, "PRAGMA integrity_check"))
		require.Empty(t, column(t, tx, `SELECT "table" FROM pragma_foreign_key_check`))
	}
	for fault, query := range faults() {
		require.Empty(t, column(t, tx, query), fault)
	}
	gapless(t, "orders", column(t, tx, "SELECT number FROM orders"))
	gapless(t, "invoices", column(t, tx, "SELECT number FROM invoices WHERE seller_id <> 'vendor'"))
	gapless(t, "the vendor's invoices", column(t, tx, "SELECT number FROM invoices WHERE seller_id = 'vendor'"))
	orders := count(t, tx, "SELECT count(*) FROM orders")
	invoices := column(t, tx, "SELECT id FROM invoices WHERE seller_id <> 'vendor'")
	require.Equal(t, orders, count(t, tx, "SELECT count(*) FROM ledger WHERE kind <> 'deposit'"), "ledger entries without an order")
	require.Equal(t, orders, count(t, tx, "SELECT count(*) FROM licenses"), "licenses without an order")
	require.Equal(t, orders+count(t, tx, "SELECT count(*) FROM invoices WHERE email <> ''"),
		count(t, tx, "SELECT count(*) FROM river_job WHERE kind = 'mail'"), "mails, invoices and orders")
	return books{
		licenses: set(column(t, tx, "SELECT id FROM licenses")), invoices: set(invoices),
		keys: set(column(t, tx, "SELECT id FROM keys")), orders: orders,
		answers: count(t, tx, "SELECT count(*) FROM idempotency"),
	}
}

// faults are queries that find what must not be.
func faults() map[string]string {
	return map[string]string{
		"orders without exactly one ledger entry of their amount": `SELECT o.id FROM orders o WHERE 1 <>
			(SELECT count(*) FROM ledger e WHERE e.order_id = o.id AND e.amount = -o.amount AND e.reseller_id = o.reseller_id AND e.currency = o.currency)`,
		"orders with several ledger entries": `SELECT order_id FROM ledger WHERE order_id IS NOT NULL GROUP BY order_id HAVING count(*) <> 1`,
		"orders without exactly one line and its license": `SELECT o.id FROM orders o WHERE 1 <>
			(SELECT count(*) FROM order_lines x JOIN licenses l ON l.id = x.license_id AND l.order_id = o.id
			WHERE x.order_id = o.id AND x.amount = o.amount AND x.quantity = l.quantity)`,
		"orders with several lines": `SELECT order_id FROM order_lines GROUP BY order_id HAVING count(*) <> 1`,
		"licenses without exactly one event": `SELECT l.id FROM licenses l WHERE 1 <>
			(SELECT count(*) FROM events e WHERE e.resource_id = l.id AND e.type = 'license.added')`,
		"invoices without exactly one event": `SELECT i.id FROM invoices i WHERE 1 <>
			(SELECT count(*) FROM events e WHERE e.resource_id = i.id AND e.type = 'invoice.sent')`,
		"invoices that are not the sum of their lines": `SELECT i.id FROM invoices i WHERE i.net <>
			(SELECT coalesce(sum(x.amount), 0) FROM invoice_lines x WHERE x.invoice_id = i.id)`,
		"orders without exactly one invoice of the vendor": `SELECT o.id FROM orders o WHERE o.amount > 0 AND 1 <>
			(SELECT count(*) FROM invoices i WHERE i.order_id = o.id AND i.seller_id = 'vendor' AND i.amount = o.amount)`,
		"order lines that do not know their invoice": `SELECT x.id FROM invoice_lines x JOIN order_lines o ON o.id = x.order_line_id
			JOIN invoices i ON i.id = x.invoice_id WHERE i.company_id IS NOT NULL AND (o.invoice_id IS NULL OR o.invoice_id <> x.invoice_id)`,
		"balances that are not the sum of their ledger": `SELECT b.reseller_id FROM balances b WHERE b.amount <>
			(SELECT coalesce(sum(e.amount), 0) FROM ledger e WHERE e.reseller_id = b.reseller_id AND e.currency = b.currency)`,
		"balances that occur twice in the ledger": `SELECT reseller_id FROM ledger GROUP BY reseller_id, currency, balance HAVING count(*) > 1`,
		"licenses whose seats are not those of their keys": `SELECT l.id FROM licenses l WHERE l.key_seats <>
			(SELECT coalesce(sum(k.seats), 0) FROM keys k WHERE k.license_id = l.id)`,
		"answers that were not kept": `SELECT key FROM idempotency WHERE response = ''`,
	}
}

// gapless requires that numbers such as INV-2026-000003 are 1, 2, 3 and so on.
func gapless(t *testing.T, what string, numbers []string) {
	t.Helper()
	seen := make([]bool, len(numbers))
	for _, number := range numbers {
		n, err := strconv.Atoi(number[strings.LastIndexByte(number, '-')+1:])
		require.NoError(t, err)
		require.True(t, n >= 1 && n <= len(seen), "%s of %d %s leaves a gap", number, len(seen), what)
		require.False(t, seen[n-1], "%s is given twice", number)
		seen[n-1] = true
	}
}

// column gives the first column of a query's rows.
func column(t *testing.T, tx *store.Tx, query string) []string {
	t.Helper()
	var values []string
	require.NoError(t, tx.SelectContext(context.WithoutCancel(t.Context()), &values, query), query)
	return values
}

func count(t *testing.T, tx *store.Tx, query string) int {
	t.Helper()
	n, err := strconv.Atoi(column(t, tx, query)[0])
	require.NoError(t, err)
	return n
}

func set(ids []string) map[string]bool {
	s := make(map[string]bool, len(ids))
	for _, id := range ids {
		s[id] = true
	}
	return s
}
