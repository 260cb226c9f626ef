package payment_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/payment"
)

// TestProvidersRefuse: each provider turns down the same nonsense, before it
// asks anybody.
func TestProvidersRefuse(t *testing.T) {
	t.Parallel()

	stripe, api := stripe(t, script{})
	for _, provider := range []payment.Provider{stripe, dev(t, 1)} {
		t.Run(provider.Name(), func(t *testing.T) {
			t.Parallel()

			for name, change := range map[string]func(*payment.Checkout){
				"no order":              func(c *payment.Checkout) { c.OrderID = "" },
				"a long order":          func(c *payment.Checkout) { c.OrderID = strings.Repeat("o", 201) },
				"nothing to pay":        func(c *payment.Checkout) { c.Amount = 0 },
				"less than nothing":     func(c *payment.Checkout) { c.Amount = -1 },
				"no currency":           func(c *payment.Checkout) { c.Currency = "" },
				"a lower-case currency": func(c *payment.Checkout) { c.Currency = "eur" },
				"a word for a currency": func(c *payment.Checkout) { c.Currency = "EURO" },
				"no return URL":         func(c *payment.Checkout) { c.ReturnURL = "" },
				"a relative return URL": func(c *payment.Checkout) { c.ReturnURL = "/orders" },
				"a script to return to": func(c *payment.Checkout) { c.ReturnURL = "javascript:alert(1)" },
				"a negative attempt":    func(c *payment.Checkout) { c.Attempt = -1 },
			} {
				c := checkout()
				change(&c)
				session, err := provider.Start(t.Context(), c)
				requireRefusal(t, err, payment.CodeInvalid)
				require.Equal(t, payment.Session{}, session, name)
			}

			for _, change := range []func(*payment.Refund){
				func(r *payment.Refund) { r.OrderID = "" },
				func(r *payment.Refund) { r.Reference, r.PaymentReference = "", "" },
				func(r *payment.Refund) { r.Amount = 0 },
				func(r *payment.Refund) { r.Currency = "€" },
			} {
				r := refund()
				change(&r)
				requireRefusal(t, provider.Refund(t.Context(), r), payment.CodeInvalid)
			}

			requireRefusal(t, provider.Cancel(t.Context(), ""), payment.CodeInvalid)
			_, err := provider.Lookup(t.Context(), "")
			requireRefusal(t, err, payment.CodeInvalid)
			require.Empty(t, api.asked())
		})
	}
}

// TestProvidersStop: a call whose context has ended does nothing, and may be
// repeated.
func TestProvidersStop(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	stripe, api := stripe(t, script{})
	for _, provider := range []payment.Provider{stripe, dev(t, 1)} {
		_, startErr := provider.Start(ctx, checkout())
		_, lookupErr := provider.Lookup(ctx, "cs_1")
		for _, err := range []error{
			startErr, lookupErr, provider.Cancel(ctx, "cs_1"), provider.Refund(ctx, refund()),
		} {
			require.ErrorIs(t, err, context.Canceled)
			require.False(t, payment.IsPermanent(err))
		}
	}
	require.Empty(t, api.asked())
}
