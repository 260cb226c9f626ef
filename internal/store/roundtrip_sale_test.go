package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestLicenseRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			want := aLicense("lic_1", owner)
			requireFull(t, want)
			require.NoError(t, tx.InsertLicense(ctx, want))
			for _, ref := range []string{"lic_1", "C-lic_1"} {
				got, err := tx.License(ctx, ref)
				require.NoError(t, err)
				require.NotEmpty(t, got.SearchText)
				want.SearchText = got.SearchText
				require.Equal(t, want, got)
				got, err = tx.LicenseForUpdate(ctx, ref)
				require.NoError(t, err)
				require.Equal(t, want, got)
			}

			bare := aLicense("lic_2", owner)
			bare.CompanyID, bare.CompanyName, bare.CompanyDomain, bare.EndsOn = "", "", "", licensing.Date{}
			bare.ActivatedAt, bare.PausedAt, bare.RefundedAt, bare.DeletedAt = licensing.Time{}, licensing.Time{}, licensing.Time{}, licensing.Time{}
			bare.ProductID, bare.ProductSKU, bare.ProductName, bare.ProductKind, bare.RefundDays = device, "dev", "Device", licensing.KindDevice, 1
			bare.Serials = []string{"B-2", "A-1"}
			require.NoError(t, tx.InsertLicense(ctx, bare))
			got, err := tx.License(ctx, "lic_2")
			require.NoError(t, err)
			bare.Serials, bare.SearchText = []string{"A-1", "B-2"}, got.SearchText
			require.Equal(t, bare, got)
			page, err := tx.Licenses(ctx, store.LicenseFilter{Resellers: []string{owner}}, store.Page{Limit: 10})
			require.NoError(t, err)
			require.Equal(t, []licensing.License{bare, want}, page)

			want.Quantity, want.PausedAt, want.Name = 20, licensing.Time{}, "Ärger"
			require.NoError(t, tx.UpdateLicense(ctx, want))
			got, err = tx.License(ctx, "lic_1")
			require.NoError(t, err)
			require.Contains(t, got.SearchText, "arger")
			want.SearchText = got.SearchText
			require.Equal(t, want, got)

			_, err = tx.License(ctx, "lic_none")
			require.ErrorIs(t, err, store.ErrNotFound)
			require.ErrorIs(t, tx.UpdateLicense(ctx, aLicense("lic_none", owner)), store.ErrNotFound)
			taken := aLicense("lic_3", owner)
			taken.Coupon = want.Coupon
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertLicense(ctx, taken) }), store.ErrExists)
			taken.Coupon, taken.ProductID, taken.Serials = "C-lic_3", device, []string{"Z", "A-1"}
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertLicense(ctx, taken) }), store.ErrExists)
			_, err = tx.License(ctx, "lic_3")
			require.ErrorIs(t, err, store.ErrNotFound)
			serial, err := tx.SerialTaken(ctx, device, []string{"Z", "B-2"})
			require.NoError(t, err)
			require.Equal(t, "B-2", serial)
			serial, err = tx.SerialTaken(ctx, software, []string{"Z", "B-2"})
			require.NoError(t, err)
			require.Empty(t, serial)

			require.NoError(t, tx.SetBilling(ctx, "lic_1", licensing.BillingPaid))
			got, err = tx.License(ctx, "lic_1")
			require.NoError(t, err)
			require.Equal(t, licensing.BillingPaid, got.Billing)
			require.Equal(t, want.Version+1, got.Version)
			return nil
		})
	})
}

