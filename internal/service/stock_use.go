package service

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// StockUse says what a purchase does where there is suitable stock.
type StockUse string

// The uses of stock. Empty is StockSkip.
const (
	StockTake StockUse = "use"  // as much as there is, before anything is bought
	StockSkip StockUse = "skip" // everything is bought
)

// stockFinder is tx.Stock, or tx.StockForUpdate where it is to be taken.
type stockFinder func(*store.Tx, context.Context, store.StockFilter) ([]licensing.License, error)

// lookInStock tells how much there is in stock of what a deal is about: the same
// product for the same term. Where that is to be used, it is taken off what is bought,
// up to the limit of the purchase.
// It fails with company_required.
func (s *Service) lookInStock(ctx context.Context, tx *store.Tx, c Caller, deal *Deal, in Purchase, find stockFinder) error {
	switch {
	case deal.Company.ID != "":
	case in.Stock == StockTake:
		return licensing.Errorf(licensing.CodeCompanyRequired, "stock is taken for a company").WithHint("name the company")
	default:
		return nil // more stock is bought
	}
	if in.Stock != StockTake {
		find = (*store.Tx).Stock
	}
	stock, err := find(tx, ctx, store.StockFilter{
		Reseller: c.Reseller.ID, Product: deal.Product.ID, Term: deal.Term.String(), Contracts: c.Token.Contracts, Today: s.today(c),
	})
	if err != nil {
		return err
	}
	for _, l := range stock {
		deal.StockAvailable += l.Free()
	}
	if in.Stock == StockTake {
		most := deal.Quantity
		if in.StockLimit > 0 {
			most = min(most, in.StockLimit)
		}
		deal.Stock = licensing.Take(stock, most)
		for _, p := range deal.Stock {
			deal.Quantity -= p.Quantity
		}
	}
	return nil
}

// takeStock gives a deal's company what comes from stock. The licenses are locked.
func (s *Service) takeStock(ctx context.Context, tx *store.Tx, c Caller, deal Deal, in Purchase) ([]licensing.License, error) {
	var taken []licensing.License
	for _, p := range deal.Stock {
		license, err := s.splitOff(ctx, tx, c, p.License, p.Quantity)
		if err != nil {
			return nil, err
		}
		named := license
		named.Name, named.Note = cmp.Or(in.Name, license.Name), cmp.Or(in.Note, license.Note)
		if license, err = s.assignChanged(ctx, tx, c, license, named, deal.Company); err != nil {
			return nil, err
		}
		taken = append(taken, license)
	}
	return taken, nil
}
