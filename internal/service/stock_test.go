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
