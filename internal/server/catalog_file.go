package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) catalogApply(ctx context.Context, c service.Caller, in *api.CatalogApplyInput) (api.List[api.CatalogChange], error) {
	catalog, err := catalogOf(in.Body.Catalog)
	if err != nil {
		return api.List[api.CatalogChange]{}, err
	}
	changes, err := s.service.ChangeCatalog(ctx, c, catalog, in.Body.DryRun)
	return api.List[api.CatalogChange]{Data: mapped(changes, func(x service.CatalogChange) api.CatalogChange { return api.CatalogChange(x) })}, err
}

func (s *Server) catalogView(ctx context.Context, c service.Caller, _ *api.CatalogViewInput) (api.Catalog, error) {
	catalog, err := s.service.Catalog(ctx, c)
	return wireCatalog(catalog), err
}

func catalogOf(in api.Catalog) (service.Catalog, error) {
	out := service.Catalog{Vendor: service.CatalogVendor(in.Vendor)}
	for _, p := range in.Products {
		out.Products = append(out.Products, service.CatalogProduct{
			SKU: p.SKU, Name: p.Name, Kind: licensing.ProductKind(p.Kind), Metric: p.Metric, Family: p.Family, Edition: p.Edition,
			Terms: p.Terms, CalendarProration: p.CalendarProration, RefundDays: p.RefundDays, Prices: prices[licensing.Interval](p.Prices),
		})
	}
	for _, r := range in.Resellers {
		reseller := service.CatalogReseller{
			Login: r.Login, Name: r.Name, Email: r.Email, Credits: r.Credits,
			Accounts: mapped(r.Accounts, func(a api.CatalogAccount) service.CatalogAccount { return service.CatalogAccount(a) }),
		}
		for _, k := range r.Contracts {
			contract := service.CatalogContract{
				Number: k.Number, Name: k.Name, Conditions: k.Conditions, Currency: k.Currency, Payments: k.Payments,
				Distributor: k.Distributor, Closed: k.Closed, Prices: prices[licensing.Interval](k.Prices),
			}
			at := "resellers." + r.Login + ".contracts." + k.Number
			if err := dates(dateParam{at + ".starts_on", k.StartsOn, &contract.StartsOn}, dateParam{at + ".ends_on", k.EndsOn, &contract.EndsOn}); err != nil {
				return out, err
			}
			reseller.Contracts = append(reseller.Contracts, contract)
		}
		out.Resellers = append(out.Resellers, reseller)
	}
	return out, nil
}

func wireCatalog(in service.Catalog) api.Catalog {
	return api.Catalog{
		Vendor: api.CatalogVendor(in.Vendor),
		Products: mapped(in.Products, func(p service.CatalogProduct) api.CatalogProduct {
			return api.CatalogProduct{
				SKU: p.SKU, Name: p.Name, Kind: string(p.Kind), Metric: p.Metric, Family: p.Family, Edition: p.Edition, Terms: words(p.Terms),
				CalendarProration: p.CalendarProration, RefundDays: p.RefundDays, Prices: prices[string](p.Prices),
			}
		}),
		Resellers: mapped(in.Resellers, func(r service.CatalogReseller) api.CatalogReseller {
			return api.CatalogReseller{
				Login: r.Login, Name: r.Name, Email: r.Email,
				Accounts: mapped(r.Accounts, func(a service.CatalogAccount) api.CatalogAccount { return api.CatalogAccount(a) }),
				Contracts: mapped(r.Contracts, func(k service.CatalogContract) api.CatalogContract {
					return api.CatalogContract{
						Number: k.Number, Name: k.Name, Conditions: k.Conditions, Currency: k.Currency, Payments: k.Payments,
						Distributor: k.Distributor, StartsOn: k.StartsOn.String(), EndsOn: k.EndsOn.String(), Closed: k.Closed,
						Prices: prices[string](k.Prices),
					}
				}),
			}
		}),
	}
}

// prices gives a price list's intervals another type.
func prices[To, From ~string](list map[string]map[From]int64) map[string]map[To]int64 {
	out := make(map[string]map[To]int64, len(list))
	for name, amounts := range list {
		out[name] = make(map[To]int64, len(amounts))
		for interval, amount := range amounts {
			out[name][To(interval)] = amount
		}
	}
	return out
}
