package payment_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/payment"
)

// TestStripeAPI sends every request of the package past Stripe's own stand-in.
func TestStripeAPI(t *testing.T) {
	t.Parallel()
	mock := stripeMock(t)

	t.Run("the stand-in refuses what Stripe would", func(t *testing.T) {
		t.Parallel()
		for _, form := range []string{"mode=cash", "made_up=1", "line_items[0][quantity]=many"} {
			r := httptest.NewRequest(http.MethodPost, "/v1/checkout/sessions", strings.NewReader(form))
			r.Header.Set("Authorization", "Bearer "+testKey)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			mock.ServeHTTP(w, r)
			require.Equal(t, http.StatusBadRequest, w.Code, form)
		}
	})

	t.Run("start", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		c := checkout()
		session, err := provider.Start(t.Context(), c)
		require.NoError(t, err)
		require.Equal(t, "stripe", session.Provider)
		require.Regexp(t, `^cs_test_\w+$`, session.Reference)
		require.Regexp(t, `^https://checkout\.stripe\.com/`, session.URL)
		require.True(t, session.ExpiresAt.Equal(c.ExpiresAt), session.ExpiresAt)
		require.Equal(t, time.UTC, session.ExpiresAt.Location())

		require.Len(t, api.asked(), 1)
		asked := api.asked()[0]
		require.Equal(t, "POST /v1/checkout/sessions", asked.call)
		require.Equal(t, url.Values{
			"mode":                {"payment"},
			"client_reference_id": {c.OrderID},
			"metadata[order_id]":  {c.OrderID},
			"customer_email":      {c.CustomerEmail},
			"success_url":         {c.ReturnURL},
			"cancel_url":          {c.ReturnURL},
			"expires_at":          {"1795339800"},

			"line_items[0][quantity]":                              {"1"},
			"line_items[0][price_data][currency]":                  {"eur"},
			"line_items[0][price_data][unit_amount]":               {"123450"},
			"line_items[0][price_data][product_data][name]":        {"Order 2026-000017"},
			"line_items[0][price_data][product_data][description]": {c.Description},

			"payment_intent_data[metadata][order_id]": {c.OrderID},
			"payment_intent_data[description]":        {"Order 2026-000017: " + c.Description},
			"adaptive_pricing[enabled]":               {"false"},
		}, asked.form)
	})

	t.Run("start with the least there can be", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		_, err := provider.Start(t.Context(), payment.Checkout{
			OrderID: "ord_1", Amount: 500, Currency: "ISK", ReturnURL: "http://localhost:8080/",
		})
		require.NoError(t, err)
		form := api.asked()[0].form
		require.Equal(t, "50000", form.Get("line_items[0][price_data][unit_amount]"))
		require.Equal(t, "Order ord_1", form.Get("line_items[0][price_data][product_data][name]"))
		for _, absent := range []string{"expires_at", "customer_email", "line_items[0][price_data][product_data][description]"} {
			require.NotContains(t, form, absent)
		}
	})

	t.Run("start with more text than Stripe takes", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		c := checkout()
		c.Description = strings.Repeat("ü", 2000)
		_, err := provider.Start(t.Context(), c)
		require.NoError(t, err)
		text := api.asked()[0].form.Get("payment_intent_data[description]")
		require.Len(t, []rune(text), 1000)
		require.True(t, strings.HasSuffix(text, "ü…"))
	})

	t.Run("lookup", func(t *testing.T) {
		t.Parallel()
		provider, _ := stripe(t, mock)
		event, err := provider.Lookup(t.Context(), "cs_test_1")
		require.NoError(t, err)
		require.Equal(t, payment.Event{Kind: payment.Ignored, Reference: "cs_test_1"}, event)
	})

	t.Run("cancel", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		require.NoError(t, provider.Cancel(t.Context(), "cs_test_1"))
		require.Equal(t, []string{"POST /v1/checkout/sessions/cs_test_1/expire"}, api.calls())
	})

	t.Run("refund", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		r := refund()
		require.NoError(t, provider.Refund(t.Context(), r))
		require.Equal(t, []string{"GET /v1/refunds", "POST /v1/refunds"}, api.calls())
		require.Equal(t, url.Values{
			"payment_intent":     {"pi_1"},
			"amount":             {"123450"},
			"reason":             {"requested_by_customer"},
			"metadata[order_id]": {r.OrderID},
		}, api.asked()[1].form)
	})

	t.Run("refund of a page that was never paid", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, mock)
		r := refund()
		r.PaymentReference = ""
		err := provider.Refund(t.Context(), r)
		requireRefusal(t, err, payment.CodeUnpaid)
		require.Equal(t, []string{"GET /v1/checkout/sessions/cs_test_1"}, api.calls())
	})
}

// requireRefusal wants a refusal for good with this code.
func requireRefusal(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *payment.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, code, refusal.Code, err)
	require.True(t, payment.IsPermanent(err), err)
}
