package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// anInvoice is an invoice of a reseller to a company, or of the vendor where order is
// what it bills.
func anInvoice(id, seller, reseller string, order licensing.Ref) licensing.Invoice {
	i := full(licensing.Invoice{
		ID: id, SellerID: seller, ResellerID: reseller, Kind: licensing.KindInvoice, State: licensing.InvoiceSent, Number: "N-" + id, Currency: "EUR",
		Net: 1500, TaxRate: 2100, Tax: 315, Amount: 1815, IssuedOn: today, CreatedAt: now,
	})
	if order == "" {
		i.CompanyID, i.CompanyName = company, "Name "+company
	} else {
		i.OrderID, i.OrderNumber = order, "N-"+order
	}
	return i
}

// priced gives a license with two lines that have a price and one that has none.
func priced(t *testing.T, tx *store.Tx) []licensing.OrderLine {
	t.Helper()
	require.NoError(t, tx.InsertLicense(t.Context(), aLicense("lic_1", owner)))
	require.NoError(t, tx.InsertOrder(t.Context(), anOrder("ord_1", owner)))
	lines := []licensing.OrderLine{aLine("oli_1", "ord_1", "lic_1"), aLine("oli_2", "ord_1", "lic_1")}
	free := aLine("oli_3", order, "lic_1")
	free.ListAmount = 0
	require.NoError(t, tx.InsertOrderLines(t.Context(), append(lines, free)...))
	return lines
}

func TestInvoiceRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			priced(t, tx)
			want := anInvoice("inv_1", owner, owner, "")
			want.OrderID, want.OrderNumber = "ord_1", "N-ord_1"
			want.Lines = []licensing.InvoiceLine{{
				ID: "ili_1", InvoiceID: "inv_1", LicenseID: "lic_1", OrderLineID: "oli_1", Description: "Software", Quantity: 10, UnitPrice: 150,
				Interval: licensing.PerYear, Amount: 1500, StartsOn: today, EndsOn: today.AddYears(1), InvoiceReference: "PO 1",
			}}
			requireFull(t, want, "cancels_id")
			requireFull(t, want.Lines[0])
			require.NoError(t, tx.InsertInvoice(ctx, want))
			got, err := tx.InvoiceByID(ctx, "inv_1")
			require.NoError(t, err)
			for _, word := range []string{"n-inv_1", "name com_acme", "software", "po 1", "n-ord_1"} {
				require.Contains(t, got.SearchText, word)
			}
			want.SearchText = got.SearchText
			require.Equal(t, want, got)
			for _, ref := range []string{"inv_1", "N-inv_1"} {
				got, err = tx.Invoice(ctx, books(stranger, owner), ref)
				require.NoError(t, err)
				require.Equal(t, want, got)
				for _, b := range []store.Books{{}, books(stranger), {Vendor: true}} {
					_, err = tx.Invoice(ctx, b, ref)
					require.ErrorIs(t, err, store.ErrNotFound)
				}
			}

			note := want.Credit()
			note.ID, note.Number, note.IssuedOn, note.CreatedAt = "inv_2", "N-inv_2", today, now
			note.Lines[0].ID, note.Lines[0].InvoiceID = "ili_2", "inv_2"
			require.NoError(t, tx.InsertInvoice(ctx, note))
			got, err = tx.InvoiceForUpdate(ctx, "inv_2")
			require.NoError(t, err)
			note.SearchText = got.SearchText
			require.Equal(t, note, got)
			want.State, want.CancelledBy, want.CancelledNumber = licensing.InvoiceVoid, "inv_2", "N-inv_2"
			require.NoError(t, tx.UpdateInvoice(ctx, want))
			got, err = tx.OrderInvoice(ctx, "ord_1")
			require.NoError(t, err)
			require.Equal(t, want, got)
			_, err = tx.OrderInvoice(ctx, "ord_none")
			require.ErrorIs(t, err, store.ErrNotFound)
			note.ID = "inv_3"
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertInvoice(ctx, note) }), store.ErrExists, "two notes for one invoice")

			require.NoError(t, tx.SetInvoiceMailed(ctx, "inv_1", licensing.Time{}, "no such user"))
			want.MailedAt, want.MailError = licensing.Time{}, "no such user"
			got, err = tx.InvoiceByID(ctx, "inv_1")
			require.NoError(t, err)
			require.Equal(t, want, got)
			return nil
		})
	})
}

