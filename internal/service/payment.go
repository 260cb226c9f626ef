package service

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/store"
)

// payWithin is how long an order waits for its payment. Payment pages close with it,
// and a provider's may stay open for a day at most.
const payWithin = 23 * time.Hour

// Payments is how card payments are taken.
type Payments struct {
	Provider payment.Provider // nil where no cards are taken
	// ReturnURL is where payers go after a provider's own page, paid or not.
	ReturnURL string
}

// TakePayments sets how card payments are taken. Call it before the service is used.
func (s *Service) TakePayments(p Payments) { s.payments = p }

// PayOrder opens the payment page of an order that waits for its payment, the same
// each time. It fails with not_found, read_only, order_not_payable,
// payment_not_allowed, payment_failed where the provider refuses the order for good,
// which cancels it, or unavailable where the provider does not answer.
func (s *Service) PayOrder(ctx context.Context, c Caller, ref string) (licensing.Order, error) {
	order, err := view(ctx, s, func(tx *store.Tx) (licensing.Order, error) {
		order, err := findOrder(ctx, tx, c, ref)
		if err == nil {
			err = c.owns(order.ResellerID, "order")
		}
		if err != nil {
			return order, err
		}
		return order, order.CheckPay(s.Now())
	})
	if err != nil {
		return order, err
	}
	session, err := s.openPage(ctx, c, order)
	if err != nil {
		return order, err
	}
	kept, err := write(ctx, s, c, "order-pay", ref, func(tx *store.Tx) (licensing.Order, error) {
		return s.keepPage(ctx, tx, order.ID, session)
	})
	if err == nil && kept.State == licensing.OrderCancelled { // in the meantime
		kept.PaymentReference = session.Reference
		err = errors.Join(kept.CheckPay(s.Now()), s.closePage(ctx, kept))
	}
	return kept, err
}

// awaitPayment gives a purchase that waits for its payment the page to pay it on.
// A purchase that is repeated finds the order as it is by now.
func (s *Service) awaitPayment(ctx context.Context, c Caller, bought Bought, err error) (Bought, error) {
	if err != nil || bought.Order == nil || bought.Order.State != licensing.OrderPending {
		return bought, err
	}
	placed := bought // with what came from stock
	bought, err = view(ctx, s, func(tx *store.Tx) (Bought, error) { return s.boughtBy(ctx, tx, c, placed.Order.ID) })
	if err != nil || bought.Order.State == licensing.OrderProcessed {
		bought.Licenses = append(placed.Licenses, bought.Licenses...)
		return bought, err
	}
	c.IdempotencyKey = "" // it is the purchase's
	order, err := s.PayOrder(ctx, c, bought.Order.ID)
	if err != nil {
		return bought, err
	}
	placed.Order = &order
	return placed, nil
}

// boughtBy gives an order with the licenses that it made or changed.
func (s *Service) boughtBy(ctx context.Context, tx *store.Tx, c Caller, id string) (Bought, error) {
	order, err := findOrder(ctx, tx, c, id)
	if err != nil {
		return Bought{}, err
	}
	bought := Bought{Order: &order}
	for _, line := range order.Lines {
		if order.State != licensing.OrderProcessed {
			break
		}
		license, err := findLicense(ctx, tx, c, line.LicenseID)
		if err != nil {
			return bought, err
		}
		bought.Licenses = append(bought.Licenses, license)
	}
	return bought, nil
}

// openPage asks the provider for the order's page: outside of any transaction.
func (s *Service) openPage(ctx context.Context, c Caller, order licensing.Order) (payment.Session, error) {
	provider := s.payments.Provider
	if provider == nil {
		return payment.Session{}, licensing.Errorf(licensing.CodePaymentNotAllowed, "no cards are taken here").
			WithHint("cancel the order, and pay in another way")
	}
	session, err := provider.Start(ctx, payment.Checkout{
		OrderID: order.ID, OrderNumber: order.Number, Description: order.Lines[0].Description, CustomerEmail: c.Reseller.Email,
		Amount: order.Amount, Currency: order.Currency, ReturnURL: s.payments.ReturnURL, ExpiresAt: order.ExpiresAt.Time,
	})
	switch {
	case err == nil:
		return session, nil
	case !payment.IsPermanent(err):
		return session, licensing.Errorf(licensing.CodeUnavailable, "the payment page of order %s could not be opened", order.Number).
			WithHint("the order is kept: pay it later").Because(err)
	}
	refusal := licensing.Errorf(licensing.CodePaymentFailed, "the payment provider refused order %s%s; the order is cancelled", order.Number, reasonOf(err)).
		WithHint("pay in another way").Because(err)
	if err := s.CancelPayment(ctx, order.ID, refusal.Detail); err != nil {
		return session, err
	}
	return session, refusal
}

