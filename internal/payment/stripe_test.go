package payment_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/payment"
)

func TestNewStripe(t *testing.T) {
	t.Parallel()

	valid := payment.StripeConfig{Key: testKey, WebhookSecret: testSecret}
	tests := map[string]struct {
		change func(*payment.StripeConfig)
		want   string // empty for none
	}{
		"secret key":           {func(*payment.StripeConfig) {}, ""},
		"restricted key":       {func(c *payment.StripeConfig) { c.Key = "rk_live_1" }, ""},
		"stand-in":             {func(c *payment.StripeConfig) { c.URL = "http://[::1]:12111" }, ""},
		"stand-in by name":     {func(c *payment.StripeConfig) { c.URL = "http://localhost:12111/" }, ""},
		"https":                {func(c *payment.StripeConfig) { c.URL = "https://stripe.example" }, ""},
		"no key":               {func(c *payment.StripeConfig) { c.Key = "" }, "secret key"},
		"publishable key":      {func(c *payment.StripeConfig) { c.Key = "pk_live_1" }, "publishable"},
		"key with a line end":  {func(c *payment.StripeConfig) { c.Key += "\n" }, "secret key"},
		"no webhook secret":    {func(c *payment.StripeConfig) { c.WebhookSecret = "" }, "webhook secret"},
		"empty webhook secret": {func(c *payment.StripeConfig) { c.WebhookSecret = "whsec_" }, "webhook secret"},
		"swapped":              {func(c *payment.StripeConfig) { c.WebhookSecret = c.Key }, "webhook secret"},
		"plain http":           {func(c *payment.StripeConfig) { c.URL = "http://stripe.example" }, "must be https"},
		"no URL":               {func(c *payment.StripeConfig) { c.URL = "stripe.example" }, "the URL must begin"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := valid
			tt.change(&config)
			provider, err := payment.NewStripe(config)
			if tt.want == "" {
				require.NoError(t, err)
				require.Equal(t, "stripe", provider.Name())
				return
			}
			require.ErrorContains(t, err, tt.want)
			for _, secret := range []string{config.Key, config.WebhookSecret} {
				require.False(t, len(secret) > len("whsec_") && strings.Contains(err.Error(), secret), err)
			}
		})
	}
}

// TestStripeIdempotencyKeys: what is the same payment has the same key, and what
// is not has another.
func TestStripeIdempotencyKeys(t *testing.T) {
	t.Parallel()

	provider, api := stripe(t, script{
		"POST /v1/checkout/sessions": ok(`{"id": "cs_1", "url": "https://checkout.example/1"}`),
		"GET /v1/refunds":            ok(`{"object": "list", "data": []}`),
		"POST /v1/refunds":           ok(`{"id": "re_1", "status": "pending"}`),
	})
	start := func(change func(*payment.Checkout)) request {
		c := checkout()
		change(&c)
		_, err := provider.Start(t.Context(), c)
		require.NoError(t, err)
		asked := api.asked()
		return asked[len(asked)-1]
	}

	first := start(func(*payment.Checkout) {})
	require.NotEmpty(t, first.key)
	require.Equal(t, first, start(func(*payment.Checkout) {}))
	// The same key with another body is what Stripe refuses.
	require.Equal(t, first.key, start(func(c *payment.Checkout) { c.ReturnURL += "&again=1" }).key)

	keys := map[string]bool{first.key: true}
	for _, change := range []func(*payment.Checkout){
		func(c *payment.Checkout) { c.OrderID += "D" },
		func(c *payment.Checkout) { c.Amount++ },
		func(c *payment.Checkout) { c.Currency = "USD" },
		func(c *payment.Checkout) { c.Attempt++ },
	} {
		keys[start(change).key] = true
	}
	require.Len(t, keys, 5)

	for range 2 {
		require.NoError(t, provider.Refund(t.Context(), refund()))
	}
	asked := api.asked()
	again, before := asked[len(asked)-1], asked[len(asked)-3]
	require.Equal(t, "POST /v1/refunds", again.call)
	require.Equal(t, before, again)
	require.False(t, keys[again.key], "a refund with the key of a payment")
}

