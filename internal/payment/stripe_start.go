package payment

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v82"
)

const (
	// maxStripeText is what Stripe takes as the description of a payment, in
	// characters.
	maxStripeText = 1000
	// metadataOrder is where a session of ours names its order. It is not the
	// client reference, which a payer can set in the URL of a payment link.
	metadataOrder = "order_id"
)

// Start opens a Checkout Session. Stripe remembers the first answer for at
// least 24 hours, as long as the page can be open.
func (s *Stripe) Start(ctx context.Context, c Checkout) (Session, error) {
	params, err := sessionParams(c)
	if err != nil {
		return Session{}, fmt.Errorf("start payment of order %s: %w", c.OrderID, err)
	}

	opened, err := s.client.V1CheckoutSessions.Create(ctx, params)
	if err != nil {
		return Session{}, fmt.Errorf("start payment of order %s: %w", c.OrderID, stripeError(err))
	}
	return Session{
		Provider:  s.Name(),
		Reference: opened.ID,
		URL:       opened.URL,
		ExpiresAt: time.Unix(opened.ExpiresAt, 0).UTC(),
	}, nil
}

func sessionParams(c Checkout) (*stripe.CheckoutSessionCreateParams, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	amount, err := toStripe(c.Amount, c.Currency)
	if err != nil {
		return nil, err
	}

	number := c.OrderNumber
	if number == "" {
		number = c.OrderID
	}
	title := "Order " + number
	summary := title
	product := &stripe.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: stripe.String(shorten(title))}
	if c.Description != "" {
		product.Description = stripe.String(shorten(c.Description))
		summary += ": " + c.Description
	}

	metadata := map[string]string{metadataOrder: c.OrderID}
	params := &stripe.CheckoutSessionCreateParams{
		Mode:              stripe.String(stripe.CheckoutSessionModePayment),
		ClientReferenceID: stripe.String(c.OrderID),
		Metadata:          metadata,
		SuccessURL:        stripe.String(c.ReturnURL),
		CancelURL:         stripe.String(c.ReturnURL),
		LineItems: []*stripe.CheckoutSessionCreateLineItemParams{{
			Quantity: new(int64(1)),
			PriceData: &stripe.CheckoutSessionCreateLineItemPriceDataParams{
				Currency:    stripe.String(strings.ToLower(c.Currency)),
				UnitAmount:  new(amount),
				ProductData: product,
			},
		}},
		PaymentIntentData: &stripe.CheckoutSessionCreatePaymentIntentDataParams{
			Description: stripe.String(shorten(summary)),
			Metadata:    metadata,
		},
		// The order has one currency, and is refunded in it.
		AdaptivePricing: &stripe.CheckoutSessionCreateAdaptivePricingParams{Enabled: new(false)},
	}
	if c.CustomerEmail != "" {
		params.CustomerEmail = stripe.String(c.CustomerEmail)
	}
	if !c.ExpiresAt.IsZero() {
		params.ExpiresAt = new(c.ExpiresAt.Unix())
	}
	params.SetIdempotencyKey(fmt.Sprintf("checkout-%s-%d-%d%s", c.OrderID, c.Attempt, c.Amount, c.Currency))
	return params, nil
}

// shorten cuts a text that Stripe would refuse for its length.
func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= maxStripeText {
		return text
	}
	return string(runes[:maxStripeText-1]) + "…"
}
