package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestLicenseFilters(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		names := map[string]string{}
		buy := func(name, product, term, company string) licensing.License {
			license := f.buy(f.main, company, func(in *service.Purchase) { in.Product, in.Term, in.Name = product, term, name })
			names[license.ID] = name
			return license
		}
		tomorrow := buy("tomorrow", "edit", "until:2026-11-22", f.acme.ID)
		buy("week", "edit", "until:2026-11-28", "")
		buy("week and day", "edit", "until:2026-11-29", "")
		buy("year", "care", "full:1", f.acme.ID)
		buy("ever", "edit", "perpetual", "")
		type query = service.LicenseQuery
		for _, test := range []struct {
			day  int
			q    query
			want []string
		}{
			{21, query{}, []string{"ever", "year", "week and day", "week", "tomorrow"}},
			{21, query{ExpiringWithin: 1}, []string{"tomorrow"}},
			{21, query{ExpiringWithin: 7}, []string{"week", "tomorrow"}},
			{22, query{ExpiringWithin: 7}, []string{"week and day", "week"}}, // the first is over
			{21, query{ExpiringWithin: 7, EndsAfter: date(2026, 11, 22)}, []string{"week"}},
			{21, query{ExpiringWithin: 7, EndsBefore: date(2026, 11, 28)}, []string{"tomorrow"}},
			{21, query{EndsAfter: date(2026, 11, 28)}, []string{"year", "week and day"}},
			{21, query{EndsBefore: date(2026, 11, 28)}, []string{"tomorrow"}},
			{21, query{Product: "care"}, []string{"year"}},
			{21, query{Kind: "support", Company: "acme"}, []string{"year"}},
			{21, query{State: "available"}, []string{"ever", "week and day", "week"}},
			{22, query{State: "expired"}, []string{"tomorrow"}},
			{21, query{Order: tomorrow.OrderNumber}, []string{"tomorrow"}},
			{21, query{Billing: "unbilled", Search: "WEEK"}, []string{"week and day", "week"}},
		} {
			f.at(day(2026, 11, test.day))
			page, err := f.Licenses(ctx, f.main, test.q, service.Page{Limit: 10})
			require.NoError(t, err)
			got := []string{}
			for _, license := range page.Rows {
				got = append(got, names[license.ID])
			}
			require.Equal(t, test.want, got, test.q)
			export, err := f.ExportLicenses(ctx, f.main, test.q, nil)
			require.NoError(t, err)
			rows := 0
			require.NoError(t, f.Stream(ctx, export, func(row [][]byte) error {
				rows++
				require.Contains(t, test.want, names[string(row[0])])
				return nil
			}))
			require.Equal(t, len(test.want), rows)
		}
		for _, q := range []query{{Product: "none"}, {Company: "none"}} {
			_, err := f.Licenses(ctx, f.main, q, service.Page{Limit: 10})
			requireCode(t, licensing.CodeNotFound, err)
		}
		for q, want := range map[service.OrderQuery]int{
			{Product: "care"}: 1, {Number: tomorrow.OrderNumber}: 1, {Company: "acme"}: 2, {State: "pending"}: 0, {Search: "editor"}: 4,
			{Since: date(2026, 11, 21), Until: date(2026, 11, 22)}: 5, {Until: date(2026, 11, 21)}: 0,
		} {
			page, err := f.Orders(ctx, f.main, q, service.Page{Limit: 10})
			require.NoError(t, err)
			require.Len(t, page.Rows, want, q)
		}
		_, err := f.Orders(ctx, f.main, service.OrderQuery{Product: "none"}, service.Page{Limit: 10})
		requireCode(t, licensing.CodeNotFound, err)
	})
}
