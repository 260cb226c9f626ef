package service_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestQuote(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		save := func(in service.Purchase) service.SavedQuote {
			quote, err := f.SaveQuote(ctx, f.main, in)
			require.NoError(t, err)
			return quote
		}
		in := service.Purchase{Company: f.acme.ID, Product: "cloud", Term: "calendar:1", Quantity: 3, Name: "Quoted"}
		quote := save(in)
		require.EqualValues(t, 6000, quote.Terms.Amount)
		// To the end of the day after tomorrow, in Amsterdam.
		require.Equal(t, time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), quote.ExpiresAt.Time)
		kept, err := f.Quote(ctx, f.main, quote.ID)
		require.NoError(t, err)
		require.Equal(t, quote, kept)
		require.Equal(t, []int{0, 0}, f.counts("orders", "licenses"))
		late, short := save(in), save(service.Purchase{Product: "edit", Term: "until:2026-11-22", Quantity: 1})

		f.at(time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)) // the 23rd in Amsterdam
		_, err = f.PreviewPurchase(ctx, f.main, service.Purchase{Quote: short.ID})
		requireCode(t, licensing.CodeQuoteExpired, err, "what it is for is over")
		deal, err := f.PreviewPurchase(ctx, f.main, service.Purchase{Quote: quote.ID})
		require.NoError(t, err)
		require.Equal(t, quote.Terms.Period, deal.Period)
		before := f.dump()
		for _, test := range []struct {
			code   licensing.Code
			caller service.Caller
			in     service.Purchase
		}{
			{licensing.CodeNotFound, f.main, service.Purchase{Quote: "quo_none"}},
			{licensing.CodeNotFound, f.stranger, service.Purchase{Quote: quote.ID}},
			{licensing.CodeNotFound, f.sub, service.Purchase{Quote: quote.ID}},
			{licensing.CodeInvalidRequest, f.main, service.Purchase{Quote: quote.ID, Quantity: 3}},
			{licensing.CodePaymentNotAllowed, f.main, service.Purchase{Quote: quote.ID, Pay: licensing.PayCredits}},
		} {
			_, err := f.Buy(ctx, test.caller, test.in)
			requireCode(t, test.code, err, test.in)
		}
		require.Equal(t, before, f.dump())

		var bought, used atomic.Int64
		var group errgroup.Group
		for range 6 {
			group.Go(func() error {
				_, err := f.Buy(ctx, f.main, service.Purchase{Quote: quote.ID})
				switch {
				case err == nil:
					bought.Add(1)
				case licensing.CodeOf(err) == licensing.CodeQuoteUsed:
					used.Add(1)
				default:
					return err
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.Equal(t, []int64{1, 5}, []int64{bought.Load(), used.Load()})
		kept, err = f.Quote(ctx, f.main, quote.ID)
		require.NoError(t, err)
		order, err := f.Order(ctx, f.main, string(kept.OrderID))
		require.NoError(t, err)
		require.Equal(t, []any{int64(6000), date(2026, 11, 21), date(2027, 1, 1)}, []any{order.Amount, order.Lines[0].StartsOn, order.Lines[0].EndsOn})
		license, err := f.License(ctx, f.main, order.Lines[0].LicenseID)
		require.NoError(t, err)
		require.Equal(t, []any{"Quoted", licensing.Ref(f.acme.ID)}, []any{license.Name, license.CompanyID})

		changed := catalog()
		changed.Resellers[0].Contracts[0].Prices["cloud"] = map[licensing.Interval]int64{licensing.PerYear: 12012}
		changed.Resellers[0].Contracts[0].Conditions = "New ones"
		require.NoError(t, f.ApplyCatalog(ctx, changed))
		_, err = f.Buy(ctx, f.main, service.Purchase{Quote: late.ID})
		requireCode(t, licensing.CodeQuoteChanged, err)
		refusal := new(licensing.Error)
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, []licensing.FieldError{
			{Field: "conditions", Message: "was nothing and is New ones"},
			{Field: "unit_price", Message: "was 120.00 EUR and is 120.12 EUR"},
			{Field: "amount", Message: "was 60.00 EUR and is 60.06 EUR"},
		}, refusal.Fields)

		f.at(quote.ExpiresAt.Time)
		_, err = f.Buy(ctx, f.main, service.Purchase{Quote: late.ID})
		requireCode(t, licensing.CodeQuoteExpired, err)
		f.at(quote.ExpiresAt.Add(30*24*time.Hour + time.Second))
		require.NoError(t, f.Tidy(ctx))
		require.Equal(t, []int{1}, f.counts("quotes"), "what was bought is kept")
	})
}

func TestBuyLike(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		first := f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Contract, in.Term, in.Quantity, in.Distributor, in.InvoiceReference = "both", "K-2", "monthly:3", 7, "North", "PO 1"
		})
		require.Equal(t, "North", first.Distributor)
		like := func(change func(*service.Purchase)) licensing.License {
			in := service.Purchase{Like: first.Coupon}
			change(&in)
			bought, err := f.Buy(ctx, f.main, in)
			require.NoError(t, err)
			return bought.Licenses[0]
		}
		same := like(func(*service.Purchase) {})
		require.Equal(t, []any{first.ProductID, first.ContractID, first.CompanyID, first.Term, int64(7), "North", ""},
			[]any{same.ProductID, same.ContractID, same.CompanyID, same.Term, same.Quantity, same.Distributor, same.InvoiceReference})
		other := like(func(in *service.Purchase) {
			in.Contract, in.Quantity, in.Term, in.Unassigned, in.Distributor = "K-1", 2, "full:1", true, "South"
		})
		require.NotEqual(t, first.ContractID, other.ContractID)
		require.Equal(t, []any{licensing.Ref(""), int64(2), "full:1", "South"}, []any{other.CompanyID, other.Quantity, other.Term, other.Distributor})
		otherProduct := like(func(in *service.Purchase) { in.Product = "edit" })
		require.Equal(t, []any{"edit", int64(7), "monthly:3"}, []any{otherProduct.ProductSKU, otherProduct.Quantity, otherProduct.Term})

		closing := catalog()
		closing.Resellers[0].Contracts[1].Closed = true
		require.NoError(t, f.ApplyCatalog(ctx, closing))
		require.Equal(t, other.ContractID, like(func(*service.Purchase) {}).ContractID, "the one that fits")

		below := f.buy(f.sub, f.below.ID, nil)
		for ref, code := range map[string]licensing.Code{below.ID: licensing.CodeReadOnly, "lic_none": licensing.CodeNotFound} {
			_, err := f.Buy(ctx, f.main, service.Purchase{Like: ref})
			requireCode(t, code, err)
		}
		for field, in := range map[string]service.Purchase{"product": {Term: "full:1", Quantity: 1}, "term": {Product: "edit", Quantity: 1}} {
			_, err := f.Buy(ctx, f.main, in)
			requireCode(t, licensing.CodeInvalidRequest, err)
			require.ErrorContains(t, err, field+" is missing")
		}
	})
}
