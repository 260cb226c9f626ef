package payment_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v82/webhook"

	"github.com/resell-cli/resell/internal/payment"
)

// event is a webhook's body as Stripe writes it, by an endpoint of an old
// version of the API.
func event(t *testing.T, kind string, session map[string]any) []byte {
	t.Helper()
	payload, err := json.Marshal(map[string]any{
		"id": "evt_1", "object": "event", "api_version": "2019-12-03", "type": kind, "livemode": false,
		"data": map[string]any{"object": session},
	})
	require.NoError(t, err)
	return payload
}

// paidSession is a session of ours as it stands in an event.
func paidSession() map[string]any {
	return map[string]any{
		"id": "cs_test_1", "object": "checkout.session", "status": "complete", "payment_status": "paid",
		"payment_intent": "pi_1", "amount_total": 123450, "currency": "eur", "client_reference_id": "ord_1",
		"metadata": map[string]any{"order_id": "ord_1"},
		// What other versions write in another shape is none of our business.
		"total_details": "none", "shipping_options": map[string]any{}, "discounts": 7,
	}
}

// header signs payload with secret, ago before now.
func header(payload []byte, secret string, ago time.Duration) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{
		Payload: payload, Secret: secret, Timestamp: time.Now().Add(-ago),
	}).Header
}

func TestStripeWebhook(t *testing.T) {
	t.Parallel()

	paid := payment.Event{
		Kind: payment.Completed, ID: "evt_1", OrderID: "ord_1", Reference: "cs_test_1",
		PaymentReference: "pi_1", Amount: 123450, Currency: "EUR",
	}
	over := payment.Event{Kind: payment.Expired, ID: "evt_1", OrderID: "ord_1", Reference: "cs_test_1"}
	pending := payment.Event{Kind: payment.Ignored, ID: "evt_1", OrderID: "ord_1", Reference: "cs_test_1"}
	foreign := payment.Event{Kind: payment.Ignored, ID: "evt_1", Reference: "cs_test_1"}
	nothing := payment.Event{Kind: payment.Ignored, ID: "evt_1"}

	tests := map[string]struct {
		kind   string
		change map[string]any
		want   payment.Event
	}{
		"paid":                    {"checkout.session.completed", nil, paid},
		"to be paid by the bank":  {"checkout.session.completed", map[string]any{"payment_status": "unpaid"}, pending},
		"no payment was needed":   {"checkout.session.completed", map[string]any{"payment_status": "no_payment_required"}, pending},
		"paid by the bank":        {"checkout.session.async_payment_succeeded", nil, paid},
		"not paid by the bank":    {"checkout.session.async_payment_failed", map[string]any{"payment_status": "unpaid"}, over},
		"expired":                 {"checkout.session.expired", map[string]any{"payment_status": "unpaid", "status": "expired"}, over},
		"in thousandths":          {"checkout.session.completed", map[string]any{"amount_total": 12340, "currency": "kwd"}, with(paid, 12340, "KWD")},
		"in hundredths of króna":  {"checkout.session.completed", map[string]any{"amount_total": 50000, "currency": "isk"}, with(paid, 500, "ISK")},
		"in yen":                  {"checkout.session.completed", map[string]any{"amount_total": 500, "currency": "jpy"}, with(paid, 500, "JPY")},
		"of another business":     {"checkout.session.completed", map[string]any{"metadata": map[string]any{}}, foreign},
		"without metadata":        {"checkout.session.completed", map[string]any{"metadata": nil}, foreign},
		"of a kind we know not":   {"checkout.session.levitated", nil, nothing},
		"of another object":       {"invoice.paid", map[string]any{"metadata": []string{"not", "a", "map"}}, nothing},
		"expanded payment intent": {"checkout.session.completed", map[string]any{"payment_intent": map[string]any{"id": "pi_1"}}, paid},
	}
	provider, api := stripe(t, script{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session := paidSession()
			maps.Copy(session, tt.change)
			payload := event(t, tt.kind, session)
			got, err := provider.Webhook(payload, header(payload, testSecret, time.Minute))
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			require.Empty(t, api.asked())
		})
	}
}

