package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// taxed is a caller of an installation whose vendor charges tax.
func taxed(c service.Caller, rate int64) service.Caller {
	c.Vendor.TaxRate = rate
	return c
}

// received is the vendor's invoices for an order, the newest first.
func (f *fixture) received(c service.Caller, order string) []licensing.Invoice {
	f.t.Helper()
	l, err := f.Invoices(f.t.Context(), c, service.InvoiceQuery{Received: true, Order: order}, service.Page{Limit: 100})
	require.NoError(f.t, err)
	return l.Rows
}

// requireAddsUp wants lines that make the net amount, and a tax that makes the total.
func requireAddsUp(t require.TestingT, invoices ...licensing.Invoice) {
	for _, i := range invoices {
		var sum int64
		for _, line := range i.Lines {
			sum += line.Amount
		}
		require.Equal(t, i.Net, sum, i.Number)
		require.Equal(t, i.Amount, i.Net+i.Tax, i.Number)
	}
}

func TestOrdersAreBilled(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.pays("K-1", "balance", "invoice", "credits")
		f.grant(f.main, "edit", 20)
		buyer := taxed(f.main, 2100)

		bought, err := f.Buy(ctx, buyer, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:3", Quantity: 2, InvoiceReference: "PO 7"})
		require.NoError(t, err)
		all := f.received(f.main, bought.Order.Number)
		require.Len(t, all, 1)
		invoice := all[0]
		require.Equal(t, "VINV-2026-000001", invoice.Number)
		require.Equal(t, []any{licensing.VendorSeller, f.main.Reseller.ID, licensing.KindInvoice, licensing.InvoicePaid, date(2026, 11, 21)},
			[]any{invoice.SellerID, invoice.ResellerID, invoice.Kind, invoice.State, invoice.PaidOn})
		require.Equal(t, []any{"Vendor", "billing@example.com", "Main Ltd", "main@example.com"},
			[]any{invoice.Seller.Name, invoice.Seller.Email, invoice.Buyer.Name, invoice.Email})
		require.EqualValues(t, bought.Order.ID, invoice.OrderID)
		require.True(t, invoice.DueOn.IsZero())
		// What the order costs is what is charged; 72000 has 12495.87 of tax in it.
		require.Equal(t, []int64{72000, 12496, 59504}, []int64{invoice.Amount, invoice.Tax, invoice.Net})
		require.Len(t, invoice.Lines, 1)
		line := invoice.Lines[0]
		require.Equal(t, []any{"Editor", int64(2), int64(9917), licensing.PerYear, int64(59504), "PO 7", bought.Licenses[0].ID},
			[]any{line.Description, line.Quantity, line.UnitPrice, line.Interval, line.Amount, line.InvoiceReference, line.LicenseID})
		requireAddsUp(t, invoice)
		require.Equal(t, licensing.BillingUnbilled, bought.Licenses[0].Billing, "the company is not billed by that")
		events := f.events(invoice.ID)
		require.Len(t, events, 1)
		require.Equal(t, []any{"invoice.sent", licensing.Ref(f.main.Reseller.ID), invoice.OrderID}, []any{events[0].Type, events[0].ResellerID, events[0].OrderID})
		require.Equal(t, []int{1}, f.counts("river_job"))

		// On account it is to be paid.
		later, err := f.Buy(ctx, f.main, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1, Pay: licensing.PayInvoice})
		require.NoError(t, err)
		invoice = f.received(f.main, later.Order.ID)[0]
		require.Equal(t, []any{"VINV-2026-000002", licensing.InvoiceSent, date(2026, 12, 21), int64(0), int64(12000), int64(12000)},
			[]any{invoice.Number, invoice.State, invoice.DueOn, invoice.Tax, invoice.Net, invoice.Amount})
		require.True(t, invoice.PaidOn.IsZero())
		_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: invoice.ID})
		requireCode(t, licensing.CodeReadOnly, err, "who has to pay does not say that it is paid")
		_, err = f.PayInvoice(ctx, f.sub, service.InvoicePayment{Invoice: invoice.ID})
		requireCode(t, licensing.CodeNotFound, err)
		_, err = f.VoidInvoice(ctx, f.vendor, invoice.Number)
		requireCode(t, licensing.CodeInvoiceNotVoid, err)
		paid, err := f.PayInvoice(ctx, f.vendor, service.InvoicePayment{Invoice: invoice.Number})
		require.NoError(t, err)
		require.Equal(t, []any{licensing.InvoicePaid, date(2026, 11, 21)}, []any{paid.State, paid.PaidOn})
		events = f.events(invoice.ID)
		require.Equal(t, []any{"invoice.paid", licensing.Ref(f.main.Reseller.ID), f.vendor.Token.ID}, []any{events[1].Type, events[1].ResellerID, events[1].TokenID})

		// Credits and trials cost no money.
		for _, in := range []service.Purchase{
			{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1, Pay: licensing.PayCredits},
			{Company: f.acme.ID, Product: "edit", Term: "trial", Quantity: 1},
		} {
			bought, err := f.Buy(ctx, f.main, in)
			require.NoError(t, err)
			require.Empty(t, f.received(f.main, bought.Order.ID), in)
		}

		// The series is the vendor's, whoever buys. A reseller without an address gets no mail.
		jobs := f.counts("river_job")[0]
		extended, err := f.Extend(ctx, f.main, service.Extension{License: bought.Licenses[0].ID, Term: "full:1", Pay: licensing.PayBalance})
		require.NoError(t, err)
		f.buy(f.stranger, f.other.ID, nil)
		l, err := f.Invoices(ctx, f.stranger, service.InvoiceQuery{Received: true}, service.Page{Limit: 5})
		require.NoError(t, err)
		require.Len(t, l.Rows, 1)
		require.Equal(t, []string{"VINV-2026-000004", ""}, []string{l.Rows[0].Number, l.Rows[0].Email})
		require.Equal(t, "VINV-2026-000003", f.received(f.main, extended.Order.ID)[0].Number)
		require.Equal(t, jobs+1, f.counts("river_job")[0])
		require.Equal(t, []licensing.Action{licensing.ActionDownload}, f.main.InvoiceActions(invoice))
	})
}

