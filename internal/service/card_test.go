package service_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// takeCards lets the fixture take cards on the development page.
func (f *fixture) takeCards() {
	f.t.Helper()
	dev, err := payment.NewDev("https://pay.example.com", []byte("a key of this installation alone"))
	require.NoError(f.t, err)
	f.TakePayments(service.Payments{Provider: dev, ReturnURL: "https://pay.example.com/paid"})
}

func card(change func(*service.Purchase)) service.Purchase {
	in := service.Purchase{Product: "edit", Term: "full:1", Quantity: 2, Pay: licensing.PayCard}
	if change != nil {
		change(&in)
	}
	return in
}

// order places an order that waits for its payment.
func (f *fixture) order(in service.Purchase) licensing.Order {
	f.t.Helper()
	bought, err := f.Buy(f.t.Context(), f.main, in)
	require.NoError(f.t, err)
	require.Empty(f.t, bought.Licenses)
	require.Equal(f.t, licensing.OrderPending, bought.Order.State)
	return *bought.Order
}

// paid is what the provider tells of an order that was paid as it should be.
func paid(order licensing.Order) service.Paid {
	return service.Paid{OrderID: order.ID, Provider: "dev", Reference: order.PaymentReference, Amount: order.Amount, Currency: order.Currency}
}

func (f *fixture) state(order string) licensing.OrderState {
	f.t.Helper()
	kept, err := f.Order(f.t.Context(), f.main, order)
	require.NoError(f.t, err)
	return kept.State
}

