package payment

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestStripeAmount(t *testing.T) {
	t.Parallel()

	tests := []struct {
		amount   int64
		currency string
		want     int64
		code     string // empty for none
	}{
		{123450, "EUR", 123450, ""},
		{1, "USD", 1, ""},
		{500, "JPY", 500, ""},
		{500, "ISK", 50000, ""},
		{500, "UGX", 50000, ""},
		{12345, "HUF", 12345, ""}, // whole forints are for payouts
		{12345, "TWD", 12345, ""},
		{50000, "MGA", 500, ""}, // two digits by ISO 4217, none with Stripe
		{50050, "MGA", 0, CodeAmount},
		{12340, "KWD", 12340, ""},
		{12345, "KWD", 0, CodeAmount},
		{12341, "TND", 0, CodeAmount},
		{1000, "IQD", 0, CodeCurrency},
		{1000, "LYD", 0, CodeCurrency},
		{1000, "UYI", 0, CodeCurrency},
		{math.MaxInt64, "EUR", math.MaxInt64, ""},
		{math.MaxInt64 / 100, "ISK", math.MaxInt64 / 100 * 100, ""},
		{math.MaxInt64/100 + 1, "ISK", 0, CodeAmount},
	}
	for _, tt := range tests {
		got, err := toStripe(tt.amount, tt.currency)
		if tt.code != "" {
			var refusal *Error
			require.ErrorAs(t, err, &refusal, tt)
			require.Equal(t, tt.code, refusal.Code, tt)
			require.True(t, refusal.Permanent)
			require.ErrorContains(t, err, tt.currency)
			continue
		}
		require.NoError(t, err, tt)
		require.Equal(t, tt.want, got, tt)
	}
}

// TestStripeAmountBack: what Stripe was told comes back as what it was.
func TestStripeAmountBack(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom([]string{
			"EUR", "USD", "HUF", "TWD", "JPY", "KRW", "ISK", "UGX", "MGA", "BHD", "JOD", "KWD", "OMR", "TND",
		}).Draw(t, "currency")
		amount := rapid.Int64Min(1).Draw(t, "amount")
		theirs, err := toStripe(amount, currency)
		if err != nil {
			return
		}
		back, code, err := fromStripe(theirs, strings.ToLower(currency))
		require.NoError(t, err)
		require.Equal(t, amount, back)
		require.Equal(t, currency, code)
	})
}

// TestStripeDecimals: a currency without its two digits is either one that
// Stripe documents or refused, and none changes by more than Stripe says.
func TestStripeDecimals(t *testing.T) {
	t.Parallel()

	differs := map[string]bool{"ISK": true, "UGX": true, "MGA": true}
	var refused []string
	for code := range allCodes() {
		theirs, err := stripeDecimals(code)
		if err != nil {
			require.NotEqual(t, 2, licensing.Decimals(code), code)
			refused = append(refused, code)
			continue
		}
		require.Equal(t, differs[code], theirs != licensing.Decimals(code), code)
	}
	require.Equal(t, []string{"IQD", "LYD", "UYI"}, refused)
}

// allCodes yields every three letters, in order.
func allCodes() func(func(string) bool) {
	return func(yield func(string) bool) {
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				for c := 'A'; c <= 'Z'; c++ {
					if !yield(string([]rune{a, b, c})) {
						return
					}
				}
			}
		}
	}
}
