package service

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Extension says by how much to extend a license.
type Extension struct {
	License         string // id or coupon
	Contract        string // id or number; empty is the license's own, or where that is over the only one that fits
	Term            string
	FromExpiry      bool // continue from the end even when that has passed
	OrderNote       string
	Pay             licensing.Payment // empty is the first way but card that the contract allows
	ExpectedAmount  *int64            // minor units; nil is any
	ExpectedCredits *int64            // nil is any
	ExpectedEnd     licensing.Date    // the end before the extension; none is any
}

// PreviewExtension computes what an extension would do, and changes nothing. It
// fails as Extend does.
func (s *Service) PreviewExtension(ctx context.Context, c Caller, in Extension) (Deal, error) {
	return previewChange(ctx, s, c, in.License, in, s.extensionDeal)
}

// Extend buys a further period of a license: order, ledger entry and new end, all or
// nothing. It fails with not_found, read_only, license_not_extendable, invalid_term,
// term_not_offered, version_conflict, product_not_permitted, the codes of contracts,
// payment_not_allowed, insufficient_balance, insufficient_credits, amount_too_large,
// price_changed, and where it is paid by card as Buy does.
func (s *Service) Extend(ctx context.Context, c Caller, in Extension) (Bought, error) {
	return orderChange(ctx, s, c, "license-extend", in.License, in, s.extensionDeal)
}

func (s *Service) extensionDeal(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in Extension) (Deal, error) {
	deal := Deal{
		Kind: licensing.OrderExtension, LicenseID: license.ID, EndedOn: license.EndsOn, Quantity: license.Quantity,
		InvoiceReference: license.InvoiceReference, OrderNote: in.OrderNote, Distributor: license.Distributor,
	}
	if !in.ExpectedEnd.IsZero() && license.EndsOn != in.ExpectedEnd {
		return deal, licensing.Errorf(licensing.CodeVersionConflict, "%s ends on %s, not on the expected %s", license.ID, license.EndsOn, in.ExpectedEnd).
			WithHint("look at it again: it may have been extended already")
	}
	term, err := parseTerm(in.Term, licensing.ParseFurtherTerm)
	if err != nil {
		return deal, err
	}
	next, err := license.Extend(term, s.today(c), in.FromExpiry)
	if err != nil {
		return deal, s.refuse(c, license, err)
	}
	deal.Term, deal.Period, deal.Anchor = next.Term, next.Period, next.Anchor
	if deal.Product, err = findProduct(ctx, tx, license.ProductID); err != nil {
		return deal, err
	}
	if err := deal.Product.CheckOffer(term, deal.Quantity, nil); err != nil {
		return deal, err
	}
	if err := checkMaySell(ctx, tx, c, deal.Product); err != nil {
		return deal, err
	}
	if deal.Contract, err = s.contractToExtend(ctx, tx, c, in.Contract, license, deal.Product.SKU); err != nil {
		return deal, err
	}
	if license.CompanyID != "" {
		if deal.Company, err = findCompany(ctx, tx, c, string(license.CompanyID)); err != nil {
			return deal, err
		}
	}
	return s.priced(ctx, tx, c, deal, expectation{in.Pay, in.ExpectedAmount, in.ExpectedCredits})
}

// contractToExtend chooses the contract of an extension or an upgrade: the one named, else the
// license's own, or where that is over, the only one that fits. One of another
// currency would mix money that cannot be added up.
func (s *Service) contractToExtend(ctx context.Context, tx *store.Tx, c Caller, ref string, license licensing.License, sku string) (licensing.Contract, error) {
	contract, err := s.contractFor(ctx, tx, c, cmp.Or(ref, license.ContractID), sku)
	gone := licensing.CodeOf(err) == licensing.CodeContractClosed || licensing.CodeOf(err) == licensing.CodeNotFound
	if ref == "" && gone {
		if other, otherErr := s.contractFor(ctx, tx, c, "", sku); otherErr == nil {
			contract, err = other, nil
		}
	}
	if err == nil && contract.Currency != license.Currency {
		return contract, licensing.Errorf(licensing.CodeContractRequired, "contract %s is in %s, and the license in %s", contract.Number, contract.Currency, license.Currency).
			WithHint("name a contract in %s", license.Currency)
	}
	return contract, err
}

// extendLicense moves a license's end as the deal of an order says. It fails with
// license_not_extendable, or with version_conflict where the license is no longer
// what the deal was made for.
func (s *Service) extendLicense(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, deal Deal) (licensing.License, error) {
	license, err := lockLicense(ctx, tx, c, deal.LicenseID)
	if err != nil {
		return license, err
	}
	if err := s.refuse(c, license, license.CheckExtend(s.today(c))); err != nil {
		return license, err
	}
	if license.EndsOn != deal.EndedOn || license.Quantity != deal.Quantity || license.ProductID != deal.Product.ID {
		return license, licensing.Errorf(licensing.CodeVersionConflict, "%s has changed since its extension was ordered", license.ID).
			WithHint("look at it again: it may have been extended already")
	}
	before := license
	if deal.Period.StartsOn != license.EndsOn {
		license.StartsOn = deal.Period.StartsOn // it was over for a while
	}
	license.EndsOn, license.Term, license.AnchorDay = deal.Period.EndsOn, deal.Term.String(), int64(deal.Anchor)
	license.Amount, license.Reordered = license.Amount+deal.Amount, true
	if deal.ListAmount > 0 {
		license.Billing = licensing.BillingUnbilled
	}
	license.RenewalFailedOn = licensing.Date{}
	event := "license.extended"
	if order.Kind == licensing.OrderRenewal {
		event = "license.renewed"
	}
	return s.saveLicenseFor(ctx, tx, c, licensing.Ref(order.ID), event, before, license)
}
