package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Purchase says what to buy.
type Purchase struct {
	Company          string // id, domain or exact name; empty for stock
	Product          string // id or SKU
	Contract         string // id or number; empty where only one fits
	Term             string
	Quantity         int64 // 0 with serials is their number
	Serials          []string
	Name             string
	Note             string
	OrderNote        string
	InvoiceReference string
	ExpectedAmount   *int64 // minor units; nil is any
}

// Deal is what a purchase or an extension comes to.
type Deal struct {
	Kind       licensing.OrderKind
	Company    licensing.Company // zero for stock
	Product    licensing.Product
	Contract   licensing.Contract
	LicenseID  string // of an extension
	Term       licensing.Term
	Period     licensing.Period
	Anchor     int
	Quantity   int64
	UnitPrice  int64
	Amount     int64
	ListPrice  int64
	ListAmount int64
	Payment    licensing.Payment

	BalanceBefore int64
	Existing      int64 // quantity the company has of the product
	EndingSoon    int64 // how much of that ends this month
}

// PreviewPurchase computes what a purchase would do, and changes nothing. It fails
// as Buy does.
func (s *Service) PreviewPurchase(ctx context.Context, c Caller, in Purchase) (Deal, error) {
	return view(ctx, s, func(tx *store.Tx) (Deal, error) { return s.quotePurchase(ctx, tx, c, in) })
}

// Buy makes an order, its ledger entry, and its license, all or nothing. It fails
// with not_found, invalid_term, invalid_quantity, term_not_offered, trial_used,
// company_required, serial_required, serial_not_allowed, serial_in_use, the codes of
// contracts, insufficient_balance, amount_too_large or price_changed.
func (s *Service) Buy(ctx context.Context, c Caller, in Purchase) (licensing.License, error) {
	return write(ctx, s, c, "license-add", in, func(tx *store.Tx) (licensing.License, error) {
		deal, err := s.quotePurchase(ctx, tx, c, in)
		if err != nil {
			return licensing.License{}, err
		}
		return s.buy(ctx, tx, c, in, deal)
	})
}

