package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// OrderDetails is an order with what has become of it.
type OrderDetails struct {
	licensing.Order
	Licenses []licensing.License // that it made or changed, without serial numbers
	Later    string              // number of the newest order since that changed them and was not refunded
}

// Counts tells how many of the order's licenses are in use on a day, and how many can
// be sold on.
func (o OrderDetails) Counts(today licensing.Date) (active, available int64) {
	for _, l := range o.Licenses {
		active += l.Active(today)
		available += l.Available(today)
	}
	return active, available
}

// OrderActions lists what may be done with an order now.
func (s *Service) OrderActions(c Caller, o OrderDetails) []licensing.Action {
	return o.AllowedActions(s.refundTerms(c, o), s.today(c))
}

// LicenseActions lists what the caller may do with a license now: nothing with one of a
// sub-reseller, which it may only read.
func (s *Service) LicenseActions(c Caller, l licensing.License) []licensing.Action {
	if l.ResellerID != c.Reseller.ID {
		return []licensing.Action{}
	}
	allowed := l.AllowedActions(s.today(c))
	order := licensing.Order{Number: l.OrderNumber, State: licensing.OrderProcessed}
	terms := licensing.Refund{BoughtOn: s.dateOf(c, l.OrderedAt), Days: l.RefundDays}
	if l.RefundedAt.IsZero() && l.DeletedAt.IsZero() && !l.Reordered && order.CheckRefund(terms, s.today(c)) == nil {
		allowed = append(allowed, licensing.ActionRefund)
	}
	return allowed
}

func (s *Service) refundTerms(c Caller, o OrderDetails) licensing.Refund {
	terms := licensing.Refund{BoughtOn: s.dateOf(c, o.CreatedAt), Later: o.Later}
	if len(o.Lines) > 0 {
		terms.Days = o.Lines[0].RefundDays // an order is of one product
	}
	return terms
}

// dateOf is the vendor's calendar date of an instant.
func (s *Service) dateOf(c Caller, at licensing.Time) licensing.Date {
	return licensing.Today(at.Time, s.zone(c.Vendor.TimeZone))
}

// orderDetails adds to orders what has become of them.
func orderDetails(ctx context.Context, tx *store.Tx, orders ...licensing.Order) ([]OrderDetails, error) {
	ids := make([]string, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	licenses, err := tx.OrderLicenses(ctx, ids...)
	if err != nil {
		return nil, err
	}
	later, err := tx.LaterOrders(ctx, ids...)
	if err != nil {
		return nil, err
	}
	detailed := make([]OrderDetails, len(orders))
	for i, o := range orders {
		detailed[i] = OrderDetails{o, licenses[o.ID], later[o.ID]}
	}
	return detailed, showIntents(detailed)
}
