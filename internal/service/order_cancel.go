package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/store"
)

// CancelOrder gives up an order that waits for its payment. It fails with not_found,
// read_only, order_not_cancellable, or unavailable where the payment page cannot be
// closed now.
func (s *Service) CancelOrder(ctx context.Context, c Caller, ref string) (licensing.Order, error) {
	order, err := view(ctx, s, func(tx *store.Tx) (licensing.Order, error) {
		order, err := findOrder(ctx, tx, c, ref)
		if err == nil {
			err = c.owns(order.ResellerID, "order")
		}
		return order, err
	})
	if err != nil {
		return order, err
	}
	if order.State == licensing.OrderPending {
		if err := s.closePage(ctx, order); err != nil {
			return order, err
		}
	}
	return write(ctx, s, c, "order-cancel", ref, func(tx *store.Tx) (licensing.Order, error) {
		order, err := lockOrder(ctx, tx, order.ID)
		if err != nil {
			return order, err
		}
		if err := order.CheckCancel(); err != nil {
			return order, err
		}
		return s.cancelOrder(ctx, tx, c, order, "")
	})
}

// CancelPayment gives up an order that waits for its payment, because its payer has
// or its page will bring no money. An order that waits for nothing is left alone. It
// fails with not_found.
func (s *Service) CancelPayment(ctx context.Context, id, reason string) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		order, err := lockOrder(ctx, tx, id)
		if err != nil || order.State != licensing.OrderPending {
			return err
		}
		c, err := s.onBehalf(ctx, tx, order)
		if err == nil {
			_, err = s.cancelOrder(ctx, tx, c, order, reason)
		}
		return err
	})
}

func (s *Service) cancelOrder(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, reason string) (licensing.Order, error) {
	before := told(order)
	order.State, order.PaymentURL, order.ExpiresAt = licensing.OrderCancelled, "", licensing.Time{}
	if err := tx.UpdateOrder(ctx, order); err != nil {
		return order, err
	}
	return order, s.record(ctx, tx, c, "order.cancelled", order.ID, before, map[string]any{"state": order.State, "reason": reason})
}

// closePage closes the payment page of an order, so that it cannot be paid once it is
// cancelled. It fails with order_not_cancellable where it is paid already, and with
// unavailable where the provider does not answer.
func (s *Service) closePage(ctx context.Context, order licensing.Order) error {
	if s.payments.Provider == nil || order.PaymentReference == "" {
		return nil
	}
	err := s.payments.Provider.Cancel(ctx, order.PaymentReference)
	refusal, _ := errors.AsType[*payment.Error](err)
	switch {
	case err == nil:
		return nil
	case refusal != nil && refusal.Code == payment.CodePaid:
		return licensing.Errorf(licensing.CodeOrderNotCancellable, "order %s is paid, or is being paid", order.Number).
			WithHint("look at it again in a moment").Because(err)
	case payment.IsPermanent(err):
		return nil // the provider knows of no page that could be paid
	}
	return licensing.Errorf(licensing.CodeUnavailable, "the payment page of order %s could not be closed", order.Number).
		WithHint("try again").Because(err)
}

// cancelUnpaid cancels the orders that were not paid in time. An order whose payment
// has come without a word of it is completed instead.
func (s *Service) cancelUnpaid(ctx context.Context) error {
	var late []licensing.Order
	err := s.store.View(ctx, func(tx *store.Tx) error {
		var err error
		late, err = tx.UnpaidOrders(ctx, s.Now(), unpaidAtOnce)
		return err
	})
	for _, order := range late {
		if failure := s.endUnpaid(ctx, order); failure != nil {
			err = errors.Join(err, fmt.Errorf("order %s was not paid in time: %w", order.ID, failure))
		}
	}
	return err
}

// unpaidAtOnce is how many orders are cancelled in one go; the next takes more.
const unpaidAtOnce = 100

func (s *Service) endUnpaid(ctx context.Context, order licensing.Order) error {
	err := s.closePage(ctx, order)
	switch licensing.CodeOf(err) {
	case licensing.CodeOrderNotCancellable:
		event, err := s.payments.Provider.Lookup(ctx, order.PaymentReference)
		if err != nil || event.Kind != payment.Completed {
			return err // the bank has not decided
		}
		return s.PaymentEvent(ctx, event)
	case licensing.CodeUnavailable:
		return err
	}
	if err != nil {
		return err
	}
	return s.CancelPayment(ctx, order.ID, "not paid in time")
}

// PaymentEvent does what a provider's news of a payment page calls for. It fails with
// not_found where there is no such order.
func (s *Service) PaymentEvent(ctx context.Context, e payment.Event) error {
	switch e.Kind {
	case payment.Completed:
		_, err := s.CompleteOrder(ctx, Paid{
			OrderID: e.OrderID, Provider: s.payments.Provider.Name(), Reference: e.Reference, Amount: e.Amount, Currency: e.Currency,
		})
		return err
	case payment.Expired:
		return s.CancelPayment(ctx, e.OrderID, "its payment page was closed, or the payment failed")
	case payment.Ignored:
	}
	return nil
}
