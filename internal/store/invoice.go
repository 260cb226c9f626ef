package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// InvoiceFilter chooses invoices. Resellers must name at least one; empty fields
// choose nothing out.
type InvoiceFilter struct {
	Resellers []string
	CompanyID string
	Since     licensing.Date // issued on or after
	Until     licensing.Date // issued before
}

func selectInvoice() string {
	return "SELECT " + columnsOf[licensing.Invoice]("i") + ", c.name AS company_name FROM invoices i JOIN companies c ON c.id = i.company_id"
}

// Invoices lists invoices with their lines, newest first.
func (tx *Tx) Invoices(ctx context.Context, f InvoiceFilter, p Page) ([]licensing.Invoice, error) {
	var c conditions
	c.among("i.reseller_id", f.Resellers)
	c.equal("i.company_id", f.CompanyID)
	if !f.Since.IsZero() {
		c.add("i.issued_on >= %s", f.Since)
	}
	if !f.Until.IsZero() {
		c.add("i.issued_on < %s", f.Until)
	}
	rest := c.page("i.id", p)
	found, err := selectAll[licensing.Invoice](ctx, tx, selectInvoice()+rest, c.args...)
	if err != nil {
		return nil, err
	}
	return found, tx.addInvoiceLines(ctx, found)
}

// Invoice gives an invoice of the resellers by id or number, one of the first
// reseller before the others'. It fails with ErrNotFound or ErrAmbiguous.
func (tx *Tx) Invoice(ctx context.Context, resellers []string, ref string) (licensing.Invoice, error) {
	var c conditions
	c.among("i.reseller_id", resellers)
	c.add("(i.id = %s OR i.number = %s)", ref, ref)
	own := func(i licensing.Invoice) bool { return i.ResellerID == resellers[0] }
	return tx.invoice(ctx, own, selectInvoice()+c.nearest("i.reseller_id", resellers), c.args...)
}

// InvoiceByID gives an invoice whoever sent it: for the mail that carries it.
func (tx *Tx) InvoiceByID(ctx context.Context, id string) (licensing.Invoice, error) {
	return tx.invoice(ctx, func(licensing.Invoice) bool { return true }, selectInvoice()+" WHERE i.id = $1", id)
}

func (tx *Tx) invoice(ctx context.Context, own func(licensing.Invoice) bool, query string, args ...any) (licensing.Invoice, error) {
	found, err := selectAll[licensing.Invoice](ctx, tx, query, args...)
	if err != nil {
		return licensing.Invoice{}, err
	}
	if found, err = one(found, own); err != nil {
		return licensing.Invoice{}, err
	}
	return found[0], tx.addInvoiceLines(ctx, found)
}

func (tx *Tx) addInvoiceLines(ctx context.Context, invoices []licensing.Invoice) error {
	if len(invoices) == 0 {
		return nil
	}
	byID := make(map[string]*licensing.Invoice)
	ids := make([]string, len(invoices))
	for i := range invoices {
		byID[invoices[i].ID], ids[i] = &invoices[i], invoices[i].ID
	}
	query, args, err := sqlx.In("SELECT "+columnsOf[licensing.InvoiceLine]("x")+" FROM invoice_lines x WHERE x.invoice_id IN (?) ORDER BY x.id", ids)
	if err != nil {
		return err
	}
	lines, err := selectAll[licensing.InvoiceLine](ctx, tx, tx.Rebind(query), args...)
	for _, line := range lines {
		i := byID[line.InvoiceID]
		i.Lines = append(i.Lines, line)
	}
	return err
}

// InsertInvoice adds an invoice with its lines.
func (tx *Tx) InsertInvoice(ctx context.Context, i licensing.Invoice) error {
	if err := insert(ctx, tx, "invoices", i); err != nil {
		return err
	}
	return insert(ctx, tx, "invoice_lines", i.Lines...)
}

// SetInvoiceMailed records that the mail server took an invoice, or, with a
// reason, that it never will.
func (tx *Tx) SetInvoiceMailed(ctx context.Context, id string, at licensing.Time, reason string) error {
	_, err := tx.ExecContext(ctx, "UPDATE invoices SET mailed_at = $1, mail_error = $2 WHERE id = $3", at, reason, id)
	return translate(err)
}
