package service

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Upgrade says what a license is to become.
type Upgrade struct {
	License         string // id or coupon
	Contract        string // id or number; empty is the license's own, or where that is over the only one that fits
	Quantity        int64  // 0 is as it is
	Edition         string // of the product's family; empty is as it is
	OrderNote       string
	Pay             licensing.Payment // empty is the first way but card that the contract allows
	ExpectedAmount  *int64            // minor units; nil is any
	ExpectedCredits *int64            // nil is any
}

// PreviewUpgrade computes what an upgrade would do, and changes nothing. It fails as
// Upgrade does.
func (s *Service) PreviewUpgrade(ctx context.Context, c Caller, in Upgrade) (Deal, error) {
	return previewChange(ctx, s, c, in.License, in, s.upgradeDeal)
}

// Upgrade makes a license larger, or one of another edition, for the difference in
// price: order, ledger entry and changed license, all or nothing. Its keys and devices
// stay. It fails with not_found, read_only, license_not_upgradable, invalid_quantity,
// term_not_offered, product_not_permitted, the codes of contracts, payment_not_allowed,
// insufficient_balance, insufficient_credits, amount_too_large, price_changed, and where
// it is paid by card as Buy does.
func (s *Service) Upgrade(ctx context.Context, c Caller, in Upgrade) (Bought, error) {
	return orderChange(ctx, s, c, "license-upgrade", in.License, in, s.upgradeDeal)
}

func (s *Service) upgradeDeal(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in Upgrade) (Deal, error) {
	today := s.today(c)
	deal := Deal{
		Kind: licensing.OrderUpgrade, LicenseID: license.ID, EndedOn: license.EndsOn, QuantityBefore: license.Quantity,
		Quantity: cmp.Or(in.Quantity, license.Quantity), Period: licensing.Period{StartsOn: today, EndsOn: license.EndsOn},
		InvoiceReference: license.InvoiceReference, OrderNote: in.OrderNote, Distributor: license.Distributor,
	}
	if err := license.CheckUpgrade(today); err != nil {
		return deal, s.refuse(c, license, err)
	}
	var err error
	if deal.Term, err = licensing.ParseTerm(license.Term); err != nil {
		return deal, err
	}
	if err := s.findEdition(ctx, tx, c, license, in.Edition, &deal); err != nil {
		return deal, s.refuse(c, license, err)
	}
	if err := license.CheckChange(deal.Product, deal.Quantity); err != nil {
		return deal, s.refuse(c, license, err)
	}
	if err := deal.Product.CheckOffer(deal.Term, deal.Quantity, nil); err != nil {
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
	deal, err = s.priced(ctx, tx, c, deal, expectation{in.Pay, in.ExpectedAmount, in.ExpectedCredits})
	if licensing.CodeOf(err) == licensing.CodeNotUpgradable {
		err = s.refuse(c, license, err)
	}
	return deal, err
}

// findEdition finds what an upgrade goes from and to. A refusal names the editions that
// the caller may sell.
func (s *Service) findEdition(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, edition string, deal *Deal) error {
	from, err := findProduct(ctx, tx, license.ProductID)
	if err != nil {
		return err
	}
	deal.ProductBefore, deal.Product = &from, from
	if edition == "" || edition == from.Edition {
		return nil
	}
	family, err := tx.Editions(ctx, from.Family)
	if err != nil {
		return err
	}
	var offered []licensing.Product
	for _, p := range family {
		may, err := tx.MaySell(ctx, c.Reseller.ID, p.ID)
		if err != nil {
			return err
		}
		if may {
			offered = append(offered, p)
		}
	}
	deal.Product, err = from.FindEdition(edition, family, offered)
	return err
}

// upgradeAmounts finds what an upgrade costs, at the prices of its contract, and what its
// company is charged for it, at list prices.
func upgradeAmounts(ctx context.Context, tx *store.Tx, deal *Deal) error {
	before, after, err := upgradePrices(ctx, tx, deal)
	if err != nil {
		return err
	}
	if deal.changesEdition() {
		if err := deal.ProductBefore.CheckEdition(deal.Product, before.list, after.list); err != nil {
			return err
		}
	}
	deal.UnitPrice, deal.ListPrice = after.unit, after.list
	amount := func(before, after int64) (int64, error) {
		return licensing.UpgradeAmount(deal.Interval(), deal.Period, licensing.Worth{Quantity: deal.QuantityBefore, Price: before}, licensing.Worth{Quantity: deal.Quantity, Price: after})
	}
	if deal.Amount, err = amount(before.unit, after.unit); err != nil {
		return err
	}
	deal.ListAmount, err = amount(before.list, after.list)
	return err
}

// upgradePrices finds the prices of what an upgrade goes from and to: those by the year
// where both have one. What a license was extended by last says nothing about the rest of
// what is left of it, so its term decides only where there is no price by the year.
func upgradePrices(ctx context.Context, tx *store.Tx, deal *Deal) (before, after prices, err error) {
	find := func() (before, after prices, err error) {
		if after, err = pricesUnder(ctx, tx, deal.Contract, deal.Product, deal.Interval()); err != nil || !deal.changesEdition() {
			return after, after, err
		}
		before, err = pricesUnder(ctx, tx, deal.Contract, *deal.ProductBefore, deal.Interval())
		return before, after, err
	}
	if deal.Term.Interval() == licensing.PerMonth {
		deal.ByYear = true
		if before, after, err = find(); licensing.CodeOf(err) != licensing.CodeTermNotOffered {
			return before, after, err
		}
		deal.ByYear = false
	}
	return find()
}

// upgradeLicense changes a license as the deal of an order says. It fails with
// license_not_upgradable, or with version_conflict where the license is no longer what
// the deal was made for.
func (s *Service) upgradeLicense(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, deal Deal) (licensing.License, error) {
	license, err := lockLicense(ctx, tx, c, deal.LicenseID)
	if err != nil {
		return license, err
	}
	if err := s.refuse(c, license, license.CheckUpgrade(s.today(c))); err != nil {
		return license, err
	}
	if license.EndsOn != deal.EndedOn || license.Quantity != deal.QuantityBefore || license.ProductID != deal.ProductBefore.ID {
		return license, licensing.Errorf(licensing.CodeVersionConflict, "%s has changed since its upgrade was ordered", license.ID).
			WithHint("look at it again: it may have been extended or upgraded already")
	}
	before := license
	license.ProductID, license.ProductSKU, license.ProductName, license.ProductKind = deal.Product.ID, deal.Product.SKU, deal.Product.Name, deal.Product.Kind
	license.RefundDays = deal.Product.RefundDays
	license.Quantity = deal.Quantity
	license.Amount, license.Reordered = license.Amount+deal.Amount, true
	if deal.ListAmount > 0 {
		license.Billing = licensing.BillingUnbilled
	}
	return s.saveLicenseFor(ctx, tx, c, licensing.Ref(order.ID), "license.upgraded", before, license)
}
