package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) licensePreview(ctx context.Context, c service.Caller, in *api.LicensePreviewInput) (api.Preview, error) {
	deal, err := s.service.PreviewPurchase(ctx, c, purchase(in.Body))
	return wirePreview(deal), err
}

func (s *Server) licenseAdd(ctx context.Context, c service.Caller, in *api.LicenseAddInput) (api.Purchase, error) {
	bought, err := s.service.Buy(ctx, c, purchase(in.Body))
	return s.wirePurchase(c, bought), err
}

func (s *Server) licenseList(ctx context.Context, c service.Caller, in *api.LicenseListInput) (api.List[api.License], error) {
	q, err := licenseQuery(in.LicenseFilter)
	if err != nil {
		return api.List[api.License]{}, err
	}
	rows, err := s.service.Licenses(ctx, c, q, page(in.Page))
	return listing(rows, err, s.wireLicense(c))
}

func (s *Server) licenseView(ctx context.Context, c service.Caller, in *api.LicenseViewInput) (api.License, error) {
	license, err := s.service.License(ctx, c, in.License)
	return s.wireLicense(c)(license), err
}

func (s *Server) licenseExtendPreview(ctx context.Context, c service.Caller, in *api.LicenseExtendPreviewInput) (api.Preview, error) {
	extension, err := extension(in.License, in.Body)
	if err != nil {
		return api.Preview{}, err
	}
	deal, err := s.service.PreviewExtension(ctx, c, extension)
	return wirePreview(deal), err
}

func (s *Server) licenseExtend(ctx context.Context, c service.Caller, in *api.LicenseExtendInput) (api.Purchase, error) {
	extension, err := extension(in.License, in.Body)
	if err != nil {
		return api.Purchase{}, err
	}
	bought, err := s.service.Extend(ctx, c, extension)
	return s.wirePurchase(c, bought), err
}

func (s *Server) licenseUpgradePreview(ctx context.Context, c service.Caller, in *api.LicenseUpgradePreviewInput) (api.Preview, error) {
	deal, err := s.service.PreviewUpgrade(ctx, c, upgrade(in.License, in.Body))
	return wirePreview(deal), err
}

func (s *Server) licenseUpgrade(ctx context.Context, c service.Caller, in *api.LicenseUpgradeInput) (api.Purchase, error) {
	bought, err := s.service.Upgrade(ctx, c, upgrade(in.License, in.Body))
	return s.wirePurchase(c, bought), err
}

func (s *Server) licenseAssign(ctx context.Context, c service.Caller, in *api.LicenseAssignInput) (api.License, error) {
	license, err := s.service.AssignLicense(ctx, c, service.Assignment{License: in.License, Company: in.Body.Company, Quantity: in.Body.Quantity})
	return s.wireLicense(c)(license), err
}

func (s *Server) licensePause(ctx context.Context, c service.Caller, in *api.LicenseActionInput) (api.License, error) {
	license, err := s.service.PauseLicense(ctx, c, in.License)
	return s.wireLicense(c)(license), err
}

func (s *Server) licenseResume(ctx context.Context, c service.Caller, in *api.LicenseActionInput) (api.License, error) {
	license, err := s.service.ResumeLicense(ctx, c, in.License)
	return s.wireLicense(c)(license), err
}

func purchase(b api.LicenseAddBody) service.Purchase {
	return service.Purchase{
		Quote: b.Quote, Like: b.Like, Company: b.Company, Unassigned: b.Unassigned, Product: b.Product, Contract: b.Contract, Term: b.Term, Quantity: b.Quantity, Serials: b.Serials,
		Name: b.Name, Note: b.Note, OrderNote: b.OrderNote, InvoiceReference: b.InvoiceReference, Distributor: b.Distributor,
		Key: b.Key, Stock: service.StockUse(b.Stock), StockLimit: b.StockLimit,
		Pay: licensing.Payment(b.Pay), ExpectedAmount: b.ExpectedAmount, ExpectedCredits: b.ExpectedCredits,
	}
}

func extension(license string, b api.LicenseExtendBody) (service.Extension, error) {
	out := service.Extension{
		License: license, Contract: b.Contract, Term: b.Term, FromExpiry: b.FromExpiry, OrderNote: b.OrderNote,
		Pay: licensing.Payment(b.Pay), ExpectedAmount: b.ExpectedAmount, ExpectedCredits: b.ExpectedCredits,
	}
	return out, dates(dateParam{"expected_end", b.ExpectedEnd, &out.ExpectedEnd})
}

