package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CreditAccount is what a reseller has of a product, with the sums of the ledger it
// follows from.
type CreditAccount struct {
	licensing.Credits
	Sums    map[licensing.CreditKind]int64
	Entries int64
}

// Credits gives the credits of the caller's reseller, or of one below it, by SKU.
func (s *Service) Credits(ctx context.Context, c Caller, reseller string) ([]CreditAccount, error) {
	return view(ctx, s, func(tx *store.Tx) ([]CreditAccount, error) {
		id, err := visibleReseller(ctx, tx, c, reseller)
		if err != nil {
			return nil, err
		}
		has, err := tx.Credits(ctx, id)
		if err != nil {
			return nil, err
		}
		sums, err := tx.CreditSums(ctx, id)
		if err != nil {
			return nil, err
		}
		accounts := make([]CreditAccount, len(has))
		for i, x := range has {
			accounts[i] = CreditAccount{Credits: x, Sums: make(map[licensing.CreditKind]int64)}
			for _, sum := range sums {
				if sum.ProductID == x.ProductID {
					accounts[i].Sums[sum.Kind] = sum.Amount
					accounts[i].Entries += sum.Entries
				}
			}
		}
		return accounts, nil
	})
}

// CreditQuery chooses entries of a credit ledger; empty fields choose nothing out.
type CreditQuery struct {
	Reseller string // id or login; empty for the caller's own
	Product  string // id or SKU
}

// CreditEntries lists the credit ledger of the caller's reseller, or of one below it,
// newest first.
func (s *Service) CreditEntries(ctx context.Context, c Caller, q CreditQuery, p Page) (Listing[licensing.CreditEntry], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.CreditEntry], error) {
		id, err := visibleReseller(ctx, tx, c, q.Reseller)
		if err != nil {
			return Listing[licensing.CreditEntry]{}, err
		}
		var product licensing.Product
		if q.Product != "" {
			if product, err = findProduct(ctx, tx, q.Product); err != nil {
				return Listing[licensing.CreditEntry]{}, err
			}
		}
		return list(c, "credit ledger", q, p, func(e licensing.CreditEntry) string { return e.ID }, func(p store.Page) ([]licensing.CreditEntry, error) {
			return tx.CreditEntries(ctx, id, product.ID, p)
		})
	})
}
