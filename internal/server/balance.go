package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) balanceView(ctx context.Context, c service.Caller, in *api.BalanceViewInput) (api.List[api.Balance], error) {
	accounts, err := s.service.Accounts(ctx, c, in.Reseller)
	return api.List[api.Balance]{Data: mapped(accounts, func(a service.Account) api.Balance {
		return api.Balance{
			Currency: a.Currency, Amount: a.Amount, CreditLimit: a.CreditLimit, Deposits: a.Sums[licensing.EntryDeposit],
			Purchases: a.Sums[licensing.EntryPurchase], Refunds: a.Sums[licensing.EntryRefund], Entries: a.Entries,
		}
	})}, err
}

func (s *Server) balanceHistory(ctx context.Context, c service.Caller, in *api.BalanceHistoryInput) (api.List[api.LedgerEntry], error) {
	rows, err := s.service.LedgerEntries(ctx, c, service.LedgerQuery{Reseller: in.Reseller, Currency: in.Currency}, page(in.Page))
	return listing(rows, err, wireLedgerEntry)
}

func wireLedgerEntry(e licensing.LedgerEntry) api.LedgerEntry {
	return api.LedgerEntry{
		ID: e.ID, Kind: string(e.Kind), Amount: e.Amount, Balance: e.Balance, Currency: e.Currency,
		OrderID: string(e.OrderID), Note: e.Note, CreatedAt: e.CreatedAt.String(),
	}
}