func TestStripeErrors(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		answer    answer
		code      string
		permanent bool
	}{
		"too small":         {refused(400, "invalid_request_error", "amount_too_small"), "amount_too_small", true},
		"no code":           {refused(400, "invalid_request_error", ""), "invalid_request_error", true},
		"other parameters":  {refused(400, "idempotency_error", ""), "idempotency_error", true},
		"declined":          {refused(402, "card_error", "card_declined"), "card_declined", true},
		"not found":         {refused(404, "invalid_request_error", "resource_missing"), "resource_missing", true},
		"wrong key":         {refused(401, "invalid_request_error", ""), "invalid_request_error", false},
		"expired key":       {refused(401, "invalid_request_error", "api_key_expired"), "api_key_expired", false},
		"key may not":       {refused(403, "invalid_request_error", "more_permissions_required"), "more_permissions_required", false},
		"no funds":          {refused(400, "invalid_request_error", "balance_insufficient"), "balance_insufficient", false},
		"key in use":        {refused(409, "idempotency_error", "idempotency_key_in_use"), "idempotency_key_in_use", false},
		"rate limit":        {refused(429, "invalid_request_error", "rate_limit"), "rate_limit", false},
		"locked":            {refused(400, "invalid_request_error", "lock_timeout"), "lock_timeout", false},
		"their failure":     {refused(500, "api_error", ""), "api_error", false},
		"not to be reached": {answer{503, "<html>Back soon</html>"}, "", false},
		"another server":    {answer{200, "<html>Hotel Wi-Fi</html>"}, "", false},
		"another refusal":   {answer{404, "<html>Not here</html>"}, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			provider, api := stripe(t, script{
				"POST /v1/checkout/sessions":     tt.answer,
				"GET /v1/checkout/sessions/cs_1": tt.answer,
				"GET /v1/refunds":                tt.answer,
			})
			_, startErr := provider.Start(t.Context(), checkout())
			_, lookupErr := provider.Lookup(t.Context(), "cs_1")
			for _, err := range []error{startErr, lookupErr, provider.Refund(t.Context(), refund())} {
				var refusal *payment.Error
				require.ErrorAs(t, err, &refusal)
				require.Equal(t, tt.code, refusal.Code)
				require.Equal(t, tt.permanent, refusal.Permanent)
				require.Equal(t, tt.permanent, payment.IsPermanent(fmt.Errorf("wrapped: %w", err)))
				require.NotContains(t, err.Error(), testKey)
				if tt.code != "" {
					require.Equal(t, "req_1", refusal.RequestID)
					require.ErrorContains(t, err, "Stripe: No, because. ("+tt.code+", request req_1)")
				}
			}
			require.ErrorContains(t, startErr, "start payment of order "+checkout().OrderID)
			require.Len(t, api.asked(), 3, "asked again instead of leaving it to the caller")
		})
	}
}

func TestStripeUnreachable(t *testing.T) {
	t.Parallel()

	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	provider, err := payment.NewStripe(payment.StripeConfig{Key: testKey, WebhookSecret: testSecret, URL: gone.URL})
	require.NoError(t, err)
	_, err = provider.Start(t.Context(), checkout())
	require.Error(t, err)
	require.False(t, payment.IsPermanent(err))
}

// TestStripeCancelled: a call ends with its context, while Stripe thinks.
func TestStripeCancelled(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(t.Context())
	provider, api := stripe(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	_, err := provider.Start(ctx, checkout())
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, payment.IsPermanent(err))
	require.Len(t, api.asked(), 1)
}

func TestStripeCancel(t *testing.T) {
	t.Parallel()

	const expire, retrieve = "POST /v1/checkout/sessions/cs_1/expire", "GET /v1/checkout/sessions/cs_1"
	notOpen := refused(400, "invalid_request_error", "")
	tests := map[string]struct {
		script script
		code   string // empty for success
	}{
		"open":           {script{expire: ok(`{"id": "cs_1", "status": "expired"}`)}, ""},
		"expired before": {script{expire: notOpen, retrieve: ok(`{"id": "cs_1", "status": "expired"}`)}, ""},
		"complete":       {script{expire: notOpen, retrieve: ok(`{"id": "cs_1", "status": "complete"}`)}, payment.CodePaid},
		"complete, and the bank said no": {
			script{expire: notOpen, retrieve: ok(`{"id": "cs_1", "status": "complete", "payment_status": "unpaid",
				"payment_intent": {"id": "pi_1", "status": "requires_payment_method"}}`)}, "",
		},
		"open and refused": {
			script{expire: notOpen, retrieve: ok(`{"id": "cs_1", "status": "open"}`)}, "invalid_request_error",
		},
		"unknown": {
			script{
				expire:   refused(404, "invalid_request_error", "resource_missing"),
				retrieve: refused(404, "invalid_request_error", "resource_missing"),
			}, "resource_missing",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			provider, _ := stripe(t, tt.script)
			err := provider.Cancel(t.Context(), "cs_1")
			if tt.code == "" {
				require.NoError(t, err)
				return
			}
			requireRefusal(t, err, tt.code)
		})
	}

	t.Run("their failure", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, script{expire: refused(500, "api_error", "")})
		err := provider.Cancel(t.Context(), "cs_1")
		require.Error(t, err)
		require.False(t, payment.IsPermanent(err))
		require.Equal(t, []string{expire}, api.calls())
	})
}

