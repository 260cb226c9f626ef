package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) productList(ctx context.Context, c service.Caller, in *api.ProductListInput) (api.List[api.Product], error) {
	rows, err := s.service.Products(ctx, c, service.ProductQuery(in.ProductFilter), page(in.Page))
	return listing(rows, err, wireProduct)
}

func (s *Server) productView(ctx context.Context, c service.Caller, in *api.ProductViewInput) (api.Product, error) {
	offer, err := s.service.Product(ctx, c, in.Product)
	return wireProduct(offer), err
}

func (s *Server) contractList(ctx context.Context, c service.Caller, in *api.ContractListInput) (api.List[api.Contract], error) {
	rows, err := s.service.Contracts(ctx, c, in.State, page(in.Page))
	return listing(rows, err, wireContract)
}

func (s *Server) contractView(ctx context.Context, c service.Caller, in *api.ContractViewInput) (api.Contract, error) {
	contract, err := s.service.Contract(ctx, c, in.Contract)
	return wireContract(contract), err
}

func wireProduct(o service.Offer) api.Product {
	p := o.Product
	return api.Product{
		ID: p.ID, SKU: p.SKU, Name: p.Name, Kind: string(p.Kind), Metric: p.Metric, Family: p.Family, Edition: p.Edition, Terms: words(p.Terms),
		CalendarProration: p.CalendarProration, RefundDays: p.RefundDays,
		Prices: mapped(o.Prices, func(price service.OfferPrice) api.Price {
			return api.Price{Contract: price.Contract.Number, Interval: string(price.Interval), Amount: price.Amount, Currency: price.Contract.Currency}
		}),
	}
}

func wireContract(t service.ContractTerms) api.Contract {
	k := t.Contract
	return api.Contract{
		ID: k.ID, Number: k.Number, Name: k.Name, State: string(t.State), Conditions: k.Conditions, Currency: k.Currency,
		Payments: mapped(k.Payable(), func(p licensing.Payment) string { return string(p) }), Distributor: k.Distributor,
		StartsOn: k.StartsOn.String(), EndsOn: k.EndsOn.String(), Products: words(t.Products), CreatedAt: k.CreatedAt.String(),
	}
}
