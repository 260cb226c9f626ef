package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestFilters(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		fill(t, s) // 0, 3, 6 are the owner's; 1, 4 the child's; 2, 5 the stranger's
		ctx := t.Context()
		all := store.Page{Limit: 100}
		both := []string{owner, child}
		own := []string{owner}
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.SetBilling(ctx, "lic_0", licensing.BillingPaid))
			o := anOrder("ord_pending", owner)
			o.State, o.CreatedAt = licensing.OrderPending, later
			require.NoError(t, tx.InsertOrder(ctx, o))
			for _, price := range []licensing.Price{
				{ContractID: contract, ProductID: software, Interval: licensing.PerYear, Currency: "EUR"},
				{ProductID: device, Interval: licensing.Once, Currency: "EUR"}, // a list price alone
			} {
				require.NoError(t, tx.PutPrice(ctx, price))
			}

			for _, test := range []struct {
				f    store.CompanyFilter
				want []string
			}{
				{store.CompanyFilter{}, []string{}},
				{store.CompanyFilter{Resellers: []string{"rsl_none"}}, []string{}},
				{store.CompanyFilter{Resellers: own}, []string{company, "com_6", "com_3", "com_0"}},
				{store.CompanyFilter{Resellers: both, Domain: "com_1.example.com"}, []string{"com_1"}},
				{store.CompanyFilter{Resellers: own, Domain: "com_1.example.com"}, []string{}},
				{store.CompanyFilter{Resellers: both, Email: "com_4@example.com"}, []string{"com_4"}},
				{store.CompanyFilter{Resellers: both, Country: "DE"}, []string{}},
				{store.CompanyFilter{Resellers: own, Country: "NL", Search: "COM_6"}, []string{"com_6"}},
			} {
				got, err := tx.Companies(ctx, test.f, all)
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			for _, test := range []struct {
				f    store.LicenseFilter
				want []string
			}{
				{store.LicenseFilter{}, []string{}},
				{store.LicenseFilter{Resellers: own}, []string{"lic_6", "lic_3", "lic_0"}},
				{store.LicenseFilter{Resellers: both, CompanyID: "com_1"}, []string{"lic_1"}},
				{store.LicenseFilter{Resellers: own, CompanyID: "com_1"}, []string{}},
				{store.LicenseFilter{Resellers: own, ProductID: device}, []string{"lic_3"}},
				{store.LicenseFilter{Resellers: own, Kind: "software"}, []string{"lic_6", "lic_0"}},
				{store.LicenseFilter{Resellers: own, Order: "ord_3"}, []string{"lic_3"}},
				{store.LicenseFilter{Resellers: own, Order: "N-ord_6"}, []string{"lic_6"}},
				{store.LicenseFilter{Resellers: own, Billing: "paid"}, []string{"lic_0"}},
				{store.LicenseFilter{Resellers: both, Today: today, State: "active"}, []string{"lic_6", "lic_4", "lic_1", "lic_0"}},
				{store.LicenseFilter{Resellers: own, EndsFrom: today.AddYears(1)}, []string{"lic_6", "lic_0"}},
				{store.LicenseFilter{Resellers: own, EndsFrom: today.AddYears(1).AddDays(1)}, []string{}},
				{store.LicenseFilter{Resellers: own, EndsBefore: today.AddYears(1).AddDays(1)}, []string{"lic_6", "lic_0"}},
				{store.LicenseFilter{Resellers: own, EndsBefore: today.AddYears(1)}, []string{}},
				{store.LicenseFilter{Resellers: both, Search: "s2"}, []string{"lic_3"}}, // a serial
				{store.LicenseFilter{Resellers: both, Search: "c-lic_4"}, []string{"lic_4"}},
			} {
				got, err := tx.Licenses(ctx, test.f, all)
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			for _, test := range []struct {
				f    store.OrderFilter
				want []string
			}{
				{store.OrderFilter{}, []string{}},
				{store.OrderFilter{Resellers: own}, []string{order, "ord_pending", "ord_6", "ord_3", "ord_0"}},
				{store.OrderFilter{Resellers: own, Since: later.String()}, []string{"ord_pending"}},
				{store.OrderFilter{Resellers: own, Until: later.String(), CompanyID: "com_3"}, []string{"ord_3"}},
				{store.OrderFilter{Resellers: own, Until: now.String()}, []string{}},
				{store.OrderFilter{Resellers: both, Number: "N-ord_1"}, []string{"ord_1"}},
				{store.OrderFilter{Resellers: own, State: "pending"}, []string{"ord_pending"}},
				{store.OrderFilter{Resellers: own, ProductID: device}, []string{}},
				{store.OrderFilter{Resellers: own, ProductID: software, Search: "po ord_6"}, []string{"ord_6"}},
			} {
				got, err := tx.Orders(ctx, test.f, all)
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			for _, test := range []struct {
				f    store.KeyFilter
				want []string
			}{
				{store.KeyFilter{}, []string{}},
				{store.KeyFilter{Resellers: own}, []string{"key_6", "key_3", "key_0"}},
				{store.KeyFilter{Resellers: both, LicenseID: "lic_4"}, []string{"key_4"}},
				{store.KeyFilter{Resellers: own, LicenseID: "lic_4"}, []string{}},
				{store.KeyFilter{Resellers: both, OrderID: "ord_1"}, []string{"key_1"}},
				{store.KeyFilter{Resellers: both, CompanyID: "com_0"}, []string{"key_0"}},
				{store.KeyFilter{Resellers: both, Name: "Key key_3"}, []string{"key_3"}},
			} {
				got, err := tx.Keys(ctx, test.f, all)
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			for _, test := range []struct {
				f    store.ProductFilter
				want []string
			}{
				{store.ProductFilter{}, []string{}},
				{store.ProductFilter{Contracts: []string{contract}}, []string{software}},
				{store.ProductFilter{Contracts: []string{contract, "con_none"}, Kind: "software", Search: "SÖFT"}, []string{software}},
				{store.ProductFilter{Contracts: []string{contract}, Search: "%"}, []string{}},
				{store.ProductFilter{Contracts: []string{contract}, Kind: "device"}, []string{}},
			} {
				got, err := tx.Products(ctx, test.f, store.Page{Limit: 1})
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			return nil
		})
	})
}

// Pages read while rows are added and removed neither skip nor repeat one of those
// that were there all the time.
func TestPagesUnderInserts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		fill(t, s)
		ctx := t.Context()
		f := store.LicenseFilter{Resellers: []string{owner, child, stranger}}
		for _, limit := range []int{1, 2, 3, 7, 100} {
			var before, seen []string
			page := store.Page{Limit: limit}
			for n := 0; ; n++ {
				var got []string
				update(t, s, func(tx *store.Tx) error {
					if n == 0 {
						all, err := tx.Licenses(ctx, f, store.Page{Limit: 1000})
						require.NoError(t, err)
						before = ids(all)
					}
					rows, err := tx.Licenses(ctx, f, page)
					require.NoError(t, err)
					got = ids(rows)
					// Before the first, so that it belongs to a page that was read.
					return tx.InsertLicense(ctx, aLicense("lic_z"+before[0]+string(rune('a'+n)), owner))
				})
				if len(got) == 0 {
					break
				}
				seen = append(seen, got...)
				page.After = got[len(got)-1]
			}
			require.Equal(t, before, seen)
		}
	})
}