func TestPayByCard(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		_, err := f.Buy(ctx, f.main, card(nil))
		requireCode(t, licensing.CodePaymentNotAllowed, err, "nobody takes cards")
		f.takeCards()

		// Nothing but the order is there until it is paid.
		caller, replayed := keyed(f.main, "card")
		in := card(func(in *service.Purchase) {
			in.Company, in.Name, in.Product, in.Term, in.Quantity, in.Serials = f.acme.ID, "Camera", "cam", "perpetual", 0, []string{"SN-1", "SN-2"}
		})
		bought, err := f.Buy(ctx, caller, in)
		require.NoError(t, err)
		order := *bought.Order
		require.Equal(t, []any{licensing.OrderPending, licensing.PayCard, int64(100000), "dev", "dev_" + order.ID}, []any{order.State, order.Payment, order.Amount, order.PaymentProvider, order.PaymentReference})
		require.Contains(t, order.PaymentURL, "https://pay.example.com/pay/")
		require.Equal(t, f.clock.Load().Add(23*time.Hour).UTC(), order.ExpiresAt.Time)
		require.Equal(t, []int{1, 0, 0, 0}, f.counts("orders", "licenses", "order_lines", "license_serials"))
		require.EqualValues(t, 1_000_000, f.balance(f.main))
		for _, get := range []func() (service.OrderDetails, error){
			func() (service.OrderDetails, error) { return f.Order(ctx, f.main, order.Number) },
			func() (service.OrderDetails, error) {
				orders, err := f.Orders(ctx, f.main, service.OrderQuery{Search: "camera", State: "pending"}, service.Page{Limit: 5})
				return orders.Rows[0], err
			},
		} {
			shown, err := get()
			require.NoError(t, err)
			require.Len(t, shown.Lines, 1)
			require.Equal(t, []any{"cam", int64(2), int64(100000), ""}, []any{shown.Lines[0].ProductSKU, shown.Lines[0].Quantity, shown.Lines[0].Amount, shown.Lines[0].LicenseID})
		}
		again, err := f.Buy(ctx, caller, in)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, order.PaymentURL, again.Order.PaymentURL)
		page, err := f.PayOrder(ctx, f.main, order.Number)
		require.NoError(t, err)
		require.Equal(t, order.PaymentURL, page.PaymentURL)
		for _, event := range f.events(order.ID) {
			require.NotContains(t, event.Data, "pay.example.com", "who knows the page can pay there")
		}

		due, err := f.DuePayment(ctx, order.ID)
		require.NoError(t, err)
		require.Equal(t, []string{order.Number, "Vendor"}, []string{due.Order.Number, due.Vendor.Name})

		// Paid, it is as if it had been bought at once, by who ordered it.
		f.at(f.clock.Load().Add(time.Hour))
		done, err := f.CompleteOrder(ctx, paid(order))
		require.NoError(t, err)
		require.Equal(t, []any{licensing.OrderProcessed, "", licensing.Time{}, ""}, []any{done.State, done.PaymentURL, done.ExpiresAt, done.Intent})
		license, err := f.License(ctx, f.main, done.Lines[0].LicenseID)
		require.NoError(t, err)
		require.Equal(t, []any{"Camera", order.ID, int64(100000), []string{"SN-1", "SN-2"}, licensing.BillingUnbilled}, []any{license.Name, license.OrderID, license.Amount, license.Serials, license.Billing})
		added := f.events(license.ID)
		require.Len(t, added, 1)
		require.Equal(t, f.main.Token.ID, added[0].TokenID)
		require.EqualValues(t, 1_000_000, f.balance(f.main))
		before := f.dump()
		_, err = f.CompleteOrder(ctx, paid(order))
		require.NoError(t, err)
		require.Equal(t, before, f.dump(), "told again, it does nothing")

		again, err = f.Buy(ctx, caller, in)
		require.NoError(t, err)
		require.Equal(t, licensing.OrderProcessed, again.Order.State)
		require.Len(t, again.Licenses, 1)
		_, err = f.DuePayment(ctx, order.ID)
		requireCode(t, licensing.CodeLinkUsed, err)
		_, err = f.PayOrder(ctx, f.main, order.ID)
		requireCode(t, licensing.CodeOrderNotPayable, err)
		_, err = f.CancelOrder(ctx, f.main, order.ID)
		requireCode(t, licensing.CodeOrderNotCancellable, err)
		_, err = f.CompleteOrder(ctx, service.Paid{OrderID: "ord_none"})
		requireCode(t, licensing.CodeNotFound, err)
		_, err = f.DuePayment(ctx, "ord_none")
		requireCode(t, licensing.CodeLinkUnknown, err)

		// What is free is not paid by card.
		free, err := f.Buy(ctx, f.main, card(func(in *service.Purchase) { in.Product = "gift" }))
		require.NoError(t, err)
		require.Len(t, free.Licenses, 1)
		for name, err := range map[string]error{
			"a stranger": second(f.PayOrder(ctx, f.stranger, order.ID)), "a stranger's cancel": second(f.CancelOrder(ctx, f.stranger, order.ID)),
		} {
			requireCode(t, licensing.CodeNotFound, err, name)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// An order that cannot be carried out once it is paid is refunded, and the money goes
// back by a job.
func TestPaidInVain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.takeCards()
		license := f.buy(f.main, "", nil)
		extend := func(pay licensing.Payment) licensing.Order {
			bought, err := f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1", Pay: pay})
			require.NoError(t, err)
			return *bought.Order
		}
		serial := func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN"}
		}
		for name, test := range map[string]struct {
			order  licensing.Order
			before func(licensing.Order)
			change func(*service.Paid)
		}{
			"a serial that is taken": {f.order(card(serial)), func(licensing.Order) {
				f.buy(f.main, "", serial)
			}, nil},
			"a license extended in between": {extend(licensing.PayCard), func(licensing.Order) { extend(licensing.PayBalance) }, nil},
			"another sum":                   {f.order(card(nil)), nil, func(p *service.Paid) { p.Amount-- }},
			"another currency":              {f.order(card(nil)), nil, func(p *service.Paid) { p.Currency = "USD" }},
			"cancelled before":              {f.order(card(nil)), func(o licensing.Order) { require.NoError(t, second(f.CancelOrder(ctx, f.main, o.ID))) }, nil},
		} {
			if test.before != nil {
				test.before(test.order)
			}
			what := paid(test.order)
			if test.change != nil {
				test.change(&what)
			}
			counted, balance := f.counts("licenses", "order_lines", "license_serials"), f.balance(f.main)
			done, err := f.CompleteOrder(ctx, what)
			require.NoError(t, err, name)
			require.Equal(t, []any{licensing.OrderRefunded, f.Now()}, []any{done.State, done.RefundedAt}, name)
			require.Equal(t, counted, f.counts("licenses", "order_lines", "license_serials"), name)
			require.Equal(t, balance, f.balance(f.main), name)
			before := f.dump()
			_, err = f.CompleteOrder(ctx, what)
			require.NoError(t, err, name)
			require.Equal(t, before, f.dump(), name)

			back := job.RefundArgs{OrderID: test.order.ID, Amount: what.Amount, Currency: what.Currency}
			require.NoError(t, f.ReturnPayment(ctx, back), name)
			events := f.events(test.order.ID)
			require.Equal(t, []string{"order.refunded", "order.payment_returned"}, []string{events[len(events)-2].Type, events[len(events)-1].Type}, name)
			require.Regexp(t, `"reason":"[^"]`, events[len(events)-2].Data, name)
		}
		require.Equal(t, 5, f.jobs("refund"))
	})
}

