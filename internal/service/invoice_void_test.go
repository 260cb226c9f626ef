package service_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// requireSeries wants exactly the numbers from 1 to n of a series.
func (f *fixture) requireSeries(prefix string, n int) {
	f.t.Helper()
	var numbers []string
	for _, row := range f.dump()["invoices"] {
		for column := range strings.SplitSeq(row, "|") {
			if strings.HasPrefix(column, prefix) {
				numbers = append(numbers, column)
			}
		}
	}
	slices.Sort(numbers)
	require.Len(f.t, numbers, n)
	for i, number := range numbers {
		require.Equal(f.t, fmt.Sprintf("%s%06d", prefix, i+1), number, "a gap in %v", numbers)
	}
}

func (f *fixture) billing(c service.Caller, license string) licensing.Billing {
	f.t.Helper()
	l, err := f.License(f.t.Context(), c, license)
	require.NoError(f.t, err)
	return l.Billing
}

func TestVoidInvoice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		send := func() licensing.Invoice {
			t.Helper()
			sent, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{license.ID}, TaxRate: new(int64(2100))})
			require.NoError(t, err)
			require.Len(t, sent, 1)
			return sent[0]
		}
		first := send()
		require.Equal(t, []int64{15000, 3150, 18150}, []int64{first.Net, first.Tax, first.Amount})
		_, err := f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1"})
		require.NoError(t, err)
		require.Equal(t, licensing.BillingUnbilled, f.billing(f.main, license.ID))
		second := send()
		require.Equal(t, licensing.BillingInvoiced, f.billing(f.main, license.ID))

		paid, err := f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: first.Number, PaidOn: date(2026, 11, 21)})
		require.NoError(t, err)
		require.Equal(t, []any{licensing.InvoicePaid, int64(2)}, []any{paid.State, paid.Version})
		require.Equal(t, licensing.BillingInvoiced, f.billing(f.main, license.ID), "one of two is paid")
		for _, at := range []licensing.Date{date(2026, 11, 20), date(2026, 11, 22)} {
			_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: second.ID, PaidOn: at})
			requireCode(t, licensing.CodeInvalidRequest, err)
		}
		_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: first.ID})
		requireCode(t, licensing.CodeInvoiceNotPayable, err)

		before := f.dump()
		draft, err := f.PreviewVoid(ctx, f.main, second.Number)
		require.NoError(t, err)
		require.Equal(t, before, f.dump(), "a preview changes nothing")
		caller, replayed := keyed(f.main, "void")
		note, err := f.VoidInvoice(ctx, caller, second.Number)
		require.NoError(t, err)
		require.Equal(t, plain([]licensing.Invoice{draft}), plain([]licensing.Invoice{note}))
		require.Equal(t, []any{"INV-2026-000003", licensing.KindCreditNote, licensing.Ref(second.ID), int64(-18150)},
			[]any{note.Number, note.Kind, note.CancelsID, note.Amount})
		requireAddsUp(t, note, second)
		require.Equal(t, licensing.BillingUnbilled, f.billing(f.main, license.ID))
		void, err := f.Invoice(ctx, f.main, second.ID)
		require.NoError(t, err)
		require.Equal(t, []any{licensing.InvoiceVoid, licensing.Ref(note.Number)}, []any{void.State, void.CancelledNumber})
		mail, err := f.InvoiceMail(ctx, note.ID)
		require.NoError(t, err)
		require.EqualValues(t, second.Number, mail.Invoice.CancelsNumber)
		require.Equal(t, "invoice.voided", f.events(second.ID)[1].Type)
		require.Equal(t, "invoice.credited", f.events(note.ID)[0].Type)
		again, err := f.VoidInvoice(ctx, caller, second.Number)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, note, again)

		// What is void can be billed again, and paid.
		third := send()
		require.Equal(t, second.Lines[0].OrderLineID, third.Lines[0].OrderLineID)
		_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: third.ID})
		require.NoError(t, err)
		require.Equal(t, licensing.BillingPaid, f.billing(f.main, license.ID))

		before = f.dump()
		for ref, code := range map[string]licensing.Code{
			third.ID: licensing.CodeInvoiceNotVoid, second.ID: licensing.CodeInvoiceNotVoid, note.ID: licensing.CodeInvoiceNotVoid,
			"inv_none": licensing.CodeNotFound, f.received(f.main, "")[0].ID: licensing.CodeReadOnly,
		} {
			_, err = f.PreviewVoid(ctx, f.main, ref)
			requireCode(t, code, err, ref)
			_, err = f.VoidInvoice(ctx, f.main, ref)
			requireCode(t, code, err, ref)
		}
		require.Equal(t, before, f.dump())
	})
}

