package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// UnbilledLines gives the priced lines of a license that no invoice to its company
// has billed.
func (tx *Tx) UnbilledLines(ctx context.Context, license string) ([]licensing.OrderLine, error) {
	return selectAll[licensing.OrderLine](ctx, tx, selectLine()+` JOIN orders o ON o.id = x.order_id
		WHERE x.license_id = $1 AND x.invoice_id IS NULL AND x.list_amount > 0 AND o.state = 'processed' ORDER BY x.id`, license)
}

// BilledLines gives, for each priced line of a license, the state of the invoice to its
// company that billed it, "" where none has. What was refunded before it was billed is
// left out, and so is what the given order would leave unbilled were it refunded now; ""
// for no such order.
func (tx *Tx) BilledLines(ctx context.Context, license, refunded string) ([]licensing.InvoiceState, error) {
	return selectAll[licensing.InvoiceState](ctx, tx, `SELECT coalesce(i.state, '') FROM order_lines x
		JOIN orders o ON o.id = x.order_id
		LEFT JOIN invoices i ON i.id = x.invoice_id
		WHERE x.license_id = $1 AND x.list_amount > 0
		AND (o.state = 'processed' AND o.id <> $2 OR x.invoice_id IS NOT NULL) ORDER BY x.id`, license, refunded)
}

// BillLine marks a line as billed by an invoice. It reports false where one has billed
// it already.
func (tx *Tx) BillLine(ctx context.Context, line, invoice string) (bool, error) {
	result, err := tx.ExecContext(ctx, "UPDATE order_lines SET invoice_id = $1 WHERE id = $2 AND invoice_id IS NULL", invoice, line)
	if err != nil {
		return false, translate(err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// UnbillLines marks the lines that an invoice billed as not billed.
func (tx *Tx) UnbillLines(ctx context.Context, invoice string) error {
	_, err := tx.ExecContext(ctx, "UPDATE order_lines SET invoice_id = NULL WHERE invoice_id = $1", invoice)
	return translate(err)
}

// SetBilling changes whether a license's company has been invoiced for it.
func (tx *Tx) SetBilling(ctx context.Context, license string, billing licensing.Billing) error {
	_, err := tx.ExecContext(ctx, "UPDATE licenses SET billing = $1, version = version + 1 WHERE id = $2", billing, license)
	return translate(err)
}
