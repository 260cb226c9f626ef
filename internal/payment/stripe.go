package payment

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v82"
)

// stripeTimeout bounds one request.
const stripeTimeout = 30 * time.Second

// StripeConfig is a vendor's account with Stripe.
type StripeConfig struct {
	// Key is a secret key (sk_…) or a restricted one (rk_…) that may write
	// Checkout Sessions and Refunds.
	Key string
	// WebhookSecret (whsec_…) belongs to the webhook endpoint that gets the
	// checkout.session events.
	WebhookSecret string
	// URL is where Stripe's API is: empty for Stripe itself, which is right
	// unless a stand-in answers.
	URL string
	// HTTPClient makes the requests; nil for one with a timeout of 30 seconds.
	HTTPClient *http.Client
}

// Stripe is the [Provider] that takes payments on Stripe's hosted Checkout page,
// with the payment methods that the vendor has switched on there.
type Stripe struct {
	client        *stripe.Client
	webhookSecret string
}

// NewStripe checks the configuration without a request. No error repeats a
// secret.
func NewStripe(c StripeConfig) (*Stripe, error) {
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("Stripe: %w", err)
	}

	config := &stripe.BackendConfig{
		HTTPClient:      c.HTTPClient,
		EnableTelemetry: new(false),
		// Errors are returned; its logger writes to the process's own streams.
		LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
		// Callers repeat, and heed their context while they wait; it would not.
		MaxNetworkRetries: new(int64(0)),
	}
	if c.HTTPClient == nil {
		config.HTTPClient = &http.Client{Timeout: stripeTimeout}
	}
	if c.URL != "" {
		config.URL = stripe.String(c.URL)
	}
	backends := &stripe.Backends{API: stripe.GetBackendWithConfig(stripe.APIBackend, config)}
	return &Stripe{
		client:        stripe.NewClient(c.Key, stripe.WithBackends(backends)),
		webhookSecret: c.WebhookSecret,
	}, nil
}

func (c StripeConfig) validate() error {
	isASCII := func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
	}
	switch {
	case strings.HasPrefix(c.Key, "pk_"):
		return errors.New("the key is the publishable one: give the secret key, sk_…, or a restricted one, rk_…")
	case !strings.HasPrefix(c.Key, "sk_") && !strings.HasPrefix(c.Key, "rk_") || !isASCII(c.Key):
		return errors.New("the key must be a secret key, sk_…, or a restricted one, rk_…")
	case !strings.HasPrefix(c.WebhookSecret, "whsec_") || c.WebhookSecret == "whsec_" || !isASCII(c.WebhookSecret):
		return errors.New("the webhook secret must be that of the endpoint, whsec_…")
	case c.URL == "":
		return nil
	}

	u, err := url.Parse(c.URL)
	switch {
	case err != nil || !isWebURL(c.URL):
		return errors.New("the URL must begin with https:// or http:// and a host")
	case u.Scheme == "http" && u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback():
		return errors.New("the URL must be https: the key would cross the network in the clear")
	}
	return nil
}

// Name is "stripe".
func (*Stripe) Name() string { return "stripe" }

// Cancel expires a Checkout Session that is still open.
func (s *Stripe) Cancel(ctx context.Context, reference string) error {
	if err := needReference(reference); err != nil {
		return fmt.Errorf("cancel payment: %w", err)
	}

	_, err := s.client.V1CheckoutSessions.Expire(ctx, reference, nil)
	if err == nil {
		return nil
	}
	err = stripeError(err)
	if !IsPermanent(err) {
		return fmt.Errorf("cancel payment %s: %w", reference, err)
	}

	// Stripe refuses to expire what is not open, and does not say what it is
	// instead.
	session, lookupErr := s.session(ctx, reference)
	switch {
	case lookupErr != nil:
		return fmt.Errorf("cancel payment %s: %w", reference, lookupErr)
	case session.kind() == Expired:
		return nil
	case session.Status == stripe.CheckoutSessionStatusComplete:
		err = refuse(CodePaid, "the payment page is complete")
	}
	return fmt.Errorf("cancel payment %s: %w", reference, err)
}

// Lookup retrieves a Checkout Session.
func (s *Stripe) Lookup(ctx context.Context, reference string) (Event, error) {
	session, err := s.session(ctx, reference)
	if err != nil {
		return Event{}, fmt.Errorf("look up payment %s: %w", reference, err)
	}
	event, err := session.event(session.kind())
	if err != nil {
		return Event{}, fmt.Errorf("look up payment %s: %w", reference, err)
	}
	return event, nil
}
