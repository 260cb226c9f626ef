package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// InvoiceQuery chooses invoices; empty fields choose nothing out.
type InvoiceQuery struct {
	Received                            bool // those of the vendor to resellers; otherwise those that the caller, or a sub-reseller, sent
	Company, Order, State, Kind, Search string
	Since, Until                        licensing.Date // issued on or after, and before
}

// books are the invoices that the caller may see: a reseller's are its own and its
// sub-resellers', sent and received, and the vendor's those that it sent.
func (c Caller) books() store.Books {
	return store.Books{Resellers: c.Visible, Vendor: c.Token.ID != "" && c.Reseller.ID == ""}
}

func (s *Service) invoiceFilter(ctx context.Context, tx *store.Tx, c Caller, q InvoiceQuery) (store.InvoiceFilter, error) {
	f := store.InvoiceFilter{
		Books: c.books(), Received: q.Received, State: q.State, Kind: q.Kind, Since: q.Since, Until: q.Until, Search: q.Search,
	}
	var err error
	if f.CompanyID, err = findCompanyID(ctx, tx, c, q.Company); err != nil {
		return f, err
	}
	if q.Order != "" {
		order, err := tx.Order(ctx, c.Visible, q.Order)
		if order, err = found(order, err, named("order", q.Order)); err != nil {
			return f, err
		}
		f.OrderID = order.ID
	}
	return f, nil
}

// Invoices lists invoices, newest first. It fails with not_found where the query names
// what does not exist.
func (s *Service) Invoices(ctx context.Context, c Caller, q InvoiceQuery, p Page) (Listing[licensing.Invoice], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.Invoice], error) {
		f, err := s.invoiceFilter(ctx, tx, c, q)
		if err != nil {
			return Listing[licensing.Invoice]{}, err
		}
		return list(c, "invoices", q, p, func(x licensing.Invoice) string { return x.ID }, func(p store.Page) ([]licensing.Invoice, error) {
			return tx.Invoices(ctx, f, p)
		})
	})
}

// Invoice gives an invoice with its lines, by id or number. It fails with not_found or
// ambiguous_reference.
func (s *Service) Invoice(ctx context.Context, c Caller, ref string) (licensing.Invoice, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.Invoice, error) { return findInvoice(ctx, tx, c, ref) })
}

func findInvoice(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Invoice, error) {
	invoice, err := tx.Invoice(ctx, c.books(), ref)
	return found(invoice, err, named("invoice", ref))
}

// lockInvoice gives an invoice that the caller sent, to be changed. It fails with
// not_found, ambiguous_reference or read_only.
func lockInvoice(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Invoice, error) {
	invoice, err := findInvoice(ctx, tx, c, ref)
	if err != nil {
		return invoice, err
	}
	if err := c.checkSells(invoice); err != nil {
		return invoice, err
	}
	return tx.InvoiceForUpdate(ctx, invoice.ID)
}

// checkSells refuses, with read_only, to change what somebody else sent.
func (c Caller) checkSells(i licensing.Invoice) error {
	if c.Sells(i) {
		return nil
	}
	return c.refuseInvoice(i, licensing.Errorf(licensing.CodeReadOnly, "%s was sent by %s", i.Number, i.Seller.Name).
		WithHint("only its seller can change it"))
}

// Sells tells whether the caller sent an invoice, and so may change it.
func (c Caller) Sells(i licensing.Invoice) bool {
	if c.books().Vendor {
		return i.SellerID == licensing.VendorSeller
	}
	return i.SellerID == c.Reseller.ID
}

// InvoiceActions lists what the caller may do with an invoice now.
func (c Caller) InvoiceActions(i licensing.Invoice) []licensing.Action {
	if c.Sells(i) {
		return i.AllowedActions()
	}
	return []licensing.Action{licensing.ActionDownload}
}

// refuseInvoice adds to a refusal what may be done with the invoice instead.
func (c Caller) refuseInvoice(i licensing.Invoice, err error) error {
	return licensing.Instead(err, c.InvoiceActions(i))
}

// issue numbers an invoice or credit note that has everything else, keeps it, and
// sends it where there is an address.
func (s *Service) issue(ctx context.Context, tx *store.Tx, c Caller, series string, invoice *licensing.Invoice) error {
	var err error
	if invoice.Number, err = s.numbered(ctx, tx, c, series, invoice.SellerID); err != nil {
		return err
	}
	invoice.ID, invoice.CreatedAt = s.newID(prefixInvoice), licensing.At(s.now())
	for i := range invoice.Lines {
		invoice.Lines[i].ID, invoice.Lines[i].InvoiceID = s.newID(prefixBillLine), invoice.ID
	}
	if err := tx.InsertInvoice(ctx, *invoice); err != nil {
		return err
	}
	event := "invoice.sent"
	if invoice.Kind == licensing.KindCreditNote {
		event = "invoice.credited"
	}
	if err := s.recordInvoice(ctx, tx, c, event, nil, *invoice); err != nil {
		return err
	}
	return s.mailInvoice(ctx, tx, *invoice, "")
}

// saveInvoice keeps a change.
func (s *Service) saveInvoice(ctx context.Context, tx *store.Tx, c Caller, event string, before, after licensing.Invoice) (licensing.Invoice, error) {
	after.Version++
	if err := tx.UpdateInvoice(ctx, after); err != nil {
		return after, err
	}
	return after, s.recordInvoice(ctx, tx, c, event, before, after)
}

// recordInvoice writes the event into the books that the invoice is in, also where the
// vendor acts, or a payment page.
func (s *Service) recordInvoice(ctx context.Context, tx *store.Tx, c Caller, event string, before any, after licensing.Invoice) error {
	c.Reseller.ID = after.ResellerID
	return s.record(ctx, tx, c, event, after.ID, before, after)
}