func upgrade(license string, b api.LicenseUpgradeBody) service.Upgrade {
	return service.Upgrade{
		License: license, Contract: b.Contract, Quantity: b.Quantity, Edition: b.Edition, OrderNote: b.OrderNote,
		Pay: licensing.Payment(b.Pay), ExpectedAmount: b.ExpectedAmount, ExpectedCredits: b.ExpectedCredits,
	}
}

func licenseQuery(f api.LicenseFilter) (service.LicenseQuery, error) {
	q := service.LicenseQuery{
		Company: f.Company, Product: f.Product, Kind: f.Kind, Order: f.Order, State: f.State, Billing: f.Billing,
		Search: f.Search, ExpiringWithin: f.ExpiringWithin,
	}
	return q, dates(dateParam{"ends_before", f.EndsBefore, &q.EndsBefore}, dateParam{"ends_after", f.EndsAfter, &q.EndsAfter})
}

// wireLicense maps a license as it is on the vendor's date now.
func (s *Server) wireLicense(c service.Caller) func(licensing.License) api.License {
	today := s.service.Today(c)
	return func(l licensing.License) api.License {
		return api.License{
			ID: l.ID, Reseller: c.LoginOf(l.ResellerID), Coupon: l.Coupon, Name: l.Name, Note: l.Note, Email: l.Email, State: string(l.State(today)), Billing: string(l.Billing),
			Company:    companyRef(l.CompanyID, l.CompanyName, l.CompanyDomain),
			Product:    api.ProductRef{ID: l.ProductID, SKU: l.ProductSKU, Name: l.ProductName, Kind: string(l.ProductKind)},
			ContractID: l.ContractID, OrderID: l.OrderID, OrderNumber: l.OrderNumber, Quantity: l.Quantity,
			Active: l.Active(today), Available: l.Available(today), KeySeats: l.KeySeats, Devices: l.Devices,
			Term: l.Term, StartsOn: l.StartsOn.String(), EndsOn: some(l.EndsOn.String()), Serials: words(l.Serials),
			Amount: l.Amount, Currency: l.Currency, InvoiceReference: l.InvoiceReference, Distributor: l.Distributor,
			AutoRenew: l.AutoRenew, RenewalFailedOn: some(l.RenewalFailedOn.String()),
			ActivatedAt: some(l.ActivatedAt.String()), PausedAt: some(l.PausedAt.String()), Version: l.Version,
			CreatedAt: l.CreatedAt.String(), UpdatedAt: l.UpdatedAt.String(),
			AllowedActions: actions(s.service.LicenseActions(c, l)),
		}
	}
}

func (s *Server) wirePurchase(c service.Caller, b service.Bought) api.Purchase {
	out := api.Purchase{Licenses: mapped(b.Licenses, s.wireLicense(c)), StockAvailable: b.StockLeft}
	if b.Order != nil {
		order := s.wireOrder(c)(b.Details())
		out.Order = &order
	}
	return out
}

func wirePreview(d service.Deal) api.Preview {
	out := api.Preview{
		Kind: string(d.Kind), Company: companyRef(licensing.Ref(d.Company.ID), licensing.Ref(d.Company.Name), d.Company.Domain),
		Product:  productRef(d.Product),
		Contract: d.Contract.Number, Conditions: d.Contract.Conditions, Distributor: d.Distributor, LicenseID: d.LicenseID, Term: d.Term.String(),
		StartsOn: d.Period.StartsOn.String(), EndsOn: some(d.Period.EndsOn.String()), Quantity: d.Quantity, StockAvailable: d.StockAvailable,
		FromStock: mapped(d.Stock, func(p licensing.Piece) api.FromStock {
			return api.FromStock{LicenseID: p.License.ID, Coupon: p.License.Coupon, Quantity: p.Quantity, EndsOn: some(p.License.EndsOn.String())}
		}),
		UnitPrice: d.UnitPrice, Interval: string(d.Interval()), Amount: d.Amount, Currency: d.Contract.Currency, Payment: string(d.Payment),
		Credits:       d.Credits,
		BalanceBefore: d.BalanceBefore, BalanceAfter: d.BalanceAfter(), CreditsBefore: d.CreditsBefore, CreditsAfter: d.CreditsBefore - d.Credits,
		Existing: d.Existing, EndingSoon: d.EndingSoon,
	}
	if d.ProductBefore != nil {
		before := productRef(*d.ProductBefore)
		out.ProductBefore, out.QuantityBefore = &before, d.QuantityBefore
	}
	return out
}

func productRef(p licensing.Product) api.ProductRef {
	return api.ProductRef{ID: p.ID, SKU: p.SKU, Name: p.Name, Kind: string(p.Kind)}
}
