package payment

import (
	"context"
	"fmt"
	"strings"

	"github.com/stripe/stripe-go/v82"

	"github.com/resell-cli/resell/internal/licensing"
)

// Refund returns the money of a Checkout Session's payment. Stripe forgets
// idempotency keys, so what was refunded before is asked for first; the key
// keeps two calls at once apart.
func (s *Stripe) Refund(ctx context.Context, r Refund) error {
	err := s.refund(ctx, r)
	if err != nil {
		return fmt.Errorf("refund order %s: %w", r.OrderID, err)
	}
	return nil
}

func (s *Stripe) refund(ctx context.Context, r Refund) error {
	if err := r.validate(); err != nil {
		return err
	}
	amount, err := toStripe(r.Amount, r.Currency)
	if err != nil {
		return err
	}

	payment := r.PaymentReference
	if payment == "" {
		if payment, err = s.payment(ctx, r.Reference); err != nil {
			return err
		}
	}
	if done, err := s.refunded(ctx, payment, r, amount); done || err != nil {
		return err
	}

	params := &stripe.RefundCreateParams{
		PaymentIntent: stripe.String(payment),
		Amount:        new(amount),
		Reason:        stripe.String(stripe.RefundReasonRequestedByCustomer),
		Metadata:      map[string]string{metadataOrder: r.OrderID},
	}
	params.SetIdempotencyKey(fmt.Sprintf("refund-%s-%d%s", r.OrderID, r.Amount, r.Currency))
	refund, err := s.client.V1Refunds.Create(ctx, params)
	switch {
	case hasCode(err, stripe.ErrorCodeChargeAlreadyRefunded):
		return nil // all of it, by somebody on Stripe's dashboard
	case err != nil:
		return stripeError(err)
	case hasFailed(refund):
		return refuse(CodeRefundFails, "Stripe: refund %s is %s: %s", refund.ID, refund.Status, refund.FailureReason)
	}
	return nil
}

// payment asks for the payment intent of a session.
func (s *Stripe) payment(ctx context.Context, reference string) (string, error) {
	session, err := s.session(ctx, reference)
	if err != nil {
		return "", err
	}
	if session.PaymentStatus != stripe.CheckoutSessionPaymentStatusPaid || session.PaymentIntent == nil {
		return "", refuse(CodeUnpaid, "payment %s was never made", reference)
	}
	return session.PaymentIntent.ID, nil
}

// refunded asks whether the order's refund is there already.
func (s *Stripe) refunded(ctx context.Context, payment string, r Refund, amount int64) (bool, error) {
	params := &stripe.RefundListParams{PaymentIntent: stripe.String(payment)}
	params.Limit = new(int64(100))
	for refund, err := range s.client.V1Refunds.List(ctx, params) {
		switch {
		case err != nil:
			return false, stripeError(err)
		case refund.Metadata[metadataOrder] != r.OrderID || hasFailed(refund):
			continue
		case refund.Amount != amount || !strings.EqualFold(string(refund.Currency), r.Currency):
			return false, refuse(CodeRefunded, "refund %s of the order is not one of %s",
				refund.ID, licensing.FormatAmount(r.Amount, r.Currency))
		}
		return true, nil
	}
	return false, nil
}

func hasFailed(refund *stripe.Refund) bool {
	return refund.Status == stripe.RefundStatusFailed || refund.Status == stripe.RefundStatusCanceled
}
