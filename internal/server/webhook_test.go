package server_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
)

const webhookSecret = "whsec_of_a_test"

// withStripe is a server that takes cards with Stripe's client; a stand-in answers.
func withStripe(t *testing.T) *running {
	t.Helper()
	stand := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"id":"cs_1","url":"https://checkout.example.com/cs_1","expires_at":%d}`, time.Now().Add(time.Hour).Unix())
	}))
	t.Cleanup(stand.Close)
	stripe, err := payment.NewStripe(payment.StripeConfig{Key: "sk_test_1", WebhookSecret: webhookSecret, URL: stand.URL})
	require.NoError(t, err)
	return setupWith(t, func(c *daemon.Config) { c.Payments, c.PublicURL = stripe, "https://licensing.example.com" })
}

// event is what Stripe sends when an order's page has come to its end.
func event(kind, order string, amount int64) string {
	return fmt.Sprintf(`{"id":"evt_1","object":"event","type":"checkout.session.%s","data":{"object":{"id":"cs_1","status":"complete",
		"payment_status":"paid","payment_intent":"pi_1","amount_total":%d,"currency":"eur","metadata":{"order_id":%q}}}}`, kind, amount, order)
}

func sign(payload, secret string) string {
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "." + payload))
	return "t=" + at + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

func (r *running) tell(payload, secret string) int {
	r.t.Helper()
	response, _ := r.send(http.MethodPost, "/v1/webhooks/stripe", payload, "Authorization", "", "Stripe-Signature", sign(payload, secret))
	return response.StatusCode
}

func (r *running) orderByCard() api.Order {
	r.t.Helper()
	response, text := r.send(http.MethodPost, "/v1/licenses", `{"product":"office-suite","term":"full:1","quantity":2,"pay":"card"}`, "Idempotency-Key", rand.Text())
	require.Equal(r.t, http.StatusCreated, response.StatusCode, "%s", text)
	var bought api.Purchase
	require.NoError(r.t, json.Unmarshal(text, &bought))
	require.Empty(r.t, bought.Licenses)
	require.Equal(r.t, []string{"pending", "https://checkout.example.com/cs_1"}, []string{bought.Order.State, bought.Order.PaymentURL})
	return *bought.Order
}

func (r *running) stateOf(order string) string {
	r.t.Helper()
	_, text := r.send(http.MethodGet, "/v1/orders/"+order, "")
	var o api.Order
	require.NoError(r.t, json.Unmarshal(text, &o))
	return o.State
}

func TestStripeWebhook(t *testing.T) {
	t.Parallel()
	r := withStripe(t)
	order := r.orderByCard()
	paid := event("completed", order.ID, order.Amount)

	// Whoever is not Stripe is refused.
	require.Equal(t, http.StatusBadRequest, r.tell(paid, "whsec_of_another"))
	r.refused(http.StatusBadRequest, licensing.CodeInvalidRequest, http.MethodPost, "/v1/webhooks/stripe", paid)
	r.refused(http.StatusBadRequest, licensing.CodeInvalidRequest, http.MethodPost, "/v1/webhooks/stripe", strings.Repeat("x", 2<<20))
	r.refused(http.StatusMethodNotAllowed, licensing.CodeMethodNotAllowed, http.MethodGet, "/v1/webhooks/stripe", "")
	require.Equal(t, "pending", r.stateOf(order.ID))

	require.Equal(t, http.StatusOK, r.tell(event("async_payment_pending", order.ID, 1), webhookSecret))
	require.Equal(t, "pending", r.stateOf(order.ID))
	require.Equal(t, http.StatusOK, r.tell(paid, webhookSecret))
	require.Equal(t, "processed", r.stateOf(order.ID))
	require.Equal(t, http.StatusOK, r.tell(paid, webhookSecret), "Stripe tells everything more than once")
	require.Equal(t, http.StatusOK, r.tell(event("completed", "ord_elsewhere", 1), webhookSecret), "of another installation")

	other := r.orderByCard()
	require.Equal(t, http.StatusOK, r.tell(event("expired", other.ID, 0), webhookSecret))
	require.Equal(t, "cancelled", r.stateOf(other.ID))
	require.NotContains(t, r.log.String(), webhookSecret)
	require.NotContains(t, r.log.String(), "checkout.example.com")
}

// Where the provider brings its own page there is none here, but one to come back to.
func TestPagesOfPayment(t *testing.T) {
	t.Parallel()
	r := withStripe(t)
	response, text := r.send(http.MethodGet, "/paid", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, string(text), "You can close this page.")
	response, _ = r.send(http.MethodGet, "/pay/secret", "")
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	require.Contains(t, response.Header.Get("Content-Type"), "text/html")

	without := setup(t, 0)
	without.refused(http.StatusNotFound, licensing.CodeRouteNotFound, http.MethodPost, "/v1/webhooks/stripe", "{}")
}
