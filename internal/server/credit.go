package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) creditView(ctx context.Context, c service.Caller, in *api.CreditViewInput) (api.List[api.Credits], error) {
	accounts, err := s.service.Credits(ctx, c, in.Reseller)
	return api.List[api.Credits]{Data: mapped(accounts, func(a service.CreditAccount) api.Credits {
		return api.Credits{
			Product: a.ProductSKU, Granted: a.Sums[licensing.CreditGrant], Given: a.Sums[licensing.CreditGiven],
			Purchases: a.Sums[licensing.CreditPurchase], Refunds: a.Sums[licensing.CreditRefund], Amount: a.Amount, Entries: a.Entries,
		}
	})}, err
}

func (s *Server) creditHistory(ctx context.Context, c service.Caller, in *api.CreditHistoryInput) (api.List[api.CreditEntry], error) {
	rows, err := s.service.CreditEntries(ctx, c, service.CreditQuery{Reseller: in.Reseller, Product: in.Product}, page(in.Page))
	return listing(rows, err, wireCreditEntry)
}

func wireCreditEntry(e licensing.CreditEntry) api.CreditEntry {
	return api.CreditEntry{
		ID: e.ID, Kind: string(e.Kind), Product: e.ProductSKU, Amount: e.Amount, Balance: e.Balance, Peer: string(e.PeerLogin),
		OrderID: string(e.OrderID), Note: e.Note, CreatedAt: e.CreatedAt.String(),
	}
}
