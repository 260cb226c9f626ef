package service_test

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// pays says how may be paid under a contract; nothing is the default.
func (f *fixture) pays(number string, ways ...string) {
	f.t.Helper()
	require.NoError(f.t, f.store.Update(f.t.Context(), func(tx *store.Tx) error {
		contract, err := tx.Contract(f.t.Context(), number)
		require.NoError(f.t, err)
		contract.Payments = ways
		return tx.UpdateContract(f.t.Context(), contract)
	}))
}

// grant gives a reseller credits of a product, as a parent or the vendor does.
func (f *fixture) grant(c service.Caller, sku string, amount int64) {
	f.t.Helper()
	require.NoError(f.t, f.store.Update(f.t.Context(), func(tx *store.Tx) error {
		product, err := tx.Product(f.t.Context(), sku)
		require.NoError(f.t, err)
		_, err = tx.PostCredits(f.t.Context(), licensing.CreditEntry{
			ID: "crd_" + c.Reseller.ID + sku, ResellerID: c.Reseller.ID, ProductID: product.ID, Kind: licensing.CreditGrant, Amount: amount,
			CreatedAt: f.Now(),
		})
		return err
	}))
}

// credits is what a reseller has of a product, which its ledger adds up to.
func (f *fixture) credits(c service.Caller, sku string) int64 {
	f.t.Helper()
	var amount, sum int64
	require.NoError(f.t, f.store.View(f.t.Context(), func(tx *store.Tx) error {
		all, err := tx.Credits(f.t.Context(), c.Reseller.ID)
		require.NoError(f.t, err)
		for _, x := range all {
			if x.ProductSKU == sku {
				amount = x.Amount
			}
		}
		entries, err := tx.CreditEntries(f.t.Context(), c.Reseller.ID, "", store.Page{Limit: 1000})
		for _, e := range entries {
			if e.ProductSKU == sku {
				sum += e.Amount
			}
		}
		return err
	}))
	require.Equal(f.t, sum, amount, "the ledger adds up to the credits")
	return amount
}

func TestPayByCredits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.grant(f.main, "edit", 20)
		in := service.Purchase{Company: f.acme.ID, Product: "edit", Term: "monthly:13", Quantity: 3, Pay: licensing.PayCredits, ExpectedCredits: new(int64(6))}
		deal, err := f.PreviewPurchase(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, []int64{6, 20, 0, 0, 58500}, []int64{deal.Credits, deal.CreditsBefore, deal.Amount, deal.UnitPrice, deal.ListAmount})
		bought, err := f.Buy(ctx, f.main, in)
		require.NoError(t, err)
		order := bought.Order
		require.Equal(t, []any{licensing.PayCredits, licensing.OrderProcessed, int64(0), int64(6)}, []any{order.Payment, order.State, order.Amount, order.Credits})
		require.EqualValues(t, 58500, order.Lines[0].ListAmount, "its company is invoiced at list price")
		require.Equal(t, licensing.BillingUnbilled, bought.Licenses[0].Billing)
		require.EqualValues(t, 14, f.credits(f.main, "edit"))
		require.EqualValues(t, 1_000_000, f.balance(f.main))

		extended, err := f.Extend(ctx, f.main, service.Extension{License: bought.Licenses[0].ID, Term: "full:2", Pay: licensing.PayCredits})
		require.NoError(t, err)
		require.EqualValues(t, 6, extended.Order.Credits)
		require.EqualValues(t, 8, f.credits(f.main, "edit"))

		before := f.dump()
		in.Quantity, in.ExpectedCredits = 5, nil
		_, err = f.Buy(ctx, f.main, in)
		requireCode(t, licensing.CodeInsufficientCredit, err)
		require.ErrorContains(t, err, "it costs 10 credits of edit, and there are 8: 2 are missing")
		_, err = f.PreviewPurchase(ctx, f.main, in)
		requireCode(t, licensing.CodeInsufficientCredit, err)
		in.Product, in.Quantity = "cloud", 1
		_, err = f.Buy(ctx, f.main, in)
		requireCode(t, licensing.CodeInsufficientCredit, err, "credits of another product")
		in.Product, in.ExpectedCredits = "edit", new(int64(1))
		_, err = f.Buy(ctx, f.main, in)
		requireCode(t, licensing.CodePriceChanged, err)
		require.Equal(t, before, f.dump())
	})
}