func TestTrialsAndQuantities(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			running := func(id string, change func(*licensing.License)) {
				l := aLicense(id, owner)
				l.RefundedAt, l.DeletedAt = licensing.Time{}, licensing.Time{}
				change(&l)
				require.NoError(t, tx.InsertLicense(ctx, l))
			}
			running("lic_1", func(l *licensing.License) { l.Quantity = 5 })
			running("lic_2", func(l *licensing.License) { l.Quantity, l.EndsOn = 7, today.AddDays(3) })
			running("lic_3", func(l *licensing.License) { l.Quantity, l.EndsOn = 11, licensing.Date{} })
			running("lic_4", func(l *licensing.License) { l.EndsOn = today })     // over
			running("lic_5", func(l *licensing.License) { l.RefundedAt = now })   // refunded
			running("lic_6", func(l *licensing.License) { l.DeletedAt = now })    // deleted
			running("lic_7", func(l *licensing.License) { l.ProductID = device }) // another product
			running("lic_8", func(l *licensing.License) { l.CompanyID = "" })     // stock
			existing, ending, err := tx.QuantityInUse(ctx, company, software, today, today.AddDays(4))
			require.NoError(t, err)
			require.EqualValues(t, 23, existing)
			require.EqualValues(t, 7, ending)
			existing, ending, err = tx.QuantityInUse(ctx, company, software, today, today.AddDays(3))
			require.NoError(t, err)
			require.EqualValues(t, 23, existing)
			require.Zero(t, ending)
			existing, ending, err = tx.QuantityInUse(ctx, "com_none", software, today, today)
			require.NoError(t, err)
			require.Zero(t, existing+ending)

			had, err := tx.HasTrial(ctx, company, software)
			require.NoError(t, err)
			require.False(t, had)
			require.NoError(t, tx.InsertTrial(ctx, company, software, "lic_1"))
			had, err = tx.HasTrial(ctx, company, software)
			require.NoError(t, err)
			require.True(t, had)
			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertTrial(ctx, company, software, "lic_2") }), store.ErrExists)
			return nil
		})
	})
}

func TestOrderRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertLicense(ctx, aLicense("lic_1", owner)))
			want := anOrder("ord_1", owner)
			requireFull(t, want)
			require.NoError(t, tx.InsertOrder(ctx, want))
			want.Lines = []licensing.OrderLine{aLine("oli_1", "ord_1", "lic_1"), aLine("oli_2", "ord_1", "lic_1")}
			require.NoError(t, tx.InsertOrderLines(ctx, want.Lines...))
			free := aLine("oli_3", order, "lic_1")
			free.ListAmount, free.EndsOn = 0, licensing.Date{}
			require.NoError(t, tx.InsertOrderLines(ctx, free))
			want.CompanyName = "Name " + company
			for _, ref := range []string{"ord_1", "N-ord_1"} {
				got, err := tx.Order(ctx, []string{owner}, ref)
				require.NoError(t, err)
				require.NotEmpty(t, got.SearchText)
				want.SearchText = got.SearchText
				require.Equal(t, want, got)
				_, err = tx.Order(ctx, []string{stranger}, ref)
				require.ErrorIs(t, err, store.ErrNotFound)
			}
			page, err := tx.Orders(ctx, store.OrderFilter{Resellers: []string{owner}, Number: "N-ord_1"}, store.Page{Limit: 10})
			require.NoError(t, err)
			require.Equal(t, []licensing.Order{want}, page)

			unbilled, err := tx.UnbilledLines(ctx, "lic_1")
			require.NoError(t, err)
			require.Equal(t, want.Lines, unbilled)
			return nil
		})
	})
}

// A parent and its sub-resellers count their documents each from one.
func TestSameNumberTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertReseller(ctx, licensing.Reseller{ID: "rsl_child2", Login: "child2", ParentID: owner, CreatedAt: now, UpdatedAt: now}))
			for id, reseller := range map[string]string{"ord_1": child, "ord_2": owner, "ord_3": "rsl_child2"} {
				o := anOrder(id, reseller)
				o.Number = "ORD-2026-000001"
				require.NoError(t, tx.InsertOrder(ctx, o))
				require.NoError(t, tx.InsertInvoice(ctx, licensing.Invoice{ID: "inv" + id[3:], SellerID: reseller, ResellerID: reseller, CompanyID: company, Number: "INV-2026-000001", IssuedOn: today, CreatedAt: now}))
			}
			o, err := tx.Order(ctx, []string{owner, child, "rsl_child2"}, "ORD-2026-000001")
			require.NoError(t, err)
			require.Equal(t, "ord_2", o.ID)
			i, err := tx.Invoice(ctx, books(owner, child, "rsl_child2"), "INV-2026-000001")
			require.NoError(t, err)
			require.Equal(t, "inv_2", i.ID)
			_, err = tx.Order(ctx, []string{stranger, child, "rsl_child2"}, "ORD-2026-000001")
			require.ErrorIs(t, err, store.ErrAmbiguous)
			_, err = tx.Invoice(ctx, books(stranger, child, "rsl_child2"), "INV-2026-000001")
			require.ErrorIs(t, err, store.ErrAmbiguous)
			return nil
		})
	})
}
