package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// PreviewVoid gives the credit note that VoidInvoice would send, without its number, and
// changes nothing. It fails as VoidInvoice does.
func (s *Service) PreviewVoid(ctx context.Context, c Caller, ref string) (licensing.Invoice, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.Invoice, error) {
		invoice, err := findInvoice(ctx, tx, c, ref)
		if err == nil {
			err = c.checkSells(invoice)
		}
		if err == nil {
			err = c.refuseInvoice(invoice, invoice.CheckVoid())
		}
		if err != nil {
			return invoice, err
		}
		return s.creditNote(c, invoice), nil
	})
}

// VoidInvoice cancels an invoice to a company by a credit note, which it gives: with a
// number of its own, mailed as the invoice was. What the invoice billed can be billed
// again. It fails with not_found, ambiguous_reference, read_only or
// invoice_not_voidable.
func (s *Service) VoidInvoice(ctx context.Context, c Caller, ref string) (licensing.Invoice, error) {
	return once(ctx, s, c, "invoice-void", ref, func(tx *store.Tx) (licensing.Invoice, error) {
		invoice, err := lockInvoice(ctx, tx, c, ref)
		if err != nil {
			return invoice, err
		}
		if err := c.refuseInvoice(invoice, invoice.CheckVoid()); err != nil {
			return invoice, err
		}
		if err := tx.UnbillLines(ctx, invoice.ID); err != nil {
			return invoice, err
		}
		note, err := s.cancel(ctx, tx, c, seriesReseller, invoice)
		if err != nil {
			return note, err
		}
		return note, s.settleLicenses(ctx, tx, invoice)
	})
}

// cancel makes an invoice void by a credit note.
func (s *Service) cancel(ctx context.Context, tx *store.Tx, c Caller, series string, invoice licensing.Invoice) (licensing.Invoice, error) {
	note := s.creditNote(c, invoice)
	if err := s.issue(ctx, tx, c, series, &note); err != nil {
		return note, err
	}
	void := invoice
	void.State, void.CancelledBy, void.CancelledNumber = licensing.InvoiceVoid, licensing.Ref(note.ID), licensing.Ref(note.Number)
	_, err := s.saveInvoice(ctx, tx, c, "invoice.voided", invoice, void)
	return note, err
}

// creditNote is what cancels an invoice, without its number.
func (s *Service) creditNote(c Caller, invoice licensing.Invoice) licensing.Invoice {
	note := invoice.Credit()
	note.IssuedOn, note.CreatedAt = s.today(c), licensing.At(s.now())
	return note
}

// settleLicenses brings the billing of an invoice's licenses up to date, in an order
// in which two at once do not wait for each other.
func (s *Service) settleLicenses(ctx context.Context, tx *store.Tx, invoice licensing.Invoice) error {
	var ids []string
	for _, line := range invoice.Lines {
		ids = append(ids, line.LicenseID)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		license, err := tx.LicenseForUpdate(ctx, id)
		if err != nil {
			return err
		}
		if err := s.settleLicense(ctx, tx, license); err != nil {
			return err
		}
	}
	return nil
}

// settleLicense derives the billing of a license, which the transaction has locked,
// from its lines and their invoices.
func (s *Service) settleLicense(ctx context.Context, tx *store.Tx, license licensing.License) error {
	lines, err := tx.BilledLines(ctx, license.ID, "")
	if err != nil {
		return err
	}
	if billing := licensing.BillingOf(lines); billing != license.Billing {
		return tx.SetBilling(ctx, license.ID, billing)
	}
	return nil
}
