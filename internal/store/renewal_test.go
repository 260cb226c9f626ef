package store_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// What the database finds to be renewed is what the rule says is due, in pages that
// neither skip nor repeat.
func TestDueRenewals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var all []licensing.License
		batch := 0
		rapid.Check(t, func(rt *rapid.T) {
			if batch++; batch > 20 {
				return // enough of ten licenses each
			}
			maybe := func(name string, often int) licensing.Time {
				if rapid.IntRange(0, 9).Draw(rt, name) < often {
					return now
				}
				return licensing.Time{}
			}
			date := func(name string) licensing.Date {
				days := rapid.SampledFrom([]int{-20, -15, -14, -13, -1, 0, 1, 2, 9999}).Draw(rt, name)
				if days == 9999 {
					return licensing.Date{}
				}
				return today.AddDays(days)
			}
			update(t, s, func(tx *store.Tx) error {
				for i := range 10 {
					l := aLicense(fmt.Sprintf("lic_%02d_%d", batch, i), owner)
					l.AutoRenew = rapid.IntRange(0, 9).Draw(rt, "renews") > 0
					l.RefundedAt, l.DeletedAt, l.PausedAt, l.ActivatedAt = maybe("refunded", 1), maybe("deleted", 1), maybe("paused", 1), maybe("activated", 9)
					l.EndsOn, l.RenewalFailedOn = date("ends"), date("failed")
					require.NoError(rt, tx.InsertLicense(ctx, l))
					all = append(all, l)
				}
				return nil
			})
		})
		for _, day := range []licensing.Date{today, today.AddDays(1), today.AddDays(-5), today.AddDays(14)} {
			want, got := []string{}, []string{}
			for _, l := range all {
				if l.RenewalDue(day) {
					want = append(want, l.ID)
				}
			}
			update(t, s, func(tx *store.Tx) error {
				for after := ""; ; {
					ids, err := tx.DueRenewals(ctx, day, after, 3)
					require.NoError(t, err)
					got = append(got, ids...)
					if len(ids) < 3 {
						return nil
					}
					after = ids[2]
				}
			})
			require.Equal(t, want, got, day)
		}
		require.NotEmpty(t, all)
	})
}
