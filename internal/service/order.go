package service

import (
	"context"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// OrderQuery chooses orders; empty fields choose nothing out. Since and Until are
// dates of the vendor's calendar, the latter excluded.
type OrderQuery struct {
	Since, Until                             licensing.Date
	Number, Product, Company, State, Payment string
	Search                                   string
}

func (s *Service) orderFilter(ctx context.Context, tx *store.Tx, c Caller, q OrderQuery) (store.OrderFilter, error) {
	f := store.OrderFilter{
		Resellers: c.Visible, Since: s.midnight(c, q.Since), Until: s.midnight(c, q.Until),
		Number: q.Number, State: q.State, Payment: q.Payment, Search: q.Search,
	}
	var err error
	if f.CompanyID, err = findCompanyID(ctx, tx, c, q.Company); err != nil {
		return f, err
	}
	if q.Product != "" {
		product, err := findProduct(ctx, tx, q.Product)
		if err != nil {
			return f, err
		}
		f.ProductID = product.ID
	}
	return f, nil
}

// midnight is the instant at which a date begins for the vendor; "" for no date.
func (s *Service) midnight(c Caller, d licensing.Date) string {
	if d.IsZero() {
		return ""
	}
	return s.startOf(c, d).String()
}

// startOf is the instant at which a date begins for the vendor.
func (s *Service) startOf(c Caller, d licensing.Date) licensing.Time {
	return licensing.At(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, s.zone(c.Vendor.TimeZone)))
}

// Orders lists orders with their lines and licenses, newest first.
func (s *Service) Orders(ctx context.Context, c Caller, q OrderQuery, p Page) (Listing[OrderDetails], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[OrderDetails], error) {
		f, err := s.orderFilter(ctx, tx, c, q)
		if err != nil {
			return Listing[OrderDetails]{}, err
		}
		return list(c, "orders", q, p, func(x OrderDetails) string { return x.ID }, func(p store.Page) ([]OrderDetails, error) {
			orders, err := tx.Orders(ctx, f, p)
			if err != nil {
				return nil, err
			}
			return orderDetails(ctx, tx, orders...)
		})
	})
}

// Order gives an order with its lines and licenses, by id or number. It fails with
// not_found or ambiguous_reference.
func (s *Service) Order(ctx context.Context, c Caller, ref string) (OrderDetails, error) {
	return view(ctx, s, func(tx *store.Tx) (OrderDetails, error) {
		order, err := findOrder(ctx, tx, c, ref)
		if err != nil {
			return OrderDetails{Order: order}, err
		}
		detailed, err := orderDetails(ctx, tx, order)
		if err != nil {
			return OrderDetails{Order: order}, err
		}
		return detailed[0], nil
	})
}

func findOrder(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Order, error) {
	order, err := tx.Order(ctx, c.Visible, ref)
	if order, err = found(order, err, named("order", ref)); err != nil {
		return order, err
	}
	return order, showIntent(&order)
}

// showIntent gives an order that nothing has come of the line that it was placed for.
func showIntent(order *licensing.Order) error {
	if order.Intent == "" || len(order.Lines) > 0 {
		return nil
	}
	in, err := intentOf(*order)
	if err != nil {
		return err
	}
	order.Lines = []licensing.OrderLine{in.Deal.line()}
	return nil
}

func showIntents(orders []OrderDetails) error {
	for i := range orders {
		if err := showIntent(&orders[i].Order); err != nil {
			return err
		}
	}
	return nil
}
