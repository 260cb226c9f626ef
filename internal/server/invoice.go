package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) invoicePreview(ctx context.Context, c service.Caller, in *api.InvoicePreviewInput) (api.InvoiceBatch, error) {
	invoices, err := s.service.PreviewInvoices(ctx, c, service.Billing(in.Body))
	return api.InvoiceBatch{Invoices: mapped(invoices, wireDraft)}, err
}

func (s *Server) invoiceSend(ctx context.Context, c service.Caller, in *api.InvoiceSendInput) (api.InvoiceBatch, error) {
	invoices, err := s.service.SendInvoices(ctx, c, service.Billing(in.Body))
	return api.InvoiceBatch{Invoices: mapped(invoices, wireInvoice(c))}, err
}

func (s *Server) invoiceList(ctx context.Context, c service.Caller, in *api.InvoiceListInput) (api.List[api.Invoice], error) {
	q, err := invoiceQuery(in.InvoiceDirection, in.InvoiceFilter)
	if err != nil {
		return api.List[api.Invoice]{}, err
	}
	rows, err := s.service.Invoices(ctx, c, q, page(in.Page))
	return listing(rows, err, wireInvoice(c))
}

func invoiceQuery(d api.InvoiceDirection, f api.InvoiceFilter) (service.InvoiceQuery, error) {
	q := service.InvoiceQuery{
		Received: d.Direction == "received", Company: f.Company, Order: f.Order, State: f.State, Kind: f.Kind, Search: f.Search,
	}
	return q, dates(dateParam{"since", f.Since, &q.Since}, dateParam{"until", f.Until, &q.Until})
}

func (s *Server) invoiceView(ctx context.Context, c service.Caller, in *api.InvoiceViewInput) (api.Invoice, error) {
	invoice, err := s.service.Invoice(ctx, c, in.Invoice)
	return wireInvoice(c)(invoice), err
}

func (s *Server) invoiceResend(ctx context.Context, c service.Caller, in *api.InvoiceActionInput) (api.Invoice, error) {
	invoice, err := s.service.ResendInvoice(ctx, c, in.Invoice)
	return wireInvoice(c)(invoice), err
}

func (s *Server) invoicePay(ctx context.Context, c service.Caller, in *api.InvoicePayInput) (api.Invoice, error) {
	payment := service.InvoicePayment{Invoice: in.Invoice}
	if err := dates(dateParam{"on", in.Body.On, &payment.PaidOn}); err != nil {
		return api.Invoice{}, err
	}
	invoice, err := s.service.PayInvoice(ctx, c, payment)
	return wireInvoice(c)(invoice), err
}

func (s *Server) invoiceVoidPreview(ctx context.Context, c service.Caller, in *api.InvoiceViewInput) (api.Invoice, error) {
	note, err := s.service.PreviewVoid(ctx, c, in.Invoice)
	return wireDraft(note), err
}

func (s *Server) invoiceVoid(ctx context.Context, c service.Caller, in *api.InvoiceActionInput) (api.Invoice, error) {
	note, err := s.service.VoidInvoice(ctx, c, in.Invoice)
	return wireInvoice(c)(note), err
}

// wireDraft maps what does not exist yet: nothing can be done with it.
func wireDraft(i licensing.Invoice) api.Invoice {
	out := wireInvoice(service.Caller{})(i)
	out.State, out.AllowedActions = "draft", []string{}
	return out
}

// wireInvoice maps an invoice as it is to a caller.
func wireInvoice(c service.Caller) func(licensing.Invoice) api.Invoice {
	return func(i licensing.Invoice) api.Invoice {
		return api.Invoice{
			ID: i.ID, Number: i.Number, Kind: string(i.Kind), State: string(i.State), Seller: wireParty(i.Seller), Buyer: wireParty(i.Buyer),
			Company: companyRef(i.CompanyID, i.CompanyName, ""), Order: documentRef(i.OrderID, i.OrderNumber),
			Cancels: documentRef(i.CancelsID, i.CancelsNumber), CancelledBy: documentRef(i.CancelledBy, i.CancelledNumber),
			Email: i.Email, Language: i.Language, Net: i.Net, TaxRate: i.TaxRate, Tax: i.Tax, Amount: i.Amount, Currency: i.Currency,
			Note: i.Note, IssuedOn: i.IssuedOn.String(), DueOn: some(i.DueOn.String()), PaidOn: some(i.PaidOn.String()),
			MailedAt: some(i.MailedAt.String()), MailError: i.MailError, Lines: mapped(i.Lines, wireInvoiceLine),
			Version: i.Version, CreatedAt: i.CreatedAt.String(),
			AllowedActions: mapped(c.InvoiceActions(i), func(a licensing.Action) string { return string(a) }),
		}
	}
}

func wireParty(p licensing.Party) api.Party { return api.Party(p) }

func wireInvoiceLine(x licensing.InvoiceLine) api.InvoiceLine {
	return api.InvoiceLine{
		LicenseID: x.LicenseID, Description: x.Description, Quantity: x.Quantity, UnitPrice: x.UnitPrice, Interval: string(x.Interval),
		Amount: x.Amount, StartsOn: x.StartsOn.String(), EndsOn: some(x.EndsOn.String()), InvoiceReference: x.InvoiceReference,
	}
}

func documentRef(id, number licensing.Ref) *api.DocumentRef {
	if id == "" {
		return nil
	}
	return &api.DocumentRef{ID: string(id), Number: string(number)}
}
