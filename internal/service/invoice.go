package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MaxInvoiceLicenses is the most licenses one request may invoice.
const MaxInvoiceLicenses = 20

// Billing names the licenses to invoice to their companies.
type Billing struct {
	Licenses       []string // ids or coupons
	ExpectedAmount *int64   // what the invoices add up to, in minor units; nil is any
}

// PreviewInvoices computes the invoices that SendInvoices would send, without
// numbers, and changes nothing. It fails as SendInvoices does.
func (s *Service) PreviewInvoices(ctx context.Context, c Caller, in Billing) ([]licensing.Invoice, error) {
	return view(ctx, s, func(tx *store.Tx) ([]licensing.Invoice, error) {
		return s.draftInvoices(ctx, tx, c, in, findLicense)
	})
}

// SendInvoices bills what no invoice has billed yet of the licenses: one invoice for
// each company and currency, numbered without gaps, and one mail each, enqueued in
// the same transaction. It fails with not_found, read_only, too_many_licenses,
// license_without_company, nothing_to_invoice, company_without_email or
// price_changed.
func (s *Service) SendInvoices(ctx context.Context, c Caller, in Billing) ([]licensing.Invoice, error) {
	return write(ctx, s, c, "invoice-send", in, func(tx *store.Tx) ([]licensing.Invoice, error) {
		invoices, err := s.draftInvoices(ctx, tx, c, in, lockLicense)
		if err != nil {
			return nil, err
		}
		for i := range invoices {
			if err := s.sendInvoice(ctx, tx, c, &invoices[i]); err != nil {
				return nil, err
			}
		}
		return invoices, nil
	})
}

type licenseFinder func(context.Context, *store.Tx, Caller, string) (licensing.License, error)

func (s *Service) draftInvoices(ctx context.Context, tx *store.Tx, c Caller, in Billing, find licenseFinder) ([]licensing.Invoice, error) {
	if len(in.Licenses) > MaxInvoiceLicenses {
		return nil, licensing.Errorf(licensing.CodeTooManyLicenses, "one request invoices at most %d licenses", MaxInvoiceLicenses).
			WithHint("split them over several requests")
	}
	refs := slices.Clone(in.Licenses)
	slices.Sort(refs) // two requests lock the same licenses in the same order
	var invoices []licensing.Invoice
	var total int64
	named := make(map[string]bool)
	for _, ref := range refs {
		license, err := find(ctx, tx, c, ref)
		if err != nil {
			return nil, err
		}
		if named[license.ID] { // once by its id, once by its coupon
			continue
		}
		named[license.ID] = true
		if err := c.owns(license.ResellerID, "license"); err != nil {
			return nil, err
		}
		if err := s.refuse(c, license, license.CheckInvoice()); err != nil {
			return nil, err
		}
		lines, err := tx.UnbilledLines(ctx, license.ID)
		if err != nil {
			return nil, err
		}
		invoice, err := s.invoiceFor(ctx, tx, c, &invoices, license)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			invoice.Lines = append(invoice.Lines, s.invoiceLine(*invoice, license, line))
			invoice.Net += line.ListAmount
			invoice.Amount = invoice.Net + invoice.Tax
			total += line.ListAmount
		}
	}
	if in.ExpectedAmount != nil && *in.ExpectedAmount != total {
		return nil, licensing.Errorf(licensing.CodePriceChanged, "the invoices add up to %d minor units, not the expected %d", total, *in.ExpectedAmount).
			WithHint("preview them again")
	}
	return invoices, nil
}

// invoiceFor gives the draft to the license's company in the license's currency,
// a new one where there is none.
func (s *Service) invoiceFor(ctx context.Context, tx *store.Tx, c Caller, drafts *[]licensing.Invoice, license licensing.License) (*licensing.Invoice, error) {
	for i := range *drafts {
		if d := &(*drafts)[i]; d.CompanyID == license.CompanyID && d.Currency == license.Currency {
			return d, nil
		}
	}
	company, err := findCompany(ctx, tx, c, string(license.CompanyID))
	if err != nil {
		return nil, err
	}
	if company.Email == "" {
		return nil, licensing.Errorf(licensing.CodeCompanyNoEmail, "%s has no e-mail address to send an invoice to", company.ID).
			WithHint("add one to the company first")
	}
	*drafts = append(*drafts, licensing.Invoice{
		ID: s.newID(prefixInvoice), SellerID: c.Reseller.ID, ResellerID: c.Reseller.ID, CompanyID: licensing.Ref(company.ID),
		Kind: licensing.KindInvoice, State: licensing.InvoiceSent, Currency: license.Currency, Email: company.Email, Seller: "{}", Buyer: "{}",
		IssuedOn: s.today(c), Version: 1, CreatedAt: licensing.At(s.now()), CompanyName: licensing.Ref(company.Name),
	})
	return &(*drafts)[len(*drafts)-1], nil
}

