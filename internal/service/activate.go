package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CustomerActivation says for whom a license is activated: for the customer that is
// registered with an e-mail address, or for a new one.
type CustomerActivation struct {
	License string // id or coupon
	Email   string
	New     *CompanyChange
}

// ActivateLicense activates a license for a customer, gives it to the customer's company
// where it belongs to none, and mails the customer. It fails with not_found, read_only,
// license_not_activatable, license_not_assignable, customer_unknown, already_exists,
// ambiguous_reference or invalid_request.
func (s *Service) ActivateLicense(ctx context.Context, c Caller, in CustomerActivation) (licensing.License, error) {
	if (in.Email == "") == (in.New == nil) {
		return licensing.License{}, licensing.Invalid("email", "or company must be given, and not both")
	}
	return write(ctx, s, c, "license-activate", in, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, in.License)
		if err != nil {
			return license, err
		}
		return s.activateFor(ctx, tx, c, license, in)
	})
}

// activateFor activates a locked license for a customer.
func (s *Service) activateFor(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in CustomerActivation) (licensing.License, error) {
	if err := s.refuse(c, license, license.CheckActivate(s.today(c))); err != nil {
		return license, err
	}
	company, err := s.customer(ctx, tx, c, license, in)
	if err != nil {
		return license, err
	}
	if license.CompanyID == "" {
		if license, err = s.assign(ctx, tx, c, license, company); err != nil {
			return license, err
		}
	}
	before := license
	license.ActivatedAt = licensing.At(s.now())
	if license.Email == "" {
		license.Email = company.Email
	}
	if license, err = s.saveLicense(ctx, tx, c, "license.activated", before, license); err != nil {
		return license, err
	}
	return license, s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailActivated, ResourceID: license.ID})
}

// customer finds or makes the company of an activation. Somebody who has only a link is
// told no more than whether what was typed fits.
func (s *Service) customer(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in CustomerActivation) (licensing.Company, error) {
	if in.New != nil {
		return s.newCustomer(ctx, tx, c, license, *in.New)
	}
	known, err := tx.CompaniesByEmail(ctx, c.Reseller.ID, in.Email)
	if err != nil {
		return licensing.Company{}, err
	}
	own := slices.IndexFunc(known, func(company licensing.Company) bool { return license.CompanyID == licensing.Ref(company.ID) })
	switch {
	case own >= 0:
		return known[own], nil
	case len(known) == 0, c.proof != "" && license.CompanyID != "":
		return licensing.Company{}, licensing.Errorf(licensing.CodeCustomerUnknown, "no company is registered with this e-mail address").
			WithHint("check the address, or activate the license for a new customer")
	case license.CompanyID != "":
		return licensing.Company{}, s.refuse(c, license, license.CheckCustomer(licensing.Ref(known[0].ID)))
	case len(known) > 1:
		return licensing.Company{}, licensing.Errorf(licensing.CodeAmbiguous, "several companies are registered with this e-mail address").
			WithHint("assign the license to one of them first, such as %s or %s", known[0].ID, known[1].ID)
	}
	return known[0], nil
}

func (s *Service) newCustomer(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in CompanyChange) (licensing.Company, error) {
	if in.Email == nil || *in.Email == "" {
		return licensing.Company{}, licensing.Invalid("email", "is missing: the customer is told by e-mail")
	}
	known, err := tx.CompaniesByEmail(ctx, c.Reseller.ID, *in.Email)
	switch {
	case err != nil:
		return licensing.Company{}, err
	case len(known) > 0, c.proof != "" && license.CompanyID != "":
		return licensing.Company{}, licensing.Errorf(licensing.CodeAlreadyExists, "there is a customer with these details already").
			WithHint("activate the license for an existing customer, by its registered e-mail address")
	case license.CompanyID != "":
		return licensing.Company{}, s.refuse(c, license, license.CheckCustomer(""))
	}
	return s.createCompany(ctx, tx, c, in)
}

// MailActivated is the job template of the mail that tells a customer of a license that
// was activated.
const MailActivated = "license-activated"

// ActivatedMail is what that mail is made of.
type ActivatedMail struct {
	License licensing.License
	Company licensing.Company
	Seller  licensing.Reseller
	Vendor  licensing.Vendor
}

// ActivatedMail gives what the mail about an activated license is made of, for the worker
// that sends it.
func (s *Service) ActivatedMail(ctx context.Context, license string) (ActivatedMail, error) {
	return view(ctx, s, func(tx *store.Tx) (ActivatedMail, error) {
		var m ActivatedMail
		var err error
		if m.License, err = tx.License(ctx, license); err != nil {
			return m, err
		}
		if m.Company, err = tx.Company(ctx, string(m.License.CompanyID)); err != nil {
			return m, err
		}
		if m.Seller, err = tx.Reseller(ctx, m.License.ResellerID); err != nil {
			return m, err
		}
		m.Vendor, err = tx.Vendor(ctx)
		return m, err
	})
}
