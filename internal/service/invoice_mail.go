package service

import (
	"cmp"
	"context"
	"strconv"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MailInvoice is the job template of the mail that carries an invoice.
const MailInvoice = "invoice"

// ResendInvoice mails an invoice once more, to the address that its buyer has now. It
// fails with not_found, ambiguous_reference, read_only or company_without_email.
func (s *Service) ResendInvoice(ctx context.Context, c Caller, ref string) (licensing.Invoice, error) {
	return once(ctx, s, c, "invoice-resend", ref, func(tx *store.Tx) (licensing.Invoice, error) {
		invoice, err := lockInvoice(ctx, tx, c, ref)
		if err != nil {
			return invoice, err
		}
		email, err := s.buyerEmail(ctx, tx, c, invoice)
		if err != nil {
			return invoice, err
		}
		again := invoice
		again.Email, again.MailedAt, again.MailError = cmp.Or(email, invoice.Email), licensing.Time{}, ""
		if err := c.refuseInvoice(invoice, again.CheckResend()); err != nil {
			return invoice, err
		}
		if again, err = s.saveInvoice(ctx, tx, c, "invoice.resent", invoice, again); err != nil {
			return again, err
		}
		return again, s.mailInvoice(ctx, tx, again, strconv.FormatInt(again.Version, 10))
	})
}

// buyerEmail is where the buyer of an invoice gets its mail today.
func (s *Service) buyerEmail(ctx context.Context, tx *store.Tx, c Caller, invoice licensing.Invoice) (string, error) {
	if invoice.CompanyID == "" {
		reseller, err := tx.Reseller(ctx, invoice.ResellerID)
		return reseller.Email, err
	}
	company, err := findCompany(ctx, tx, c, string(invoice.CompanyID))
	return company.Email, err
}

// mailInvoice enqueues the mail of an invoice; nonce tells a resend from the first.
func (s *Service) mailInvoice(ctx context.Context, tx *store.Tx, invoice licensing.Invoice, nonce string) error {
	if invoice.Email == "" {
		return nil
	}
	return s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailInvoice, ResourceID: invoice.ID, Nonce: nonce})
}

// InvoiceMail is what the mail of an invoice is made of.
type InvoiceMail struct {
	Invoice  licensing.Invoice
	MailFrom string // the vendor's
}

// InvoiceMail gives what the mail of an invoice is made of, for the worker that
// sends it.
func (s *Service) InvoiceMail(ctx context.Context, id string) (InvoiceMail, error) {
	return view(ctx, s, func(tx *store.Tx) (InvoiceMail, error) {
		invoice, err := tx.InvoiceByID(ctx, id)
		if err != nil {
			return InvoiceMail{}, err
		}
		vendor, err := tx.Vendor(ctx)
		return InvoiceMail{Invoice: invoice, MailFrom: vendor.MailFrom}, err
	})
}

// InvoiceMailed records that the mail server took an invoice, or why it never will.
func (s *Service) InvoiceMailed(ctx context.Context, id string, failure error) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		if failure != nil {
			return tx.SetInvoiceMailed(ctx, id, licensing.Time{}, failure.Error())
		}
		return tx.SetInvoiceMailed(ctx, id, licensing.At(s.now()), "")
	})
}
