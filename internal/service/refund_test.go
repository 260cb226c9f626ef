package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func (f *fixture) refund(c service.Caller, order string) service.OrderDetails {
	f.t.Helper()
	refunded, err := f.RefundOrder(f.t.Context(), c, service.Refunding{Order: order, Reason: "ordered twice"})
	require.NoError(f.t, err)
	return refunded
}

func (f *fixture) license(c service.Caller, ref string) licensing.License {
	f.t.Helper()
	license, err := f.License(f.t.Context(), c, ref)
	require.NoError(f.t, err)
	return license
}

func TestRefundPurchase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		start := f.balance(f.main)
		stock := f.buyMany(f.main, "", 10)
		part, err := f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "acme", Quantity: 4})
		require.NoError(t, err)
		_, err = f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{part.ID}})
		require.NoError(t, err)

		before := f.dump()
		preview, err := f.PreviewRefund(ctx, f.main, stock.OrderNumber)
		require.NoError(t, err)
		require.Equal(t, before, f.dump())
		require.Equal(t, date(2026, 12, 5), preview.Until)
		require.Len(t, preview.After, 2)
		require.Len(t, preview.Invoices, 1)
		for _, l := range preview.After {
			require.Equal(t, licensing.StateRefunded, l.State(f.Today(f.main)))
			require.Zero(t, l.Amount)
		}

		refunded := f.refund(f.main, stock.OrderNumber)
		require.Equal(t, licensing.OrderRefunded, refunded.State)
		require.False(t, refunded.RefundedAt.IsZero())
		require.Len(t, refunded.Licenses, 2)
		require.Equal(t, start, f.balance(f.main))
		for _, id := range []string{stock.ID, part.ID} {
			l := f.license(f.main, id)
			require.Equal(t, licensing.StateRefunded, l.State(f.Today(f.main)))
			require.Zero(t, l.Amount)
			events := f.events(id)
			require.Equal(t, "license.refunded", events[len(events)-1].Type)
			_, err = f.ActivateLicense(ctx, f.main, service.CustomerActivation{License: id, Email: "acme@example.com"})
			requireCode(t, licensing.CodeNotActivatable, err)
		}
		events := f.events(stock.OrderID)
		last := events[len(events)-1]
		require.Equal(t, "order.refunded", last.Type)
		require.Contains(t, last.Data, "ordered twice")
		invoices, err := f.Invoices(ctx, f.main, service.InvoiceQuery{Company: "acme"}, service.Page{Limit: 5})
		require.NoError(t, err)
		require.Len(t, invoices.Rows, 1)
		require.Equal(t, licensing.InvoiceSent, invoices.Rows[0].State, "the company's invoice stays")

		// Once is enough.
		before = f.dump()
		_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: stock.OrderID})
		requireCode(t, licensing.CodeOrderNotRefundable, err)
		_, err = f.PreviewRefund(ctx, f.main, stock.OrderID)
		requireCode(t, licensing.CodeOrderNotRefundable, err)
		require.Equal(t, before, f.dump())
	})
}

func TestRefundOfSerialsAndTrials(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		bound := service.Purchase{Company: "acme", Product: "cam", Term: "perpetual", Serials: []string{"SN-1", "SN-2"}}
		bought, err := f.Buy(ctx, f.main, bound)
		require.NoError(t, err)
		f.refund(f.main, bought.Order.ID)
		require.Empty(t, f.license(f.main, bought.Licenses[0].ID).Serials)
		_, err = f.Buy(ctx, f.main, bound)
		require.NoError(t, err, "the serials are free again")

		trial := service.Purchase{Company: "acme", Product: "edit", Term: "trial", Quantity: 1}
		bought, err = f.Buy(ctx, f.main, trial)
		require.NoError(t, err)
		ledger := f.counts("ledger")
		f.refund(f.main, bought.Order.ID)
		require.Equal(t, ledger, f.counts("ledger"), "what was free returns nothing")
		_, err = f.Buy(ctx, f.main, trial)
		requireCode(t, licensing.CodeTrialUsed, err)
	})
}