func TestResendInvoice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		sent, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{license.ID}})
		require.NoError(t, err)
		require.NoError(t, f.InvoiceMailed(ctx, sent[0].ID, nil))
		jobs := f.counts("river_job")[0]

		_, err = f.EditCompany(ctx, f.main, f.acme.ID, 0, service.CompanyChange{Email: new("accounts@acme.example")})
		require.NoError(t, err)
		again, err := f.ResendInvoice(ctx, f.main, sent[0].Number)
		require.NoError(t, err)
		require.Equal(t, []any{"accounts@acme.example", int64(2), ""}, []any{again.Email, again.Version, again.MailedAt.String()})
		require.Equal(t, "acme@example.com", again.Buyer.Email, "the invoice itself stays as it was")
		require.Equal(t, jobs+1, f.counts("river_job")[0])

		received := f.received(f.stranger, "")
		require.Empty(t, received)
		f.buy(f.stranger, f.other.ID, nil)
		received = f.received(f.stranger, "")
		_, err = f.ResendInvoice(ctx, f.stranger, received[0].ID)
		requireCode(t, licensing.CodeReadOnly, err)
		_, err = f.ResendInvoice(ctx, f.vendor, received[0].ID)
		requireCode(t, licensing.CodeCompanyNoEmail, err)
	})
}

// However an invoice is taxed, its lines make its net amount, and that and the tax
// its total.
func TestInvoicesAddUp(t *testing.T) {
	t.Parallel()
	f := setup(t, t.TempDir()+"/resell.db")
	var licenses []string
	for quantity := range int64(12) {
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Term = 1+quantity*3, "until:2027-03-07" })
		licenses = append(licenses, license.ID)
	}
	rapid.Check(t, func(rt *rapid.T) {
		in := service.Billing{
			Licenses: rapid.SliceOfNDistinct(rapid.SampledFrom(licenses), 1, len(licenses), rapid.ID[string]).Draw(rt, "licenses"),
			TaxRate:  new(rapid.Int64Range(0, licensing.MaxTaxRate).Draw(rt, "rate")),
		}
		drafts, err := f.PreviewInvoices(t.Context(), f.main, in)
		require.NoError(rt, err)
		require.Len(rt, drafts, 1)
		requireAddsUp(rt, drafts...)
		require.Equal(rt, licensing.Tax(drafts[0].Net, *in.TaxRate), drafts[0].Tax)
		require.Len(rt, drafts[0].Lines, len(in.Licenses))
	})
}

// Many send, void and pay at once: no number is missing, and nothing is billed twice.
func TestInvoicesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		second := f.company(f.main, "second")
		licenses := make([]licensing.License, 6)
		for i := range licenses {
			licenses[i] = f.buy(f.main, []string{f.acme.ID, second.ID}[i%2], nil)
		}
		tolerated := []licensing.Code{licensing.CodeNothingToInvoice, licensing.CodeInvoiceNotVoid, licensing.CodeInvoiceNotPayable}
		var group errgroup.Group
		for worker := range 6 {
			group.Go(func() error {
				for i := range licenses {
					// By turns in another order, and by id or coupon.
					a, b := licenses[(i+worker)%6], licenses[(i+worker*3+1)%6]
					sent, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{a.ID, b.Coupon}})
					if licensing.CodeOf(err) == licensing.CodeNothingToInvoice {
						sent, err = f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{a.Coupon}})
					}
					for _, invoice := range sent {
						if rand.IntN(3) == 0 {
							_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: invoice.ID})
						} else {
							_, err = f.VoidInvoice(ctx, f.main, invoice.ID)
						}
					}
					if err != nil && !slices.Contains(tolerated, licensing.CodeOf(err)) {
						return err
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())

		l, err := f.Invoices(ctx, f.main, service.InvoiceQuery{}, service.Page{Limit: 500})
		require.NoError(t, err)
		f.requireSeries("INV-2026-", len(l.Rows))
		billed := map[string]licensing.InvoiceState{} // by order line
		balance := map[string]int64{}                 // what all invoices and credit notes of a line come to
		for _, invoice := range l.Rows {
			requireAddsUp(t, invoice)
			require.Equal(t, invoice.State == licensing.InvoiceVoid, invoice.CancelledBy != "", invoice.Number)
			for _, line := range invoice.Lines {
				balance[line.OrderLineID] += line.Amount
				if invoice.Kind == licensing.KindInvoice && invoice.State != licensing.InvoiceVoid {
					require.NotContains(t, billed, line.OrderLineID, "billed twice")
					billed[line.OrderLineID] = invoice.State
				}
			}
		}
		require.NoError(t, f.store.View(ctx, func(tx *store.Tx) error {
			for _, license := range licenses {
				states, err := tx.BilledLines(ctx, license.ID, "")
				require.NoError(t, err)
				require.Len(t, states, 1)
				order, err := tx.Order(ctx, f.main.Visible, license.OrderID)
				require.NoError(t, err)
				require.Equal(t, billed[order.Lines[0].ID], states[0])
				require.Equal(t, licensing.BillingOf(states), f.billing(f.main, license.ID))
				want := order.Lines[0].ListAmount
				if states[0] == "" {
					want = 0
				}
				require.Equal(t, want, balance[order.Lines[0].ID])
			}
			return nil
		}))
	})
}
