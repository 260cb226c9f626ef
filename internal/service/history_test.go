package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// Every event of a license names it, its company and its order: of an extension, that
// of the extension.
func TestHistory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 5 })
		other := f.buy(f.main, f.acme.ID, nil)
		extended, err := f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "full:1"})
		require.NoError(t, err)
		_, err = f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.ID, Count: 2, Seats: 1})
		require.NoError(t, err)
		_, err = f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{license.ID, other.ID}})
		require.NoError(t, err)

		history, err := f.LicenseHistory(ctx, f.main, license.Coupon, service.Page{Limit: 50})
		require.NoError(t, err)
		type row struct{ kind, license, company, order string }
		var rows []row
		for _, e := range history.Rows {
			rows = append(rows, row{e.Type, string(e.LicenseID), string(e.CompanyID), string(e.OrderNumber)})
			require.NotEmpty(t, e.Text())
		}
		first, second := license.OrderNumber, extended.Order.Number
		require.Equal(t, []row{
			{"invoice.sent", "", f.acme.ID, ""},
			{"key.generated", license.ID, f.acme.ID, first},
			{"order.processed", license.ID, f.acme.ID, second},
			{"license.extended", license.ID, f.acme.ID, second},
			{"order.processed", license.ID, f.acme.ID, first},
			{"license.added", license.ID, f.acme.ID, first},
		}, rows)
		of := func(c service.Caller, company string) int {
			all, err := f.CompanyHistory(ctx, c, company, service.Page{Limit: 50})
			require.NoError(t, err)
			return len(all.Rows)
		}
		require.Equal(t, 8, of(f.main, f.acme.ID))
		require.Zero(t, of(f.sub, f.below.ID), "the company's own details are no history of licenses")

		// A sub-reseller's is read by its parent, and by nobody else.
		theirs := f.buy(f.sub, f.below.ID, nil)
		require.Equal(t, 2, of(f.main, f.below.ID))
		_, err = f.LicenseHistory(ctx, f.main, theirs.ID, service.Page{Limit: 50})
		require.NoError(t, err)
		_, err = f.LicenseHistory(ctx, f.stranger, theirs.ID, service.Page{Limit: 50})
		requireCode(t, licensing.CodeNotFound, err)
		_, err = f.CompanyHistory(ctx, f.sub, f.acme.ID, service.Page{Limit: 50})
		requireCode(t, licensing.CodeNotFound, err)
	})
}
