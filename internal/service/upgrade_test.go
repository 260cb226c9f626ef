package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// editions makes the editor a family of three: a better one, and one that its contract has
// no price for by the month.
func (f *fixture) editions() {
	f.t.Helper()
	type prices = map[string]map[licensing.Interval]int64
	c := catalog()
	c.Products[0].Family, c.Products[0].Edition = "edit", "basic"
	best := c.Products[0]
	best.SKU, best.Name, best.Edition = "edit-best", "Editor of the best", "best"
	best.Prices = prices{"EUR": {licensing.PerYear: 30000, licensing.PerMonth: 3000}}
	monthly := best
	monthly.SKU, monthly.Name, monthly.Edition = "edit-month", "Editor by the month", "month"
	c.Products = append(c.Products, best, monthly)
	sold := c.Resellers[0].Contracts[0].Prices
	sold["edit-best"] = map[licensing.Interval]int64{licensing.PerYear: 20000, licensing.PerMonth: 2000}
	sold["edit-month"] = map[licensing.Interval]int64{licensing.PerMonth: 1600}
	require.NoError(f.t, f.ApplyCatalog(f.t.Context(), c))
}

func TestUpgrade(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.editions()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.InvoiceReference = 5, "PO 7" })
		f.at(day(2027, 3, 1)) // 265 days are left
		balance, before := f.balance(f.main), f.dump()
		in := service.Upgrade{License: license.Coupon, Quantity: 8, Edition: "best", OrderNote: "better", ExpectedAmount: new(int64(72603))}
		deal, err := f.PreviewUpgrade(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, before, f.dump(), "a preview changes nothing")
		require.Equal(t, []any{int64(72603), int64(119795), int64(5), int64(8), "edit", "edit-best"},
			[]any{deal.Amount, deal.ListAmount, deal.QuantityBefore, deal.Quantity, deal.ProductBefore.SKU, deal.Product.SKU})
		bought, err := f.Upgrade(ctx, f.main, in)
		require.NoError(t, err)
		got := bought.Licenses[0]
		require.Equal(t, []any{license.ID, "edit-best", int64(8), license.Amount + 72603, license.EndsOn, license.Term, license.Version + 1, licensing.BillingUnbilled, true},
			[]any{got.ID, got.ProductSKU, got.Quantity, got.Amount, got.EndsOn, got.Term, got.Version, got.Billing, got.Reordered})
		require.Equal(t, balance-72603, f.balance(f.main))
		kept, err := f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Equal(t, got, kept)

		order, err := f.Order(ctx, f.main, bought.Order.ID)
		require.NoError(t, err)
		require.Equal(t, []any{licensing.OrderUpgrade, int64(72603), "PO 7", "better"}, []any{order.Kind, order.Amount, order.InvoiceReference, order.Note})
		line := order.Lines[0]
		require.Equal(t, []any{license.ID, "edit-best", int64(8), int64(20000), int64(119795), date(2027, 3, 1), license.EndsOn},
			[]any{line.LicenseID, line.ProductSKU, line.Quantity, line.UnitPrice, line.ListAmount, line.StartsOn, line.EndsOn})
		events := f.events(license.ID)
		require.Equal(t, "license.upgraded", events[1].Type)

		_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: order.ID})
		require.NoError(t, err)
		kept, err = f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Equal(t, []any{license.ProductID, license.Quantity, license.Amount, license.EndsOn}, []any{kept.ProductID, kept.Quantity, kept.Amount, kept.EndsOn})
		require.Equal(t, balance, f.balance(f.main))
	})
}