func (s *Service) invoiceLine(invoice licensing.Invoice, license licensing.License, line licensing.OrderLine) licensing.InvoiceLine {
	return licensing.InvoiceLine{
		ID: s.newID(prefixBillLine), InvoiceID: invoice.ID, LicenseID: license.ID, OrderLineID: line.ID,
		Description: line.Description, Quantity: line.Quantity, UnitPrice: line.ListPrice, Amount: line.ListAmount,
		StartsOn: line.StartsOn, EndsOn: line.EndsOn, InvoiceReference: license.InvoiceReference,
	}
}

func (s *Service) sendInvoice(ctx context.Context, tx *store.Tx, c Caller, invoice *licensing.Invoice) error {
	var err error
	if invoice.Number, err = s.nextNumber(ctx, tx, c, "INV"); err != nil {
		return err
	}
	if err := tx.InsertInvoice(ctx, *invoice); err != nil {
		return err
	}
	for _, line := range invoice.Lines {
		if err := tx.BillLine(ctx, line.OrderLineID, invoice.ID); err != nil {
			return err
		}
		if err := tx.SetBilling(ctx, line.LicenseID, licensing.BillingInvoiced); err != nil {
			return err
		}
	}
	if err := s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailInvoice, ResourceID: invoice.ID}); err != nil {
		return err
	}
	return s.record(ctx, tx, c, "invoice.sent", invoice.ID, nil, invoice)
}

// InvoiceQuery chooses invoices; empty fields choose nothing out.
type InvoiceQuery struct {
	Company      string
	Since, Until licensing.Date // issued on or after, and before
}

// Invoices lists the invoices to companies, newest first.
func (s *Service) Invoices(ctx context.Context, c Caller, q InvoiceQuery, p Page) (Listing[licensing.Invoice], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.Invoice], error) {
		company, err := findCompanyID(ctx, tx, c, q.Company)
		if err != nil {
			return Listing[licensing.Invoice]{}, err
		}
		f := store.InvoiceFilter{Resellers: c.Visible, CompanyID: company, Since: q.Since, Until: q.Until}
		return list(c, "invoices", q, p, func(x licensing.Invoice) string { return x.ID }, func(p store.Page) ([]licensing.Invoice, error) {
			return tx.Invoices(ctx, f, p)
		})
	})
}

// Invoice gives an invoice with its lines, by id or number. It fails with not_found or
// ambiguous_reference.
func (s *Service) Invoice(ctx context.Context, c Caller, ref string) (licensing.Invoice, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.Invoice, error) {
		invoice, err := tx.Invoice(ctx, c.Visible, ref)
		return found(invoice, err, named("invoice", ref))
	})
}

// MailInvoice is the job template of the mail that carries an invoice.
const MailInvoice = "invoice"

// InvoiceMail is what the mail of an invoice is made of.
type InvoiceMail struct {
	Invoice  licensing.Invoice
	Seller   licensing.Reseller
	MailFrom string
}

// InvoiceMail gives what the mail of an invoice is made of, for the worker that
// sends it.
func (s *Service) InvoiceMail(ctx context.Context, id string) (InvoiceMail, error) {
	return view(ctx, s, func(tx *store.Tx) (InvoiceMail, error) {
		invoice, err := tx.InvoiceByID(ctx, id)
		if err != nil {
			return InvoiceMail{}, err
		}
		seller, err := tx.Reseller(ctx, invoice.ResellerID)
		if err != nil {
			return InvoiceMail{}, err
		}
		vendor, err := tx.Vendor(ctx)
		return InvoiceMail{Invoice: invoice, Seller: seller, MailFrom: vendor.MailFrom}, err
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
