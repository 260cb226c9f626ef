package service

import (
	"context"
	"fmt"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MaxInvoiceLicenses is the most licenses one request may invoice.
const MaxInvoiceLicenses = 20

// seriesReseller begins the numbers of resellers' invoices, a series for each.
const seriesReseller = "INV"

// Billing names the licenses to invoice to their companies, and how.
type Billing struct {
	Licenses       []string // ids or coupons
	ExpectedAmount *int64   // what the invoices add up to with tax, in minor units; nil is any
	TaxRate        *int64   // hundredths of a percent; nil is the reseller's own
	Due            string   // days or a date, see licensing.ParseDue
	Note           string   // printed below the total
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
// license_without_company, nothing_to_invoice, company_without_email, invalid_request
// or price_changed.
func (s *Service) SendInvoices(ctx context.Context, c Caller, in Billing) ([]licensing.Invoice, error) {
	return write(ctx, s, c, "invoice-send", in, func(tx *store.Tx) ([]licensing.Invoice, error) {
		invoices, err := s.draftInvoices(ctx, tx, c, in, lockLicense)
		if err != nil {
			return nil, err
		}
		for i := range invoices {
			if err := s.issue(ctx, tx, c, seriesReseller, &invoices[i]); err != nil {
				return nil, err
			}
			if err := s.bill(ctx, tx, invoices[i]); err != nil {
				return nil, err
			}
		}
		return invoices, nil
	})
}

// bill marks what an invoice bills as billed.
func (s *Service) bill(ctx context.Context, tx *store.Tx, invoice licensing.Invoice) error {
	for _, line := range invoice.Lines {
		ours, err := tx.BillLine(ctx, line.OrderLineID, invoice.ID)
		if err != nil {
			return err
		}
		if !ours { // its license is locked: nobody can have
			return fmt.Errorf("line %s is billed twice", line.OrderLineID)
		}
	}
	return s.settleLicenses(ctx, tx, invoice)
}

type licenseFinder func(context.Context, *store.Tx, Caller, string) (licensing.License, error)

// licensesToBill finds licenses that may be billed, each once, however it is named. Two
// requests lock the same licenses in the same order.
func (s *Service) licensesToBill(ctx context.Context, tx *store.Tx, c Caller, refs []string, find licenseFinder) ([]licensing.License, error) {
	ids := make([]string, len(refs))
	for i, ref := range refs {
		license, err := findLicense(ctx, tx, c, ref)
		if err != nil {
			return nil, err
		}
		ids[i] = license.ID
	}
	slices.Sort(ids)
	var licenses []licensing.License
	for _, id := range slices.Compact(ids) {
		license, err := find(ctx, tx, c, id)
		if err != nil {
			return nil, err
		}
		if err := c.owns(license.ResellerID, "license"); err != nil {
			return nil, err
		}
		if err := s.refuse(c, license, license.CheckInvoice()); err != nil {
			return nil, err
		}
		licenses = append(licenses, license)
	}
	return licenses, nil
}

func (s *Service) draftInvoices(ctx context.Context, tx *store.Tx, c Caller, in Billing, find licenseFinder) ([]licensing.Invoice, error) {
	if len(in.Licenses) > MaxInvoiceLicenses {
		return nil, licensing.Errorf(licensing.CodeTooManyLicenses, "one request invoices at most %d licenses", MaxInvoiceLicenses).
			WithHint("split them over several requests")
	}
	template, err := s.invoiceTemplate(c, in)
	if err != nil {
		return nil, err
	}
	licenses, err := s.licensesToBill(ctx, tx, c, in.Licenses, find)
	if err != nil {
		return nil, err
	}
	var invoices []licensing.Invoice
	for _, license := range licenses {
		lines, err := tx.UnbilledLines(ctx, license.ID)
		if err != nil {
			return nil, err
		}
		if len(lines) == 0 {
			return nil, s.refuse(c, license, licensing.Errorf(licensing.CodeNothingToInvoice, "%s has nothing that is not invoiced", license.ID))
		}
		invoice, err := s.invoiceFor(ctx, tx, c, &invoices, template, license)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			invoice.Lines = append(invoice.Lines, invoiceLine(license, line))
			invoice.Net += line.ListAmount
		}
	}
	return invoices, totalled(invoices, in.ExpectedAmount)
}

// invoiceTemplate is what the invoices of one request have in common.
func (s *Service) invoiceTemplate(c Caller, in Billing) (licensing.Invoice, error) {
	template := licensing.Invoice{
		SellerID: c.Reseller.ID, ResellerID: c.Reseller.ID, Kind: licensing.KindInvoice, State: licensing.InvoiceSent,
		TaxRate: c.Reseller.TaxRate, Seller: c.Reseller.Party(), Note: in.Note, IssuedOn: s.today(c), Version: 1,
		CreatedAt: licensing.At(s.now()),
	}
	if in.TaxRate != nil {
		template.TaxRate = *in.TaxRate
	}
	if err := licensing.CheckTaxRate("tax_rate", template.TaxRate); err != nil {
		return template, err
	}
	var err error
	template.DueOn, err = licensing.ParseDue(in.Due, template.IssuedOn)
	return template, err
}

// invoiceFor gives the draft to the license's company in the license's currency,
// a new one where there is none.
func (s *Service) invoiceFor(ctx context.Context, tx *store.Tx, c Caller, drafts *[]licensing.Invoice, template licensing.Invoice, license licensing.License) (*licensing.Invoice, error) {
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
	draft := template
	draft.CompanyID, draft.CompanyName, draft.Currency = licensing.Ref(company.ID), licensing.Ref(company.Name), license.Currency
	draft.Email, draft.Language, draft.Buyer = company.Email, company.Language, company.Party()
	*drafts = append(*drafts, draft)
	return &(*drafts)[len(*drafts)-1], nil
}

func invoiceLine(license licensing.License, line licensing.OrderLine) licensing.InvoiceLine {
	return licensing.InvoiceLine{
		LicenseID: license.ID, OrderLineID: line.ID, Description: line.Subject(), Quantity: line.Quantity, UnitPrice: line.ListPrice,
		Interval: line.Interval, Amount: line.ListAmount, StartsOn: line.StartsOn, EndsOn: line.EndsOn, InvoiceReference: license.InvoiceReference,
	}
}

// totalled taxes each draft, and refuses with price_changed where they do not add up to
// what was expected.
func totalled(drafts []licensing.Invoice, expected *int64) error {
	var total int64
	for i := range drafts {
		d := &drafts[i]
		d.Tax = licensing.Tax(d.Net, d.TaxRate)
		d.Amount = d.Net + d.Tax
		total += d.Amount
	}
	if expected != nil && *expected != total {
		return licensing.Errorf(licensing.CodePriceChanged, "the invoices add up to %d minor units, not the expected %d", total, *expected).
			WithHint("preview them again")
	}
	return nil
}
