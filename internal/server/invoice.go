package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) invoicePreview(ctx context.Context, c service.Caller, in *api.InvoicePreviewInput) (api.InvoiceBatch, error) {
	invoices, err := s.service.PreviewInvoices(ctx, c, service.Billing(in.Body))
	return api.InvoiceBatch{Invoices: mapped(invoices, func(i licensing.Invoice) api.Invoice {
		i.ID = "" // it is made up again when the invoice is sent
		return wireInvoice(i)
	})}, err
}

func (s *Server) invoiceSend(ctx context.Context, c service.Caller, in *api.InvoiceSendInput) (api.InvoiceBatch, error) {
	invoices, err := s.service.SendInvoices(ctx, c, service.Billing(in.Body))
	return api.InvoiceBatch{Invoices: mapped(invoices, wireInvoice)}, err
}

func (s *Server) invoiceList(ctx context.Context, c service.Caller, in *api.InvoiceListInput) (api.List[api.Invoice], error) {
	q := service.InvoiceQuery{Company: in.Company}
	if err := dates(dateParam{"since", in.Since, &q.Since}, dateParam{"until", in.Until, &q.Until}); err != nil {
		return api.List[api.Invoice]{}, err
	}
	rows, err := s.service.Invoices(ctx, c, q, page(in.Page))
	return listing(rows, err, wireInvoice)
}

func (s *Server) invoiceView(ctx context.Context, c service.Caller, in *api.InvoiceViewInput) (api.Invoice, error) {
	invoice, err := s.service.Invoice(ctx, c, in.Invoice)
	return wireInvoice(invoice), err
}

func wireInvoice(i licensing.Invoice) api.Invoice {
	return api.Invoice{
		ID: i.ID, Number: i.Number, State: string(i.State), Company: api.CompanyRef{ID: string(i.CompanyID), Name: string(i.CompanyName)}, Email: i.Email,
		Amount: i.Amount, Currency: i.Currency, IssuedOn: i.IssuedOn.String(), MailedAt: some(i.MailedAt.String()),
		MailError: i.MailError, CreatedAt: i.CreatedAt.String(),
		Lines: mapped(i.Lines, func(x licensing.InvoiceLine) api.InvoiceLine {
			return api.InvoiceLine{
				LicenseID: x.LicenseID, Description: x.Description, Quantity: x.Quantity, UnitPrice: x.UnitPrice, Amount: x.Amount,
				StartsOn: x.StartsOn.String(), EndsOn: some(x.EndsOn.String()), InvoiceReference: x.InvoiceReference,
			}
		}),
	}
}
