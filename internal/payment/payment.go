// Package payment takes card payments for orders: through Stripe's hosted
// payment page, or through reselld's own page during development.
package payment

import (
	"context"
	"net/url"
	"strings"
	"time"
)

// Provider takes payments. Implementations are safe for concurrent use, and
// every call may be repeated: after an error for which [IsPermanent] does not
// hold, repeat it with the same values. No call belongs in a transaction.
type Provider interface {
	// Name is stable and stored with the order: "stripe" or "dev".
	Name() string
	// Start opens a payment page for an order. The same checkout gives the same
	// session; the same order, amount and attempt with anything else changed is
	// refused for good, so that an order can never be paid on two pages.
	Start(ctx context.Context, c Checkout) (Session, error)
	// Cancel closes the page of [Session.Reference], so that it takes no
	// payment any more. A page that has expired is closed already; one that was
	// paid, or is being paid, is refused for good with [CodePaid].
	Cancel(ctx context.Context, reference string) error
	// Lookup asks what became of the page of [Session.Reference], for when no
	// event has come. An open page is [Ignored].
	Lookup(ctx context.Context, reference string) (Event, error)
	// Refund returns money to the card that it came from. An order is refunded
	// once: again it changes nothing, and with another amount it is refused for
	// good. Money that is on its way back counts as returned.
	Refund(ctx context.Context, r Refund) error
}

// Checkout is what a payment page asks for.
type Checkout struct {
	OrderID     string
	OrderNumber string // shown to the payer; empty for OrderID
	Description string // what is bought, in a line; may be empty
	// CustomerEmail fills in the payer's address; may be empty.
	CustomerEmail string
	Amount        int64  // minor units, above zero
	Currency      string // ISO 4217, upper case
	// ReturnURL is where the payer's browser goes afterwards, paid or not.
	ReturnURL string
	// ExpiresAt is when the page closes: with Stripe between 30 minutes and 24
	// hours after the first Start, zero for 24 hours. Take it from the order's
	// own time, not from the time of the call: see Start.
	ExpiresAt time.Time
	// Attempt tells an order's pages apart: 0 for its first, and one more for
	// each page of it that ended [Expired].
	Attempt int
}

// Session is an open payment page.
type Session struct {
	Provider  string // the provider's Name
	Reference string // the provider's name for the page
	URL       string // where the payer pays; whoever knows it can pay
	ExpiresAt time.Time
}

// Refund says what goes back.
type Refund struct {
	Reference        string // of the Session that was paid
	PaymentReference string // from the Event, if known; spares a request
	OrderID          string
	Amount           int64  // minor units, above zero
	Currency         string // ISO 4217, upper case
}

// Kind is what an [Event] means for its order.
type Kind int

// The kinds of event.
const (
	Ignored   Kind = iota // nothing to do: not about an order, or nothing is decided yet
	Completed             // the money is there
	Expired               // this page will bring no money: it was closed, ran out, or its payment failed
)

// Event is what happened to a payment page. Events repeat and come in any order.
type Event struct {
	Kind      Kind
	ID        string // the provider's name for the event, for the log; empty from Lookup
	OrderID   string
	Reference string // of the Session
	// PaymentReference, Amount and Currency are set when Completed. Compare the
	// amount, in minor units, with the order's.
	PaymentReference string
	Amount           int64
	Currency         string
}

// maxOrderID is what Stripe takes as a reference of ours, in characters.
const maxOrderID = 200

func (c Checkout) validate() error {
	switch {
	case c.OrderID == "" || len(c.OrderID) > maxOrderID:
		return invalid("order id must be 1 to %d characters", maxOrderID)
	case c.Attempt < 0:
		return invalid("attempt must not be negative")
	case !isWebURL(c.ReturnURL):
		return invalid("return URL must begin with https:// or http:// and a host")
	}
	return validateAmount(c.Amount, c.Currency)
}

func (r Refund) validate() error {
	switch {
	case r.OrderID == "" || len(r.OrderID) > maxOrderID:
		return invalid("order id must be 1 to %d characters", maxOrderID)
	case r.Reference == "" && r.PaymentReference == "":
		return invalid("reference is missing")
	}
	return validateAmount(r.Amount, r.Currency)
}

func validateAmount(amount int64, currency string) error {
	switch {
	case amount <= 0:
		return invalid("amount must be above zero")
	case len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return invalid("currency must be three upper-case letters")
	}
	return nil
}

func isWebURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
