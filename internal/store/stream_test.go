package store_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// stream reads an export whole, a map of column to value for each row.
func stream(t *testing.T, s *store.Store, e store.Export) []map[string]string {
	t.Helper()
	var rows []map[string]string
	require.NoError(t, s.Stream(t.Context(), e, func(values [][]byte) error {
		row := map[string]string{}
		for i, c := range e.Columns {
			row[c.Name] = string(values[i])
			if c.Kind == store.Bool {
				row[c.Name] = strconv.FormatBool(string(values[i]) == "1" || string(values[i]) == "t")
			}
		}
		rows = append(rows, row)
		return nil
	}))
	return rows
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// fill adds, of each kind, rows of two resellers.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	update(t, s, func(tx *store.Tx) error {
		for i := range 7 {
			n := strconv.Itoa(i)
			reseller := []string{owner, child, stranger}[i%3]
			c := aCompany("com_"+n, reseller)
			c.SetupAssistant = i%2 == 0
			if i == 3 {
				c.Domain, c.Name = "", "комма, \"quoted\"\nnew line \U0001F600"
			}
			require.NoError(t, tx.InsertCompany(ctx, c))
			o := anOrder("ord_"+n, reseller)
			o.CompanyID = licensing.Ref(c.ID)
			if i == 4 {
				o.CompanyID = ""
			}
			require.NoError(t, tx.InsertOrder(ctx, o))
			l := aLicense("lic_"+n, reseller)
			l.CompanyID, l.OrderID = o.CompanyID, o.ID
			l.RefundedAt, l.DeletedAt, l.PausedAt = licensing.Time{}, licensing.Time{}, licensing.Time{}
			if i == 3 {
				l.EndsOn, l.ActivatedAt, l.ProductID, l.Serials = licensing.Date{}, licensing.Time{}, device, []string{"S2", "S1"}
			}
			require.NoError(t, tx.InsertLicense(ctx, l))
			require.NoError(t, tx.InsertOrderLines(ctx, aLine("oli_"+n, o.ID, l.ID), aLine("oli_"+n+"b", o.ID, l.ID)))
			k := aKey("key_"+n, reseller)
			if i != 6 {
				k.LicenseID = licensing.Ref(l.ID)
			}
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{k}))
		}
		return nil
	})
}