func with(e payment.Event, amount int64, currency string) payment.Event {
	e.Amount, e.Currency = amount, currency
	return e
}

func TestStripeWebhookSignature(t *testing.T) {
	t.Parallel()

	payload := event(t, "checkout.session.completed", paidSession())
	tampered := []byte(strings.Replace(string(payload), "123450", "000001", 1))
	require.NotEqual(t, payload, tampered)
	good := header(payload, testSecret, 0)
	stamp, _, _ := strings.Cut(good, ",")

	tests := map[string]struct {
		payload []byte
		header  string
		refused bool
	}{
		"signed":                   {payload, good, false},
		"signed four minutes ago":  {payload, header(payload, testSecret, 4*time.Minute), false},
		"signed by two secrets":    {payload, good + ",v1=" + strings.Repeat("00", 32), false},
		"tampered":                 {tampered, good, true},
		"a byte more":              {append(slices.Clip(payload), ' '), good, true},
		"signed six minutes ago":   {payload, header(payload, testSecret, 6*time.Minute), true},
		"with a newer time":        {payload, "t=99999999999," + strings.TrimPrefix(good, stamp+","), true},
		"with another secret":      {payload, header(payload, "whsec_other", 0), true},
		"with no secret":           {payload, header(payload, "", 0), true},
		"in an old scheme":         {payload, strings.Replace(good, "v1=", "v0=", 1), true},
		"without a signature":      {payload, stamp, true},
		"without a header":         {payload, "", true},
		"with nonsense":            {payload, "Bearer " + testSecret, true},
		"nothing, signed before":   {nil, good, true},
		"nonsense, never signed":   {[]byte("{"), stamp + ",v1=zz", true},
		"with the time alone":      {payload, "t=,v1=", true},
		"with a signature of none": {payload, stamp + ",v1=", true},
	}
	provider, _ := stripe(t, script{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := provider.Webhook(tt.payload, tt.header)
			if !tt.refused {
				require.NoError(t, err)
				require.Equal(t, payment.Completed, got.Kind)
				return
			}
			require.ErrorIs(t, err, payment.ErrSignature)
			require.Equal(t, payment.Event{}, got)
			require.NotContains(t, err.Error(), testSecret)
		})
	}
}

// TestStripeWebhookPayload: signed, and still not what we know.
func TestStripeWebhookPayload(t *testing.T) {
	t.Parallel()

	provider, _ := stripe(t, script{})
	tests := map[string]struct{ payload, code string }{
		"not JSON":       {`{"id": "evt_1"`, payment.CodePayload},
		"another type":   {`{"id": 7}`, payment.CodePayload},
		"no session":     {`{"id": "evt_1", "type": "checkout.session.completed", "data": {"object": []}}`, payment.CodePayload},
		"a long amount":  {sessionEvent(`"amount_total": 1e400, "currency": "eur"`), payment.CodePayload},
		"parts of a yen": {sessionEvent(`"amount_total": 12345, "currency": "isk"`), payment.CodeAmount},
		"dinars":         {sessionEvent(`"amount_total": 12340, "currency": "iqd"`), payment.CodeCurrency},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			payload := []byte(tt.payload)
			_, err := provider.Webhook(payload, header(payload, testSecret, 0))
			requireRefusal(t, err, tt.code)
			require.NotErrorIs(t, err, payment.ErrSignature)
		})
	}

	for _, body := range []string{`{}`, `null`, `{"id": "evt_1", "type": "checkout.session.completed"}`} {
		got, err := provider.Webhook([]byte(body), header([]byte(body), testSecret, 0))
		require.NoError(t, err, body)
		require.Equal(t, payment.Ignored, got.Kind, body)
	}
}

func sessionEvent(fields string) string {
	return `{"id": "evt_1", "type": "checkout.session.completed", "data": {"object": {"id": "cs_1",
		"payment_status": "paid", "metadata": {"order_id": "ord_1"}, ` + fields + `}}}`
}
