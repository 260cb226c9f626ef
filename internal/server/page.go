package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	web "github.com/resell-cli/resell/internal/page"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/service"
)

// pageLimit is how many pages one client address may ask for in a minute.
const pageLimit = 60

// pages makes the handler of the pages that people see in a browser.
func (s *Server) pages(o Options) http.Handler {
	pages := web.Options{
		Logger: s.logger, Now: s.now, Limit: pageLimit,
		Address: func(r *http.Request) string { return addressOf(r.Context()) },
		Secure:  strings.HasPrefix(o.PublicURL, "https://"),
	}
	if dev, ok := o.Payments.(*payment.Dev); ok {
		pages.Payments = payments{s.service, dev}
	}
	pages.Activation = activations{s.service}
	return web.New(pages)
}

// payments is what the development payment page does.
type payments struct {
	service *service.Service
	dev     *payment.Dev
}

var _ web.Payments = payments{}

// Pending gives what is to be paid.
func (p payments) Pending(ctx context.Context, token string) (web.Due, error) {
	due, err := p.due(ctx, token)
	if err != nil {
		return web.Due{}, err
	}
	return web.Due{
		Vendor: due.Vendor.Name, Order: due.Order.Number, Amount: due.Order.Amount, Currency: due.Order.Currency,
		Lines: mapped(due.Order.Lines, func(l licensing.OrderLine) string { return l.Description }),
	}, nil
}

// Pay pays the order.
func (p payments) Pay(ctx context.Context, token string) error {
	due, err := p.due(ctx, token)
	if err != nil {
		return err
	}
	order, err := p.service.CompleteOrder(ctx, service.Paid{
		OrderID: due.Order.ID, Provider: p.dev.Name(), Reference: due.Order.PaymentReference,
		Amount: due.Order.Amount, Currency: due.Order.Currency,
	})
	if err == nil && order.State == licensing.OrderRefunded {
		return licensing.Errorf(licensing.CodeOrderNotPayable, "order %s could not be carried out any more, and is refunded", order.Number)
	}
	return err
}

// Cancel gives the order up.
func (p payments) Cancel(ctx context.Context, token string) error {
	due, err := p.due(ctx, token)
	if err != nil {
		return err
	}
	return p.service.CancelPayment(ctx, due.Order.ID, "cancelled on the payment page")
}

func (p payments) due(ctx context.Context, token string) (service.Due, error) {
	id, ok := p.dev.OrderID(token)
	if !ok {
		return service.Due{}, licensing.Errorf(licensing.CodeLinkUnknown, "no order is paid here")
	}
	return p.service.DuePayment(ctx, id)
}