// Two that want the last credits do not both get them.
func TestCreditsAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.grant(f.main, "edit", 25)
		var bought atomic.Int64
		var group errgroup.Group
		for range 8 {
			group.Go(func() error {
				for {
					_, err := f.Buy(ctx, f.main, service.Purchase{Product: "edit", Term: "perpetual", Quantity: 2, Pay: licensing.PayCredits})
					if licensing.CodeOf(err) == licensing.CodeInsufficientCredit {
						return nil
					}
					if err != nil {
						return err
					}
					bought.Add(1)
				}
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 12, bought.Load())
		require.EqualValues(t, 1, f.credits(f.main, "edit"))
		require.Equal(t, []int{12, 12, 13}, f.counts("orders", "licenses", "credit_ledger"))
	})
}

func TestPayments(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		buy := func(pay licensing.Payment, change func(*service.Purchase)) (service.Bought, error) {
			in := service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1, Pay: pay}
			if change != nil {
				change(&in)
			}
			return f.Buy(ctx, f.main, in)
		}
		_, err := buy(licensing.PayInvoice, nil)
		requireCode(t, licensing.CodePaymentNotAllowed, err, "only where the contract says so")
		_, err = buy("cheque", nil)
		requireCode(t, licensing.CodePaymentNotAllowed, err)

		f.pays("K-1", "invoice", "credits")
		before := f.dump()
		_, err = buy(licensing.PayBalance, nil)
		requireCode(t, licensing.CodePaymentNotAllowed, err)
		refusal := new(licensing.Error)
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, "it can be paid by: invoice, credits", refusal.Hint)
		require.Equal(t, before, f.dump())

		// On account: at once, without a balance; the first way there is.
		bought, err := buy("", func(in *service.Purchase) { in.Quantity = 1000 })
		require.NoError(t, err)
		require.Equal(t, []any{licensing.PayInvoice, licensing.OrderProcessed, int64(12_000_000)}, []any{bought.Order.Payment, bought.Order.State, bought.Order.Amount})
		require.EqualValues(t, 1_000_000, f.balance(f.main))
		extended, err := f.Extend(ctx, f.main, service.Extension{License: bought.Licenses[0].ID, Term: "full:1", Pay: licensing.PayInvoice})
		require.NoError(t, err)
		require.Equal(t, licensing.PayInvoice, extended.Order.Payment)

		// What costs nothing is free, however it was to be paid.
		bought, err = buy(licensing.PayInvoice, func(in *service.Purchase) { in.Term = "trial" })
		require.NoError(t, err)
		require.Equal(t, licensing.PayNothing, bought.Order.Payment)
		bought, err = buy("", func(in *service.Purchase) { in.Product = "gift" })
		require.NoError(t, err)
		require.Equal(t, licensing.PayNothing, bought.Order.Payment)
		_, err = buy(licensing.PayCredits, func(in *service.Purchase) { in.Product = "gift" })
		requireCode(t, licensing.CodeInsufficientCredit, err)
	})
}

