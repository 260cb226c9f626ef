package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// sees reports whether the caller may look at what belongs to a reseller: the vendor
// at everything.
func (c Caller) sees(reseller string) bool {
	return c.ofVendor() || c.reads(reseller)
}

// findReseller gives a reseller by id or login: the caller's own, a sub-reseller, or
// any to the vendor. It fails with not_found.
func findReseller(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Reseller, error) {
	reseller, err := tx.Reseller(ctx, ref)
	if err == nil && !c.sees(reseller.ID) {
		err = store.ErrNotFound
	}
	return found(reseller, err, named("reseller", ref))
}

// visibleReseller is findReseller for filters: nothing asked for is the caller's own,
// which for the vendor is "".
func visibleReseller(ctx context.Context, tx *store.Tx, c Caller, ref string) (string, error) {
	if ref == "" {
		return c.Reseller.ID, nil
	}
	reseller, err := findReseller(ctx, tx, c, ref)
	return reseller.ID, err
}
