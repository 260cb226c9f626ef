package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// changeDeal computes what an order for a change of a license comes to.
type changeDeal[I any] func(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, in I) (Deal, error)

// previewChange computes what a change of a license would do, and changes nothing.
func previewChange[I any](ctx context.Context, s *Service, c Caller, ref string, in I, deal changeDeal[I]) (Deal, error) {
	return view(ctx, s, func(tx *store.Tx) (Deal, error) {
		license, err := findLicense(ctx, tx, c, ref)
		if err != nil {
			return Deal{}, err
		}
		if err := c.owns(license.ResellerID, "license"); err != nil {
			return Deal{}, err
		}
		return deal(ctx, tx, c, license, in)
	})
}

// orderChange orders a change of a license: it is carried out at once, or once a card
// has paid for it.
func orderChange[I any](ctx context.Context, s *Service, c Caller, operation, ref string, in I, deal changeDeal[I]) (Bought, error) {
	bought, err := write(ctx, s, c, operation, in, func(tx *store.Tx) (Bought, error) {
		license, err := lockLicense(ctx, tx, c, ref)
		if err != nil {
			return Bought{}, err
		}
		agreed, err := deal(ctx, tx, c, license, in)
		if err != nil {
			return Bought{}, err
		}
		return s.place(ctx, tx, c, intent{Deal: agreed})
	})
	return s.awaitPayment(ctx, c, bought, err)
}
