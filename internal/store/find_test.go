package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// One of each kind with something to be found by in every field, beside one of each
// with other things, and those of a stranger with the same.
func findable(t *testing.T, s *store.Store) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		ctx := t.Context()
		product := licensing.Product{ID: "prd_wifi", SKU: "wifi-plus", Name: "Drahtlos für Schüler", Kind: licensing.KindDevice, CreatedAt: now}
		require.NoError(t, tx.InsertProduct(ctx, product))
		for i, reseller := range []string{owner, stranger, owner} {
			n := []string{"ONE", "STRANGE", "OTHER"}[i]
			c := licensing.Company{ID: "com_" + n, ResellerID: reseller, Name: "Übung & Söhne", Domain: "uebung.example", Email: "büro@post.example", Note: "東京大学", CreatedAt: now, UpdatedAt: now}
			o := anOrder("ord_"+n, reseller)
			o.Number, o.Note, o.CompanyID, o.Lines[0].Description = "ORD-2026-004711", "Κόσμος", licensing.Ref(c.ID), "Drahtlos"
			l := aLicense("lic_"+n, reseller)
			l.Coupon, l.Name, l.Note, l.Email, l.InvoiceReference = "7GK2M9QS", "Zürich Rack", "Ёлка в школе", "Ana@Post.example", "PO-2026-118"
			l.CompanyID, l.OrderID, l.OrderNumber, l.ProductID, l.Serials = o.CompanyID, o.ID, o.Number, product.ID, []string{"C02XK1ZZJGH5"}
			k := aKey("key_"+n, reseller)
			k.Code, k.Name, k.LicenseID = "7GK2-MX9Q-R4TW-18CD", "Schlüssel Äpfel", licensing.Ref(l.ID)
			further := aKey("key_"+n+"_further", reseller)
			further.Code, further.Name, further.LicenseID = "HELL-O000-0000-0001", "한국 키", "lic_elsewhere"
			d := aDevice("dev_"+n, l.ID, "SN/99-ø")
			d.ResellerID, d.Name, d.KeyID = reseller, "Beamer مُحَمَّد", licensing.Ref(k.ID)
			elsewhere := aLicense("lic_elsewhere", owner)
			if i > 0 {
				c.Domain, l.Coupon, l.Serials, k.Code, further.Code = licensing.Ref(n+".example"), n, nil, "K000-"+n, "F000-"+n
				o.Number += n
			} else {
				require.NoError(t, tx.InsertLicense(ctx, elsewhere))
			}
			if n == "OTHER" {
				c.Name, c.Email, c.Note, o.Note, o.Lines[0].Description, o.Number = "Name", "mail", "", "", "", "ORD-2026-000001"
				l.Name, l.Note, l.Email, l.InvoiceReference, l.OrderNumber, l.ProductID = "License", "", "", "", o.Number, software
				k.Name, further.Name, d.Serial, d.Name = "Key", "Key", "SN-1", "Device"
			}
			require.NoError(t, tx.InsertCompany(ctx, c))
			require.NoError(t, tx.InsertOrder(ctx, o))
			require.NoError(t, tx.InsertOrderLines(ctx, aLine("oli_"+n, o.ID, "lic_elsewhere")))
			require.NoError(t, tx.InsertLicense(ctx, l))
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{k, further}))
			require.NoError(t, tx.AddKeyLicense(ctx, further, l.ID, now))
			require.NoError(t, tx.InsertDevice(ctx, d))
		}
		return insertFillers(t, tx)
	})
}