// However many tell at once that an order is paid, it is carried out once.
func TestCompleteAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.takeCards()
		first, other := f.order(card(nil)), f.order(card(nil))
		var cancelled atomic.Int64
		var group errgroup.Group
		for i := range 12 {
			group.Go(func() error {
				if i == 5 {
					_, err := f.CancelOrder(t.Context(), f.main, other.ID)
					if licensing.CodeOf(err) == licensing.CodeOrderNotCancellable {
						return nil
					}
					cancelled.Add(1)
					return err
				}
				order := first
				if i%2 == 1 {
					order = other
				}
				_, err := f.CompleteOrder(t.Context(), paid(order))
				return err
			})
		}
		require.NoError(t, group.Wait())
		require.Equal(t, licensing.OrderProcessed, f.state(first.ID))
		lost := int(cancelled.Load()) // it was cancelled, and paid after that
		require.Equal(t, []int{2 - lost, 2 - lost}, f.counts("licenses", "order_lines"))
		require.Equal(t, lost, f.jobs("refund"))
		require.Equal(t, lost == 1, f.state(other.ID) == licensing.OrderRefunded)
	})
}

func TestUnpaidOrdersAreCancelled(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.takeCards()
		late := f.order(card(nil))
		f.at(f.clock.Load().Add(time.Hour))
		fresh := f.order(card(nil))
		f.at(late.ExpiresAt.Time)
		_, err := f.PayOrder(ctx, f.main, late.ID)
		requireCode(t, licensing.CodeOrderNotPayable, err)
		_, err = f.DuePayment(ctx, late.ID)
		requireCode(t, licensing.CodeLinkExpired, err)
		require.NoError(t, f.Tidy(ctx))
		require.Equal(t, []licensing.OrderState{licensing.OrderCancelled, licensing.OrderPending}, []licensing.OrderState{f.state(late.ID), f.state(fresh.ID)})
		_, err = f.DuePayment(ctx, late.ID)
		requireCode(t, licensing.CodeLinkRevoked, err)
		require.NoError(t, f.CancelPayment(ctx, late.ID, "twice"))
		require.Len(t, f.events(late.ID), 2)
		require.NoError(t, f.PaymentEvent(ctx, payment.Event{Kind: payment.Expired, OrderID: fresh.ID}))
		require.Equal(t, licensing.OrderCancelled, f.state(fresh.ID))
	})
}

