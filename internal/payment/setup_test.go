package payment_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-mock/embedded"
	"github.com/stripe/stripe-mock/server"

	"github.com/resell-cli/resell/internal/payment"
)

const (
	testKey    = "sk_test_123"
	testSecret = "whsec_test"
)

// checkout is an order like any other.
func checkout() payment.Checkout {
	return payment.Checkout{
		OrderID:       "ord_01K4ZQ8M3V7N5X2R6T9W1Y0ABC",
		OrderNumber:   "2026-000017",
		Description:   "Acme Guard, 25 seats, 1 year",
		CustomerEmail: "billing@nord.example",
		Amount:        123450,
		Currency:      "EUR",
		ReturnURL:     "https://licensing.example/orders/ord_01K4ZQ8M3V7N5X2R6T9W1Y0ABC?from=card",
		ExpiresAt:     time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
	}
}

// refund is that of checkout.
func refund() payment.Refund {
	return payment.Refund{
		Reference: "cs_test_1", PaymentReference: "pi_1",
		OrderID: checkout().OrderID, Amount: checkout().Amount, Currency: checkout().Currency,
	}
}

// stand is an HTTP server in Stripe's place that keeps what it was asked.
type stand struct {
	handler  http.Handler
	mu       sync.Mutex
	requests []request
}

type request struct {
	call string // such as "POST /v1/refunds"
	key  string // Idempotency-Key
	form url.Values
}

// stripe returns a provider that talks to handler, and the server between them.
func stripe(t *testing.T, handler http.Handler) (*payment.Stripe, *stand) {
	t.Helper()

	s := &stand{handler: handler}
	api := httptest.NewServer(s)
	t.Cleanup(api.Close)
	provider, err := payment.NewStripe(payment.StripeConfig{Key: testKey, WebhookSecret: testSecret, URL: api.URL})
	require.NoError(t, err)
	return provider, s
}

func (s *stand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Authorization") != "Bearer "+testKey {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	form, _ := url.ParseQuery(string(body))

	s.mu.Lock()
	s.requests = append(s.requests, request{
		call: r.Method + " " + r.URL.Path, key: r.Header.Get("Idempotency-Key"), form: form,
	})
	s.mu.Unlock()

	r.Body = io.NopCloser(strings.NewReader(string(body)))
	s.handler.ServeHTTP(w, r)
}

// asked returns the requests so far.
func (s *stand) asked() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

func (s *stand) calls() []string {
	var calls []string
	for _, r := range s.asked() {
		calls = append(calls, r.call)
	}
	return calls
}

// answer is one response of a script.
type answer struct {
	status int
	body   string
}

func ok(body string) answer { return answer{http.StatusOK, body} }

// refused is one of Stripe's errors.
func refused(status int, kind, code string) answer {
	if code != "" {
		code = `"code": "` + code + `",`
	}
	return answer{status, `{"error": {` + code + `"type": "` + kind + `", "message": "No, because."}}`}
}

// script answers each call as told, and any other with a 418.
type script map[string]answer

func (s script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, told := s[r.Method+" "+r.URL.Path]
	if !told {
		a = refused(http.StatusTeapot, "api_error", "")
	}
	w.Header().Set("Request-Id", "req_1")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

// stripeMock is Stripe's own stand-in, which checks each request against the
// description of Stripe's API and answers with samples. It is cut down to what
// this package calls: the whole of it takes ten seconds to start.
func stripeMock(t *testing.T) http.Handler {
	t.Helper()

	spec, err := server.LoadSpec(embedded.OpenAPISpec, "")
	require.NoError(t, err)
	for path := range spec.Paths {
		if !strings.HasPrefix(string(path), "/v1/checkout/sessions") && !strings.HasPrefix(string(path), "/v1/refunds") {
			delete(spec.Paths, path)
		}
	}
	fixtures, err := server.LoadFixtures(embedded.OpenAPIFixtures, "")
	require.NoError(t, err)
	mock, err := server.NewStubServer(fixtures, spec, false, false)
	require.NoError(t, err)
	return http.HandlerFunc(mock.HandleRequest)
}