func (s *Service) quotePurchase(ctx context.Context, tx *store.Tx, c Caller, in Purchase) (Deal, error) {
	var err error
	deal := Deal{Kind: licensing.OrderPurchase, Quantity: in.Quantity}
	if deal.Quantity == 0 && len(in.Serials) > 0 {
		deal.Quantity = int64(len(in.Serials))
	}
	if deal.Term, err = licensing.ParseTerm(in.Term); err != nil {
		return deal, err
	}
	if deal.Product, err = findProduct(ctx, tx, in.Product); err != nil {
		return deal, err
	}
	if deal.Contract, err = s.contractFor(ctx, tx, c, in.Contract, deal.Product.SKU); err != nil {
		return deal, err
	}
	if err := deal.Product.CheckOffer(deal.Term, deal.Quantity, in.Serials); err != nil {
		return deal, err
	}
	if taken, err := tx.SerialTaken(ctx, deal.Product.ID, in.Serials); err != nil || taken != "" {
		return deal, serialTaken(err)
	}
	if deal.Company, err = s.buyer(ctx, tx, c, in.Company, deal); err != nil {
		return deal, err
	}
	today := s.today(c)
	deal.Anchor = today.Day()
	if deal.Period, err = deal.Term.Period(today, deal.Anchor); err != nil {
		return deal, err
	}
	return s.priced(ctx, tx, c, deal, in.ExpectedAmount)
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

func serialTaken(cause error) error {
	if cause != nil {
		return cause
	}
	return licensing.Errorf(licensing.CodeSerialInUse, "one of the serial numbers has a license of this product already").
		WithHint("search licenses for the serial number")
}

// priced adds prices, balance and what the company has to a deal, and refuses with
// price_changed or insufficient_balance.
func (s *Service) priced(ctx context.Context, tx *store.Tx, c Caller, deal Deal, expected *int64) (Deal, error) {
	var err error
	interval := deal.Term.Interval()
	if interval != licensing.Free {
		if err = s.findPrices(ctx, tx, &deal, interval); err != nil {
			return deal, err
		}
	}
	periods := deal.Term.Periods(deal.Period, deal.Product.CalendarProration == "monthly")
	if deal.Amount, err = licensing.LineAmount(deal.UnitPrice, deal.Quantity, periods); err != nil {
		return deal, err
	}
	if deal.ListAmount, err = licensing.LineAmount(deal.ListPrice, deal.Quantity, periods); err != nil {
		return deal, err
	}
	deal.Payment = licensing.PayBalance
	if deal.Amount == 0 {
		deal.Payment = licensing.PayNothing
	}
	if expected != nil && *expected != deal.Amount {
		return deal, licensing.Errorf(licensing.CodePriceChanged, "it costs %d minor units of %s, not the expected %d", deal.Amount, deal.Contract.Currency, *expected).
			WithHint("preview it again")
	}
	if deal.Company.ID != "" {
		today := s.today(c)
		nextMonth := licensing.NewDate(today.Year(), today.Month()+1, 2) // ends_on is the first day it is over
		deal.Existing, deal.EndingSoon, err = tx.QuantityInUse(ctx, deal.Company.ID, deal.Product.ID, today, nextMonth)
		if err != nil {
			return deal, err
		}
	}
	return s.funded(ctx, tx, c, deal)
}

func (s *Service) findPrices(ctx context.Context, tx *store.Tx, deal *Deal, interval licensing.Interval) error {
	prices, err := tx.Prices(ctx, deal.Product.ID)
	if err != nil {
		return err
	}
	priced, listed := false, false
	for _, p := range prices {
		if p.Interval != interval || p.Currency != deal.Contract.Currency {
			continue
		}
		switch string(p.ContractID) {
		case deal.Contract.ID:
			deal.UnitPrice, priced = p.Amount, true
		case "":
			deal.ListPrice, listed = p.Amount, true
		}
	}
	if !priced {
		return licensing.Errorf(licensing.CodeTermNotOffered, "contract %s has no price by the %s for %s", deal.Contract.Number, interval, deal.Product.SKU).
			WithHint("choose a term of another kind")
	}
	if !listed {
		deal.ListPrice = deal.UnitPrice
	}
	return nil
}

func (s *Service) funded(ctx context.Context, tx *store.Tx, c Caller, deal Deal) (Deal, error) {
	balances, err := tx.Balances(ctx, c.Reseller.ID)
	if err != nil {
		return deal, err
	}
	var limit int64
	for _, b := range balances {
		if b.Currency == deal.Contract.Currency {
			deal.BalanceBefore, limit = b.Amount, b.CreditLimit
		}
	}
	if deal.Amount > deal.BalanceBefore+limit {
		return deal, insufficient(deal)
	}
	return deal, nil
}

func insufficient(deal Deal) *licensing.Error {
	return licensing.Errorf(licensing.CodeInsufficientFunds, "it costs %s, and the balance is %s",
		licensing.FormatAmount(deal.Amount, deal.Contract.Currency), licensing.FormatAmount(deal.BalanceBefore, deal.Contract.Currency)).
		WithHint("ask the vendor for a deposit, or buy less")
}

func (s *Service) buy(ctx context.Context, tx *store.Tx, c Caller, in Purchase, deal Deal) (licensing.License, error) {
	now := licensing.At(s.now())
	coupon, err := newCoupon(ctx, tx)
	if err != nil {
		return licensing.License{}, err
	}
	license := licensing.License{
		ID: s.newID(prefixLicense), ResellerID: c.Reseller.ID, Coupon: coupon, CompanyID: licensing.Ref(deal.Company.ID),
		ProductID: deal.Product.ID, ContractID: deal.Contract.ID, Name: in.Name, Note: in.Note, Quantity: deal.Quantity,
		Term: deal.Term.String(), StartsOn: deal.Period.StartsOn, EndsOn: deal.Period.EndsOn, AnchorDay: int64(deal.Anchor),
		Amount: deal.Amount, Currency: deal.Contract.Currency, Billing: licensing.BillingFree, InvoiceReference: in.InvoiceReference,
		Version: 1, CreatedAt: now, UpdatedAt: now, Serials: in.Serials,
		CompanyName: licensing.Ref(deal.Company.Name), CompanyDomain: deal.Company.Domain,
		ProductSKU: deal.Product.SKU, ProductName: deal.Product.Name, ProductKind: deal.Product.Kind,
	}
	if deal.ListAmount > 0 {
		license.Billing = licensing.BillingUnbilled
	}
	order, err := s.placeOrder(ctx, tx, c, deal, in.InvoiceReference, in.OrderNote)
	if err != nil {
		return license, err
	}
	license.OrderID, license.OrderState, license.OrderNumber = order.ID, order.State, order.Number
	if err := tx.InsertLicense(ctx, license); err != nil {
		if errors.Is(err, store.ErrExists) && len(in.Serials) > 0 { // two at once
			return license, licensing.Errorf(licensing.CodeSerialInUse, "one of the serial numbers has a license of this product already").Because(err)
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
	if err := s.finishOrder(ctx, tx, order, deal, license, in.Serials); err != nil {
		return license, err
	}
	return license, s.record(ctx, tx, c, "license.added", license.ID, nil, license)
}

// placeOrder numbers an order and pays it from the balance.
func (s *Service) placeOrder(ctx context.Context, tx *store.Tx, c Caller, deal Deal, reference, note string) (licensing.Order, error) {
	number, err := s.nextNumber(ctx, tx, c, "ORD")
	if err != nil {
		return licensing.Order{}, err
	}
	order := licensing.Order{
		ID: s.newID(prefixOrder), ResellerID: c.Reseller.ID, Number: number, Kind: deal.Kind, State: licensing.OrderProcessed,
		ContractID: deal.Contract.ID, CompanyID: licensing.Ref(deal.Company.ID), TokenID: c.Token.ID, Payment: deal.Payment,
		Currency: deal.Contract.Currency, Amount: deal.Amount, InvoiceReference: reference, Note: note,
		CreatedAt: licensing.At(s.now()), CompanyName: licensing.Ref(deal.Company.Name),
		Lines: []licensing.OrderLine{{ProductSKU: deal.Product.SKU, Description: deal.Product.Name}},
	}
	if err := tx.InsertOrder(ctx, order); err != nil {
		return order, err
	}
	if deal.Amount == 0 {
		return order, nil
	}
	_, err = tx.Post(ctx, licensing.LedgerEntry{
		ID: s.newID(prefixEntry), ResellerID: c.Reseller.ID, Currency: order.Currency, Kind: licensing.EntryPurchase,
		Amount: -deal.Amount, OrderID: licensing.Ref(order.ID), Note: order.Number, CreatedAt: order.CreatedAt,
	})
	if errors.Is(err, store.ErrBelowLimit) {
		return order, insufficient(deal).Because(err)
	}
	return order, err
}

// finishOrder writes the order's line: what was bought, in words and prices that
// never change.
func (s *Service) finishOrder(ctx context.Context, tx *store.Tx, order licensing.Order, deal Deal, license licensing.License, serials []string) error {
	return tx.InsertOrderLines(ctx, licensing.OrderLine{
		ID: s.newID(prefixLine), OrderID: order.ID, LicenseID: license.ID, ProductID: deal.Product.ID,
		Description: deal.Product.Describe(deal.Term, deal.Period, serials), Term: deal.Term.String(), Quantity: deal.Quantity,
		UnitPrice: deal.UnitPrice, Amount: deal.Amount, ListPrice: deal.ListPrice, ListAmount: deal.ListAmount,
		StartsOn: deal.Period.StartsOn, EndsOn: deal.Period.EndsOn,
	})
}

// nextNumber gives the reseller's next document number of the year, such as
// ORD-2026-000001, without gaps.
func (s *Service) nextNumber(ctx context.Context, tx *store.Tx, c Caller, series string) (string, error) {
	year := s.today(c).Year()
	n, err := tx.NextNumber(ctx, fmt.Sprintf("%s:%s:%d", series, c.Reseller.ID, year))
	return fmt.Sprintf("%s-%d-%06d", series, year, n), err
}
