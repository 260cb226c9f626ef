package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func TestEditLicense(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Name, in.Note = "Name", "Note" })
		edit := func(version int64, in service.LicenseChange) (licensing.License, error) {
			return f.EditLicense(ctx, f.main, license.Coupon, version, in)
		}

		edited, err := edit(1, service.LicenseChange{Email: new("user@acme.example.com"), Note: new("")})
		require.NoError(t, err)
		require.Equal(t, []string{"Name", "", "user@acme.example.com"}, []string{edited.Name, edited.Note, edited.Email})
		require.EqualValues(t, 2, edited.Version)
		events := f.events(license.ID)
		require.Equal(t, "license.edited", events[1].Type)
		require.Equal(t, []string{license.ID, f.acme.ID, license.OrderID},
			[]string{string(events[1].LicenseID), string(events[1].CompanyID), string(events[1].OrderID)})
		require.Contains(t, part(t, events[1], "before"), `"note":"Note"`)
		require.Contains(t, part(t, events[1], "after"), `"email":"user@acme.example.com"`)
		edited, err = edit(0, service.LicenseChange{Email: new("")})
		require.NoError(t, err)
		require.Empty(t, edited.Email)

		before := f.dump()
		_, err = edit(2, service.LicenseChange{Note: new("late")})
		requireCode(t, licensing.CodeVersionConflict, err)
		_, err = edit(0, service.LicenseChange{Email: new("Acme <user@acme.example.com>")})
		requireCode(t, licensing.CodeInvalidRequest, err)
		_, err = edit(0, service.LicenseChange{Name: new("a\nb")})
		requireCode(t, licensing.CodeInvalidRequest, err)
		_, err = edit(0, service.LicenseChange{InvoiceReference: new("a\tb")})
		requireCode(t, licensing.CodeInvalidRequest, err)
		same, err := edit(3, service.LicenseChange{Name: new("Name")})
		require.NoError(t, err)
		require.EqualValues(t, 3, same.Version, "nothing to change")
		_, err = f.EditLicense(ctx, f.stranger, license.ID, 0, service.LicenseChange{Note: new("mine")})
		requireCode(t, licensing.CodeNotFound, err)
		require.Equal(t, before, f.dump())

		theirs := f.buy(f.sub, f.below.ID, nil)
		_, err = f.EditLicense(ctx, f.main, theirs.ID, 0, service.LicenseChange{Note: new("mine")})
		requireCode(t, licensing.CodeReadOnly, err)
	})
}

func TestDeleteLicense(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		camera := func(serials ...string) licensing.License {
			return f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
				in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, serials
			})
		}
		license := camera("SN-1", "SN-2")
		paid := f.balance(f.main)
		caller, replayed := keyed(f.main, "delete")
		deleted, err := f.DeleteLicense(ctx, caller, license.ID)
		require.NoError(t, err)
		require.Equal(t, licensing.StateDeleted, deleted.State(f.Today(f.main)))
		require.Empty(t, deleted.Serials)
		require.Equal(t, paid, f.balance(f.main), "no money is returned")
		events := f.events(license.ID)
		require.Equal(t, "license.deleted", events[len(events)-1].Type)
		require.Contains(t, part(t, events[len(events)-1], "before"), `SN-2`)
		again, err := f.DeleteLicense(ctx, caller, license.ID)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, deleted, again)
		_, err = f.DeleteLicense(ctx, f.main, license.ID)
		requireCode(t, licensing.CodeNotDeletable, err)
		camera("SN-2")

		// Not even where the only device is long gone.
		used := f.buy(f.main, f.acme.ID, nil)
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			return tx.InsertDevice(ctx, licensing.Device{
				ID: "dev_1", ResellerID: f.main.Reseller.ID, LicenseID: used.ID, Serial: "SN-9", ActivatedAt: f.Now(), DeactivatedAt: f.Now(),
			})
		}))
		activated := f.buy(f.main, f.acme.ID, nil)
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			activated.ActivatedAt = f.Now()
			return tx.UpdateLicense(ctx, activated)
		}))
		before := f.dump()
		for _, l := range []licensing.License{used, activated} {
			_, err = f.DeleteLicense(ctx, f.main, l.ID)
			requireCode(t, licensing.CodeNotDeletable, err)
		}
		_, err = f.DeleteLicense(ctx, f.stranger, used.ID)
		requireCode(t, licensing.CodeNotFound, err)
		require.Equal(t, before, f.dump())
	})
}
