package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// A page of a reseller's list reads an index in its order: it sorts nothing, and
// reads no table whole, however many rows there are.
func TestListPlans(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		const rows = 1500
		update(t, s, func(tx *store.Tx) error {
			for r := range 50 {
				reseller := fmt.Sprintf("rsl_%d", r)
				require.NoError(t, tx.InsertReseller(ctx, licensing.Reseller{ID: reseller, Login: reseller, CreatedAt: now, UpdatedAt: now}))
				require.NoError(t, tx.InsertCompany(ctx, aCompany("com_"+reseller, reseller)))
			}
			for i := range rows {
				reseller, n := fmt.Sprintf("rsl_%d", i%50), fmt.Sprintf("%04d", i)
				o := anOrder("ord_"+n, reseller)
				require.NoError(t, tx.InsertOrder(ctx, o))
				l := aLicense("lic_"+n, reseller)
				l.OrderID = o.ID
				require.NoError(t, tx.InsertLicense(ctx, l))
			}
			return nil
		})
		_, err := s.Writer().ExecContext(ctx, "ANALYZE")
		require.NoError(t, err)

		page := store.Page{After: "zzz", Limit: 51}
		one := []string{"rsl_3"}
		for name, list := range map[string]func() (string, []any){
			"licenses_reseller": func() (string, []any) { return store.LicensesSQL(store.LicenseFilter{Resellers: one}, page) },
			"orders_reseller":   func() (string, []any) { return store.OrdersSQL(store.OrderFilter{Resellers: one}, page) },
		} {
			query, args := list()
			plan := explain(t, s, query, args)
			require.Contains(t, plan, name)
			require.NotRegexp(t, `Seq Scan on (licenses|orders)`, plan)
			require.NotRegexp(t, `SCAN [lo]\b`, plan)
			require.NotContains(t, plan, "TEMP B-TREE", plan)
			require.NotContains(t, plan, "Sort", plan)
		}
	})
}

func explain(t *testing.T, s *store.Store, query string, args []any) string {
	t.Helper()
	tx, err := s.Writer().BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback()) }()
	prefix := "EXPLAIN QUERY PLAN "
	if s.Dialect() == store.Postgres {
		prefix = "EXPLAIN "
		// Tables as small as these are read whole or sorted because that is quick.
		// The plan is to show that it can be done without, as large ones need.
		for _, way := range []string{"seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"} {
			_, err := tx.ExecContext(t.Context(), "SET LOCAL enable_"+way+" = off")
			require.NoError(t, err)
		}
	}
	rows, err := tx.QueryContext(t.Context(), prefix+query, args...)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	columns, err := rows.Columns()
	require.NoError(t, err)
	var plan strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		require.NoError(t, rows.Scan(values...))
		text := values[len(values)-1].(*any) //nolint:forcetypeassert // made above
		fmt.Fprintln(&plan, *text)
	}
	require.NoError(t, rows.Err())
	return plan.String()
}
