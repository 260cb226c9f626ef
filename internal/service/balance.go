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

// Accounts gives the balance in each currency of the caller's reseller, or of one
// below it, by id or login.
func (s *Service) Accounts(ctx context.Context, c Caller, reseller string) ([]Account, error) {
	return view(ctx, s, func(tx *store.Tx) ([]Account, error) {
		id, err := visibleReseller(ctx, tx, c, reseller)
		if err != nil {
			return nil, err
		}
		balances, err := tx.Balances(ctx, id)
		if err != nil {
			return nil, err
		}
		sums, err := tx.LedgerSums(ctx, id)
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

// LedgerQuery chooses entries of a ledger; empty fields choose nothing out.
type LedgerQuery struct {
	Reseller string // id or login; empty for the caller's own
	Currency string
}

// LedgerEntries lists the ledger of the caller's reseller, or of one below it, newest
// first.
func (s *Service) LedgerEntries(ctx context.Context, c Caller, q LedgerQuery, p Page) (Listing[licensing.LedgerEntry], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.LedgerEntry], error) {
		id, err := visibleReseller(ctx, tx, c, q.Reseller)
		if err != nil {
			return Listing[licensing.LedgerEntry]{}, err
		}
		return list(c, "ledger", q, p, func(x licensing.LedgerEntry) string { return x.ID }, func(p store.Page) ([]licensing.LedgerEntry, error) {
			return tx.LedgerEntries(ctx, id, q.Currency, p)
		})
	})
}
