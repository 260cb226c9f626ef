package service_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func date(y, m, d int) licensing.Date { return licensing.NewDate(y, time.Month(m), d) }

func TestBuy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		product, term string
		quantity      int64
		serials       []string
		ends          licensing.Date
		interval      int64 // unit price
		amount, list  int64
	}{
		{"edit", "full:2", 3, nil, date(2028, 11, 21), 12000, 72000, 90000},
		{"edit", "yearly:1", 3, nil, date(2027, 11, 21), 12000, 36000, 45000},
		{"edit", "monthly:6", 3, nil, date(2027, 5, 21), 1200, 21600, 27000},
		{"edit", "calendar:1", 3, nil, date(2027, 1, 1), 12000, 36000, 45000},
		{"cloud", "calendar:1", 3, nil, date(2027, 1, 1), 12000, 6000, 7500},
		{"cloud", "calendar:3", 1, nil, date(2029, 1, 1), 12000, 26000, 32500},
		{"edit", "trial", 2, nil, date(2026, 12, 21), 0, 0, 0},
		{"edit", "until:2027-06-30", 3, nil, date(2027, 6, 30), 12000, 21797, 27247},
		{"edit", "perpetual", 3, nil, licensing.Date{}, 50000, 150000, 180000},
		{"cam", "perpetual", 0, []string{"SN-2", "SN-1"}, licensing.Date{}, 50000, 100000, 120000},
		{"care", "full:1", 1, nil, date(2027, 11, 21), 700, 700, 700}, // no list price: what it costs
		{"gift", "full:1", 5, nil, date(2027, 11, 21), 0, 0, 0},
	}
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for _, test := range tests {
			balance := f.balance(f.main)
			in := service.Purchase{
				Company: "acme.example.com", Product: test.product, Term: test.term, Quantity: test.quantity, Serials: test.serials, Name: "Name",
				Note: "Note", OrderNote: "Order note", InvoiceReference: "PO 1", ExpectedAmount: new(test.amount),
			}
			before := f.dump()
			deal, err := f.PreviewPurchase(ctx, f.main, in)
			require.NoError(t, err, test)
			require.Equal(t, before, f.dump(), "a preview changes nothing")
			bought, err := f.Buy(ctx, f.main, in)
			require.NoError(t, err, test)
			require.Len(t, bought.Licenses, 1)
			got := bought.Licenses[0]

			quantity := max(test.quantity, int64(len(test.serials)))
			require.Equal(t, licensing.Period{StartsOn: date(2026, 11, 21), EndsOn: test.ends}, deal.Period, test)
			require.Equal(t, []int64{test.interval, test.amount, test.list, quantity, balance}, []int64{deal.UnitPrice, deal.Amount, deal.ListAmount, deal.Quantity, deal.BalanceBefore}, test)
			require.Equal(t, balance-test.amount, f.balance(f.main))
			require.Equal(t, []any{deal.Period.StartsOn, deal.Period.EndsOn, deal.Amount, deal.Quantity, deal.Term.String(), deal.Contract.ID, deal.Product.ID, licensing.Ref(deal.Company.ID)},
				[]any{got.StartsOn, got.EndsOn, got.Amount, got.Quantity, got.Term, got.ContractID, got.ProductID, got.CompanyID}, "a purchase is what its preview said")
			require.Equal(t, []string{"Name", "Note", "PO 1"}, []string{got.Name, got.Note, got.InvoiceReference})
			require.Equal(t, licensing.StateAssigned, got.State(f.Today(f.main)))
			require.Equal(t, test.list > 0, got.Billing == licensing.BillingUnbilled)
			coupon, ok := licensing.CanonicalCoupon(got.Coupon)
			require.True(t, ok)
			require.Equal(t, coupon, got.Coupon)

			order, err := f.Order(ctx, f.main, got.OrderNumber)
			require.NoError(t, err)
			require.Equal(t, []any{licensing.OrderPurchase, licensing.OrderProcessed, test.amount, deal.Payment, "PO 1", "Order note", f.main.Token.ID},
				[]any{order.Kind, order.State, order.Amount, order.Payment, order.InvoiceReference, order.Note, order.TokenID})
			require.Equal(t, test.amount == 0, order.Payment == licensing.PayNothing)
			require.Len(t, order.Lines, 1)
			order.SearchText = ""
			require.Equal(t, order.Order, *bought.Order, "the answer is what was kept")
			line := order.Lines[0]
			require.Equal(t, []any{got.ID, test.product, got.Term, quantity, test.interval, test.amount, deal.ListPrice, test.list, got.StartsOn, got.EndsOn},
				[]any{line.LicenseID, line.ProductSKU, line.Term, line.Quantity, line.UnitPrice, line.Amount, line.ListPrice, line.ListAmount, line.StartsOn, line.EndsOn})
			for _, serial := range test.serials {
				require.Contains(t, line.Description, serial)
			}

			for _, ref := range []string{got.ID, got.Coupon, got.Coupon[:4] + "-" + got.Coupon[4:]} {
				kept, err := f.License(ctx, f.main, ref)
				require.NoError(t, err)
				require.ElementsMatch(t, got.Serials, kept.Serials)
				got.Serials, got.SearchText = kept.Serials, kept.SearchText
				require.Equal(t, got, kept, "the answer is what was kept")
			}
			events := f.events(got.ID)
			require.Len(t, events, 1)
			require.Equal(t, "license.added", events[0].Type)
			require.JSONEq(t, `null`, part(t, events[0], "before"))
			require.Contains(t, part(t, events[0], "after"), got.Coupon)
		}
		ledger, err := f.LedgerEntries(ctx, f.main, service.LedgerQuery{Currency: "EUR"}, service.Page{Limit: 100})
		require.NoError(t, err)
		require.Len(t, ledger.Rows, 11, "an opening deposit and ten that cost something")
		orders, err := f.Orders(ctx, f.main, service.OrderQuery{}, service.Page{Limit: 100})
		require.NoError(t, err)
		require.Equal(t, "ORD-2026-000012", orders.Rows[0].Number)
		require.Equal(t, "ORD-2026-000001", orders.Rows[11].Number)

		stock := f.buy(f.main, "", nil)
		require.Equal(t, licensing.StateAvailable, stock.State(f.Today(f.main)))
		// Its own counter.
		require.Equal(t, "ORD-2026-000001", f.buy(f.stranger, f.other.ID, nil).OrderNumber)
		own, err := f.Order(ctx, f.main, "ORD-2026-000001")
		require.NoError(t, err)
		require.Equal(t, f.main.Reseller.ID, own.ResellerID)
	})
}

// Dates are those of the vendor's zone.
func TestBuyAtMidnight(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.at(time.Date(2026, time.December, 31, 23, 30, 0, 0, time.UTC)) // 2027 in Amsterdam
		got := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Contract = "K-1" })
		require.Equal(t, date(2027, 1, 1), got.StartsOn)
		require.Equal(t, "ORD-2027-000001", got.OrderNumber)
		for _, day := range []int{1, 2} {
			orders, err := f.Orders(t.Context(), f.main, service.OrderQuery{Since: date(2027, 1, day)}, service.Page{Limit: 5})
			require.NoError(t, err)
			require.Len(t, orders.Rows, 2-day)
		}
	})
}

func TestDealTellsWhatTheCompanyHas(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 5 })
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Term = 3, "until:2026-12-01" })
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Term = 2, "until:2026-12-02" })
		deal, err := f.PreviewPurchase(t.Context(), f.main, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1})
		require.NoError(t, err)
		require.EqualValues(t, 10, deal.Existing)
		require.EqualValues(t, 3, deal.EndingSoon)
	})
}
