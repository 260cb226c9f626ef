package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/webhook"
)

// Webhook reads an event that Stripe sent: the request's body as it came, and
// its Stripe-Signature header. An error that wraps [ErrSignature] means that it
// was not Stripe, or not within the last five minutes; answer 400 to any error.
// Answer 200 only after what the event means is stored: Stripe sends it again
// until then, for three days.
func (s *Stripe) Webhook(payload []byte, signatureHeader string) (Event, error) {
	sent, err := webhook.ConstructEventWithOptions(payload, signatureHeader, s.webhookSecret,
		webhook.ConstructEventOptions{
			// The endpoint speaks the version that the vendor's account had when it
			// was made. What is read below is the same in all of them.
			IgnoreAPIVersionMismatch: true,
		})
	if err != nil {
		return Event{}, fmt.Errorf("read webhook: %w", webhookError(err))
	}
	if sent.Data == nil {
		return Event{Kind: Ignored, ID: sent.ID}, nil
	}

	event, err := sessionEvent(sent.Type, sent.Data.Raw)
	if err != nil {
		return Event{}, fmt.Errorf("read webhook %s: %w", sent.ID, err)
	}
	event.ID = sent.ID
	return event, nil
}

func webhookError(err error) error {
	for _, refused := range []error{
		webhook.ErrNotSigned, webhook.ErrInvalidHeader, webhook.ErrNoValidSignature, webhook.ErrTooOld,
	} {
		if errors.Is(err, refused) {
			return fmt.Errorf("%w: %w", ErrSignature, err)
		}
	}
	return &Error{Code: CodePayload, Message: "the event cannot be read", Permanent: true, Cause: err}
}

// sessionEvent is what an event says about the session that it carries.
func sessionEvent(sent stripe.EventType, object []byte) (Event, error) {
	var kind Kind
	switch sent {
	case stripe.EventTypeCheckoutSessionCompleted, stripe.EventTypeCheckoutSessionAsyncPaymentSucceeded:
		kind = Completed
	case stripe.EventTypeCheckoutSessionExpired, stripe.EventTypeCheckoutSessionAsyncPaymentFailed:
		kind = Expired
	default:
		return Event{Kind: Ignored}, nil
	}

	session, err := parseSession(object)
	if err != nil {
		return Event{}, err
	}
	if kind == Completed && session.PaymentStatus != stripe.CheckoutSessionPaymentStatusPaid {
		kind = Ignored // the payer is done, the bank is not: another event follows
	}
	return session.event(kind)
}

// stripeSession is what is read of a Checkout Session. stripe-go's own type has
// a hundred fields more, any of which may differ in another version of the API.
type stripeSession struct {
	ID            string                              `json:"id"`
	Status        stripe.CheckoutSessionStatus        `json:"status"`
	PaymentStatus stripe.CheckoutSessionPaymentStatus `json:"payment_status"`
	PaymentIntent *stripe.PaymentIntent               `json:"payment_intent"`
	AmountTotal   int64                               `json:"amount_total"`
	Currency      string                              `json:"currency"`
	Metadata      map[string]string                   `json:"metadata"`
}

func parseSession(object []byte) (stripeSession, error) {
	var session stripeSession
	if err := json.Unmarshal(object, &session); err != nil {
		return stripeSession{}, &Error{
			Code: CodePayload, Message: "the checkout session cannot be read", Permanent: true, Cause: err,
		}
	}
	return session, nil
}

// session retrieves a session with its payment intent in it.
func (s *Stripe) session(ctx context.Context, reference string) (stripeSession, error) {
	if err := needReference(reference); err != nil {
		return stripeSession{}, err
	}

	params := &stripe.CheckoutSessionRetrieveParams{}
	params.AddExpand("payment_intent")
	retrieved, err := s.client.V1CheckoutSessions.Retrieve(ctx, reference, params)
	if err != nil {
		return stripeSession{}, stripeError(err)
	}
	return parseSession(retrieved.LastResponse.RawJSON)
}

// kind is what a retrieved session means for its order.
func (s stripeSession) kind() Kind {
	switch {
	case s.PaymentStatus == stripe.CheckoutSessionPaymentStatusPaid:
		return Completed
	case s.Status == stripe.CheckoutSessionStatusExpired:
		return Expired
	case s.Status != stripe.CheckoutSessionStatusComplete || s.PaymentIntent == nil:
		return Ignored
	case s.PaymentIntent.Status == stripe.PaymentIntentStatusCanceled,
		s.PaymentIntent.Status == stripe.PaymentIntentStatusRequiresPaymentMethod:
		return Expired // a bank's debit that came back
	}
	return Ignored
}

// event says it in our words. A session without an order is another business of
// the vendor's: its account sends every event to every endpoint.
func (s stripeSession) event(kind Kind) (Event, error) {
	event := Event{Kind: kind, OrderID: s.Metadata[metadataOrder], Reference: s.ID}
	if event.OrderID == "" {
		return Event{Kind: Ignored, Reference: s.ID}, nil
	}
	if kind != Completed {
		return event, nil
	}

	var err error
	if event.Amount, event.Currency, err = fromStripe(s.AmountTotal, s.Currency); err != nil {
		return Event{}, fmt.Errorf("session %s of order %s: %w", s.ID, event.OrderID, err)
	}
	if s.PaymentIntent != nil {
		event.PaymentReference = s.PaymentIntent.ID
	}
	return event, nil
}