// reasonOf names the provider's code for a refusal; its words are the operator's.
func reasonOf(err error) string {
	refusal, ok := errors.AsType[*payment.Error](err)
	if !ok || refusal.Code == "" {
		return ""
	}
	return " (" + refusal.Code + ")"
}

// keepPage notes an order's payment page, unless the order is paid by now.
func (s *Service) keepPage(ctx context.Context, tx *store.Tx, id string, session payment.Session) (licensing.Order, error) {
	order, err := lockOrder(ctx, tx, id)
	if err != nil || order.State != licensing.OrderPending {
		return order, err
	}
	order.PaymentProvider, order.PaymentReference, order.PaymentURL = session.Provider, session.Reference, session.URL
	if !session.ExpiresAt.IsZero() {
		order.ExpiresAt = licensing.At(session.ExpiresAt)
	}
	return order, tx.UpdateOrder(ctx, order)
}

// lockOrder gives an order to be changed, with the line that it was placed for.
func lockOrder(ctx context.Context, tx *store.Tx, id string) (licensing.Order, error) {
	order, err := tx.OrderForUpdate(ctx, id)
	if order, err = found(order, err, named("order", id)); err != nil {
		return order, err
	}
	return order, showIntent(&order)
}

// onBehalf is the caller that an order is carried out for once it is paid: whoever
// placed it.
func (s *Service) onBehalf(ctx context.Context, tx *store.Tx, order licensing.Order) (Caller, error) {
	c := Caller{
		Token:   licensing.Token{ID: order.TokenID, Name: order.Buyer, ResellerID: licensing.Ref(order.ResellerID)},
		Visible: []string{order.ResellerID},
	}
	var err error
	if c.Vendor, err = tx.Vendor(ctx); err != nil {
		return c, err
	}
	c.Reseller, err = tx.Reseller(ctx, order.ResellerID)
	return c, err
}

// Due is an order that waits for its payment, as its payment page shows it.
type Due struct {
	Order  licensing.Order
	Vendor licensing.Vendor
}

// DuePayment gives an order that waits for its payment, to whoever knows its page. It
// fails with link_unknown, or with link_used, link_revoked, link_expired or
// order_not_payable where the order cannot be paid any more.
func (s *Service) DuePayment(ctx context.Context, id string) (Due, error) {
	return view(ctx, s, func(tx *store.Tx) (Due, error) {
		var due Due
		var err error
		if due.Order, err = tx.OrderByID(ctx, id); err != nil {
			if store.IsNotFound(err) {
				return due, licensing.Errorf(licensing.CodeLinkUnknown, "no order is paid here")
			}
			return due, err
		}
		if err := checkPage(due.Order, s.Now()); err != nil {
			return due, err
		}
		if err := showIntent(&due.Order); err != nil {
			return due, err
		}
		due.Vendor, err = tx.Vendor(ctx)
		return due, err
	})
}

func checkPage(order licensing.Order, now licensing.Time) error {
	codes := map[licensing.OrderState]licensing.Code{
		licensing.OrderProcessed: licensing.CodeLinkUsed, licensing.OrderCancelled: licensing.CodeLinkRevoked,
	}
	err := order.CheckPay(now)
	switch {
	case err == nil:
		return nil
	case order.State == licensing.OrderPending:
		return licensing.Errorf(licensing.CodeLinkExpired, "%s", err)
	}
	return licensing.Errorf(cmp.Or(codes[order.State], licensing.CodeOrderNotPayable), "%s", err)
}