func TestStreamEqualsList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		fill(t, s)
		resellers := []string{owner, child}
		all := store.Page{Limit: 100}

		companies := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Company, error) {
			return tx.Companies(ctx, store.CompanyFilter{Resellers: resellers}, all)
		})
		rows := stream(t, s, store.ExportCompanies(store.CompanyFilter{Resellers: resellers}))
		require.Len(t, rows, len(companies))
		for i, row := range rows {
			c := companies[len(companies)-1-i]
			require.Equal(t, map[string]string{
				"id": c.ID, "name": c.Name, "domain": string(c.Domain), "email": c.Email, "country": c.Country, "alternate_name": c.AlternateName,
				"phone": c.Phone, "address": c.Address, "postal_code": c.PostalCode, "city": c.City, "vat_id": c.VATID, "note": c.Note, "language": c.Language,
				"setup_assistant": strconv.FormatBool(c.SetupAssistant), "created_at": c.CreatedAt.String(), "updated_at": c.UpdatedAt.String(),
				"version": number(c.Version), "reseller": strings.TrimPrefix(c.ResellerID, "rsl_"),
			}, row)
		}

		// The state is among the columns, before the conditions: the arguments are not
		// in the order in which they occur.
		for _, f := range []store.LicenseFilter{
			{Resellers: resellers, Today: today},
			{Resellers: resellers, Today: today, CompanyID: "com_3", State: "assigned", Search: "LIC_3"},
			{Resellers: resellers[:1], Today: today.AddYears(2), State: "expired"},
		} {
			licenses := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.License, error) { return tx.Licenses(ctx, f, all) })
			require.NotEmpty(t, licenses)
			rows = stream(t, s, store.ExportLicenses(f))
			require.Len(t, rows, len(licenses))
			for i, row := range rows {
				l := licenses[len(licenses)-1-i]
				require.Equal(t, map[string]string{
					"id": l.ID, "coupon": l.Coupon, "name": l.Name, "state": string(l.State(f.Today)), "billing": string(l.Billing),
					"company_id": string(l.CompanyID), "company": string(l.CompanyName), "company_domain": string(l.CompanyDomain), "product": l.ProductSKU,
					"quantity": number(l.Quantity), "key_seats": number(l.KeySeats), "term": l.Term, "starts_on": l.StartsOn.String(),
					"ends_on": l.EndsOn.String(), "serials": strings.Join(l.Serials, " "), "amount": number(l.Amount), "currency": l.Currency,
					"order_number": l.OrderNumber, "invoice_reference": l.InvoiceReference, "note": l.Note, "created_at": l.CreatedAt.String(),
					"email": l.Email, "distributor": l.Distributor, "auto_renew": strconv.FormatBool(l.AutoRenew), "activated_at": l.ActivatedAt.String(),
					"version": number(l.Version), "reseller": strings.TrimPrefix(l.ResellerID, "rsl_"),
				}, row)
			}
		}

		orders := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Order, error) {
			return tx.Orders(ctx, store.OrderFilter{Resellers: resellers, ProductID: software}, all)
		})
		rows = stream(t, s, store.ExportOrders(store.OrderFilter{Resellers: resellers, ProductID: software}))
		require.Len(t, rows, 2*len(orders))
		for i, row := range rows {
			o := orders[len(orders)-1-i/2]
			x := o.Lines[i%2]
			require.Equal(t, map[string]string{
				"order_id": o.ID, "number": o.Number, "kind": string(o.Kind), "state": string(o.State), "created_at": o.CreatedAt.String(),
				"refunded_at": o.RefundedAt.String(), "company_id": string(o.CompanyID), "company": string(o.CompanyName), "buyer": o.Buyer,
				"distributor": o.Distributor, "payment": string(o.Payment), "order_amount": number(o.Amount), "order_credits": number(o.Credits),
				"invoice_reference": o.InvoiceReference, "note": o.Note, "license_id": x.LicenseID, "product": x.ProductSKU, "description": x.Description, "quantity": number(x.Quantity),
				"unit_price": number(x.UnitPrice), "amount": number(x.Amount), "list_amount": number(x.ListAmount), "currency": o.Currency,
				"starts_on": x.StartsOn.String(), "ends_on": x.EndsOn.String(), "invoice_id": string(x.InvoiceID),
			}, row)
		}

		for _, f := range []store.KeyFilter{
			{Resellers: append(resellers, stranger)},
			{Resellers: resellers, CompanyID: "com_3"},
			{Resellers: resellers, OrderID: "ord_4"},
			{Resellers: resellers, LicenseID: "lic_1", Name: "Key key_1"},
			{Resellers: resellers, Name: "Key key_6"},
		} {
			keys := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Key, error) { return tx.Keys(ctx, f, all) })
			require.NotEmpty(t, keys)
			var want []map[string]string
			for i := range keys {
				k := keys[len(keys)-1-i]
				row := map[string]string{
					"id": k.ID, "code": k.Code, "name": k.Name, "seats": number(k.Seats), "license_id": string(k.LicenseID), "product": "", "company": "",
					"company_domain": "", "starts_on": "", "ends_on": "", "created_at": k.CreatedAt.String(),
				}
				if k.LicenseID != "" {
					l := view(t, s, func(ctx context.Context, tx *store.Tx) (licensing.License, error) {
						return tx.License(ctx, string(k.LicenseID))
					})
					row["product"], row["company"], row["company_domain"] = l.ProductSKU, string(l.CompanyName), string(l.CompanyDomain)
					row["starts_on"], row["ends_on"] = l.StartsOn.String(), l.EndsOn.String()
				}
				want = append(want, row)
			}
			require.Equal(t, want, stream(t, s, store.ExportKeys(f)), "%+v", f)
		}
		require.Empty(t, stream(t, s, store.ExportLicenses(store.LicenseFilter{Today: today})))
		some := []string{"lic_0", "lic_2", "lic_3"} // of which one is the stranger's
		rows = stream(t, s, store.ExportLicenses(store.LicenseFilter{Resellers: resellers, Today: today, IDs: some}))
		require.Equal(t, []string{"lic_0", "lic_3"}, []string{rows[0]["id"], rows[1]["id"]})
		require.Len(t, rows, 2)
		rows = stream(t, s, store.ExportCompanies(store.CompanyFilter{Resellers: resellers, IDs: []string{"com_2", "com_3"}}))
		require.Len(t, rows, 1)
		require.Equal(t, "com_3", rows[0]["id"])
	})
}
