package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// What orders made and changed, and which order came last.
func TestOrderLicenses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			for _, id := range []string{"ord_1", "ord_2", "ord_3", "ord_4"} {
				o := anOrder(id, owner)
				if id == "ord_4" {
					o.State = licensing.OrderRefunded
				}
				require.NoError(t, tx.InsertOrder(ctx, o))
			}
			for license, bought := range map[string]string{"lic_1": "ord_1", "lic_1_part": "ord_1", "lic_2": "ord_2"} {
				l := aLicense(license, owner)
				l.OrderID = bought
				require.NoError(t, tx.InsertLicense(ctx, l))
				require.NoError(t, tx.InsertOrderLines(ctx, aLine("oli_"+license, bought, license)))
			}
			require.NoError(t, tx.InsertOrderLines(ctx, aLine("oli_3", "ord_3", "lic_1_part"), aLine("oli_4", "ord_4", "lic_2")))

			got, err := tx.OrderLicenses(ctx, "ord_1", "ord_2", "ord_3", "ord_none")
			require.NoError(t, err)
			byOrder := map[string][]string{}
			for order, licenses := range got {
				for _, l := range licenses {
					byOrder[order] = append(byOrder[order], l.ID)
				}
			}
			require.Equal(t, map[string][]string{"ord_1": {"lic_1", "lic_1_part"}, "ord_2": {"lic_2"}, "ord_3": {"lic_1_part"}}, byOrder)
			want, err := tx.License(ctx, "lic_1")
			require.NoError(t, err)
			require.Equal(t, want, got["ord_1"][0])

			later, err := tx.LaterOrders(ctx, "ord_1", "ord_2", "ord_3")
			require.NoError(t, err)
			require.Equal(t, map[string]string{"ord_1": "N-ord_3"}, later, "a refunded order changes nothing")
			for id, reordered := range map[string]bool{"lic_1": true, "lic_1_part": true, "lic_2": false} {
				l, err := tx.License(ctx, id)
				require.NoError(t, err)
				require.Equal(t, reordered, l.Reordered, id)
			}
			lines, err := tx.PaidLines(ctx, "lic_2")
			require.NoError(t, err)
			require.Equal(t, []licensing.OrderLine{aLine("oli_lic_2", "ord_2", "lic_2")}, lines)

			none, err := tx.OrderLicenses(ctx)
			require.NoError(t, err)
			require.Empty(t, none)
			return nil
		})
	})
}

// An order that nothing has come of is found by what it was placed for, and exported.
func TestOrdersWithoutLines(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			o := anOrder("ord_waits", owner)
			o.State, o.Payment, o.Intent = licensing.OrderPending, licensing.PayCard, `{"Deal":{"Product":{"ID":"`+device+`"}}}`
			require.NoError(t, tx.InsertOrder(ctx, o))
			for _, test := range []struct {
				f    store.OrderFilter
				want []string
			}{
				{store.OrderFilter{ProductID: device}, []string{"ord_waits"}},
				{store.OrderFilter{ProductID: software}, []string{}},
				{store.OrderFilter{Payment: "card"}, []string{"ord_waits"}},
				{store.OrderFilter{Payment: "balance"}, []string{order}},
			} {
				test.f.Resellers = []string{owner}
				got, err := tx.Orders(ctx, test.f, store.Page{Limit: 9})
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			return nil
		})
		rows := stream(t, s, store.ExportOrders(store.OrderFilter{Resellers: []string{owner}, ProductID: device}))
		require.Len(t, rows, 1)
		require.Equal(t, "ord_waits", rows[0]["order_id"])
		require.Empty(t, rows[0]["license_id"])
		require.Equal(t, "1200", rows[0]["order_amount"])
	})
}
