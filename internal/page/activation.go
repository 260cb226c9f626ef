package page

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
)

// Activation is what the activation page needs of the use cases. Each method fails
// with link_unknown, link_expired, link_used, link_revoked or license_not_usable
// where the link no longer works, and with rate_limited after too many attempts.
type Activation interface {
	// View gives what a link is for. It changes nothing: mail programs open links too.
	View(ctx context.Context, token string) (Link, error)
	// ForExisting activates for the customer that is registered with an e-mail
	// address. It fails with customer_unknown where the reseller has none.
	ForExisting(ctx context.Context, a Attempt, email string) (Done, error)
	// ForNew adds a customer and activates for it. It fails with invalid_request,
	// whose fields are named as in [Customer], and with already_exists where the
	// reseller has this customer.
	ForNew(ctx context.Context, a Attempt, c Customer) (Done, error)
}

// Attempt is a form that was sent.
type Attempt struct {
	Token string // the link's secret
	// Key is an idempotency key: the same where a browser sends the same form
	// again, as it does when a button is pressed twice. A repeat must give the
	// answer of the first, or the second press would tell a customer that somebody
	// has used the link.
	Key string
}

// Link is what an activation link is for.
type Link struct {
	Vendor, Reseller string // names
	Product          string // name
	Quantity         int64
	Metric           string         // users, devices, screens, servers or channels
	StartsOn         licensing.Date // when the license begins
	EndsOn           licensing.Date // first day on which it is no longer valid; none is perpetual
	ExpiresAt        time.Time      // when the link stops working, in the vendor's time zone
}

// Customer is what a new customer says of itself. Name, Email and Country are
// given and well-formed; the rest may be empty. In errors the fields are called
// name, email, contact, phone, address, postal_code, city, country and vat_id.
type Customer struct {
	Name       string // of the company
	Email      string
	Contact    string // name of a person
	Phone      string
	Address    string // street and number
	PostalCode string
	City       string
	Country    string // ISO 3166-1 alpha-2
	VATID      string
	Language   string // of the page on which this was typed, such as "de"
}

// Done is a license that was activated. The page adds nothing of the customer but
// what was typed, so that an address that was guessed tells no name.
type Done struct {
	Link Link
	// Email is where the message about it goes.
	Email string
}

// maxForm bounds the bytes of a form that is sent.
const maxForm = 64 << 10

// activationView is what the templates of the activation page show.
type activationView struct {
	Link          Link
	LinkEndsOn    licensing.Date
	Existing, New *form
	Problems      []problem
	FormToken     string
}

// problem is one line of the summary of what is wrong, with the id of its field if
// it has one.
type problem struct{ FieldID, Text string }

// forms are the two forms of the page, and the one of them that was sent.
type forms struct{ existing, customer, sent *form }

func newForms(s *speech) forms {
	return forms{existing: existingForm(s), customer: newCustomerForm(s)}
}

func (h *handler) showActivation(w http.ResponseWriter, r *http.Request) {
	h.renderActivation(w, r, http.StatusOK, newForms(h.languages.of(r)), nil)
}

func (h *handler) activate(w http.ResponseWriter, r *http.Request) {
	if !h.readForm(w, r) {
		return
	}
	s := h.languages.of(r)
	f := newForms(s)
	f.sent = f.existing
	if r.PostForm.Get("who") == f.customer.Who {
		f.sent = f.customer
	}
	f.sent.fill(r.PostForm)
	if !h.checkToken(r) {
		h.renderActivation(w, r, http.StatusForbidden, f, errFormToken)
		return
	}
	if !f.sent.check(s) {
		h.renderActivation(w, r, http.StatusUnprocessableEntity, f, nil)
		return
	}
	done, err := h.carryOut(r, f.sent)
	switch {
	case err == nil:
		h.render(w, r, http.StatusOK, "done", s.say("done.title", "product", done.Link.Product), done.Link.Vendor, done)
	case correctable(err):
		h.renderActivation(w, r, http.StatusUnprocessableEntity, f, err)
	default:
		h.explain(w, r, "link", err)
	}
}

func (h *handler) carryOut(r *http.Request, sent *form) (Done, error) {
	attempt := Attempt{Token: r.PathValue("token"), Key: attemptKey(r)}
	if sent.Who == "existing" {
		return h.Activation.ForExisting(r.Context(), attempt, sent.value("email"))
	}
	customer := sent.customer()
	customer.Language = h.languages.of(r).Code()
	return h.Activation.ForNew(r.Context(), attempt, customer)
}

// correctable says whether a refusal is one that the customer can do something about
// in the form.
func correctable(err error) bool {
	switch licensing.CodeOf(err) {
	case licensing.CodeCustomerUnknown, licensing.CodeAlreadyExists, licensing.CodeInvalidRequest:
		return true
	}
	return false
}

// renderActivation shows the page with both forms and what is wrong with the one
// that was sent, unless the link does not work.
func (h *handler) renderActivation(w http.ResponseWriter, r *http.Request, status int, f forms, refusal error) {
	link, err := h.Activation.View(r.Context(), r.PathValue("token"))
	if err != nil {
		h.explain(w, r, "link", err)
		return
	}
	s := h.languages.of(r)
	view := activationView{
		Link: link, Existing: f.existing, New: f.customer,
		Problems: f.problems(s, link, refusal), FormToken: h.issueToken(w, r),
	}
	if !link.ExpiresAt.IsZero() {
		view.LinkEndsOn = licensing.Today(link.ExpiresAt, link.ExpiresAt.Location())
	}
	title := s.say("activate.title", "product", link.Product)
	if len(view.Problems) > 0 {
		title = s.say("error.title", "title", title)
	}
	h.render(w, r, status, "activate", title, link.Vendor, view)
}

// problems puts a refusal into the form that was sent, and lists all that is wrong
// in the order of the page.
func (f forms) problems(s *speech, link Link, refusal error) []problem {
	var found []problem
	switch invalid, _ := errors.AsType[*licensing.Error](refusal); {
	case refusal == nil:
	case errors.Is(refusal, errFormToken):
		found = append(found, problem{Text: s.say("error.form_token")})
	case invalid.Code == licensing.CodeCustomerUnknown:
		f.sent.field("email").Error = s.say("error.customer_unknown", "reseller", link.Reseller)
		f.customer.field("email").Value = f.sent.value("email") // nobody should type it twice
	case invalid.Code == licensing.CodeAlreadyExists:
		f.sent.field("email").Error = s.say("error.customer_known", "reseller", link.Reseller)
	case !f.sent.refuse(s, invalid.Fields):
		found = append(found, problem{Text: s.say("error.refused")})
	}
	for _, field := range slices.Concat(f.existing.Fields, f.customer.Fields) {
		if field.Error != "" {
			found = append(found, problem{FieldID: field.ID, Text: field.Error})
		}
	}
	return found
}