func TestUpgradeRefused(t *testing.T) {
	t.Parallel()
	type upgrade = service.Upgrade
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.editions()
		year := f.buy(f.main, f.acme.ID, nil)
		best := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Product = "edit-best" })
		below := f.buy(f.sub, f.below.ID, nil)
		limited := f.main
		limited.Token.Contracts = licensing.List{"con_elsewhere"}
		for _, test := range []struct {
			code   licensing.Code
			caller service.Caller
			in     upgrade
		}{
			{licensing.CodeNotFound, f.main, upgrade{License: "lic_none", Quantity: 9}},
			{licensing.CodeNotFound, f.stranger, upgrade{License: year.Coupon, Quantity: 9}},
			{licensing.CodeReadOnly, f.main, upgrade{License: below.ID, Quantity: 9}},
			{licensing.CodeNotUpgradable, f.main, upgrade{License: year.ID}},
			{licensing.CodeNotUpgradable, f.main, upgrade{License: best.ID, Quantity: 9, Edition: "basic"}},
			{licensing.CodeNotUpgradable, f.main, upgrade{License: year.ID, Edition: "none"}},
			{licensing.CodeInvalidQuantity, f.main, upgrade{License: year.ID, Quantity: -1}},
			{licensing.CodeTermNotOffered, f.main, upgrade{License: year.ID, Edition: "month"}},
			{licensing.CodeProductNotInContr, f.sub, upgrade{License: below.ID, Edition: "best"}},
			{licensing.CodePriceChanged, f.main, upgrade{License: year.ID, Quantity: 9, ExpectedAmount: new(int64(1))}},
			{licensing.CodePaymentNotAllowed, f.main, upgrade{License: year.ID, Edition: "best", Pay: licensing.PayCredits}},
			{licensing.CodeInsufficientCredit, f.main, upgrade{License: year.ID, Quantity: 9, Pay: licensing.PayCredits}},
			{licensing.CodeInsufficientFunds, f.main, upgrade{License: year.ID, Quantity: 900}},
			{licensing.CodeContractNotPermitted, limited, upgrade{License: year.ID, Quantity: 9}},
		} {
			before := f.dump()
			_, err := f.Upgrade(ctx, test.caller, test.in)
			requireCode(t, test.code, err, test.in)
			require.Equal(t, before, f.dump(), test.in)
			_, err = f.PreviewUpgrade(ctx, test.caller, test.in)
			requireCode(t, test.code, err, test.in)
		}

		// Who may not sell an edition is not told of it, unless it asks for it by name.
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			return tx.SetResellerProducts(ctx, f.main.Reseller.ID, []string{year.ProductID})
		}))
		_, err := f.Upgrade(ctx, f.main, upgrade{License: year.ID, Edition: "none"})
		refusal := new(licensing.Error)
		require.ErrorAs(t, err, &refusal)
		require.Contains(t, refusal.Hint, "no other edition that you may sell")
		require.NotEmpty(t, refusal.Allowed)
		_, err = f.Upgrade(ctx, f.main, upgrade{License: year.ID, Edition: "best"})
		requireCode(t, licensing.CodeNotPermittedPr, err)
	})
}

// What an upgrade costs for a day does not depend on what the license was extended by
// last, and an order that waits for its payment is for the edition that it names.
func TestUpgradeAndExtend(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.editions()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 2 })
		more := service.Upgrade{License: license.ID, Quantity: 3}
		before, err := f.PreviewUpgrade(ctx, f.main, more)
		require.NoError(t, err)
		_, err = f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "monthly:1"})
		require.NoError(t, err)
		after, err := f.PreviewUpgrade(ctx, f.main, more)
		require.NoError(t, err)
		require.Equal(t, []any{before.UnitPrice, licensing.PerYear}, []any{after.UnitPrice, after.Interval()})
		days := int64(f.Today(f.main).DaysUntil(after.Period.EndsOn))
		require.Equal(t, (before.UnitPrice*days*2+365)/(2*365), after.Amount)

		monthly := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Product, in.Term = "edit-month", "monthly:1" })
		deal, err := f.PreviewUpgrade(ctx, f.main, service.Upgrade{License: monthly.ID, Quantity: monthly.Quantity + 1})
		require.NoError(t, err)
		require.Equal(t, []any{int64(1600), licensing.PerMonth}, []any{deal.UnitPrice, deal.Interval()})

		f.takeCards()
		waiting, err := f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1", Pay: licensing.PayCard})
		require.NoError(t, err)
		sent, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{license.ID}})
		require.NoError(t, err)
		upgraded, err := f.Upgrade(ctx, f.main, service.Upgrade{License: license.ID, Edition: "best"})
		require.NoError(t, err)
		done, err := f.CompleteOrder(ctx, paid(*waiting.Order))
		require.NoError(t, err)
		require.Equal(t, licensing.OrderRefunded, done.State, "the other edition has another price")
		left, err := f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"edit-best", after.Period.EndsOn, licensing.BillingUnbilled}, []any{left.ProductSKU, left.EndsOn, left.Billing})

		// What a company has paid for stays paid.
		_, err = f.PayInvoice(ctx, f.main, service.InvoicePayment{Invoice: sent[0].ID})
		require.NoError(t, err)
		_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: upgraded.Order.ID})
		require.NoError(t, err)
		left, err = f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"edit", licensing.BillingPaid}, []any{left.ProductSKU, left.Billing})
	})
}
