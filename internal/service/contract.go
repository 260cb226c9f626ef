package service

import (
	"context"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// contractsToBuy gives what a reseller buys under: its contracts, or where it has
// none those of the nearest reseller above it that has.
func (s *Service) contractsToBuy(ctx context.Context, tx *store.Tx, c Caller) ([]ContractTerms, error) {
	for reseller := c.Reseller; ; {
		all, err := s.termsOf(ctx, tx, c, []string{reseller.ID})
		if err != nil || len(all) > 0 || reseller.ParentID == "" {
			return all, err
		}
		if reseller, err = tx.Reseller(ctx, string(reseller.ParentID)); err != nil {
			return nil, err
		}
	}
}

// contractsOffered gives the contracts whose products a caller is shown: what it may
// read, and what it buys under.
func (s *Service) contractsOffered(ctx context.Context, tx *store.Tx, c Caller) ([]licensing.Contract, error) {
	contracts, err := tx.Contracts(ctx, c.Visible)
	if err != nil {
		return nil, err
	}
	parents, err := s.contractsToBuy(ctx, tx, c)
	for _, k := range parents {
		if !c.reads(k.Contract.ResellerID) && k.State == licensing.ContractActive {
			contracts = append(contracts, k.Contract)
		}
	}
	return contracts, err
}

// contractFor chooses the contract a product is bought under: the one named, or
// the only one that sells it. It fails with not_found, contract_not_permitted,
// contract_closed, product_not_in_contract, no_active_contract or contract_required.
func (s *Service) contractFor(ctx context.Context, tx *store.Tx, c Caller, ref, sku string) (licensing.Contract, error) {
	all, err := s.contractsToBuy(ctx, tx, c)
	if err != nil {
		return licensing.Contract{}, err
	}
	if ref != "" {
		i := slices.IndexFunc(all, func(k ContractTerms) bool { return k.Contract.ID == ref || k.Contract.Number == ref })
		if i < 0 {
			open := slices.DeleteFunc(all, func(k ContractTerms) bool { return k.State != licensing.ContractActive })
			return licensing.Contract{}, noContract(c, ref, open)
		}
		return all[i].Contract, s.checkContract(c, all[i], sku)
	}
	var open, fitting []ContractTerms
	for _, k := range all {
		if k.State == licensing.ContractActive {
			open = append(open, k)
			if slices.Contains(k.Products, sku) && c.permits(k.Contract) == nil {
				fitting = append(fitting, k)
			}
		}
	}
	switch {
	case len(fitting) == 1:
		return fitting[0].Contract, nil
	case len(open) == 0:
		return licensing.Contract{}, licensing.Errorf(licensing.CodeNoContract, "there is no active contract to buy under").
			WithHint("ask the vendor for a contract")
	case len(fitting) == 0:
		return licensing.Contract{}, s.noOffer(ctx, tx, c, sku, open)
	}
	numbers := make([]string, len(fitting))
	for i, k := range fitting {
		numbers[i] = k.Contract.Number
	}
	return licensing.Contract{}, licensing.Errorf(licensing.CodeContractRequired, "several contracts sell %s", sku).
		WithHint("name one: %s", strings.Join(numbers, ", "))
}

func (s *Service) checkContract(c Caller, k ContractTerms, sku string) error {
	if err := c.permits(k.Contract); err != nil {
		return err
	}
	if err := k.Contract.CheckOpen(s.today(c)); err != nil {
		return err
	}
	if !slices.Contains(k.Products, sku) {
		return licensing.Errorf(licensing.CodeProductNotInContr, "contract %s does not sell %s", k.Contract.Number, sku).
			WithHint("it sells: %s", strings.Join(k.Products, ", "))
	}
	return nil
}

// checkMaySell refuses with product_not_permitted what a reseller may not sell.
func checkMaySell(ctx context.Context, tx *store.Tx, c Caller, product licensing.Product) error {
	may, err := tx.MaySell(ctx, c.Reseller.ID, product.ID)
	if err != nil || may {
		return err
	}
	return licensing.Errorf(licensing.CodeNotPermittedPr, "%s is not among the products that you may sell", product.SKU).
		WithHint("ask whoever made your account to add it")
}
