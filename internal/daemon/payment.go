package daemon

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/resell-cli/resell/internal/payment"
)

// newPayments is the provider of card payments that serve is to use; nil for none.
func newPayments(o serveOptions) (payment.Provider, error) {
	if o.stripeKey == "" && o.stripeWebhookSecret == "" {
		return nil, nil //nolint:nilnil // no cards are taken
	}
	switch {
	case o.stripeKey == "" || o.stripeWebhookSecret == "":
		return nil, errors.New("--stripe-key and --stripe-webhook-secret go together")
	case o.publicURL == "":
		return nil, errors.New("--stripe-key needs --public-url: payers come back there")
	}
	key, err := secretOf(o.stripeKey)
	if err != nil {
		return nil, fmt.Errorf("--stripe-key: %w", err)
	}
	secret, err := secretOf(o.stripeWebhookSecret)
	if err != nil {
		return nil, fmt.Errorf("--stripe-webhook-secret: %w", err)
	}
	return payment.NewStripe(payment.StripeConfig{Key: key, WebhookSecret: secret})
}

// secretOf reads a secret that is given as it is, or as @FILE.
func secretOf(given string) (string, error) {
	file, ok := strings.CutPrefix(given, "@")
	if !ok {
		return given, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(text)), nil
}

// DevPayments takes payments on reselld's own page below a URL, and moves no money.
func DevPayments(base string) (payment.Provider, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	return payment.NewDev(base, key)
}