// The newest order of a license is refunded first, and the license is then as it was
// before it.
func TestRefundExtension(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		start := f.balance(f.main)
		stock := f.buyMany(f.main, "", 6)
		first, err := f.Extend(ctx, f.main, service.Extension{License: stock.ID, Term: "full:1"})
		require.NoError(t, err)
		part, err := f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "acme", Quantity: 2})
		require.NoError(t, err)
		second, err := f.Extend(ctx, f.main, service.Extension{License: part.ID, Term: "monthly:1"})
		require.NoError(t, err)
		_, err = f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{part.ID}})
		require.NoError(t, err)

		for _, order := range []string{stock.OrderID, first.Order.ID} {
			_, err := f.RefundOrder(ctx, f.main, service.Refunding{Order: order})
			requireCode(t, licensing.CodeOrderNotRefundable, err)
			require.ErrorContains(t, err, second.Order.Number)
		}
		f.refund(f.main, second.Order.ID)
		got := f.license(f.main, part.ID)
		require.Equal(t, []any{part.StartsOn, part.EndsOn, part.Term, part.Amount, licensing.BillingInvoiced},
			[]any{got.StartsOn, got.EndsOn, got.Term, got.Amount, got.Billing})
		require.Equal(t, first.Licenses[0].EndsOn, f.license(f.main, stock.ID).EndsOn, "the other part is left alone")

		_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: stock.OrderID})
		require.ErrorContains(t, err, first.Order.Number)
		f.refund(f.main, first.Order.ID)
		for _, id := range []string{stock.ID, part.ID} {
			got := f.license(f.main, id)
			require.Equal(t, []any{stock.StartsOn, stock.EndsOn, stock.Term, got.Quantity * 12000}, []any{got.StartsOn, got.EndsOn, got.Term, got.Amount}, id)
			require.Equal(t, licensing.BillingUnbilled == got.Billing, id == stock.ID)
		}
		preview, err := f.PreviewRefund(ctx, f.main, stock.OrderID)
		require.NoError(t, err)
		f.refund(f.main, stock.OrderID)
		require.Equal(t, start, f.balance(f.main))
		for _, after := range preview.After {
			got := f.license(f.main, after.ID)
			require.Zero(t, got.Amount)
			require.Equal(t, after.Billing, got.Billing, "the preview tells what is then so")
			billing := licensing.BillingFree // nothing is left to be billed
			if after.ID == part.ID {
				billing = licensing.BillingInvoiced
			}
			require.Equal(t, billing, got.Billing)
		}
	})
}

func TestRefundRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, "", 1)
		never := f.buy(f.main, "", func(in *service.Purchase) { in.Product = "gift" })
		f.at(f.clock.Load().AddDate(0, 0, 14))
		limited := f.main
		limited.Token.Contracts = licensing.List{"con_other"}
		_, err := f.RefundOrder(ctx, limited, service.Refunding{Order: license.OrderID})
		requireCode(t, licensing.CodeContractNotPermitted, err)
		_, err = f.PreviewRefund(ctx, f.main, license.OrderID)
		require.NoError(t, err, "on the last day")
		f.at(f.clock.Load().AddDate(0, 0, 1))
		before := f.dump()
		for order, code := range map[string]licensing.Code{
			license.OrderID: licensing.CodeRefundWindowOver, never.OrderNumber: licensing.CodeOrderNotRefundable, "ORD-2026-000099": licensing.CodeNotFound,
		} {
			_, err := f.RefundOrder(ctx, f.main, service.Refunding{Order: order})
			requireCode(t, code, err)
		}
		require.Equal(t, before, f.dump())
	})
}