func TestInvoiceFilter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			priced(t, tx)
			for i, invoice := range []licensing.Invoice{
				anInvoice("inv_1", owner, owner, ""),
				anInvoice("inv_2", owner, owner, ""),
				anInvoice("inv_3", licensing.VendorSeller, owner, "ord_1"),
				anInvoice("inv_4", licensing.VendorSeller, child, order),
				anInvoice("inv_5", child, child, ""),
				anInvoice("inv_6", stranger, stranger, ""),
			} {
				invoice.IssuedOn = today.AddDays(i)
				switch invoice.ID {
				case "inv_2":
					invoice.Kind, invoice.CancelsID = licensing.KindCreditNote, "inv_1"
				case "inv_3":
					invoice.State, invoice.Note = licensing.InvoicePaid, "Übergabe 100%"
				}
				require.NoError(t, tx.InsertInvoice(ctx, invoice))
			}
			own, both, vendor := books(owner), books(owner, child), store.Books{Vendor: true}
			for _, test := range []struct {
				f    store.InvoiceFilter
				want []string
			}{
				{store.InvoiceFilter{}, []string{}},
				{store.InvoiceFilter{Received: true}, []string{}},
				{store.InvoiceFilter{Books: own}, []string{"inv_2", "inv_1"}},
				{store.InvoiceFilter{Books: own, Received: true}, []string{"inv_3"}},
				{store.InvoiceFilter{Books: both}, []string{"inv_5", "inv_2", "inv_1"}},
				{store.InvoiceFilter{Books: both, Received: true}, []string{"inv_4", "inv_3"}},
				{store.InvoiceFilter{Books: vendor}, []string{"inv_4", "inv_3"}},
				{store.InvoiceFilter{Books: vendor, Received: true}, []string{}},
				{store.InvoiceFilter{Books: both, CompanyID: company}, []string{"inv_5", "inv_2", "inv_1"}},
				{store.InvoiceFilter{Books: own, CompanyID: "com_none"}, []string{}},
				{store.InvoiceFilter{Books: vendor, OrderID: "ord_1"}, []string{"inv_3"}},
				{store.InvoiceFilter{Books: vendor, State: "paid"}, []string{"inv_3"}},
				{store.InvoiceFilter{Books: own, Kind: "credit_note"}, []string{"inv_2"}},
				{store.InvoiceFilter{Books: both, Since: today.AddDays(1), Until: today.AddDays(2)}, []string{"inv_2"}},
				{store.InvoiceFilter{Books: vendor, Search: "ubergabe 100%"}, []string{"inv_3"}},
				{store.InvoiceFilter{Books: own, Search: "n-INV_1"}, []string{"inv_1"}},
			} {
				got, err := tx.Invoices(ctx, test.f, store.Page{Limit: 10})
				require.NoError(t, err)
				require.Equal(t, test.want, ids(got), "%+v", test.f)
			}
			return nil
		})
	})
}

func TestBilledLines(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			lines := priced(t, tx)
			billed := func(want ...licensing.InvoiceState) {
				t.Helper()
				states, err := tx.BilledLines(ctx, "lic_1", "")
				require.NoError(t, err)
				require.Equal(t, want, states)
			}
			unbilled := func(want ...string) {
				t.Helper()
				found, err := tx.UnbilledLines(ctx, "lic_1")
				require.NoError(t, err)
				require.Equal(t, want, ids(found))
			}
			unbilled("oli_1", "oli_2")
			billed("", "")

			require.NoError(t, tx.InsertInvoice(ctx, anInvoice("inv_1", owner, owner, "")))
			for _, want := range []bool{true, false} {
				ours, err := tx.BillLine(ctx, "oli_1", "inv_1")
				require.NoError(t, err)
				require.Equal(t, want, ours, "a line is billed once")
			}
			unbilled("oli_2")
			billed(licensing.InvoiceSent, "")
			got, err := tx.Order(ctx, []string{owner}, "ord_1")
			require.NoError(t, err)
			require.Equal(t, licensing.Ref("inv_1"), got.Lines[0].InvoiceID)
			lines[0].InvoiceID = "inv_1"
			require.Equal(t, lines, got.Lines)

			// What was refunded before it was billed is nothing to bill any more.
			got.State = licensing.OrderRefunded
			require.NoError(t, tx.UpdateOrder(ctx, got))
			billed(licensing.InvoiceSent)
			unbilled([]string{}...)
			require.NoError(t, tx.UnbillLines(ctx, "inv_1"))
			states, err := tx.BilledLines(ctx, "lic_1", "")
			require.NoError(t, err)
			require.Empty(t, states)
			return nil
		})
	})
}
