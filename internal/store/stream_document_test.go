package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestStreamInvoicesEqualsList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			priced(t, tx)
			sent := anInvoice("inv_1", owner, owner, "")
			sent.DueOn, sent.MailError = today.AddDays(30), "no such user"
			for i, reference := range []string{"PO 2", "PO 1", "PO 1", ""} {
				sent.Lines = append(sent.Lines, licensing.InvoiceLine{
					ID: "ili_" + number(int64(i)), InvoiceID: "inv_1", LicenseID: "lic_1", OrderLineID: "oli_1", StartsOn: today, InvoiceReference: reference,
				})
			}
			note := sent.Credit()
			note.ID, note.Number, note.IssuedOn, note.CreatedAt, note.Lines = "inv_2", "N-inv_2", today, now, nil
			for _, i := range []licensing.Invoice{
				sent, note, anInvoice("inv_3", licensing.VendorSeller, owner, "ord_1"), anInvoice("inv_4", stranger, stranger, ""),
			} {
				require.NoError(t, tx.InsertInvoice(ctx, i))
			}
			return nil
		})
		logins := map[string]string{}
		for _, id := range []string{owner, child, stranger} {
			logins[id] = view(t, s, func(ctx context.Context, tx *store.Tx) (licensing.Reseller, error) { return tx.Reseller(ctx, id) }).Login
		}
		references := map[string]string{"inv_1": "PO 1; PO 2"}
		for _, f := range []store.InvoiceFilter{
			{Books: books(owner, child)},
			{Books: books(owner), Received: true},
			{Books: store.Books{Vendor: true}},
			{Books: books(owner), Search: "no-such"},
			{Books: books(owner), Kind: "credit_note"},
		} {
			invoices := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Invoice, error) {
				return tx.Invoices(ctx, f, store.Page{Limit: 100})
			})
			rows := stream(t, s, store.ExportInvoices(f))
			require.Len(t, rows, len(invoices))
			require.Equal(t, f.Search == "", len(rows) > 0)
			for i, row := range rows {
				x := invoices[len(invoices)-1-i]
				domain := ""
				if x.CompanyID != "" {
					domain = string(view(t, s, func(ctx context.Context, tx *store.Tx) (licensing.Company, error) {
						return tx.Company(ctx, string(x.CompanyID))
					}).Domain)
				}
				require.Equal(t, map[string]string{
					"id": x.ID, "number": x.Number, "kind": string(x.Kind), "state": string(x.State), "issued_on": x.IssuedOn.String(),
					"due_on": x.DueOn.String(), "paid_on": x.PaidOn.String(), "company_id": string(x.CompanyID), "company": string(x.CompanyName),
					"company_domain": domain, "reseller": logins[x.ResellerID], "order_number": string(x.OrderNumber),
					"invoice_reference": references[x.ID], "cancels": string(x.CancelsNumber), "cancelled_by": string(x.CancelledNumber),
					"net": number(x.Net), "tax_rate": number(x.TaxRate), "tax": number(x.Tax), "amount": number(x.Amount), "currency": x.Currency,
					"email": x.Email, "mailed_at": x.MailedAt.String(), "mail_error": x.MailError, "note": x.Note, "created_at": x.CreatedAt.String(),
				}, row)
			}
		}
		require.Empty(t, stream(t, s, store.ExportInvoices(store.InvoiceFilter{})))
	})
}

func TestStreamDevicesEqualsList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			key := aKey("key_1", owner)
			key.LicenseID = "lic_a"
			require.NoError(t, tx.InsertLicense(ctx, aLicense("lic_a", owner)))
			require.NoError(t, tx.InsertLicense(ctx, aLicense("lic_b", stranger)))
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{key}))
			first, gone := aDevice("dev_1", "lic_a", "SN-1"), aDevice("dev_2", "lic_a", "SN-2")
			first.KeyID = "key_1"
			other := aDevice("dev_3", "lic_b", "SN-1")
			other.ResellerID = stranger
			for _, d := range []licensing.Device{first, gone, other} {
				require.NoError(t, tx.InsertDevice(ctx, d))
			}
			gone.DeactivatedAt = now
			return tx.DeactivateDevice(ctx, gone)
		})
		for _, f := range []store.DeviceFilter{
			{Resellers: []string{owner, child}},
			{Resellers: []string{owner}, Active: new(true)},
			{Resellers: []string{owner}, Active: new(false)},
			{Resellers: []string{owner}, Search: "sn-2"},
			{Resellers: []string{owner}, KeyID: "key_1"},
		} {
			devices := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Device, error) {
				return tx.Devices(ctx, f, store.Page{Limit: 100})
			})
			require.NotEmpty(t, devices)
			rows := stream(t, s, store.ExportDevices(f))
			require.Len(t, rows, len(devices))
			for i, row := range rows {
				d := devices[len(devices)-1-i]
				l := view(t, s, func(ctx context.Context, tx *store.Tx) (licensing.License, error) {
					return tx.License(ctx, d.LicenseID)
				})
				state := "active"
				if !d.Active() {
					state = "deactivated"
				}
				require.Equal(t, map[string]string{
					"id": d.ID, "serial": d.Serial, "name": d.Name, "state": state, "license_id": l.ID, "coupon": l.Coupon, "product": l.ProductSKU,
					"company_id": string(l.CompanyID), "company": string(l.CompanyName), "company_domain": string(l.CompanyDomain),
					"key_id": string(d.KeyID), "key": string(d.KeyCode), "ends_on": l.EndsOn.String(),
					"activated_at": d.ActivatedAt.String(), "deactivated_at": d.DeactivatedAt.String(),
				}, row)
			}
		}
		require.Empty(t, stream(t, s, store.ExportDevices(store.DeviceFilter{})))
	})
}
