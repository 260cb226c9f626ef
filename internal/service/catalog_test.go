package service_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestApplyCatalog(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		before := f.dump()
		f.at(day(2026, 12, 1))
		require.NoError(t, f.ApplyCatalog(ctx, catalog()))
		require.Equal(t, before, f.dump(), "a second time changes nothing")

		f.buy(f.main, "", nil)
		changed := catalog()
		changed.Vendor.TimeZone = ""
		changed.Products[0].Name = "Editor 2"
		changed.Resellers[0].Contracts[0].Prices["edit"][licensing.PerYear] = 13000
		changed.Resellers[0].Contracts[2].Closed = false
		changed.Resellers[0].Accounts[0].CreditLimit = 700
		require.NoError(t, f.ApplyCatalog(ctx, changed))
		require.EqualValues(t, 1_000_000-12000, f.balance(f.main), "a deposit is paid in once")
		f.main = f.login("main")
		require.Equal(t, "UTC", f.main.Vendor.TimeZone)
		offer, err := f.Product(ctx, f.main, "edit")
		require.NoError(t, err)
		require.Equal(t, "Editor 2", offer.Product.Name)
		deal, err := f.PreviewPurchase(ctx, f.main, service.Purchase{Product: "edit", Contract: "K-1", Term: "full:1", Quantity: 1})
		require.NoError(t, err)
		require.EqualValues(t, 13000, deal.Amount)
		closed, err := f.Contract(ctx, f.main, "K-CLOSED")
		require.NoError(t, err)
		require.Equal(t, licensing.ContractActive, closed.State)
		_, err = f.Product(ctx, f.stranger, "rare")
		requireCode(t, licensing.CodeNotFound, err)
		offers, err := f.Products(ctx, f.main, service.ProductQuery{Contract: "K-2", Search: "CONTRACTS"}, service.Page{Limit: 9})
		require.NoError(t, err)
		require.Len(t, offers.Rows, 1)
		require.Len(t, offers.Rows[0].Prices, 3)
		require.Equal(t, "K-2", offers.Rows[0].Prices[0].Contract.Number)
	})
}

// What the vendor sells now, applied, changes nothing, and a dry run never does.
func TestChangeCatalog(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		before := f.dump()
		now, err := f.Catalog(ctx, f.vendor)
		require.NoError(t, err)
		changes, err := f.ChangeCatalog(ctx, f.vendor, now, false)
		require.NoError(t, err)
		require.Empty(t, changes)
		require.Equal(t, before, f.dump())

		now.Products[0].Name = "Editor 2"
		now.Resellers[0].Contracts = now.Resellers[0].Contracts[:1] // what is not named stays
		delete(now.Resellers[0].Contracts[0].Prices, "cam")
		plan, err := f.ChangeCatalog(ctx, f.vendor, now, true)
		require.NoError(t, err)
		require.Len(t, plan, 4)
		require.Equal(t, service.CatalogChange{Action: "change", Path: "products/edit/name", Before: "Editor", After: "Editor 2"}, plan[0])
		require.Equal(t, before, f.dump(), "a dry run changes nothing")
		done, err := f.ChangeCatalog(ctx, f.vendor, now, false)
		require.NoError(t, err)
		require.Equal(t, plan, done)

		_, err = f.ChangeCatalog(ctx, f.main, now, true)
		requireCode(t, licensing.CodeScopeMissing, err)
		_, err = f.Catalog(ctx, f.main)
		requireCode(t, licensing.CodeScopeMissing, err)
	})
}

func TestApplyCatalogRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		before := f.dump()
		for _, spoil := range []func(*service.Catalog){
			func(c *service.Catalog) { c.Vendor.Name = "" },
			func(c *service.Catalog) { c.Vendor.TimeZone = "Mars/Olympus" },
			func(c *service.Catalog) { c.Vendor.TimeZone = "Local" },
			func(c *service.Catalog) { c.Products[1].SKU = "edit" },
			func(c *service.Catalog) { c.Products[1].Kind = "car" },
			func(c *service.Catalog) { c.Products[1].Terms = []string{"weekly"} },
			func(c *service.Catalog) { c.Products[1].CalendarProration = "daily" },
			func(c *service.Catalog) {
				c.Products[4].Prices = map[string]map[licensing.Interval]int64{"Euro": {licensing.Once: 1}}
			},
			func(c *service.Catalog) {
				c.Products[4].Prices = map[string]map[licensing.Interval]int64{"EUR": {"yearly": 1}}
			},
			func(c *service.Catalog) {
				c.Products[4].Prices = map[string]map[licensing.Interval]int64{"EUR": {licensing.Once: -1}}
			},
			func(c *service.Catalog) { c.Resellers[1].Login = "" },
			func(c *service.Catalog) { c.Resellers[1].Accounts[0].CreditLimit = -1 },
			func(c *service.Catalog) { c.Resellers[1].Contracts[0].StartsOn = licensing.Date{} },
			func(c *service.Catalog) { c.Resellers[1].Contracts[0].Prices["none"] = nil },
			func(c *service.Catalog) {
				c.Resellers[1].Contracts[0].Prices["edit"] = map[licensing.Interval]int64{"": 1}
			},
		} {
			c := catalog()
			spoil(&c)
			requireCode(t, licensing.CodeInvalidRequest, f.ApplyCatalog(t.Context(), c))
		}
		stolen := catalog()
		stolen.Resellers[1].Contracts[0].Number = "K-1"
		requireCode(t, licensing.CodeAlreadyExists, f.ApplyCatalog(t.Context(), stolen))
		require.Equal(t, before, f.dump())
	})
}

func TestAuthenticate(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		require.NoError(t, f.Ready(ctx))
		require.Equal(t, []string{f.main.Reseller.ID, f.sub.Reseller.ID}, f.main.Visible)
		require.Equal(t, []string{f.sub.Reseller.ID}, f.sub.Visible)
		require.Empty(t, f.vendor.Visible)
		require.NoError(t, f.main.Allow("company:read"))
		require.NoError(t, f.main.Allow("any"))
		requireCode(t, licensing.CodeScopeMissing, f.main.Allow("company"))
		requireCode(t, licensing.CodeScopeMissing, f.main.Allow(""))

		_, err := f.Authenticate(ctx, "no such hash")
		requireCode(t, licensing.CodeUnauthenticated, err)
		require.NoError(t, f.IssueToken(ctx, f.main.Reseller.ID, "short", "hash", nil, licensing.At(f.clock.Load().Add(time.Hour))))
		_, err = f.Authenticate(ctx, "hash")
		require.NoError(t, err)
		f.at(f.clock.Load().Add(time.Hour))
		_, err = f.Authenticate(ctx, "hash")
		requireCode(t, licensing.CodeTokenExpired, err)
		requireCode(t, licensing.CodeNotFound, f.IssueToken(ctx, "nobody", "x", "hash2", nil, licensing.Time{}))
	})
}
