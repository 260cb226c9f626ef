package service

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Paid is what a payment provider tells of a payment.
type Paid struct {
	OrderID   string
	Provider  string // its name
	Reference string // the provider's, of the payment page
	Amount    int64  // minor units
	Currency  string
}

// CompleteOrder carries an order out that its payer has paid. Told again, it does
// nothing. Where the order cannot be carried out any more, or the sum is not the
// order's, the order is refunded and the money goes back. It fails with not_found.
func (s *Service) CompleteOrder(ctx context.Context, paid Paid) (licensing.Order, error) {
	var order licensing.Order
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		var err error
		order, err = s.completeOrder(ctx, tx, paid)
		return err
	})
	return order, err
}

func (s *Service) completeOrder(ctx context.Context, tx *store.Tx, paid Paid) (licensing.Order, error) {
	order, err := lockOrder(ctx, tx, paid.OrderID)
	if err != nil || order.State == licensing.OrderProcessed || order.State == licensing.OrderRefunded {
		return order, err
	}
	c, err := s.onBehalf(ctx, tx, order)
	if err != nil {
		return order, err
	}
	order.PaymentProvider, order.PaymentReference = paid.Provider, paid.Reference
	if refusal := checkPaid(order, paid); refusal != nil {
		return s.giveBack(ctx, tx, c, order, paid, refusal)
	}
	in, err := intentOf(order)
	if err != nil {
		return order, err
	}
	done := order
	done.State, done.Intent, done.PaymentURL, done.ExpiresAt = licensing.OrderProcessed, "", "", licensing.Time{}
	err = tx.Nested(ctx, func() error {
		if err := tx.UpdateOrder(ctx, done); err != nil {
			return err
		}
		bought, err := s.fulfil(ctx, tx, c, done, in)
		if err == nil {
			done = *bought.Order
		}
		return err
	})
	refusal, refused := errors.AsType[*licensing.Error](err)
	if refused && refusal.Code.Kind() != licensing.KindInternal {
		return s.giveBack(ctx, tx, c, order, paid, refusal)
	}
	return done, err
}

// checkPaid refuses a payment that comes too late, or of another sum.
func checkPaid(order licensing.Order, paid Paid) *licensing.Error {
	switch {
	case order.State != licensing.OrderPending:
		return licensing.Errorf(licensing.CodeOrderNotPayable, "order %s was %s before it was paid", order.Number, order.State)
	case paid.Amount != order.Amount || paid.Currency != order.Currency:
		return licensing.Errorf(licensing.CodePaymentFailed, "order %s is for %s, and %s were paid", order.Number,
			licensing.FormatAmount(order.Amount, order.Currency), licensing.FormatAmount(paid.Amount, paid.Currency))
	}
	return nil
}

// giveBack ends an order whose money came and that cannot be carried out: the money
// goes back by a job.
func (s *Service) giveBack(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, paid Paid, why *licensing.Error) (licensing.Order, error) {
	before := told(order)
	order.State, order.RefundedAt, order.PaymentURL, order.ExpiresAt = licensing.OrderRefunded, s.Now(), "", licensing.Time{}
	if err := tx.UpdateOrder(ctx, order); err != nil {
		return order, err
	}
	err := s.queue.Refund(ctx, tx.Tx.Tx, job.RefundArgs{OrderID: order.ID, Amount: paid.Amount, Currency: paid.Currency})
	if err != nil {
		return order, err
	}
	return order, s.record(ctx, tx, c, "order.refunded", order.ID, before, map[string]any{
		"state": order.State, "amount": paid.Amount, "currency": paid.Currency, "code": why.Code, "reason": why.Detail,
	})
}