// A sub-reseller without contracts buys under its parent's, by credits, and sees
// nothing of what its parent pays.
func TestBuyUnderTheParentsContract(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			reseller, err := tx.Reseller(ctx, "empty")
			require.NoError(t, err)
			grandchild := licensing.Reseller{ID: "rsl_grandchild", Login: "grandchild", ParentID: licensing.Ref(f.sub.Reseller.ID), Version: 1, CreatedAt: f.Now(), UpdatedAt: f.Now()}
			require.NoError(t, tx.InsertReseller(ctx, grandchild))
			child := licensing.Reseller{ID: "rsl_child", Login: "child", ParentID: licensing.Ref(f.main.Reseller.ID), Version: 1, CreatedAt: f.Now(), UpdatedAt: f.Now()}
			require.NoError(t, tx.InsertReseller(ctx, child))
			reseller.ParentID = licensing.Ref(f.main.Reseller.ID)
			return tx.UpdateReseller(ctx, reseller)
		}))
		child := f.login("child")
		in := service.Purchase{Product: "both", Term: "full:1", Quantity: 2, Contract: "K-2"}
		_, err := f.Buy(ctx, child, in)
		requireCode(t, licensing.CodeInsufficientCredit, err)
		in.Pay = licensing.PayBalance
		_, err = f.Buy(ctx, child, in)
		requireCode(t, licensing.CodePaymentNotAllowed, err)

		f.grant(child, "both", 10)
		in.Pay = ""
		bought, err := f.Buy(ctx, child, in)
		require.NoError(t, err)
		require.Equal(t, []any{child.Reseller.ID, licensing.PayCredits, int64(2), "ORD-2026-000001"}, []any{bought.Order.ResellerID, bought.Order.Payment, bought.Order.Credits, bought.Order.Number})
		require.EqualValues(t, 8, f.credits(child, "both"))
		require.EqualValues(t, 1_000_000, f.balance(f.main))
		_, err = f.Extend(ctx, child, service.Extension{License: bought.Licenses[0].ID, Term: "full:2"})
		require.NoError(t, err)
		require.EqualValues(t, 4, f.credits(child, "both"))

		products, err := f.Products(ctx, child, service.ProductQuery{}, service.Page{Limit: 50})
		require.NoError(t, err)
		require.Len(t, products.Rows, 8)
		for _, offer := range products.Rows {
			for _, price := range offer.Prices {
				require.Empty(t, price.Contract.ID)
			}
			if offer.Product.SKU == "edit" {
				require.ElementsMatch(t, []int64{15000, 1500, 60000}, []int64{offer.Prices[0].Amount, offer.Prices[1].Amount, offer.Prices[2].Amount})
			}
		}
		contracts, err := f.Contracts(ctx, child, "", service.Page{Limit: 50})
		require.NoError(t, err)
		require.Empty(t, contracts.Rows)

		// The nearest above that has contracts, be they open or not.
		grandchild := f.login("grandchild")
		_, err = f.PreviewPurchase(ctx, grandchild, service.Purchase{Product: "cam", Term: "full:1", Quantity: 1})
		requireCode(t, licensing.CodeProductNotInContr, err)
		_, err = f.PreviewPurchase(ctx, f.login("empty"), service.Purchase{Product: "edit", Term: "full:1", Quantity: 1})
		requireCode(t, licensing.CodeNoContract, err)
	})
}

func TestProductsThatMayBeSold(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		cam, err := f.Product(ctx, f.main, "cam")
		require.NoError(t, err)
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			return tx.SetResellerProducts(ctx, f.main.Reseller.ID, []string{cam.Product.ID})
		}))
		before := f.dump()
		_, err = f.Buy(ctx, f.main, service.Purchase{Product: "edit", Term: "full:1", Quantity: 1})
		requireCode(t, licensing.CodeNotPermittedPr, err)
		_, err = f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1"})
		requireCode(t, licensing.CodeNotPermittedPr, err)
		_, err = f.Buy(ctx, f.sub, service.Purchase{Product: "edit", Term: "full:1", Quantity: 1})
		requireCode(t, licensing.CodeNotPermittedPr, err, "nor whoever is below")
		require.Equal(t, before, f.dump())
		f.buy(f.main, "", func(in *service.Purchase) { in.Product = "cam" })

		products, err := f.Products(ctx, f.main, service.ProductQuery{}, service.Page{Limit: 50})
		require.NoError(t, err)
		require.Len(t, products.Rows, 1)
		require.Equal(t, "cam", products.Rows[0].Product.SKU)
	})
}