func TestStripeLookup(t *testing.T) {
	t.Parallel()

	// session is what Stripe says; the payment intent is expanded.
	session := func(status, paymentStatus, intent string) answer {
		return ok(`{"id": "cs_1", "object": "checkout.session", "status": "` + status +
			`", "payment_status": "` + paymentStatus + `", "amount_total": 50000, "currency": "isk",
			"metadata": {"order_id": "ord_1"}, "payment_intent": ` + intent + `}`)
	}
	intent := func(status string) string {
		return `{"id": "pi_1", "object": "payment_intent", "status": "` + status + `"}`
	}
	about := func(kind payment.Kind) payment.Event {
		return payment.Event{Kind: kind, OrderID: "ord_1", Reference: "cs_1"}
	}
	paid := about(payment.Completed)
	paid.PaymentReference, paid.Amount, paid.Currency = "pi_1", 500, "ISK"

	tests := map[string]struct {
		answer answer
		want   payment.Event
	}{
		"open":                  {session("open", "unpaid", "null"), about(payment.Ignored)},
		"a card was declined":   {session("open", "unpaid", intent("requires_payment_method")), about(payment.Ignored)},
		"paid":                  {session("complete", "paid", intent("succeeded")), paid},
		"expired":               {session("expired", "unpaid", "null"), about(payment.Expired)},
		"the bank takes days":   {session("complete", "unpaid", intent("processing")), about(payment.Ignored)},
		"the bank said no":      {session("complete", "unpaid", intent("requires_payment_method")), about(payment.Expired)},
		"the payment was ended": {session("complete", "unpaid", intent("canceled")), about(payment.Expired)},
		"of another business": {
			ok(`{"id": "cs_1", "status": "complete", "payment_status": "paid", "client_reference_id": "ord_1"}`),
			payment.Event{Kind: payment.Ignored, Reference: "cs_1"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			provider, _ := stripe(t, script{"GET /v1/checkout/sessions/cs_1": tt.answer})
			event, err := provider.Lookup(t.Context(), "cs_1")
			require.NoError(t, err)
			require.Equal(t, tt.want, event)
		})
	}
}

func TestStripeRefund(t *testing.T) {
	t.Parallel()

	const retrieve, list, create = "GET /v1/checkout/sessions/cs_test_1", "GET /v1/refunds", "POST /v1/refunds"
	// earlier is the list of refunds that the payment has already.
	earlier := func(order, status string, amount int) answer {
		return ok(fmt.Sprintf(`{"object": "list", "has_more": false, "data": [{"id": "re_0", "status": %q,
			"amount": %d, "currency": "eur", "metadata": {"order_id": %q}}]}`, status, amount, order))
	}
	order := refund().OrderID
	none := ok(`{"object": "list", "data": []}`)
	succeeded := ok(`{"id": "re_1", "status": "succeeded"}`)
	tests := map[string]struct {
		script script
		calls  []string
		code   string // empty for success
	}{
		"first":   {script{list: none, create: succeeded}, []string{list, create}, ""},
		"pending": {script{list: none, create: ok(`{"id": "re_1", "status": "pending"}`)}, []string{list, create}, ""},
		"done weeks ago": {
			script{list: earlier(order, "succeeded", 123450)}, []string{list}, "",
		},
		"done, and on its way": {
			script{list: earlier(order, "pending", 123450)}, []string{list}, "",
		},
		"done with another amount": {
			script{list: earlier(order, "succeeded", 1000)}, []string{list}, payment.CodeRefunded,
		},
		"tried before, and failed": {
			script{list: earlier(order, "failed", 123450), create: succeeded}, []string{list, create}, "",
		},
		"a goodwill refund by hand": {
			script{list: earlier("", "succeeded", 1000), create: succeeded}, []string{list, create}, "",
		},
		"all of it by hand": {
			script{
				list:   earlier("", "succeeded", 123450),
				create: refused(400, "invalid_request_error", "charge_already_refunded"),
			}, []string{list, create}, "",
		},
		"disputed": {
			script{list: none, create: refused(400, "invalid_request_error", "charge_disputed")},
			[]string{list, create},
			"charge_disputed",
		},
		"failed": {
			script{list: none, create: ok(`{"id": "re_1", "status": "failed", "failure_reason": "expired_or_canceled_card"}`)},
			[]string{list, create},
			payment.CodeRefundFails,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			provider, api := stripe(t, tt.script)
			err := provider.Refund(t.Context(), refund())
			require.Equal(t, tt.calls, api.calls())
			if tt.code == "" {
				require.NoError(t, err)
				return
			}
			requireRefusal(t, err, tt.code)
		})
	}

	t.Run("by the session alone", func(t *testing.T) {
		t.Parallel()
		provider, api := stripe(t, script{
			retrieve: ok(`{"id": "cs_test_1", "payment_status": "paid", "payment_intent": {"id": "pi_9"}}`),
			list:     none, create: succeeded,
		})
		r := refund()
		r.PaymentReference = ""
		require.NoError(t, provider.Refund(t.Context(), r))
		require.Equal(t, []string{retrieve, list, create}, api.calls())
		require.Equal(t, "pi_9", api.asked()[2].form.Get("payment_intent"))
	})

	t.Run("no funds", func(t *testing.T) {
		t.Parallel()
		provider, _ := stripe(t, script{
			list: none, create: refused(400, "invalid_request_error", "balance_insufficient"),
		})
		err := provider.Refund(t.Context(), refund())
		require.Error(t, err)
		require.False(t, payment.IsPermanent(err))
	})
}
