package service

import (
	"cmp"
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Purchase says what to buy.
type Purchase struct {
	Quote            string // id of a quote to buy as it was saved; everything else is empty then
	Like             string // id or coupon of a license: what is left open is as with it
	Company          string // id, domain or exact name; empty for stock
	Unassigned       bool   // for stock, also where it is like a company's license
	Product          string // id or SKU
	Contract         string // id or number; empty where only one fits
	Term             string
	Quantity         int64 // 0 with serials is their number
	Serials          []string
	Name             string
	Note             string
	OrderNote        string
	InvoiceReference string
	Stock            StockUse
	StockLimit       int64             `json:",omitempty"` // take at most so many from stock; 0 is any
	Distributor      string            // empty is the contract's
	Key              string            // id or code of a key that is to unlock what is bought; empty is none
	Pay              licensing.Payment // empty is the first way but card that the contract allows
	ExpectedAmount   *int64            // minor units; nil is any
	ExpectedCredits  *int64            // nil is any
}

// PreviewPurchase computes what a purchase would do, and changes nothing. It fails
// as Buy does.
func (s *Service) PreviewPurchase(ctx context.Context, c Caller, in Purchase) (Deal, error) {
	return view(ctx, s, func(tx *store.Tx) (Deal, error) {
		_, deal, err := s.dealAsked(ctx, tx, c, in, looking())
		return deal, err
	})
}

// Buy makes an order, its ledger entry, and its license, all or nothing; where it is
// asked to, it takes as much as there is from stock and orders the rest. It fails
// with not_found, invalid_term, invalid_quantity, term_not_offered, trial_used,
// company_required, serial_required, serial_not_allowed, serial_in_use,
// product_not_permitted, the codes of contracts, payment_not_allowed,
// insufficient_balance, insufficient_credits, seats_exceed_quantity, license_not_assignable, amount_too_large or price_changed. What
// is paid by card is an order that waits for its payment, with the page to pay it on,
// and fails with payment_failed, or unavailable, where there is no page. A quote is
// bought exactly as it was saved, or fails with quote_used, quote_expired or
// quote_changed.
func (s *Service) Buy(ctx context.Context, c Caller, in Purchase) (Bought, error) {
	bought, err := write(ctx, s, c, "license-add", in, func(tx *store.Tx) (Bought, error) {
		asked, deal, err := s.dealAsked(ctx, tx, c, in, locking())
		if err != nil {
			return Bought{}, err
		}
		bought, err := s.purchase(ctx, tx, c, deal, asked)
		if err == nil && in.Quote != "" {
			err = tx.SetQuoteOrder(ctx, in.Quote, bought.Order.ID)
		}
		return bought, err
	})
	return s.awaitPayment(ctx, c, bought, err)
}

// purchase takes from stock what a deal takes, and orders the rest.
func (s *Service) purchase(ctx context.Context, tx *store.Tx, c Caller, deal Deal, in Purchase) (Bought, error) {
	taken, err := s.takeStock(ctx, tx, c, deal, in)
	if err == nil {
		taken, err = s.unlock(ctx, tx, c, in.Key, taken...)
	}
	if err != nil {
		return Bought{}, err
	}
	left := deal.StockAvailable
	for _, p := range deal.Stock {
		left -= p.Quantity
	}
	if deal.Quantity == 0 {
		return Bought{Licenses: taken, StockLeft: left}, nil
	}
	deal.Stock, deal.StockAvailable = nil, 0 // the order is not of these
	bought, err := s.place(ctx, tx, c, intent{Deal: deal, Purchase: &in})
	bought.Licenses, bought.StockLeft = append(taken, bought.Licenses...), left
	return bought, err
}

// purchaseDeal computes what a purchase comes to, with what was asked for in full. It
// begins on a given day, or today where none is given.
func (s *Service) purchaseDeal(ctx context.Context, tx *store.Tx, c Caller, in Purchase, start licensing.Date, find stockFinder) (Purchase, Deal, error) {
	in, err := s.fillIn(ctx, tx, c, in)
	if err == nil {
		err = in.check()
	}
	if err != nil {
		return in, Deal{}, err
	}
	if start.IsZero() {
		start = s.today(c)
	}
	deal := Deal{
		Kind: licensing.OrderPurchase, Quantity: in.Quantity, Serials: in.Serials, Anchor: start.Day(),
		InvoiceReference: in.InvoiceReference, OrderNote: in.OrderNote,
	}
	if deal.Quantity == 0 {
		deal.Quantity = int64(len(in.Serials))
	}
	if err := s.findOffer(ctx, tx, c, &deal, in); err != nil {
		return in, deal, err
	}
	deal.Distributor = cmp.Or(in.Distributor, deal.Contract.Distributor)
	if deal.Company, err = s.buyer(ctx, tx, c, in.Company, deal); err != nil {
		return in, deal, err
	}
	if in.Key, err = s.keyToUnlock(ctx, tx, c, in.Key, deal); err != nil {
		return in, deal, err
	}
	if err := s.lookInStock(ctx, tx, c, &deal, in, find); err != nil {
		return in, deal, err
	}
	if deal.Period, err = deal.Term.Period(start, deal.Anchor); err != nil {
		return in, deal, err
	}
	deal, err = s.priced(ctx, tx, c, deal, expectation{in.Pay, in.ExpectedAmount, in.ExpectedCredits})
	return in, deal, err
}

// check refuses a purchase that does not say what to buy.
func (in Purchase) check() error {
	switch {
	case in.Product == "":
		return licensing.Invalid("product", "is missing")
	case in.Term == "":
		return licensing.Invalid("term", "is missing")
	case in.StockLimit != 0 && in.Stock != StockTake:
		return licensing.Invalid("stock_limit", "goes with stock use")
	}
	return nil
}

// findOffer finds the product and the contract it is bought under, and refuses what
// is not sold so.
func (s *Service) findOffer(ctx context.Context, tx *store.Tx, c Caller, deal *Deal, in Purchase) error {
	var err error
	if deal.Term, err = parseTerm(in.Term, licensing.ParseTerm); err != nil {
		return err
	}
	if deal.Product, err = findProduct(ctx, tx, in.Product); licensing.CodeOf(err) == licensing.CodeNotFound {
		err = s.noProduct(ctx, tx, c, in.Product)
	}
	if err != nil {
		return err
	}
	if err := checkMaySell(ctx, tx, c, deal.Product); err != nil {
		return err
	}
	if deal.Contract, err = s.contractFor(ctx, tx, c, in.Contract, deal.Product.SKU); err != nil {
		return err
	}
	if err := deal.Product.CheckOffer(deal.Term, deal.Quantity, in.Serials); err != nil {
		return err
	}
	taken, err := tx.SerialTaken(ctx, deal.Product.ID, in.Serials)
	if err == nil && taken != "" {
		return serialInUse()
	}
	return err
}

// buyer finds the company of a purchase and refuses a second trial.
func (s *Service) buyer(ctx context.Context, tx *store.Tx, c Caller, ref string, deal Deal) (licensing.Company, error) {
	trial := deal.Term.Kind == licensing.TermTrial
	if ref == "" {
		if trial {
			return licensing.Company{}, licensing.Errorf(licensing.CodeCompanyRequired, "a trial is for a company").
				WithHint("name the company")
		}
		return licensing.Company{}, nil
	}
	company, err := findCompany(ctx, tx, c, ref)
	if err != nil {
		return company, err
	}
	if err := c.owns(company.ResellerID, "company"); err != nil {
		return company, err
	}
	if trial {
		had, err := tx.HasTrial(ctx, company.ID, deal.Product.ID)
		if err != nil {
			return company, err
		}
		if had {
			return company, trialUsed(deal.Product)
		}
	}
	return company, nil
}

func trialUsed(product licensing.Product) *licensing.Error {
	return licensing.Errorf(licensing.CodeTrialUsed, "the company has had its trial of %s", product.SKU).
		WithHint("buy it for a paid term, such as full:1, or extend the trial's license by one")
}

func serialInUse() *licensing.Error {
	return licensing.Errorf(licensing.CodeSerialInUse, "one of the serial numbers has a license of this product already").
		WithHint("search licenses for the serial number")
}

// addLicense makes the license of a purchase.
func (s *Service) addLicense(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, in intent) (licensing.License, error) {
	deal, now := in.Deal, licensing.At(s.now())
	coupon, err := newCoupon(ctx, tx)
	if err != nil {
		return licensing.License{}, err
	}
	license := licensing.License{
		ID: s.newID(prefixLicense), ResellerID: c.Reseller.ID, Coupon: coupon, CompanyID: licensing.Ref(deal.Company.ID),
		ProductID: deal.Product.ID, ContractID: deal.Contract.ID, OrderID: order.ID, Name: in.Purchase.Name, Note: in.Purchase.Note,
		Quantity: deal.Quantity, Term: deal.Term.String(), StartsOn: deal.Period.StartsOn, EndsOn: deal.Period.EndsOn,
		AnchorDay: int64(deal.Anchor), Amount: deal.Amount, Currency: deal.Contract.Currency, Billing: licensing.BillingFree,
		InvoiceReference: deal.InvoiceReference, Distributor: deal.Distributor, Version: 1, CreatedAt: now, UpdatedAt: now, Serials: deal.Serials,
		CompanyName: licensing.Ref(deal.Company.Name), CompanyDomain: deal.Company.Domain, ProductSKU: deal.Product.SKU,
		ProductName: deal.Product.Name, ProductKind: deal.Product.Kind, OrderNumber: order.Number,
		OrderedAt: order.CreatedAt, RefundDays: deal.Product.RefundDays,
	}
	if deal.ListAmount > 0 {
		license.Billing = licensing.BillingUnbilled
	}
	if err := tx.InsertLicense(ctx, license); err != nil {
		if errors.Is(err, store.ErrExists) && len(deal.Serials) > 0 { // two at once
			return license, serialInUse().Because(err)
		}
		return license, err
	}
	if deal.Term.Kind == licensing.TermTrial {
		if err := tx.InsertTrial(ctx, deal.Company.ID, deal.Product.ID, license.ID); err != nil {
			if errors.Is(err, store.ErrExists) {
				return license, trialUsed(deal.Product).Because(err)
			}
			return license, err
		}
	}
	return license, s.record(ctx, tx, c, "license.added", license.ID, nil, license)
}