func TestRefundedOrdersAreCredited(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.pays("K-1", "balance", "invoice")
		for _, pay := range []licensing.Payment{licensing.PayBalance, licensing.PayInvoice} {
			bought, err := f.Buy(ctx, taxed(f.main, 1900), service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1, Pay: pay})
			require.NoError(t, err)
			for range 2 { // the second time there is nothing left to do
				require.NoError(t, f.CreditOrder(ctx, f.main, *bought.Order))
				all := f.received(f.main, bought.Order.ID)
				require.Len(t, all, 2)
				note, invoice := all[0], all[1]
				require.Equal(t, []any{licensing.KindCreditNote, licensing.Ref(invoice.ID), licensing.Ref(invoice.Number)}, []any{note.Kind, note.CancelsID, note.CancelsNumber})
				require.Equal(t, []int64{-invoice.Net, invoice.TaxRate, -invoice.Tax, -12000}, []int64{note.Net, note.TaxRate, note.Tax, note.Amount})
				require.Equal(t, []any{licensing.InvoiceVoid, licensing.Ref(note.ID)}, []any{invoice.State, invoice.CancelledBy})
				requireAddsUp(t, note, invoice)
			}
		}
		trial, err := f.Buy(ctx, f.main, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "trial", Quantity: 1})
		require.NoError(t, err)
		require.NoError(t, f.CreditOrder(ctx, f.main, *trial.Order))
		require.Empty(t, f.received(f.main, trial.Order.ID))
	})
}

// Everybody who buys takes a number of the same series, at the same time.
func TestOrdersAreBilledAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		var group errgroup.Group
		for i := range 24 {
			group.Go(func() error {
				c := []service.Caller{f.main, f.sub, f.stranger}[i%3]
				bought, err := f.Buy(t.Context(), c, service.Purchase{Product: "edit", Term: "full:1", Quantity: 1})
				if err != nil || i%4 > 0 {
					return err
				}
				return f.CreditOrder(t.Context(), c, *bought.Order)
			})
		}
		require.NoError(t, group.Wait())
		f.requireSeries("VINV-2026-", 24+6)
	})
}
