package page

import (
	"context"
	"net/http"

	"github.com/resell-cli/resell/internal/licensing"
)

// Payments is what the development payment page needs of the use cases. Each method
// fails with link_unknown, with link_used where the order is paid, link_revoked
// where the payment was cancelled, link_expired where it came too late, and with
// order_not_payable where the order cannot be paid for another reason.
type Payments interface {
	// Pending gives what is to be paid. It changes nothing.
	Pending(ctx context.Context, token string) (Due, error)
	// Pay pays the order. It fails with payment_failed where that is refused.
	Pay(ctx context.Context, token string) error
	// Cancel gives the order up.
	Cancel(ctx context.Context, token string) error
}

// Due is an order that waits for its payment.
type Due struct {
	Vendor   string   // who is paid
	Order    string   // number
	Lines    []string // what was ordered, in words
	Amount   int64    // minor units
	Currency string   // ISO 4217
}

type paymentView struct {
	Due
	FormToken string
	Problem   string
}

func (h *handler) showPayment(w http.ResponseWriter, r *http.Request) {
	due, err := h.Payments.Pending(r.Context(), r.PathValue("token"))
	if err != nil {
		h.explain(w, r, "payment", err)
		return
	}
	h.renderPayment(w, r, http.StatusOK, due, "")
}

// thankPayer tells whoever comes back from a payment provider's own page that this was
// it. Whether it is paid is the provider's to tell, and it may not have yet.
func (h *handler) thankPayer(w http.ResponseWriter, r *http.Request) {
	h.renderNotice(w, r, http.StatusOK, notice{key: "payment.returned"})
}

// settle pays or cancels. The order is looked up first, since afterwards there is
// nothing pending to tell of.
func (h *handler) settle(w http.ResponseWriter, r *http.Request) {
	s, token := h.languages.of(r), r.PathValue("token")
	if !h.readForm(w, r) {
		return
	}
	due, err := h.Payments.Pending(r.Context(), token)
	if err != nil {
		h.explain(w, r, "payment", err)
		return
	}
	if !h.checkToken(r) {
		h.renderPayment(w, r, http.StatusForbidden, due, s.say("error.payment_again"))
		return
	}
	result := notice{key: "payment.done", vendor: due.Vendor, pairs: []string{"order", due.Order}, final: true}
	switch r.PostForm.Get("action") {
	case "pay":
		err = h.Payments.Pay(r.Context(), token)
	case "cancel":
		err = h.Payments.Cancel(r.Context(), token)
		result.key = "payment.cancelled"
	default:
		h.renderPayment(w, r, http.StatusUnprocessableEntity, due, s.say("error.payment_again"))
		return
	}
	switch {
	case err == nil:
		h.renderNotice(w, r, http.StatusOK, result)
	case licensing.CodeOf(err) == licensing.CodePaymentFailed:
		h.renderPayment(w, r, http.StatusUnprocessableEntity, due, s.say("error.payment_failed"))
	default:
		h.explain(w, r, "payment", err)
	}
}

func (h *handler) renderPayment(w http.ResponseWriter, r *http.Request, status int, due Due, problem string) {
	s := h.languages.of(r)
	title := s.say("payment.title", "order", due.Order)
	if problem != "" {
		title = s.say("error.title", "title", title)
	}
	view := paymentView{Due: due, FormToken: h.issueToken(w, r), Problem: problem}
	h.render(w, r, status, "payment", title, due.Vendor, view)
}