// stripe lets the fixture take cards with Stripe's client, and a stand-in answers.
func (f *fixture) stripe(answer http.HandlerFunc) {
	f.t.Helper()
	stand := httptest.NewServer(answer)
	f.t.Cleanup(stand.Close)
	provider, err := payment.NewStripe(payment.StripeConfig{Key: "sk_test_1", WebhookSecret: "whsec_1", URL: stand.URL})
	require.NoError(f.t, err)
	f.TakePayments(service.Payments{Provider: provider, ReturnURL: "https://pay.example.com/paid"})
}

func TestProviderRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		status, body := http.StatusInternalServerError, `{}`
		f.stripe(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
		// No answer: the order waits, and the same purchase finds it.
		caller, _ := keyed(f.main, "card")
		_, err := f.Buy(ctx, caller, card(nil))
		requireCode(t, licensing.CodeUnavailable, err)
		require.Equal(t, []int{1, 0}, f.counts("orders", "licenses"))
		require.Equal(t, licensing.OrderPending, f.state("ORD-2026-000001"))
		status, body = http.StatusOK, `{"id":"cs_1","url":"https://checkout.example.com/cs_1","expires_at":1795300000}`
		bought, err := f.Buy(ctx, caller, card(nil))
		require.NoError(t, err)
		require.Equal(t, []string{"stripe", "cs_1", "https://checkout.example.com/cs_1"}, []string{bought.Order.PaymentProvider, bought.Order.PaymentReference, bought.Order.PaymentURL})
		require.Equal(t, []int{1}, f.counts("orders"))

		// A refusal is for good.
		status, body = http.StatusBadRequest, `{"error":{"type":"invalid_request_error","code":"amount_too_small","message":"secret words"}}`
		caller, _ = keyed(f.main, "small")
		_, err = f.Buy(ctx, caller, card(nil))
		requireCode(t, licensing.CodePaymentFailed, err)
		require.ErrorContains(t, err, "ORD-2026-000002 (amount_too_small)")
		require.NotContains(t, err.Error(), "secret words")
		require.Equal(t, licensing.OrderCancelled, f.state("ORD-2026-000002"))
		_, err = f.Buy(ctx, caller, card(nil))
		requireCode(t, licensing.CodeOrderNotPayable, err)

		// It was paid, and no event has come: nothing is cancelled that is paid.
		f.stripe(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if r.Method == http.MethodPost {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":{"type":"invalid_request_error","message":"only open sessions can be expired"}}`))
				return
			}
			_, _ = w.Write([]byte(`{"id":"cs_1","status":"complete","payment_status":"paid","payment_intent":{"id":"pi_1"},"amount_total":24000,"currency":"eur","metadata":{"order_id":"` + bought.Order.ID + `"}}`))
		})
		_, err = f.CancelOrder(ctx, f.main, bought.Order.ID)
		requireCode(t, licensing.CodeOrderNotCancellable, err)
		require.Equal(t, licensing.OrderPending, f.state(bought.Order.ID))
		f.at(time.Unix(1795300000, 0))
		require.NoError(t, f.Tidy(ctx))
		require.Equal(t, licensing.OrderProcessed, f.state(bought.Order.ID))
		require.Equal(t, []int{1}, f.counts("licenses"))
	})
}

func TestMoneyThatDoesNotGoBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.takeCards()
		order := f.order(card(nil))
		f.TakePayments(service.Payments{})
		back := job.RefundArgs{OrderID: order.ID, Amount: 1, Currency: "EUR"}
		err := f.ReturnPayment(ctx, back)
		require.Error(t, err)
		require.NotErrorIs(t, err, job.ErrGone, "the operator can mend it")
		require.ErrorIs(t, f.ReturnPayment(ctx, job.RefundArgs{OrderID: "ord_none"}), store.ErrNotFound)
		f.takeCards()
		require.ErrorIs(t, f.ReturnPayment(ctx, job.RefundArgs{OrderID: order.ID, Amount: -1, Currency: "EUR"}), job.ErrGone)
		require.NoError(t, f.ReturnFailed(ctx, back, err))
		events := f.events(order.ID)
		require.Equal(t, "order.payment_return_failed", events[len(events)-1].Type)
	})
}
