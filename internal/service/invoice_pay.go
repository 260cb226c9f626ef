package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// InvoicePayment says that an invoice is paid.
type InvoicePayment struct {
	Invoice string         // id or number
	PaidOn  licensing.Date // none is today
}

// PayInvoice notes that an invoice is paid: a reseller's by its company, or the
// vendor's by the reseller. Whoever sent it says so. It fails with not_found,
// ambiguous_reference, read_only, invoice_not_payable or invalid_request.
func (s *Service) PayInvoice(ctx context.Context, c Caller, in InvoicePayment) (licensing.Invoice, error) {
	return once(ctx, s, c, "invoice-pay", in, func(tx *store.Tx) (licensing.Invoice, error) {
		invoice, err := lockInvoice(ctx, tx, c, in.Invoice)
		if err != nil {
			return invoice, err
		}
		if err := c.refuseInvoice(invoice, invoice.CheckPay()); err != nil {
			return invoice, err
		}
		paid := invoice
		paid.State, paid.PaidOn = licensing.InvoicePaid, in.PaidOn
		today := s.today(c)
		switch {
		case paid.PaidOn.IsZero():
			paid.PaidOn = today
		case paid.PaidOn.After(today):
			return invoice, licensing.Invalid("on", "must not be after today, %s", today)
		case paid.PaidOn.Before(invoice.IssuedOn):
			return invoice, licensing.Invalid("on", "must not be before the invoice's date, %s", invoice.IssuedOn)
		}
		if paid, err = s.saveInvoice(ctx, tx, c, "invoice.paid", invoice, paid); err != nil || paid.SellerID == licensing.VendorSeller {
			return paid, err
		}
		return paid, s.settleLicenses(ctx, tx, paid)
	})
}
