package service

import (
	"context"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Offer is a product with the prices that the caller's contracts give it.
type Offer struct {
	Product licensing.Product
	Prices  []OfferPrice
}

// OfferPrice is a unit price under a contract, in minor units.
type OfferPrice struct {
	Contract licensing.Contract
	Interval licensing.Interval
	Amount   int64
}

// ProductQuery chooses products; empty fields choose nothing out.
type ProductQuery struct{ Contract, Kind, Search string }

// Products lists what can be bought under the caller's contracts, or one of them.
func (s *Service) Products(ctx context.Context, c Caller, q ProductQuery, p Page) (Listing[Offer], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[Offer], error) {
		contracts, err := tx.Contracts(ctx, c.Visible)
		if err != nil {
			return Listing[Offer]{}, err
		}
		if q.Contract != "" {
			contracts = slices.DeleteFunc(contracts, func(k licensing.Contract) bool { return k.ID != q.Contract && k.Number != q.Contract })
			if len(contracts) == 0 {
				return Listing[Offer]{}, notFound(named("contract", q.Contract))
			}
		}
		prices, err := tx.Prices(ctx, "")
		if err != nil {
			return Listing[Offer]{}, err
		}
		ids := make([]string, len(contracts))
		for i, k := range contracts {
			ids[i] = k.ID
		}
		page, err := list(c, "products", q, p, func(x licensing.Product) string { return x.ID }, func(p store.Page) ([]licensing.Product, error) {
			return tx.Products(ctx, store.ProductFilter{Contracts: ids, Kind: q.Kind, Search: q.Search}, p)
		})
		offers := Listing[Offer]{Next: page.Next}
		for _, product := range page.Rows {
			offers.Rows = append(offers.Rows, offerOf(product, contracts, prices))
		}
		return offers, err
	})
}

// Product gives a product that can be bought, by id or SKU. It fails with not_found.
func (s *Service) Product(ctx context.Context, c Caller, ref string) (Offer, error) {
	return view(ctx, s, func(tx *store.Tx) (Offer, error) {
		product, err := findProduct(ctx, tx, ref)
		if err != nil {
			return Offer{}, err
		}
		contracts, err := tx.Contracts(ctx, c.Visible)
		if err != nil {
			return Offer{}, err
		}
		prices, err := tx.Prices(ctx, product.ID)
		if err != nil {
			return Offer{}, err
		}
		offer := offerOf(product, contracts, prices)
		if len(offer.Prices) == 0 {
			return offer, notFound(named("product", ref))
		}
		return offer, nil
	})
}

func offerOf(product licensing.Product, contracts []licensing.Contract, prices []licensing.Price) Offer {
	offer := Offer{Product: product}
	for _, k := range contracts {
		for _, price := range prices {
			if price.ProductID == product.ID && string(price.ContractID) == k.ID {
				offer.Prices = append(offer.Prices, OfferPrice{Contract: k, Interval: price.Interval, Amount: price.Amount})
			}
		}
	}
	return offer
}

// ContractTerms is a contract with the SKUs that can be bought under it.
type ContractTerms struct {
	Contract licensing.Contract
	State    licensing.ContractState
	Products []string
}

// Contracts lists the caller's contracts, newest first.
func (s *Service) Contracts(ctx context.Context, c Caller, state string, p Page) (Listing[ContractTerms], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[ContractTerms], error) {
		all, err := s.contractTerms(ctx, tx, c)
		if err != nil {
			return Listing[ContractTerms]{}, err
		}
		id := func(k ContractTerms) string { return k.Contract.ID }
		// A reseller has few contracts, and state depends on the day: they are
		// paged here rather than in SQL.
		return list(c, "contracts", state, p, id, func(p store.Page) ([]ContractTerms, error) {
			var rows []ContractTerms
			for _, k := range all {
				after := p.After == "" || k.Contract.ID < p.After
				if after && (state == "" || state == string(k.State)) && len(rows) < p.Limit {
					rows = append(rows, k)
				}
			}
			return rows, nil
		})
	})
}

// Contract gives a contract by id or number. It fails with not_found.
func (s *Service) Contract(ctx context.Context, c Caller, ref string) (ContractTerms, error) {
	return view(ctx, s, func(tx *store.Tx) (ContractTerms, error) {
		all, err := s.contractTerms(ctx, tx, c)
		if err != nil {
			return ContractTerms{}, err
		}
		for _, k := range all {
			if k.Contract.ID == ref || k.Contract.Number == ref {
				return k, nil
			}
		}
		return ContractTerms{}, notFound(named("contract", ref))
	})
}

func (s *Service) contractTerms(ctx context.Context, tx *store.Tx, c Caller) ([]ContractTerms, error) {
	contracts, err := tx.Contracts(ctx, c.Visible)
	if err != nil {
		return nil, err
	}
	sold, err := tx.ContractProducts(ctx)
	if err != nil {
		return nil, err
	}
	today := s.today(c)
	all := make([]ContractTerms, len(contracts))
	for i, k := range contracts {
		all[i] = ContractTerms{Contract: k, State: k.State(today), Products: sold[k.ID]}
	}
	return all, nil
}

// contractFor chooses the contract a product is bought under: the one named, or
// the only one that sells it. It fails with not_found, contract_not_permitted,
// contract_closed, product_not_in_contract, no_active_contract or contract_required.
func (s *Service) contractFor(ctx context.Context, tx *store.Tx, c Caller, ref, sku string) (licensing.Contract, error) {
	all, err := s.contractTerms(ctx, tx, c)
	if err != nil {
		return licensing.Contract{}, err
	}
	all = slices.DeleteFunc(all, func(k ContractTerms) bool { return k.Contract.ResellerID != c.Reseller.ID })
	if ref != "" {
		i := slices.IndexFunc(all, func(k ContractTerms) bool { return k.Contract.ID == ref || k.Contract.Number == ref })
		if i < 0 {
			return licensing.Contract{}, notFound(named("contract", ref))
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
		return licensing.Contract{}, licensing.Errorf(licensing.CodeProductNotInContr, "no active contract sells %s to this token", sku).
			WithHint("list the products of your contracts")
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

func findProduct(ctx context.Context, tx *store.Tx, ref string) (licensing.Product, error) {
	product, err := tx.Product(ctx, ref)
	return found(product, err, named("product", ref))
}
