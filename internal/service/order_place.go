package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

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
