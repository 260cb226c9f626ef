package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CreditOrder takes the vendor's invoice for an order back, in a transaction of its own.
func (s *Service) CreditOrder(ctx context.Context, c Caller, order licensing.Order) error {
	return s.store.Update(ctx, func(tx *store.Tx) error { return s.creditOrder(ctx, tx, c, order) })
}
