package service

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/store"
)

// ReturnPayment gives the money of a card payment back, for the worker that does so.
// It may be repeated. What will never succeed fails with an error that wraps
// job.ErrGone.
func (s *Service) ReturnPayment(ctx context.Context, a job.RefundArgs) error {
	order, c, err := s.orderOf(ctx, a.OrderID)
	if err != nil {
		return err
	}
	provider := s.payments.Provider
	if provider == nil || provider.Name() != order.PaymentProvider {
		return fmt.Errorf("return the payment of order %s: no payments are taken with %q now", order.ID, order.PaymentProvider)
	}
	err = provider.Refund(ctx, payment.Refund{
		Reference: order.PaymentReference, OrderID: order.ID, Amount: a.Amount, Currency: a.Currency,
	})
	switch {
	case payment.IsPermanent(err):
		return fmt.Errorf("%w: %w", job.ErrGone, err)
	case err != nil:
		return err
	}
	return s.note(ctx, c, "order.payment_returned", order, a, "")
}

// ReturnFailed records that the money of a card payment could not be given back.
func (s *Service) ReturnFailed(ctx context.Context, a job.RefundArgs, failure error) error {
	order, c, err := s.orderOf(ctx, a.OrderID)
	if err != nil {
		return err
	}
	return s.note(ctx, c, "order.payment_return_failed", order, a, failure.Error())
}

func (s *Service) orderOf(ctx context.Context, id string) (order licensing.Order, c Caller, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) error {
		var err error
		if order, err = tx.OrderByID(ctx, id); err != nil {
			return fmt.Errorf("order %s: %w", id, err)
		}
		c, err = s.onBehalf(ctx, tx, order)
		return err
	})
	return order, c, err
}

func (s *Service) note(ctx context.Context, c Caller, event string, order licensing.Order, a job.RefundArgs, reason string) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		return s.record(ctx, tx, c, event, order.ID, told(order), map[string]any{
			"amount": a.Amount, "currency": a.Currency, "reference": order.PaymentReference, "reason": reason,
		})
	})
}
