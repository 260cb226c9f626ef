package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// sums adds up what the licenses of an order, and its lines, come to.
type sums struct{ quantity, amount, lineQuantity, lineAmount, listAmount int64 }

func (f *fixture) sumsOf(c service.Caller, number string) sums {
	f.t.Helper()
	var all sums
	licenses, err := f.Licenses(f.t.Context(), c, service.LicenseQuery{Order: number}, service.Page{Limit: 500})
	require.NoError(f.t, err)
	for _, l := range licenses.Rows {
		all.quantity += l.Quantity
		all.amount += l.Amount
	}
	order, err := f.Order(f.t.Context(), c, number)
	require.NoError(f.t, err)
	for _, line := range order.Lines {
		all.lineQuantity += line.Quantity
		all.lineAmount += line.Amount
		all.listAmount += line.ListAmount
	}
	return all
}

func TestAssignLicense(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stock := f.buy(f.main, "", func(in *service.Purchase) {
			in.Quantity, in.Term, in.Name, in.InvoiceReference = 7, "monthly:1", "Spare", "PO-1"
		})
		extended, err := f.Extend(ctx, f.main, service.Extension{License: stock.ID, Term: "until:2027-01-31"})
		require.NoError(t, err)
		stock = extended.Licenses[0]
		bought, prolonged := f.sumsOf(f.main, stock.OrderNumber), f.sumsOf(f.main, extended.Order.Number)
		second := f.company(f.main, "second")
		f.makeKey(f.main, stock.ID, 2)

		part, err := f.AssignLicense(ctx, f.main, service.Assignment{License: stock.Coupon, Company: "acme", Quantity: 3})
		require.NoError(t, err)
		require.NotEqual(t, stock.ID, part.ID)
		require.NotEqual(t, stock.Coupon, part.Coupon)
		require.EqualValues(t, f.acme.ID, part.CompanyID)
		require.EqualValues(t, 3, part.Quantity)
		require.Zero(t, part.KeySeats)
		require.Equal(t, []any{stock.OrderID, stock.StartsOn, stock.EndsOn, stock.Term, stock.ContractID, "Spare", "PO-1", licensing.BillingUnbilled},
			[]any{part.OrderID, part.StartsOn, part.EndsOn, part.Term, part.ContractID, part.Name, part.InvoiceReference, part.Billing})
		found, err := f.Licenses(ctx, f.main, service.LicenseQuery{Company: "acme", Search: part.Coupon}, service.Page{Limit: 5})
		require.NoError(t, err)
		require.Len(t, found.Rows, 1)

		rest, err := f.License(ctx, f.main, stock.ID)
		require.NoError(t, err)
		require.EqualValues(t, 4, rest.Quantity)
		require.EqualValues(t, 2, rest.KeySeats)
		require.Equal(t, stock.Amount, rest.Amount+part.Amount)
		require.Equal(t, stock.Coupon, rest.Coupon)

		// What keys have is not split off; the whole goes with them.
		_, err = f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "second", Quantity: 3})
		requireCode(t, licensing.CodeNotAssignable, err)
		whole, err := f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "second"})
		require.NoError(t, err)
		require.Equal(t, stock.ID, whole.ID)
		require.EqualValues(t, second.ID, whole.CompanyID)
		_, err = f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "acme"})
		requireCode(t, licensing.CodeNotAssignable, err)

		require.Equal(t, bought, f.sumsOf(f.main, stock.OrderNumber), "nothing of the purchase is lost")
		after := f.sumsOf(f.main, extended.Order.Number)
		require.Equal(t, []int64{prolonged.lineQuantity, prolonged.lineAmount, prolonged.listAmount}, []int64{after.lineQuantity, after.lineAmount, after.listAmount})

		// Each company is invoiced for its own part, and all of it is invoiced.
		invoices, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{part.ID, whole.ID}})
		require.NoError(t, err)
		require.Len(t, invoices, 2)
		require.Equal(t, bought.listAmount+prolonged.listAmount, invoices[0].Net+invoices[1].Net)

		var types []string
		for _, e := range f.events(stock.ID) {
			types = append(types, e.Type)
		}
		require.Equal(t, []string{"license.added", "license.extended", "license.split", "license.assigned"}, types)
		types = nil
		for _, e := range f.events(part.ID) {
			types = append(types, e.Type)
		}
		require.Equal(t, []string{"license.split", "license.assigned"}, types)
	})
}

func TestAssignLicenseRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stock := f.buyMany(f.main, "", 5)
		mine := f.buyMany(f.main, f.acme.ID, 5)
		bound := f.buy(f.main, "", func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN-1", "SN-2"}
		})
		shared := f.buyMany(f.main, "", 5)
		key := f.makeKey(f.main, shared.ID, 1)
		_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{mine.ID}})
		require.NoError(t, err)
		second := f.company(f.main, "second")
		before := f.dump()
		for name, tt := range map[string]struct {
			in   service.Assignment
			code licensing.Code
		}{
			"too much":             {service.Assignment{License: stock.ID, Company: "acme", Quantity: 6}, licensing.CodeNotAssignable},
			"less than nothing":    {service.Assignment{License: stock.ID, Company: "acme", Quantity: -1}, licensing.CodeInvalidQuantity},
			"assigned":             {service.Assignment{License: mine.ID, Company: "second"}, licensing.CodeNotAssignable},
			"of serials":           {service.Assignment{License: bound.ID, Company: "acme", Quantity: 1}, licensing.CodeNotAssignable},
			"a stranger's company": {service.Assignment{License: stock.ID, Company: f.other.ID}, licensing.CodeNotFound},
			"a sub's company":      {service.Assignment{License: stock.ID, Company: f.below.ID}, licensing.CodeReadOnly},
			"nobody's company":     {service.Assignment{License: stock.ID, Company: "nobody"}, licensing.CodeNotFound},
			"no license":           {service.Assignment{License: "lic_none", Company: "acme"}, licensing.CodeNotFound},
			"key of another":       {service.Assignment{License: shared.ID, Company: second.ID}, licensing.CodeNotAssignable},
		} {
			_, err := f.AssignLicense(ctx, f.main, tt.in)
			requireCode(t, tt.code, err, name)
		}
		require.Equal(t, before, f.dump())

		for _, in := range []service.Assignment{
			{License: bound.ID, Company: second.ID, Quantity: 2},
			{License: shared.ID, Company: second.ID, Quantity: 4}, // what the key does not unlock
			{License: shared.ID, Company: f.acme.ID},
		} {
			_, err := f.AssignLicense(ctx, f.main, in)
			require.NoError(t, err)
		}
	})
}

// Many who split one license get no more of it than there is, and lose nothing.
func TestAssignAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		stock := f.buyMany(f.main, "", 20)
		before := f.sumsOf(f.main, stock.OrderNumber)
		var group errgroup.Group
		got := make([]int64, 8)
		for i := range got {
			group.Go(func() error {
				for {
					l, err := f.AssignLicense(ctx, f.main, service.Assignment{License: stock.ID, Company: "acme", Quantity: 3})
					if licensing.CodeOf(err) == licensing.CodeNotAssignable {
						return nil
					}
					if err != nil {
						return err
					}
					got[i] += l.Quantity
				}
			})
		}
		require.NoError(t, group.Wait())
		var sum int64
		for _, n := range got {
			sum += n
		}
		require.EqualValues(t, 18, sum)
		require.Equal(t, before, f.sumsOf(f.main, stock.OrderNumber))
		rest, err := f.License(ctx, f.main, stock.ID)
		require.NoError(t, err)
		require.EqualValues(t, 2, rest.Quantity)
	})
}

// purchaseOf is a purchase that takes from stock first.
func purchaseOf(company string, quantity int64) service.Purchase {
	return service.Purchase{Company: company, Product: "edit", Term: "full:1", Quantity: quantity, Stock: service.StockTake}
}

