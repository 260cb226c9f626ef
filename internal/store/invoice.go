package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// Books are the invoices that somebody may see: those of some resellers, sent and
// received, or all that the vendor has sent. Neither is none.
type Books struct {
	Resellers []string
	Vendor    bool
}

func (b Books) restrict(c *conditions) {
	if b.Vendor {
		c.add("i.seller_id = %s", licensing.VendorSeller)
		return
	}
	c.among("i.reseller_id", b.Resellers)
}

// InvoiceFilter chooses invoices; empty fields choose nothing out.
type InvoiceFilter struct {
	Books
	Received  bool // those that the vendor sent to resellers; otherwise those that resellers sent
	CompanyID string
	OrderID   string
	State     string
	Kind      string
	Since     licensing.Date // issued on or after
	Until     licensing.Date // issued before
	Search    string
}

func (f InvoiceFilter) conditions() *conditions {
	var c conditions
	f.restrict(&c)
	switch {
	case f.Vendor && f.Received:
		c.add("1 = 0") // nobody bills the vendor
	case f.Vendor:
	case f.Received:
		c.add("i.seller_id = %s", licensing.VendorSeller)
	default:
		c.add("i.seller_id <> %s", licensing.VendorSeller)
	}
	c.equal("i.company_id", f.CompanyID)
	c.equal("i.order_id", f.OrderID)
	c.equal("i.state", f.State)
	c.equal("i.kind", f.Kind)
	if !f.Since.IsZero() {
		c.add("i.issued_on >= %s", f.Since)
	}
	if !f.Until.IsZero() {
		c.add("i.issued_on < %s", f.Until)
	}
	c.search("i.search_text", f.Search)
	return &c
}

const invoiceJoins = ` FROM invoices i
	LEFT JOIN companies c ON c.id = i.company_id
	LEFT JOIN orders o ON o.id = i.order_id
	LEFT JOIN invoices original ON original.id = i.cancels_id
	LEFT JOIN invoices note ON note.cancels_id = i.id`

func selectInvoice() string {
	return "SELECT " + columnsOf[licensing.Invoice]("i") + `, c.name AS company_name, o.number AS order_number,
		original.number AS cancels_number, note.id AS cancelled_by, note.number AS cancelled_number` + invoiceJoins
}

// Invoices lists invoices with their lines, newest first.
func (tx *Tx) Invoices(ctx context.Context, f InvoiceFilter, p Page) ([]licensing.Invoice, error) {
	c := f.conditions()
	rest := c.page("i.id", p)
	found, err := selectAll[licensing.Invoice](ctx, tx, selectInvoice()+rest, c.args...)
	if err != nil {
		return nil, err
	}
	return found, tx.addInvoiceLines(ctx, found)
}

// Invoice gives an invoice by id or number, one of the first reseller before the
// others'. It fails with ErrNotFound or ErrAmbiguous.
func (tx *Tx) Invoice(ctx context.Context, b Books, ref string) (licensing.Invoice, error) {
	var c conditions
	b.restrict(&c)
	c.add("(i.id = %s OR i.number = %s)", ref, ref)
	if b.Vendor {
		return tx.invoice(ctx, anyInvoice, selectInvoice()+c.String(), c.args...)
	}
	own := func(i licensing.Invoice) bool { return i.ResellerID == b.Resellers[0] }
	return tx.invoice(ctx, own, selectInvoice()+c.nearest("i.reseller_id", b.Resellers), c.args...)
}

// InvoiceByID gives an invoice whoever sent it: for the mail that carries it.
func (tx *Tx) InvoiceByID(ctx context.Context, id string) (licensing.Invoice, error) {
	return tx.invoice(ctx, anyInvoice, selectInvoice()+" WHERE i.id = $1", id)
}

// InvoiceForUpdate gives an invoice by id and keeps others from changing it until the
// transaction ends.
func (tx *Tx) InvoiceForUpdate(ctx context.Context, id string) (licensing.Invoice, error) {
	return tx.lockInvoice(ctx, "i.id = $1", id)
}

// OrderInvoice gives the vendor's invoice for an order, as InvoiceForUpdate does.
func (tx *Tx) OrderInvoice(ctx context.Context, order string) (licensing.Invoice, error) {
	return tx.lockInvoice(ctx, "i.order_id = $1 AND i.kind = 'invoice'", order)
}

// lockInvoice reads the invoice after it has it: what it waited for may have added a
// credit note, which one statement would not see.
func (tx *Tx) lockInvoice(ctx context.Context, which, value string) (licensing.Invoice, error) {
	id, err := get[string](ctx, tx, "SELECT i.id FROM invoices i WHERE "+which+tx.forUpdate("i"), value)
	if err != nil {
		return licensing.Invoice{}, err
	}
	return tx.InvoiceByID(ctx, id)
}

func anyInvoice(licensing.Invoice) bool { return true }

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
	i.SearchText = invoiceSearchText(i)
	if err := insert(ctx, tx, "invoices", i); err != nil {
		return err
	}
	return insert(ctx, tx, "invoice_lines", i.Lines...)
}

// UpdateInvoice changes an invoice; its lines never change.
func (tx *Tx) UpdateInvoice(ctx context.Context, i licensing.Invoice) error {
	i.SearchText = invoiceSearchText(i)
	return update(ctx, tx, "invoices", i)
}

func invoiceSearchText(i licensing.Invoice) string {
	fields := []string{i.ID, i.Number, string(i.CompanyName), i.Seller.Name, i.Buyer.Name, i.Email, i.Note, string(i.OrderNumber), string(i.CancelsNumber)}
	for _, line := range i.Lines {
		fields = append(fields, line.Description, line.InvoiceReference)
	}
	return searchText(fields...)
}

// SetInvoiceMailed records that the mail server took an invoice, or, with a
// reason, that it never will.
func (tx *Tx) SetInvoiceMailed(ctx context.Context, id string, at licensing.Time, reason string) error {
	_, err := tx.ExecContext(ctx, "UPDATE invoices SET mailed_at = $1, mail_error = $2 WHERE id = $3", at, reason, id)
	return translate(err)
}
