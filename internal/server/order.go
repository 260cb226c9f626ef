package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) orderList(ctx context.Context, c service.Caller, in *api.OrderListInput) (api.List[api.Order], error) {
	q, err := s.orderQuery(c, in.OrderFilter)
	if err != nil {
		return api.List[api.Order]{}, err
	}
	rows, err := s.service.Orders(ctx, c, q, page(in.Page))
	return listing(rows, err, s.wireOrder(c))
}

func (s *Server) orderView(ctx context.Context, c service.Caller, in *api.OrderViewInput) (api.Order, error) {
	order, err := s.service.Order(ctx, c, in.Order)
	return s.wireOrder(c)(order), err
}

func (s *Server) orderPay(ctx context.Context, c service.Caller, in *api.OrderActionInput) (api.Order, error) {
	order, err := s.service.PayOrder(ctx, c, in.Order)
	return s.wireOrder(c)(service.OrderDetails{Order: order}), err
}

func (s *Server) orderResend(ctx context.Context, c service.Caller, in *api.OrderActionInput) (api.Order, error) {
	order, err := s.service.ResendOrder(ctx, c, in.Order)
	return s.wireOrder(c)(order), err
}

func (s *Server) orderCancel(ctx context.Context, c service.Caller, in *api.OrderActionInput) (api.Order, error) {
	order, err := s.service.CancelOrder(ctx, c, in.Order)
	return s.wireOrder(c)(service.OrderDetails{Order: order}), err
}

func (s *Server) orderQuery(c service.Caller, f api.OrderFilter) (service.OrderQuery, error) {
	for _, date := range []*string{&f.Since, &f.Until} {
		if *date == api.Today {
			*date = s.service.Today(c).String()
		}
	}
	q := service.OrderQuery{Number: f.Number, Product: f.Product, Company: f.Company, State: f.State, Payment: f.Payment, Search: f.Search}
	return q, dates(dateParam{"since", f.Since, &q.Since}, dateParam{"until", f.Until, &q.Until})
}

// wireOrder maps an order as it is on the vendor's date now.
func (s *Server) wireOrder(c service.Caller) func(service.OrderDetails) api.Order {
	today := s.service.Today(c)
	return func(o service.OrderDetails) api.Order {
		out := api.Order{
			ID: o.ID, Reseller: c.LoginOf(o.ResellerID), Number: o.Number, Kind: string(o.Kind), State: string(o.State), ContractID: o.ContractID,
			Company: companyRef(o.CompanyID, o.CompanyName, ""), Buyer: o.Buyer, Payment: string(o.Payment), Amount: o.Amount,
			Currency: o.Currency, Credits: o.Credits, Distributor: o.Distributor, InvoiceReference: o.InvoiceReference, Note: o.Note,
			PaymentURL: o.PaymentURL, ExpiresAt: some(o.ExpiresAt.String()), RefundedAt: some(o.RefundedAt.String()),
			MailedAt: some(o.MailedAt.String()), CreatedAt: o.CreatedAt.String(), AllowedActions: actions(s.service.OrderActions(c, o)),
			Lines: mapped(o.Lines, wireLine), Licenses: mapped(o.Licenses, func(l licensing.License) api.OrderLicense {
				return api.OrderLicense{
					ID: l.ID, Coupon: l.Coupon, State: string(l.State(today)), Quantity: l.Quantity,
					Company: companyRef(l.CompanyID, l.CompanyName, l.CompanyDomain), EndsOn: some(l.EndsOn.String()),
				}
			}),
		}
		if len(o.Lines) > 0 {
			out.Product = o.Lines[0].ProductSKU // an order is of one product
		}
		out.Active, out.Available = o.Counts(today)
		return out
	}
}

func wireLine(x licensing.OrderLine) api.OrderLine {
	return api.OrderLine{
		LicenseID: x.LicenseID, Product: x.ProductSKU, Description: x.Description, Quantity: x.Quantity, UnitPrice: x.UnitPrice,
		Amount: x.Amount, ListAmount: x.ListAmount, StartsOn: x.StartsOn.String(), EndsOn: some(x.EndsOn.String()),
		InvoiceID: string(x.InvoiceID),
	}
}
