package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Account is a balance with the sums of the ledger it follows from, in minor units.
type Account struct {
	licensing.Balance
	Sums    map[licensing.EntryKind]int64
	Entries int64
}

// Accounts gives the caller's balance in each currency.
func (s *Service) Accounts(ctx context.Context, c Caller) ([]Account, error) {
	return view(ctx, s, func(tx *store.Tx) ([]Account, error) {
		balances, err := tx.Balances(ctx, c.Reseller.ID)
		if err != nil {
			return nil, err
		}
		sums, err := tx.LedgerSums(ctx, c.Reseller.ID)
		if err != nil {
			return nil, err
		}
		accounts := make([]Account, len(balances))
		for i, b := range balances {
			accounts[i] = Account{Balance: b, Sums: make(map[licensing.EntryKind]int64)}
			for _, sum := range sums {
				if sum.Currency == b.Currency {
					accounts[i].Sums[sum.Kind] = sum.Amount
					accounts[i].Entries += sum.Entries
				}
			}
		}
		return accounts, nil
	})
}

// LedgerEntries lists the caller's ledger, newest first.
func (s *Service) LedgerEntries(ctx context.Context, c Caller, currency string, p Page) (Listing[licensing.LedgerEntry], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.LedgerEntry], error) {
		return list(c, "ledger", currency, p, func(x licensing.LedgerEntry) string { return x.ID }, func(p store.Page) ([]licensing.LedgerEntry, error) {
			return tx.LedgerEntries(ctx, c.Reseller.ID, currency, p)
		})
	})
}
