package page_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

const payment = "/pay/" + secret

func (s *site) choose(action string) url.Values {
	s.t.Helper()
	return url.Values{"form_token": {s.get(payment).formToken(s.t)}, "action": {action}}
}

func TestPaymentPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.get(payment)
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "Pay for order ORD-2026-000042 – Acme Software", a.title())
	text := content(a.root)
	for _, want := range []string{"for development and tests", "25 × Acme Classroom, 3 years", "Acme Support", "Pay 1,234.50 EUR"} {
		require.Contains(t, text, want)
	}
	require.Zero(t, s.desk.paid)
	require.Contains(t, content(s.get(payment+"?lang=de").root), "1.234,50 EUR bezahlen")
}

func TestPay(t *testing.T) {
	t.Parallel()
	s := setup(t)
	form := s.choose("pay")
	a := s.post(payment, form)
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "Order ORD-2026-000042 is paid", a.h1())
	require.Empty(t, a.all("form"))

	for _, again := range []answer{s.post(payment, form), s.get(payment)} {
		require.Equal(t, http.StatusGone, again.StatusCode)
		require.Equal(t, "This order is paid already", again.h1())
	}
	require.Equal(t, 1, s.desk.paid)
	require.Zero(t, s.desk.cancelled)
}

func TestCancelPayment(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.post(payment, s.choose("cancel"))
	require.Equal(t, "Order ORD-2026-000042 is cancelled", a.h1())
	require.Equal(t, 1, s.desk.cancelled)
	require.Zero(t, s.desk.paid)
	require.Equal(t, "This order was cancelled", s.get(payment).h1())
}

func TestPaymentRefused(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.desk.submitErr = licensing.Errorf(licensing.CodePaymentFailed, "no")
	a := s.post(payment, s.choose("pay"))
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	require.Equal(t, "Error: Pay for order ORD-2026-000042 – Acme Software", a.title())
	require.Contains(t, content(a.root), "The payment was refused.")

	s.desk.submitErr = licensing.Errorf(licensing.CodeOrderNotPayable, "no")
	a = s.post(payment, s.choose("pay"))
	require.Equal(t, http.StatusConflict, a.StatusCode)
	require.Equal(t, "This order cannot be paid now", a.h1())

	s.desk.submitErr = nil
	a = s.post(payment, s.choose("steal"))
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	a = s.post(payment, url.Values{"action": {"pay"}})
	require.Equal(t, http.StatusForbidden, a.StatusCode, "no token")
	require.Zero(t, s.desk.paid+s.desk.cancelled)
}

func TestPaymentExplained(t *testing.T) {
	t.Parallel()
	for code, h1 := range map[licensing.Code]string{
		licensing.CodeLinkUnknown: "We do not know this payment link",
		licensing.CodeLinkExpired: "This payment link has expired",
		licensing.CodeLinkRevoked: "This order was cancelled",
	} {
		s := setup(t)
		s.desk.refusal = licensing.Errorf(code, "x")
		require.Equal(t, h1, s.get(payment).h1())
	}
}
