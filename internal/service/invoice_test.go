package service_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// plain is invoices without what is made up anew for each draft.
func plain(invoices []licensing.Invoice) []licensing.Invoice {
	all := make([]licensing.Invoice, len(invoices))
	for i, invoice := range invoices {
		invoice.ID, invoice.Number = "", ""
		lines := invoice.Lines
		invoice.Lines = nil
		for _, line := range lines {
			line.ID, line.InvoiceID = "", ""
			invoice.Lines = append(invoice.Lines, line)
		}
		all[i] = invoice
	}
	return all
}

func TestInvoices(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		second := f.company(f.main, "second")
		one := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.InvoiceReference = "PO 1" })
		two := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 2 })
		three := f.buy(f.main, second.ID, nil)
		in := service.Billing{Licenses: []string{three.ID, two.Coupon, one.ID, two.ID, one.ID}, ExpectedAmount: new(int64(60000))}

		before := f.dump()
		draft, err := f.PreviewInvoices(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, before, f.dump(), "a preview changes nothing")
		caller, replayed := keyed(f.main, "key")
		sent, err := f.SendInvoices(ctx, caller, in)
		require.NoError(t, err)
		require.Equal(t, plain(draft), plain(sent), "what is sent is the draft")
		require.Len(t, sent, 2)
		amounts := map[string]int64{}
		numbers := map[string]bool{}
		for _, i := range sent {
			amounts[string(i.CompanyID)] = i.Amount
			numbers[i.Number] = true
			require.Equal(t, []any{licensing.InvoiceSent, "EUR", date(2026, 11, 21)}, []any{i.State, i.Currency, i.IssuedOn})
			var sum int64
			for _, line := range i.Lines {
				sum += line.Amount
			}
			require.Equal(t, sum, i.Amount)
			for _, ref := range []string{i.ID, i.Number} {
				kept, err := f.Invoice(ctx, f.main, ref)
				require.NoError(t, err)
				require.ElementsMatch(t, i.Lines, kept.Lines)
				kept.Lines, kept.SearchText = i.Lines, ""
				require.Equal(t, i, kept)
			}
			require.Len(t, f.events(i.ID), 1)
			mail, err := f.InvoiceMail(ctx, i.ID)
			require.NoError(t, err)
			require.Equal(t, []string{i.Number, "Main Ltd", "billing@example.com"}, []string{mail.Invoice.Number, mail.Invoice.Seller.Name, mail.MailFrom})
		}
		require.Equal(t, map[string]int64{f.acme.ID: 45000, second.ID: 15000}, amounts)
		require.Equal(t, map[string]bool{"INV-2026-000001": true, "INV-2026-000002": true}, numbers)
		require.Equal(t, []int{5, 6, 5}, f.counts("invoices", "invoice_lines", "river_job"), "three orders are billed by the vendor")

		again, err := f.SendInvoices(ctx, caller, in)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, sent, again)
		require.Equal(t, []int{5, 6, 5}, f.counts("invoices", "invoice_lines", "river_job"), "three orders are billed by the vendor")
		_, err = f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{two.ID}})
		requireCode(t, licensing.CodeNothingToInvoice, err)

		// An extension is billed in its turn, and it alone.
		_, err = f.Extend(ctx, f.main, service.Extension{License: one.ID, Term: "monthly:2"})
		require.NoError(t, err)
		next, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{one.ID}})
		require.NoError(t, err)
		require.Equal(t, "INV-2026-000003", next[0].Number)
		require.EqualValues(t, 3000, next[0].Amount)
		require.Len(t, next[0].Lines, 1)
		require.Equal(t, one.EndsOn, next[0].Lines[0].StartsOn)
		kept, err := f.License(ctx, f.main, one.ID)
		require.NoError(t, err)
		require.Equal(t, licensing.BillingInvoiced, kept.Billing)

		require.NoError(t, f.InvoiceMailed(ctx, next[0].ID, nil))
		got, err := f.Invoice(ctx, f.main, next[0].ID)
		require.NoError(t, err)
		require.Equal(t, f.Now(), got.MailedAt)
		require.NoError(t, f.InvoiceMailed(ctx, next[0].ID, errors.New("no such user")))
		got, err = f.Invoice(ctx, f.main, next[0].ID)
		require.NoError(t, err)
		require.Equal(t, "no such user", got.MailError)
		require.True(t, got.MailedAt.IsZero())

		for q, want := range map[service.InvoiceQuery]int{{}: 3, {Company: "acme"}: 2, {Since: date(2026, 11, 22)}: 0, {Until: date(2026, 11, 22), Company: second.ID}: 1} {
			page, err := f.Invoices(ctx, f.main, q, service.Page{Limit: 5})
			require.NoError(t, err)
			require.Len(t, page.Rows, want)
		}
		// Each seller counts on its own, and each year.
		f.at(day(2027, 1, 2))
		theirs, err := f.SendInvoices(ctx, f.stranger, service.Billing{Licenses: []string{f.buy(f.stranger, f.other.ID, nil).ID}})
		require.NoError(t, err)
		require.Equal(t, "INV-2027-000001", theirs[0].Number)
	})
}

func TestInvoicesRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		good := f.buy(f.main, f.acme.ID, nil)
		stock := f.buy(f.main, "", nil)
		trial := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "trial" })
		silent, err := f.CreateCompany(ctx, f.main, service.CompanyChange{Name: new("Silent")})
		require.NoError(t, err)
		mute := f.buy(f.main, silent.ID, nil)
		below := f.buy(f.sub, f.below.ID, nil)
		other := f.buy(f.stranger, f.other.ID, nil)
		for _, test := range []struct {
			code     licensing.Code
			licenses []string
			expected *int64
		}{
			{licensing.CodeNotFound, []string{good.ID, "lic_none"}, nil},
			{licensing.CodeNotFound, []string{good.ID, other.ID}, nil},
			{licensing.CodeReadOnly, []string{good.ID, below.ID}, nil},
			{licensing.CodeLicenseWithoutComp, []string{good.ID, stock.ID}, nil},
			{licensing.CodeNothingToInvoice, []string{good.ID, trial.ID}, nil},
			{licensing.CodeCompanyNoEmail, []string{good.ID, mute.ID}, nil},
			{licensing.CodeTooManyLicenses, make([]string, service.MaxInvoiceLicenses+1), nil},
			{licensing.CodePriceChanged, []string{good.ID}, new(int64(14999))},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			in := service.Billing{Licenses: test.licenses, ExpectedAmount: test.expected}
			_, err := f.SendInvoices(ctx, caller, in)
			requireCode(t, test.code, err, in)
			require.Equal(t, before, f.dump())
			_, err = f.PreviewInvoices(ctx, f.main, in)
			requireCode(t, test.code, err, in)
		}
	})
}

// A failure after the first invoice takes back its number, its lines and its mail.
func TestInvoicesAllOrNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		one := f.buy(f.main, f.acme.ID, nil)
		two := f.buy(f.main, f.company(f.main, "second").ID, nil)
		// The second number is given already.
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			return tx.InsertInvoice(ctx, licensing.Invoice{
				ID: "inv_0", SellerID: f.main.Reseller.ID, ResellerID: f.main.Reseller.ID, Number: "INV-2026-000002",
				IssuedOn: date(2026, 1, 1), CreatedAt: licensing.At(*f.clock.Load()),
			})
		}))
		before := f.dump()
		_, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{one.ID, two.ID}})
		require.Error(t, err)
		require.Equal(t, before, f.dump())
		require.Equal(t, []int{2}, f.counts("river_job"), "the vendor's own, for two orders")
	})
}