// Refunded at once, it is refunded once; and who splits or extends meanwhile does so
// before or not at all.
func TestRefundAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		start := f.balance(f.main)
		for range 4 {
			stock := f.buyMany(f.main, "", 8)
			var group errgroup.Group
			for i := range 6 {
				group.Go(func() error {
					var err error
					switch i {
					case 0, 1, 2:
						_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: stock.OrderID})
					case 3, 4:
						_, err = f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "acme", Quantity: 2})
					case 5:
						_, err = f.Buy(ctx, f.main, purchaseOf("acme", 1))
						if err == nil {
							return nil
						}
					}
					if code := licensing.CodeOf(err); err != nil && code != licensing.CodeOrderNotRefundable && code != licensing.CodeNotAssignable {
						return err
					}
					return nil
				})
			}
			require.NoError(t, group.Wait())
			order, err := f.Order(ctx, f.main, stock.OrderID)
			require.NoError(t, err)
			require.Equal(t, licensing.OrderRefunded, order.State)
			var quantity int64
			for _, l := range order.Licenses {
				quantity += l.Quantity
				require.Equal(t, licensing.StateRefunded, l.State(f.Today(f.main)), "every part of it stops")
				require.Zero(t, l.Amount)
			}
			require.EqualValues(t, 8, quantity)
		}
		orders, err := f.Orders(ctx, f.main, service.OrderQuery{State: "processed"}, service.Page{Limit: 100})
		require.NoError(t, err)
		for _, o := range orders.Rows {
			start -= o.Amount
		}
		require.Equal(t, start, f.balance(f.main))
	})
}

// What was paid comes back by the way that it was paid.
func TestRefundByTheWayItWasPaid(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.pays("K-1", "balance", "card", "invoice", "credits")
		f.takeCards()
		f.grant(f.main, "edit", 10)
		balance := f.balance(f.main)
		pay := func(way licensing.Payment) service.Bought {
			bought, err := f.Buy(ctx, f.main, service.Purchase{Company: "acme", Product: "edit", Term: "full:1", Quantity: 2, Pay: way})
			require.NoError(t, err)
			return bought
		}

		bought := pay(licensing.PayCredits)
		require.EqualValues(t, 8, f.credits(f.main, "edit"))
		f.refund(f.main, bought.Order.ID)
		require.EqualValues(t, 10, f.credits(f.main, "edit"))

		bought = pay(licensing.PayInvoice)
		f.refund(f.main, bought.Order.ID)
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			invoice, err := tx.OrderInvoice(ctx, bought.Order.ID)
			require.Equal(t, licensing.InvoiceVoid, invoice.State, "what was on account is not to be paid")
			return err
		}))
		bought = pay(licensing.PayCard)
		_, err := f.RefundOrder(ctx, f.main, service.Refunding{Order: bought.Order.ID})
		requireCode(t, licensing.CodeOrderNotRefundable, err) // it waits for its payment
		order, err := f.CompleteOrder(ctx, paid(*bought.Order))
		require.NoError(t, err)
		require.Equal(t, licensing.OrderProcessed, order.State)
		jobs := f.counts("river_job")
		f.refund(f.main, order.ID)
		require.Equal(t, jobs[0]+2, f.counts("river_job")[0], "the money goes back by a job, and a credit note by mail")
		require.NoError(t, f.ReturnPayment(ctx, job.RefundArgs{OrderID: order.ID, Amount: order.Amount, Currency: order.Currency}))
		events := f.events(order.ID)
		require.Equal(t, "order.payment_returned", events[len(events)-1].Type)
		order, err = f.CompleteOrder(ctx, paid(*bought.Order))
		require.NoError(t, err)
		require.Equal(t, licensing.OrderRefunded, order.State, "told again that it was paid, it stays refunded")

		require.Equal(t, balance, f.balance(f.main))
		licenses, err := f.Licenses(ctx, f.main, service.LicenseQuery{Company: "acme"}, service.Page{Limit: 9})
		require.NoError(t, err)
		require.Len(t, licenses.Rows, 3)
		for _, l := range licenses.Rows {
			require.Equal(t, licensing.StateRefunded, l.State(f.Today(f.main)))
		}
	})
}
