package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// The state that the database filters and exports by is the one of the rules.
func TestState(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			o := anOrder("ord_refunded", owner)
			o.State = licensing.OrderRefunded
			return tx.InsertOrder(ctx, o)
		})
		batch := 0
		rapid.Check(t, func(rt *rapid.T) {
			if batch++; batch > 30 {
				return // enough of ten licenses each
			}
			day := today.AddDays(rapid.IntRange(-800, 800).Draw(rt, "today"))
			maybe := func(name string) licensing.Time {
				if rapid.Bool().Draw(rt, name) {
					return now
				}
				return licensing.Time{}
			}
			want := map[licensing.State][]string{}
			f := store.LicenseFilter{Resellers: []string{owner}, Today: day, Billing: fmt.Sprint("batch", batch)}
			update(t, s, func(tx *store.Tx) error {
				for i := range 10 {
					l := aLicense(fmt.Sprintf("lic_%d_%d", batch, i), owner)
					l.Billing = licensing.Billing(f.Billing)
					l.RefundedAt, l.DeletedAt, l.PausedAt, l.ActivatedAt = maybe("refunded"), maybe("deleted"), maybe("paused"), maybe("activated")
					l.EndsOn = rapid.SampledFrom([]licensing.Date{{}, day, day.AddDays(1), day.AddDays(-1), day.AddYears(2)}).Draw(rt, "ends")
					l.OrderID = rapid.SampledFrom([]string{order, "ord_refunded"}).Draw(rt, "order")
					l.CompanyID = rapid.SampledFrom([]licensing.Ref{company, ""}).Draw(rt, "company")
					require.NoError(rt, tx.InsertLicense(ctx, l))
					got, err := tx.License(ctx, l.ID)
					require.NoError(rt, err)
					want[got.State(day)] = append(want[got.State(day)], l.ID)
				}
				for _, state := range licensing.States() {
					f.State = string(state)
					rows, err := tx.Licenses(ctx, f, store.Page{Limit: 100})
					require.NoError(rt, err)
					slices.Reverse(rows)
					require.ElementsMatch(rt, want[state], ids(rows), state)
				}
				return nil
			})
			f.State = ""
			rows := 0
			require.NoError(rt, s.Stream(ctx, store.ExportLicenses(f), func(row [][]byte) error {
				rows++
				require.Contains(rt, want[licensing.State(row[3])], string(row[0]))
				return nil
			}))
			require.Equal(rt, 10, rows)
		})
	})
}
