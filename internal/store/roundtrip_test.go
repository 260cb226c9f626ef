package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestTenantRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.Vendor(ctx)
			require.ErrorIs(t, err, store.ErrNotFound)
			vendor := full(licensing.Vendor{Name: "Vendor", CursorKey: "secret", SigningKey: "seed", CreatedAt: now})
			requireFull(t, vendor)
			require.NoError(t, tx.InsertVendor(ctx, vendor))
			got, err := tx.Vendor(ctx)
			require.NoError(t, err)
			require.Equal(t, vendor, got)

			require.NoError(t, tx.UpdateVendor(ctx, full(licensing.Vendor{Name: "New", TimeZone: "UTC", CursorKey: "ignored"})))
			got, err = tx.Vendor(ctx)
			require.NoError(t, err)
			require.Equal(t, full(licensing.Vendor{Name: "New", TimeZone: "UTC", CursorKey: "secret", SigningKey: "seed", CreatedAt: now}), got)
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertVendor(ctx, vendor) }), store.ErrExists)

			r := full(licensing.Reseller{ID: "rsl_new", Login: "new", ParentID: child, CreatedAt: now})
			requireFull(t, r)
			require.NoError(t, tx.InsertReseller(ctx, r))
			for _, ref := range []string{"rsl_new", "new"} {
				found, err := tx.Reseller(ctx, ref)
				require.NoError(t, err)
				require.Contains(t, found.SearchText, "rsl_new")
				r.SearchText, r.ParentLogin = found.SearchText, "child"
				require.Equal(t, r, found)
			}
			r.Name, r.ParentID, r.ParentLogin = "name", "", ""
			require.NoError(t, tx.UpdateReseller(ctx, r))
			found, err := tx.Reseller(ctx, "new")
			require.NoError(t, err)
			require.Equal(t, r, found)
			require.ErrorIs(t, tx.UpdateReseller(ctx, licensing.Reseller{ID: "rsl_none"}), store.ErrNotFound)
			_, err = tx.Reseller(ctx, "none")
			require.ErrorIs(t, err, store.ErrNotFound)
			require.ErrorIs(t, tx.Nested(ctx, func() error {
				return tx.InsertReseller(ctx, licensing.Reseller{ID: "rsl_x", Login: "owner", CreatedAt: now, UpdatedAt: now})
			}), store.ErrExists)

			token := full(licensing.Token{
				ID: "tok_1", ResellerID: owner, Name: "t", Hash: "abc", Scopes: licensing.List{"company:read", "key:write"},
				Contracts: licensing.List{contract}, ExpiresAt: later, CreatedAt: now,
			})
			requireFull(t, token, "user_id")
			require.NoError(t, tx.InsertToken(ctx, token))
			gotToken, err := tx.TokenByHash(ctx, "abc")
			require.NoError(t, err)
			require.Equal(t, token, gotToken)
			_, err = tx.TokenByHash(ctx, "ABC")
			require.ErrorIs(t, err, store.ErrNotFound)
			return nil
		})
	})
}

func TestResellerTree(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			// The ids sort before the root's.
			require.NoError(t, tx.InsertReseller(ctx, licensing.Reseller{ID: "rsl_a", Login: "a", ParentID: child, CreatedAt: now, UpdatedAt: now}))
			require.NoError(t, tx.InsertReseller(ctx, licensing.Reseller{ID: "rsl_b", Login: "b", ParentID: owner, CreatedAt: now, UpdatedAt: now}))
			for root, want := range map[string][]string{
				owner: {owner, "rsl_a", "rsl_b", child}, child: {child, "rsl_a"}, stranger: {stranger}, "rsl_none": nil,
			} {
				got, err := tx.ResellerTree(ctx, root)
				require.NoError(t, err)
				require.Equal(t, want, names(got))
			}
			tree, err := tx.ResellerTree(ctx, child)
			require.NoError(t, err)
			require.Equal(t, []store.ResellerName{{ID: child, Login: "child"}, {ID: "rsl_a", Login: "a"}}, tree)
			return nil
		})
	})
}

func names(tree []store.ResellerName) []string {
	var all []string
	for _, r := range tree {
		all = append(all, r.ID)
	}
	return all
}

func TestCatalogRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			p, err := tx.Product(ctx, "soft")
			require.NoError(t, err)
			requireFull(t, p)
			require.Equal(t, licensing.List{"full", "trial"}, p.Terms)
			p.Name, p.Terms, p.RefundDays = "Renamed", licensing.List{}, 0
			require.NoError(t, tx.UpdateProduct(ctx, p))
			got, err := tx.Product(ctx, software)
			require.NoError(t, err)
			require.Equal(t, p, got)
			require.ErrorIs(t, tx.Nested(ctx, func() error {
				return tx.InsertProduct(ctx, licensing.Product{ID: "prd_x", SKU: "soft", CreatedAt: now})
			}), store.ErrExists)
			_, err = tx.Product(ctx, "none")
			require.ErrorIs(t, err, store.ErrNotFound)

			k, err := tx.Contract(ctx, "K-1")
			require.NoError(t, err)
			requireFull(t, k)
			k.ClosedAt, k.EndsOn = licensing.Time{}, licensing.Date{}
			require.NoError(t, tx.UpdateContract(ctx, k))
			gotContract, err := tx.Contract(ctx, contract)
			require.NoError(t, err)
			require.Equal(t, k, gotContract)
			all, err := tx.Contracts(ctx, []string{owner, stranger})
			require.NoError(t, err)
			require.Equal(t, []licensing.Contract{k}, all)
			all, err = tx.Contracts(ctx, nil)
			require.NoError(t, err)
			require.Empty(t, all)

			for _, price := range []licensing.Price{
				{ProductID: software, Interval: licensing.PerYear, Currency: "EUR", Amount: 1},
				{ProductID: software, Interval: licensing.PerYear, Currency: "EUR", Amount: 150}, // in place of the one before
				{ProductID: software, Interval: licensing.PerYear, Currency: "USD", Amount: 160},
				{ContractID: contract, ProductID: software, Interval: licensing.PerYear, Currency: "EUR", Amount: 120},
				{ContractID: contract, ProductID: device, Interval: licensing.Once, Currency: "EUR", Amount: 99},
			} {
				require.NoError(t, tx.PutPrice(ctx, price))
			}
			prices, err := tx.Prices(ctx, software)
			require.NoError(t, err)
			require.ElementsMatch(t, []licensing.Price{
				{ProductID: software, Interval: licensing.PerYear, Currency: "EUR", Amount: 150},
				{ProductID: software, Interval: licensing.PerYear, Currency: "USD", Amount: 160},
				{ContractID: contract, ProductID: software, Interval: licensing.PerYear, Currency: "EUR", Amount: 120},
			}, prices)
			prices, err = tx.Prices(ctx, "")
			require.NoError(t, err)
			require.Len(t, prices, 4)
			sold, err := tx.ContractProducts(ctx)
			require.NoError(t, err)
			require.Equal(t, map[string][]string{contract: {"dev", "soft"}}, sold)
			return nil
		})
	})
}

func TestCompanyRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			want := aCompany("com_new", owner)
			requireFull(t, want)
			require.NoError(t, tx.InsertCompany(ctx, want))
			got, err := tx.CompanyForUpdate(ctx, "com_new")
			require.NoError(t, err)
			require.Contains(t, got.SearchText, "damrak 1")
			want.SearchText = got.SearchText
			require.Equal(t, want, got)

			want.Domain, want.SetupAssistant, want.City, want.SearchText = "", false, "Zürich", ""
			require.NoError(t, tx.UpdateCompany(ctx, want))
			got, err = tx.CompanyForUpdate(ctx, "com_new")
			require.NoError(t, err)
			require.Contains(t, got.SearchText, "zurich")
			want.SearchText = got.SearchText
			require.Equal(t, want, got)

			byDomain, err := tx.CompanyByDomain(ctx, owner, company+".example.com")
			require.NoError(t, err)
			require.Equal(t, company, byDomain.ID)
			_, err = tx.CompanyByDomain(ctx, stranger, company+".example.com")
			require.ErrorIs(t, err, store.ErrNotFound)
			_, err = tx.CompanyForUpdate(ctx, "com_none")
			require.ErrorIs(t, err, store.ErrNotFound)
			require.ErrorIs(t, tx.UpdateCompany(ctx, aCompany("com_none", owner)), store.ErrNotFound)

			taken := aCompany("com_other", owner)
			taken.Domain = company + ".example.com"
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertCompany(ctx, taken) }), store.ErrExists)
			want.Domain = taken.Domain
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.UpdateCompany(ctx, want) }), store.ErrExists)
			taken.ResellerID = stranger // who may have the same
			require.NoError(t, tx.InsertCompany(ctx, taken))
			taken.ID, taken.Domain = "com_none1", "" // any number may have none
			require.NoError(t, tx.InsertCompany(ctx, taken))
			taken.ID = "com_none2"
			return tx.InsertCompany(ctx, taken)
		})
	})
}

func TestCompaniesNamed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			for id, reseller := range map[string]string{"com_1": child, "com_2": stranger, "com_3": owner, "com_4": child, "com_5": child} {
				c := aCompany(id, reseller)
				c.Name = "Twin"
				if id == "com_5" {
					c.Name, c.Domain = "Sub", company+".example.com"
				}
				require.NoError(t, tx.InsertCompany(ctx, c))
			}
			for ref, want := range map[string][]string{
				company: {company}, company + ".example.com": {company}, "COM_1.Example.com": {"com_1"}, "Name " + company: {company},
				"com_2": {}, "Name com_2": {}, "twin": {}, "": {},
				"Twin": {"com_3"}, // one's own goes before those of sub-resellers
				"Sub":  {"com_5"},
			} {
				got, err := tx.CompaniesNamed(ctx, []string{owner, child}, ref)
				require.NoError(t, err)
				require.Equal(t, want, ids(got), ref)
			}
			got, err := tx.CompaniesNamed(ctx, []string{stranger, child}, "Twin")
			require.NoError(t, err)
			require.Equal(t, []string{"com_2"}, ids(got))
			got, err = tx.CompaniesNamed(ctx, []string{child}, "Twin")
			require.NoError(t, err)
			require.Len(t, got, 2)
			return nil
		})
	})
}
