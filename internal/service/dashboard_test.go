package service_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// Weeks and months are those of the vendor's calendar, which is an hour ahead here, and
// one sees oneself, or who is below.
func TestDashboard(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.at(time.Date(2026, time.November, 30, 22, 59, 0, 0, time.UTC))
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-12-08" })
		f.at(time.Date(2026, time.November, 30, 23, 1, 0, 0, time.UTC)) // 1 December
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term, in.Quantity = "until:2026-12-09", 3 })
		f.buy(f.main, "", func(in *service.Purchase) { in.Term = "until:2027-03-01" })
		f.buy(f.main, "", func(in *service.Purchase) { in.Term = "until:2027-03-02" })
		f.buy(f.sub, f.below.ID, nil)

		d, err := f.Dashboard(ctx, f.main, "")
		require.NoError(t, err)
		require.Equal(t, date(2026, 12, 1), d.On)
		require.Len(t, d.Expiring, 13)
		require.Equal(t, []service.Week{
			{From: date(2026, 12, 2), To: date(2026, 12, 8), Licenses: 1, Quantity: 1},
			{From: date(2026, 12, 9), To: date(2026, 12, 15), Licenses: 1, Quantity: 3},
		}, d.Expiring[:2])
		require.Equal(t, service.Week{From: date(2027, 2, 24), To: date(2027, 3, 1), Licenses: 1, Quantity: 1}, d.Expiring[12])
		require.Len(t, d.Revenue, 12)
		require.Equal(t, []any{date(2026, 1, 1), date(2026, 11, 1), date(2026, 12, 1)}, []any{d.Revenue[0].Month, d.Revenue[10].Month, d.Revenue[11].Month})
		require.Equal(t, []int64{1, 3}, []int64{d.Revenue[10].Orders, d.Revenue[11].Orders})
		require.Equal(t, 1_000_000-f.balance(f.main), d.Revenue[10].Ordered+d.Revenue[11].Ordered)
		require.Contains(t, d.States, store.StateCount{State: licensing.StateAvailable, Licenses: 2, Quantity: 2})

		below, err := f.Dashboard(ctx, f.main, "sub")
		require.NoError(t, err)
		require.Equal(t, "sub", below.Reseller.Login)
		require.Contains(t, below.States, store.StateCount{State: licensing.StateAssigned, Licenses: 1, Quantity: 1})
		for _, of := range []string{"stranger", "main"} {
			_, err = f.Dashboard(ctx, f.sub, of)
			requireCode(t, licensing.CodeNotFound, err, of)
		}
	})
}