// insertFillers adds newer rows than those that are looked for, and more of them than
// a search looks at before it asks an index.
func insertFillers(t *testing.T, tx *store.Tx) error {
	t.Helper()
	ctx := t.Context()
	for i := range 300 {
		n := fmt.Sprintf("z%03d", i)
		c := licensing.Company{ID: "com_" + n, ResellerID: owner, Name: n, CreatedAt: now, UpdatedAt: now}
		o := licensing.Order{ID: "ord_" + n, ResellerID: owner, Number: n, ContractID: contract, CreatedAt: now}
		l := licensing.License{
			ID: "lic_" + n, ResellerID: owner, Coupon: n, ProductID: device, ContractID: contract, OrderID: o.ID, Quantity: 2, StartsOn: today,
			CreatedAt: now, UpdatedAt: now,
		}
		k := licensing.Key{ID: "key_" + n, ResellerID: owner, Code: "Z" + n, Seats: 1, CreatedAt: now}
		d := licensing.Device{ID: "dev_" + n, ResellerID: owner, LicenseID: l.ID, Serial: n, ActivatedAt: now}
		for _, err := range []error{
			tx.InsertCompany(ctx, c), tx.InsertOrder(ctx, o), tx.InsertLicense(ctx, l), tx.InsertKeys(ctx, []licensing.Key{k}), tx.InsertDevice(ctx, d),
		} {
			require.NoError(t, err)
		}
	}
	return nil
}

// found gives the ids of the owner's licenses with a text, by the list and by the
// export, which say the same.
func found(t *testing.T, s *store.Store, search string) []string {
	t.Helper()
	f := store.LicenseFilter{Resellers: []string{owner}, Today: today, Search: search}
	listed := ids(view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.License, error) {
		return tx.Licenses(ctx, f, store.Page{Limit: 100})
	}))
	exported := []string{}
	for _, row := range stream(t, s, store.ExportLicenses(f)) {
		exported = append(exported, row["id"])
	}
	slices.Reverse(exported)
	require.Equal(t, listed, exported, "search for %q", search)
	return listed
}

func TestFindLicenses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		findable(t, s)
		for _, search := range []string{
			"7GK2M9QS", "7gk2-m9qs", "gk2m9", " zürich rack ", "ZURICH", "елка", "ШКОЛЕ", "ana@post", "PO-2026-118", "o-2026-11", "004711", "ord-2026-004711",
			"c02xk1zzjgh5", "1ZZJ", "lic_ONE", "LIC_one", // its own
			"übung", "UBUNG & SOHNE", "uebung.example", "buro@POST", "東京", "京大", "東", "京大学", // its company's
			"WIFI-plus", "drahtlos", "FUR SCHULER", // its product's
			"sn/99-o", "SN/99-Ø", "99-", "beamer", "محمد", // its device's
			"7GK2-MX9Q-R4TW-18CD", "7gk2 mx9q r4tw 18cd", "7gk2mx9qr4tw18cd", "7GK2MX9QR4TWL8CD", "7gk2-m", "schlussel apfel", "SCHLÜSSEL ÄPFEL", // its key's
		} {
			require.Equal(t, []string{"lic_ONE"}, found(t, s, search), "search for %q", search)
		}
		for _, search := range []string{"hello000-0000", "hell-O", "한국 키"} { // a key of several licenses
			require.Equal(t, []string{"lic_elsewhere", "lic_ONE"}, found(t, s, search), "search for %q", search)
		}
		for _, search := range []string{
			"zurich  rack", "zürich\nrack", "rackzurich", "zu%", "z_rich", "%", "!", `"`, `zürich" OR "rack`, "ord-2026-004712", "東大", "東京東", "大東",
			"schlüssel", "apfel", "한국", "7gk3", "lic_on", "com_ONE", "ord_ONE", "\x00", "\u0301", "  ",
		} {
			require.Empty(t, found(t, s, search), "search for %q", search)
		}
		require.Equal(t, []string{"lic_elsewhere", "lic_OTHER"}, found(t, s, "ns"), "in the name")
		require.Equal(t, []string{"lic_elsewhere", "lic_OTHER"}, found(t, s, "software"))
	})
}

func TestFindOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		findable(t, s)
		own := []string{owner}
		all := store.Page{Limit: 100}
		for search, want := range map[string][]string{
			"004711": {"ord_ONE"}, "КОСМОС": {}, "κοσμοσ": {"ord_ONE"}, "drahtlos": {"ord_ONE"}, "übung": {"ord_ONE"}, "東京": {"ord_ONE"}, "大": {"ord_ONE"},
			"ord_ONE": {"ord_ONE"}, "ord-2026-0000": {"ord_OTHER"}, "balance": {order, "ord_OTHER", "ord_ONE"}, "ba": {order, "ord_OTHER", "ord_ONE"}, "processed": {},
		} {
			f := store.OrderFilter{Resellers: own, Search: search}
			got := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Order, error) { return tx.Orders(ctx, f, all) })
			require.ElementsMatch(t, want, ids(got), "search for %q", search)
			if !slices.Contains(want, order) { // which has no lines
				require.Len(t, stream(t, s, store.ExportOrders(f)), len(want), "search for %q", search)
			}
		}
		for search, want := range map[string][]string{
			"ubung": {"com_ONE"}, "東京大": {"com_ONE"}, "büro@": {"com_ONE"}, "com_ONE": {"com_ONE"}, "COM_one": {"com_ONE"}, "example": {company, "com_OTHER", "com_ONE"}, "strange": {},
		} {
			got := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Company, error) {
				return tx.Companies(ctx, store.CompanyFilter{Resellers: own, Search: search}, all)
			})
			require.Equal(t, want, ids(got), "search for %q", search)
		}
		for search, want := range map[string][]string{
			"sn/99-ø": {"dev_ONE"}, "BEAMER": {"dev_ONE"}, "be": {"dev_ONE"}, "zurich": {"dev_ONE"}, "7gk2m9qs": {"dev_ONE"}, "söhne": {"dev_ONE"}, "wifi": {"dev_ONE"},
			"7gk2mx9q": {"dev_ONE"}, "schlüssel äpfel": {"dev_ONE"}, "dev_ONE": {"dev_ONE"}, "lic_ONE": {"dev_ONE"}, "sn-1": {"dev_OTHER"}, "sn-2": {},
		} {
			got := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Device, error) {
				return tx.Devices(ctx, store.DeviceFilter{Resellers: own, Search: search}, all)
			})
			require.Equal(t, want, ids(got), "search for %q", search)
		}
		for search, want := range map[string][]string{
			"7": {"key_ONE"}, "7gk2-mx": {"key_ONE"}, "7GK2MX9QR4TW18CD": {"key_ONE"}, "7GK2-MX9Q-R4TW-L8CD": {"key_ONE"}, "7gk2mx9qr4tw18cd1": {}, "18cd": {},
			"schlussel": {"key_ONE"}, "Schlüssel Ä": {"key_ONE"}, "äpfel": {}, "한국": {"key_ONE_further"}, "hello": {"key_ONE_further"}, "hell o000": {"key_ONE_further"},
			"k": {"key_OTHER_further", "key_OTHER"}, "key_ONE": {"key_ONE"}, "KEY": {"key_OTHER_further", "key_OTHER"}, "!": {},
		} {
			for _, f := range []store.KeyFilter{{Resellers: own, Search: search}, {Resellers: own, Search: search, OrderID: "ord_ONE"}} {
				if f.OrderID != "" {
					want = slices.DeleteFunc(slices.Clone(want), func(id string) bool { return strings.HasPrefix(id, "key_OTHER") })
				}
				got := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Key, error) { return tx.Keys(ctx, f, all) })
				require.ElementsMatch(t, want, ids(got), "search for %q", search)
				exported := map[string]bool{}
				for _, row := range stream(t, s, store.ExportKeys(f)) {
					exported[row["id"]] = true
				}
				require.Len(t, exported, len(want), "search for %q", search)
			}
		}
	})
}

