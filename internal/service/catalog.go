package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Offer is a product with the prices that the caller's contracts give it.
type Offer struct {
	Product licensing.Product
	Prices  []OfferPrice
}

// OfferPrice is a unit price under a contract, in minor units. What a sub-reseller
// buys under a contract of its parent has no contract, and its list price.
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
		contracts, err := s.contractsOffered(ctx, tx, c)
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
			return tx.Products(ctx, store.ProductFilter{Contracts: ids, Seller: c.Reseller.ID, Kind: q.Kind, Search: q.Search}, p)
		})
		offers := Listing[Offer]{Next: page.Next}
		for _, product := range page.Rows {
			offers.Rows = append(offers.Rows, offerOf(c, product, contracts, prices))
		}
		return offers, err
	})
}

// Product gives a product that can be bought, by id or SKU. It fails with not_found.
func (s *Service) Product(ctx context.Context, c Caller, ref string) (Offer, error) {
	return view(ctx, s, func(tx *store.Tx) (Offer, error) {
		product, err := findProduct(ctx, tx, ref)
		if licensing.CodeOf(err) == licensing.CodeNotFound {
			err = s.noProduct(ctx, tx, c, ref)
		}
		if err != nil {
			return Offer{}, err
		}
		contracts, err := s.contractsOffered(ctx, tx, c)
		if err != nil {
			return Offer{}, err
		}
		prices, err := tx.Prices(ctx, product.ID)
		if err != nil {
			return Offer{}, err
		}
		offer := offerOf(c, product, contracts, prices)
		if len(offer.Prices) == 0 {
			return offer, s.noProduct(ctx, tx, c, ref)
		}
		return offer, nil
	})
}

func offerOf(c Caller, product licensing.Product, contracts []licensing.Contract, prices []licensing.Price) Offer {
	offer := Offer{Product: product}
	for _, k := range contracts {
		own := c.reads(k.ResellerID)
		for _, price := range prices {
			switch {
			case price.ProductID != product.ID || string(price.ContractID) != k.ID:
			case own:
				offer.Prices = append(offer.Prices, OfferPrice{Contract: k, Interval: price.Interval, Amount: price.Amount})
			default:
				offer.Prices = append(offer.Prices, listPrice(prices, price, k.Currency))
			}
		}
	}
	return offer
}

// listPrice is what is told of a price under a contract of the parent's, which is the
// parent's own affair; like an order it falls back to that where there is none.
func listPrice(prices []licensing.Price, of licensing.Price, currency string) OfferPrice {
	told := OfferPrice{Contract: licensing.Contract{Currency: currency}, Interval: of.Interval, Amount: of.Amount}
	for _, p := range prices {
		if p.ContractID == "" && p.ProductID == of.ProductID && p.Interval == of.Interval && p.Currency == currency {
			told.Amount = p.Amount
		}
	}
	return told
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
		return ContractTerms{}, noContract(c, ref, all)
	})
}

func (s *Service) contractTerms(ctx context.Context, tx *store.Tx, c Caller) ([]ContractTerms, error) {
	return s.termsOf(ctx, tx, c, c.Visible)
}

func (s *Service) termsOf(ctx context.Context, tx *store.Tx, c Caller, resellers []string) ([]ContractTerms, error) {
	contracts, err := tx.Contracts(ctx, resellers)
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

func findProduct(ctx context.Context, tx *store.Tx, ref string) (licensing.Product, error) {
	product, err := tx.Product(ctx, ref)
	return found(product, err, named("product", ref))
}
