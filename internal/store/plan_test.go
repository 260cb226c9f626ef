package store_test

import (
	"context"
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
			plan := explain(t, s, query, args, false)
			require.Contains(t, plan, name)
			require.NotRegexp(t, `Seq Scan on (licenses|orders)`, plan)
			require.NotRegexp(t, `SCAN [lo]\b`, plan)
			require.NotContains(t, plan, "TEMP B-TREE", plan)
			require.NotContains(t, plan, "Sort", plan)
		}
	})
}

// explain gives the plan of a statement. Tables as small as those of most tests are
// read whole or sorted because that is quick: unless they are large, the plan is to
// show that it can be done without, as large ones need.
func explain(t *testing.T, s *store.Store, query string, args []any, large bool) string {
	t.Helper()
	tx, err := s.Writer().BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback()) }()
	prefix := "EXPLAIN QUERY PLAN "
	if s.Dialect() == store.Postgres {
		prefix = "EXPLAIN "
	}
	if s.Dialect() == store.Postgres && !large {
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

// A search reads no table whole, neither of licenses nor of what they are found by,
// by the databases' own choice.
func TestSearchPlans(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		const rows = 10_000
		findable(t, s)
		for _, table := range []string{"companies", "orders", "licenses", "order_lines", "keys", "devices"} {
			multiply(t, s, table, rows)
		}
		ctx := t.Context()
		for _, query := range []string{"INSERT INTO key_licenses (key_id, license_id, created_at) SELECT id, 'lic_ONE', '' FROM keys WHERE id LIKE 'key_x%'", "ANALYZE"} {
			_, err := s.Writer().ExecContext(ctx, query)
			require.NoError(t, err)
		}

		window, ids, indexes := store.LicenseSearchSQL(s.Dialect(), "7GK2-MX9Q", owner, []string{"lic_x00300", "lic_x00044"}, []string{"com_x00017", "lic_x00017"})
		plans := []string{
			`licenses_search|VIRTUAL TABLE INDEX`, `companies_search|VIRTUAL TABLE INDEX`, `licenses_company`, `products|g`, `licenses_product`,
			"", `devices_search|VIRTUAL TABLE INDEX`, `keys_code[\s\S]*keys_name`, `licenses_reseller|licenses_pkey`, `licenses_pkey|autoindex_licenses|licenses_reseller`,
		}
		for i, q := range append(indexes, window, ids) {
			index := plans[i]
			plan := explain(t, s, q.SQL, q.Args, true)
			require.Regexp(t, index, plan, q.SQL)
			require.NotRegexp(t, `Seq Scan on (licenses|companies|devices|keys|orders)\b`, plan, q.SQL)
			require.NotRegexp(t, `SCAN (l|c|o|x|y|k|z|v)\b`, plan, q.SQL)
		}
		f := store.LicenseFilter{Resellers: []string{owner}, Today: today, Search: "7GK2-MX9Q"}
		require.Equal(t, []string{"lic_ONE"}, ids51(t, s, f))
	})
}

func ids51(t *testing.T, s *store.Store, f store.LicenseFilter) []string {
	t.Helper()
	return ids(view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.License, error) {
		return tx.Licenses(ctx, f, store.Page{Limit: 51})
	}))
}

// multiply adds many rows to a table, with texts and ids of their own.
func multiply(t *testing.T, s *store.Store, table string, rows int) {
	t.Helper()
	ctx := t.Context()
	found, err := s.Writer().QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 0")
	require.NoError(t, err)
	names, err := found.Columns()
	require.NoError(t, err)
	require.NoError(t, found.Close())
	number := "'x' || substr('0000' || i, -5)"
	if s.Dialect() == store.Postgres {
		number = "'x' || lpad(i::text, 5, '0')"
	}
	own := map[string]string{
		"id": "substr(r.id, 1, 4) || " + number, "company_id": "'com_' || " + number, "order_id": "'ord_' || " + number,
		"license_id": "'lic_' || " + number, "key_id": "'key_' || " + number, "coupon": "'x' || i", "number": "'x' || i", "domain": "'x' || i", "serial": "'x' || i",
		"code": "'X' || i", "name": "'x' || i", "search_text": "'text ' || (i * 7919 % 100003) || ' of ' || (i * 104729 % 1299709)",
	}
	var columns, values []string
	for _, name := range names {
		if name == "seq" || name == "search_id" {
			continue
		}
		columns = append(columns, name)
		value := own[name]
		if value == "" {
			value = "r." + name
		}
		values = append(values, value)
	}
	prefix := map[string]string{"companies": "com", "orders": "ord", "order_lines": "oli", "licenses": "lic", "devices": "dev", "keys": "key"}[table]
	_, err = s.Writer().ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE g (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < %d)
		INSERT INTO %s (%s) SELECT %s FROM %s r, g WHERE r.id = '%s_OTHER'`,
		rows, table, strings.Join(columns, ", "), strings.Join(values, ", "), table, prefix))
	require.NoError(t, err)
}