// What is renamed is found by its new name, and no more by the old one.
func TestFindAfterChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		findable(t, s)
		require.Equal(t, []string{"lic_ONE"}, found(t, s, "übung"))
		update(t, s, func(tx *store.Tx) error {
			ctx := t.Context()
			loose := aKey("key_loose", owner)
			loose.Name = "loose"
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{loose}))
			c, err := tx.CompanyForUpdate(ctx, "com_ONE")
			require.NoError(t, err)
			c.Name = "Hoàn toàn mới"
			require.NoError(t, tx.UpdateCompany(ctx, c))
			p, err := tx.Product(ctx, "prd_wifi")
			require.NoError(t, err)
			p.SKU = "mesh"
			require.NoError(t, tx.UpdateProduct(ctx, p))
			l, err := tx.License(ctx, "lic_ONE")
			require.NoError(t, err)
			l.Name = "สวัสดี"
			return tx.UpdateLicense(ctx, l)
		})
		for _, search := range []string{"hoan TOAN moi", "mesh", "สวัสดี", "ana@post"} {
			require.Equal(t, []string{"lic_ONE"}, found(t, s, search), "search for %q", search)
		}
		for _, search := range []string{"übung", "söhne", "wifi", "zürich", "loose"} {
			require.Empty(t, found(t, s, search), "search for %q", search)
		}
		_, err := s.Writer().ExecContext(t.Context(), "VACUUM")
		require.NoError(t, err)
		require.Equal(t, []string{"lic_ONE"}, found(t, s, "hoàn toàn"))
	})
}

// Pages of a search are those of the list that it chooses from, whichever way the
// rows were found: more of them than are looked at at once, few, few of many, none.
func TestFindPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		const rows = 5000
		resellers := []string{owner, stranger, owner, child, owner}
		name := func(i int) string {
			words := []string{"common"}
			for word, is := range map[string]bool{
				"every3": i%3 == 0, "rare": i%701 == 0, "oldest": i < 900, "zq": i < 5, "pair": i == 10 || i == 4990, "林": i%1000 == 0,
			} {
				if is {
					words = append(words, word)
				}
			}
			return strings.Join(words, " ")
		}
		update(t, s, func(tx *store.Tx) error {
			for i := range rows {
				l := aLicense(fmt.Sprintf("lic_%05d", i), resellers[i%len(resellers)])
				l.CompanyID, l.Name, l.EndsOn = "", name(i), today.AddDays(i-4500)
				l.RefundedAt, l.DeletedAt, l.PausedAt = licensing.Time{}, licensing.Time{}, licensing.Time{}
				require.NoError(t, tx.InsertLicense(t.Context(), l))
			}
			return nil
		})
		type choice struct {
			f      store.LicenseFilter
			chosen func(i int) bool
		}
		choices := []choice{
			{store.LicenseFilter{State: "expired"}, func(i int) bool { return i <= 4500 }},
			{store.LicenseFilter{EndsFrom: today.AddDays(1), EndsBefore: today.AddDays(31)}, func(i int) bool { return i > 4500 && i <= 4530 }},
			{store.LicenseFilter{EndsBefore: today.AddDays(-4400)}, func(i int) bool { return i < 100 }},
			{store.LicenseFilter{EndsFrom: today.AddDays(900)}, func(int) bool { return false }},
			{store.LicenseFilter{EndsBefore: today.AddDays(-4400), Search: "every3"}, func(i int) bool { return i < 100 && i%3 == 0 }},
		}
		for _, search := range []string{"common", "every3", "rare", "oldest", "zq", "pair", "林", "none at all", "qqq"} {
			choices = append(choices, choice{store.LicenseFilter{Search: search}, func(i int) bool { return strings.Contains(name(i), search) }})
		}
		for _, seen := range [][]string{{owner}, {owner, child}, {child}, {stranger, "rsl_none"}} {
			for _, c := range choices {
				f := c.f
				f.Resellers, f.Today = seen, today
				var want []string
				for i := rows - 1; i >= 0; i-- {
					if slices.Contains(seen, resellers[i%len(resellers)]) && c.chosen(i) {
						want = append(want, fmt.Sprintf("lic_%05d", i))
					}
				}
				for _, limit := range []int{51, 501} {
					pages := 3
					var got []string
					page := store.Page{Limit: limit}
					for range pages {
						part := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.License, error) {
							return tx.Licenses(ctx, f, page)
						})
						got = append(got, ids(part)...)
						if len(part) < limit {
							break
						}
						page.After = got[len(got)-1]
					}
					require.Equal(t, want[:min(len(want), pages*limit)], got, "%+v by %d", f, limit)
				}
			}
		}
	})
}
