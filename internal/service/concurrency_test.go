package service_test

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestBuyAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		var bought atomic.Int64
		var group errgroup.Group
		for range 16 {
			group.Go(func() error {
				for {
					_, err := f.Buy(ctx, f.main, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "monthly:1", Quantity: 20})
					if licensing.CodeOf(err) == licensing.CodeInsufficientFunds {
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
		require.EqualValues(t, 41, bought.Load()) // 1 000 500 / 24 000
		require.EqualValues(t, 1_000_000-41*24000, f.balance(f.main))

		orders, err := f.Orders(ctx, f.main, service.OrderQuery{}, service.Page{Limit: 500})
		require.NoError(t, err)
		require.Len(t, orders.Rows, 41)
		ledger, err := f.LedgerEntries(ctx, f.main, service.LedgerQuery{Currency: "EUR"}, service.Page{Limit: 500})
		require.NoError(t, err)
		paid := map[licensing.Ref]int64{}
		for _, e := range ledger.Rows {
			require.GreaterOrEqual(t, e.Balance, int64(-500))
			if e.Kind == licensing.EntryPurchase {
				require.NotContains(t, paid, e.OrderID)
				paid[e.OrderID] = e.Amount
			}
		}
		require.Len(t, paid, 41)
		numbers := map[string]bool{}
		for _, o := range orders.Rows {
			require.Equal(t, -o.Amount, paid[licensing.Ref(o.ID)])
			require.Len(t, o.Lines, 1)
			license, err := f.License(ctx, f.main, o.Lines[0].LicenseID)
			require.NoError(t, err)
			require.Equal(t, o.ID, license.OrderID)
			require.Len(t, f.events(license.ID), 1)
			numbers[o.Number] = true
		}
		require.Len(t, numbers, 41)
		require.Contains(t, numbers, "ORD-2026-000001")
		require.Contains(t, numbers, "ORD-2026-000041")
	})
}

// Of two that want the last of something, one gets it.
func TestLastOneAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 3 })
		small := f.buy(f.main, f.acme.ID, nil)
		for name, test := range map[string]struct {
			refusal licensing.Code
			run     func() error
		}{
			"trial": {licensing.CodeTrialUsed, func() error {
				_, err := f.Buy(ctx, f.main, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "trial", Quantity: 1})
				return err
			}},
			"serial": {licensing.CodeSerialInUse, func() error {
				_, err := f.Buy(ctx, f.main, service.Purchase{Product: "cam", Term: "perpetual", Serials: []string{"SN"}})
				return err
			}},
			"key": {licensing.CodeKeyTaken, func() error {
				_, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{Count: 1, Seats: 1, Key: "AAAABBBBCCCCDDDD"})
				return err
			}},
			"seats": {licensing.CodeSeatsExceeded, func() error {
				_, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.ID, Count: 2, Seats: 1})
				return err
			}},
			"domain": {licensing.CodeAlreadyExists, func() error {
				_, err := f.CreateCompany(ctx, f.main, change{Name: new("a"), Domain: new("last.example.com")})
				return err
			}},
			"upgrade": {licensing.CodeNotUpgradable, func() error {
				_, err := f.Upgrade(ctx, f.main, service.Upgrade{License: small.ID, Quantity: 9})
				return err
			}},
			"extension": {licensing.CodeVersionConflict, func() error {
				_, err := f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1", ExpectedEnd: license.EndsOn})
				return err
			}},
		} {
			var done atomic.Int64
			var group errgroup.Group
			for range 6 {
				group.Go(func() error {
					err := test.run()
					if err == nil {
						done.Add(1)
					} else if licensing.CodeOf(err) != test.refusal {
						return err
					}
					return nil
				})
			}
			require.NoError(t, group.Wait(), name)
			require.EqualValues(t, 1, done.Load(), name)
		}
	})
}
