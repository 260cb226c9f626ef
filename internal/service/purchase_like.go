package service

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// fillIn takes from the license that a purchase is to be like whatever the purchase
// leaves open: company, product, contract, term, quantity and distributor.
func (s *Service) fillIn(ctx context.Context, tx *store.Tx, c Caller, in Purchase) (Purchase, error) {
	if in.Like == "" {
		return in, nil
	}
	like, err := findLicense(ctx, tx, c, in.Like)
	if err == nil {
		err = c.owns(like.ResellerID, "license")
	}
	if err != nil {
		return in, err
	}
	if in.Company == "" && !in.Unassigned {
		in.Company = string(like.CompanyID)
	}
	in.Term = cmp.Or(in.Term, like.Term)
	if in.Quantity == 0 && len(in.Serials) == 0 {
		in.Quantity = like.Quantity
	}
	in.Distributor = cmp.Or(in.Distributor, like.Distributor)
	if in.Product != "" && in.Product != like.ProductID && in.Product != like.ProductSKU {
		return in, nil
	}
	in.Product = like.ProductID
	if in.Contract == "" {
		in.Contract, err = s.contractOf(ctx, tx, c, like)
	}
	return in, err
}

// contractOf names a license's own contract, or nothing where that is over and
// another is to be found.
func (s *Service) contractOf(ctx context.Context, tx *store.Tx, c Caller, license licensing.License) (string, error) {
	_, err := s.contractFor(ctx, tx, c, license.ContractID, license.ProductSKU)
	switch licensing.CodeOf(err) {
	case licensing.CodeContractClosed, licensing.CodeNotFound:
		return "", nil
	}
	return license.ContractID, err
}
