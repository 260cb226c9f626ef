package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) orderRefundPreview(ctx context.Context, c service.Caller, in *api.OrderRefundPreviewInput) (api.RefundPreview, error) {
	reversal, err := s.service.PreviewRefund(ctx, c, in.Order)
	if err != nil {
		return api.RefundPreview{}, err
	}
	today, order := s.service.Today(c), reversal.Order
	out := api.RefundPreview{
		OrderID: order.ID, Number: order.Number, Kind: string(order.Kind), Product: order.Lines[0].ProductSKU, Payment: string(order.Payment),
		Amount: order.Amount, Currency: order.Currency, Credits: order.Credits, RefundableUntil: reversal.Until.String(),
		Licenses: []api.RefundLicense{},
		Invoices: mapped(reversal.Invoices, func(i licensing.Invoice) api.RefundInvoice {
			return api.RefundInvoice{ID: i.ID, Number: i.Number, Company: companyRef(i.CompanyID, i.CompanyName, "")}
		}),
	}
	for i, before := range reversal.Licenses {
		after := reversal.After[i]
		out.Licenses = append(out.Licenses, api.RefundLicense{
			ID: before.ID, Coupon: before.Coupon, Company: companyRef(before.CompanyID, before.CompanyName, before.CompanyDomain),
			State: string(before.State(today)), Stops: !after.RefundedAt.IsZero(),
			Product: before.ProductSKU, ProductAfter: after.ProductSKU, Quantity: before.Quantity, QuantityAfter: after.Quantity,
			EndsOn: some(before.EndsOn.String()), EndsOnAfter: some(after.EndsOn.String()),
		})
	}
	return out, nil
}

func (s *Server) orderRefund(ctx context.Context, c service.Caller, in *api.OrderRefundInput) (api.Order, error) {
	order, err := s.service.RefundOrder(ctx, c, service.Refunding{Order: in.Order, Reason: in.Body.Reason})
	return s.wireOrder(c)(order), err
}