func TestBuyFromStock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		soon := f.buyMany(f.main, "", 3)
		f.at(f.clock.Load().AddDate(0, 1, 0))
		later := f.buyMany(f.main, "", 4)
		f.makeKey(f.main, later.ID, 1)
		f.buy(f.main, "", func(in *service.Purchase) { in.Term = "full:2" })     // another term
		f.buy(f.main, "", func(in *service.Purchase) { in.Product = "cloud" })   // another product
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 9 }) // not stock
		paused := f.buyMany(f.main, "", 5)
		_, err := f.PauseLicense(ctx, f.main, paused.ID)
		require.NoError(t, err)

		// A preview tells what there is, and what would be taken.
		in := purchaseOf("acme", 5)
		in.Stock = ""
		deal, err := f.PreviewPurchase(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, []int64{6, 5, 60000}, []int64{deal.StockAvailable, deal.Quantity, deal.Amount})
		require.Empty(t, deal.Stock)
		before := f.dump()
		deal, err = f.PreviewPurchase(ctx, f.main, purchaseOf("acme", 8))
		require.NoError(t, err)
		require.Equal(t, []int64{6, 2, 24000}, []int64{deal.StockAvailable, deal.Quantity, deal.Amount})
		require.Len(t, deal.Stock, 2)
		require.Equal(t, []any{soon.ID, int64(3), later.ID, int64(3)},
			[]any{deal.Stock[0].License.ID, deal.Stock[0].Quantity, deal.Stock[1].License.ID, deal.Stock[1].Quantity})

		// A limit leaves the rest of the stock to others.
		in = purchaseOf("acme", 8)
		in.StockLimit = 4
		deal, err = f.PreviewPurchase(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, []int64{6, 4, 48000}, []int64{deal.StockAvailable, deal.Quantity, deal.Amount})
		require.Equal(t, []int64{3, 1}, []int64{deal.Stock[0].Quantity, deal.Stock[1].Quantity})
		in.Stock = service.StockSkip
		_, err = f.Buy(ctx, f.main, in)
		requireCode(t, licensing.CodeInvalidRequest, err)

		// What it costs is expected, or nothing is taken.
		in = purchaseOf("acme", 8)
		in.ExpectedAmount = new(int64(24001))
		_, err = f.Buy(ctx, f.main, in)
		requireCode(t, licensing.CodePriceChanged, err)
		_, err = f.Buy(ctx, f.main, purchaseOf("", 1))
		requireCode(t, licensing.CodeCompanyRequired, err)
		_, err = f.Buy(ctx, f.main, purchaseOf(f.other.ID, 1))
		requireCode(t, licensing.CodeNotFound, err)
		_, err = f.Buy(ctx, f.main, purchaseOf("acme", 1000))
		requireCode(t, licensing.CodeInsufficientFunds, err)
		require.Equal(t, before, f.dump())

		in.ExpectedAmount, in.Name = new(int64(24000)), "Lab"
		bought, err := f.Buy(ctx, f.main, in)
		require.NoError(t, err)
		require.Len(t, bought.Licenses, 3)
		require.Zero(t, bought.StockLeft)
		require.EqualValues(t, 24000, bought.Order.Amount)
		quantities := []int64{}
		for _, l := range bought.Licenses {
			require.EqualValues(t, f.acme.ID, l.CompanyID)
			require.Equal(t, "Lab", l.Name)
			quantities = append(quantities, l.Quantity)
		}
		require.Equal(t, []int64{3, 3, 2}, quantities)
		require.Equal(t, soon.ID, bought.Licenses[0].ID, "a whole license is itself")
		require.NotEqual(t, later.ID, bought.Licenses[1].ID)
		require.Equal(t, []any{later.OrderID, later.EndsOn}, []any{bought.Licenses[1].OrderID, bought.Licenses[1].EndsOn})
		require.Equal(t, bought.Order.ID, bought.Licenses[2].OrderID)
		require.Len(t, bought.Details().Licenses, 1, "what came from stock is not of this order")

		// Where there is enough, nothing is ordered.
		f.buyMany(f.main, "", 10)
		orders := f.counts("orders")
		bought, err = f.Buy(ctx, f.main, purchaseOf("acme", 4))
		require.NoError(t, err)
		require.Nil(t, bought.Order)
		require.EqualValues(t, 6, bought.StockLeft)
		require.Equal(t, orders, f.counts("orders"))

		// A token for other contracts takes nothing.
		limited := f.main
		limited.Token.Contracts = licensing.List{"con_other"}
		_, err = f.Buy(ctx, limited, purchaseOf("acme", 1))
		require.Error(t, err)
		bought, err = f.Buy(ctx, f.main, service.Purchase{Company: "acme", Product: "edit", Term: "full:1", Quantity: 1, Stock: service.StockSkip})
		require.NoError(t, err)
		require.NotNil(t, bought.Order)
		require.EqualValues(t, 6, bought.StockLeft)
	})
}

// Many who take from stock at once never take the same, and pay for what there is not.
func TestBuyFromStockAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for _, n := range []int64{7, 1, 12} {
			f.buyMany(f.main, "", n)
		}
		start := f.balance(f.main)
		var group errgroup.Group
		taken, ordered := make([]int64, 8), make([]int64, 8)
		for i := range taken {
			group.Go(func() error {
				for range 3 {
					bought, err := f.Buy(ctx, f.main, purchaseOf("acme", 1+int64(i%3)))
					if err != nil {
						return err
					}
					for _, l := range bought.Licenses {
						if bought.Order != nil && l.OrderID == bought.Order.ID {
							ordered[i] += l.Quantity
						} else {
							taken[i] += l.Quantity
						}
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		var fromStock, bought, wanted int64
		for i := range taken {
			fromStock, bought, wanted = fromStock+taken[i], bought+ordered[i], wanted+3*(1+int64(i%3))
		}
		require.EqualValues(t, 20, fromStock, "all of the stock, and no more")
		require.Equal(t, wanted, fromStock+bought)
		require.Equal(t, start-bought*12000, f.balance(f.main))
		licenses, err := f.Licenses(ctx, f.main, service.LicenseQuery{Company: "acme"}, service.Page{Limit: 500})
		require.NoError(t, err)
		var has int64
		for _, l := range licenses.Rows {
			has += l.Quantity
		}
		require.Equal(t, wanted, has)
		for _, number := range []string{"ORD-2026-000001", "ORD-2026-000002", "ORD-2026-000003"} {
			got := f.sumsOf(f.main, number)
			require.Equal(t, got.quantity, got.lineQuantity)
			require.Equal(t, got.amount, got.lineAmount)
			require.Equal(t, 12000*got.quantity, got.amount)
		}
	})
}
