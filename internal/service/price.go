package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

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
