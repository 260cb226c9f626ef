package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// expectation is what a caller expects of a deal: how it is paid, and what it costs.
type expectation struct {
	pay     licensing.Payment // "" is the first way but card that the contract allows
	amount  *int64            // minor units; nil is any
	credits *int64            // nil is any
}

// priced adds prices, what pays for it and what the company has to a deal, and
// refuses with payment_not_allowed, price_changed, insufficient_balance or
// insufficient_credits.
func (s *Service) priced(ctx context.Context, tx *store.Tx, c Caller, deal Deal, expected expectation) (Deal, error) {
	err := amounts(ctx, tx, &deal)
	if err != nil {
		return deal, err
	}
	if err = s.choosePayment(c, &deal, expected.pay); err != nil {
		return deal, err
	}
	if err := expected.check(deal); err != nil {
		return deal, err
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

// amounts finds what a deal costs, at the prices of its contract, and what its company is
// charged for it, at list prices.
func amounts(ctx context.Context, tx *store.Tx, deal *Deal) error {
	if deal.Kind == licensing.OrderUpgrade {
		return upgradeAmounts(ctx, tx, deal)
	}
	if interval := deal.Term.Interval(); interval != licensing.Free {
		found, err := pricesUnder(ctx, tx, deal.Contract, deal.Product, interval)
		if err != nil {
			return err
		}
		deal.UnitPrice, deal.ListPrice = found.unit, found.list
	}
	var err error
	periods := deal.Term.Periods(deal.Period, deal.Product.CalendarProration == "monthly")
	if deal.Amount, err = licensing.LineAmount(deal.UnitPrice, deal.Quantity, periods); err != nil {
		return err
	}
	deal.ListAmount, err = licensing.LineAmount(deal.ListPrice, deal.Quantity, periods)
	return err
}

// choosePayment decides how a deal is paid. What costs no money is free, unless it
// is to be paid by credits. Under a contract of its parent a sub-reseller pays by
// credits alone: the money is the parent's.
func (s *Service) choosePayment(c Caller, deal *Deal, asked licensing.Payment) error {
	if deal.Term.Kind == licensing.TermTrial {
		deal.Payment = licensing.PayNothing
		return nil
	}
	ways := s.waysToPay(c, deal.Contract)
	if deal.changesEdition() {
		ways = slices.DeleteFunc(ways, func(p licensing.Payment) bool { return p == licensing.PayCredits })
		if asked == licensing.PayCredits || len(ways) == 0 {
			return licensing.Errorf(licensing.CodePaymentNotAllowed, "another edition cannot be paid by credits, which are of one product").
				WithHint("by credits, the quantity alone can be upgraded")
		}
	}
	payment, err := licensing.ChoosePayment(asked, ways)
	if err != nil {
		return err
	}
	deal.Payment = payment
	switch {
	case payment == licensing.PayCredits:
		deal.Credits = deal.costInCredits()
		deal.UnitPrice, deal.Amount = 0, 0
	case deal.Amount == 0:
		deal.Payment = licensing.PayNothing
	}
	return nil
}

func (s *Service) waysToPay(c Caller, contract licensing.Contract) []licensing.Payment {
	if contract.ResellerID != c.Reseller.ID {
		return []licensing.Payment{licensing.PayCredits}
	}
	return slices.DeleteFunc(contract.Payable(), func(p licensing.Payment) bool {
		return p == licensing.PayCard && s.payments.Provider == nil
	})
}

func (e expectation) check(deal Deal) error {
	switch {
	case e.amount != nil && *e.amount != deal.Amount:
		return licensing.Errorf(licensing.CodePriceChanged, "it costs %s, not the expected %s",
			licensing.FormatAmount(deal.Amount, deal.Contract.Currency), licensing.FormatAmount(*e.amount, deal.Contract.Currency)).
			WithHint("preview it again")
	case e.credits != nil && *e.credits != deal.Credits:
		return licensing.Errorf(licensing.CodePriceChanged, "it costs %d credits, not the expected %d", deal.Credits, *e.credits).
			WithHint("preview it again")
	}
	return nil
}

// prices are those of a product for one interval, in minor units.
type prices struct{ unit, list int64 }

// pricesUnder finds the price that a contract gives to a product, and its list price: the
// contract's where there is none. It fails with term_not_offered.
func pricesUnder(ctx context.Context, tx *store.Tx, contract licensing.Contract, product licensing.Product, interval licensing.Interval) (prices, error) {
	var out prices
	all, err := tx.Prices(ctx, product.ID)
	if err != nil {
		return out, err
	}
	priced, listed := false, false
	var other []string // kinds of term that there is a price for
	for _, p := range all {
		if p.Interval != interval || p.Currency != contract.Currency {
			if string(p.ContractID) == contract.ID && p.Currency == contract.Currency {
				other = append(other, kindsBy(product, p.Interval)...)
			}
			continue
		}
		switch string(p.ContractID) {
		case contract.ID:
			out.unit, priced = p.Amount, true
		case "":
			out.list, listed = p.Amount, true
		}
	}
	if !priced {
		refusal := licensing.Errorf(licensing.CodeTermNotOffered, "contract %s has no price by the %s for %s", contract.Number, interval, product.SKU)
		if len(other) > 0 {
			return out, refusal.WithHint("under it there is: %s", strings.Join(other, ", "))
		}
		return out, refusal.WithHint("choose a term of another kind, or another contract")
	}
	if !listed {
		out.list = out.unit
	}
	return out, nil
}

// kindsBy are the kinds of term of a product that are charged by an interval.
func kindsBy(product licensing.Product, interval licensing.Interval) []string {
	return slices.DeleteFunc(slices.Clone([]string(product.Terms)), func(kind string) bool {
		return licensing.Term{Kind: licensing.TermKind(kind)}.Interval() != interval
	})
}

// funded tells what there is to pay with, and refuses what that does not cover.
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
	if deal.Payment == licensing.PayBalance && deal.Amount > deal.BalanceBefore+limit {
		return deal, insufficient(deal)
	}
	if deal.Payment != licensing.PayCredits {
		return deal, nil
	}
	credits, err := tx.Credits(ctx, c.Reseller.ID)
	if err != nil {
		return deal, err
	}
	for _, x := range credits {
		if x.ProductID == deal.Product.ID {
			deal.CreditsBefore = x.Amount
		}
	}
	if deal.Credits > deal.CreditsBefore {
		return deal, insufficientCredits(deal)
	}
	return deal, nil
}

func insufficient(deal Deal) *licensing.Error {
	return licensing.Errorf(licensing.CodeInsufficientFunds, "it costs %s, and the balance is %s",
		licensing.FormatAmount(deal.Amount, deal.Contract.Currency), licensing.FormatAmount(deal.BalanceBefore, deal.Contract.Currency)).
		WithHint("%sask the vendor for a deposit, or buy less", stockHint(deal))
}

func insufficientCredits(deal Deal) *licensing.Error {
	return licensing.Errorf(licensing.CodeInsufficientCredit, "it costs %d credits of %s, and there are %d: %d are missing",
		deal.Credits, deal.Product.SKU, deal.CreditsBefore, deal.Credits-deal.CreditsBefore).
		WithHint("%sask whoever gave them for more, or buy less", stockHint(deal))
}

// stockHint tells who cannot pay that there is something in stock.
func stockHint(deal Deal) string {
	if deal.StockAvailable == 0 || len(deal.Stock) > 0 {
		return ""
	}
	return fmt.Sprintf("use the %d that are in stock first, ", deal.StockAvailable)
}
