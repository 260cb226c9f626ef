package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// A dry run of an edit answers and is refused as the edit is, and changes nothing: no
// version, no event, and no idempotency key is taken.
func TestDryRun(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		theirs := f.buy(f.sub, f.below.ID, nil)
		_, err := f.CreateCompany(ctx, f.main, change{Name: new("Taken"), Domain: new("taken.example")})
		require.NoError(t, err)
		caller, replayed := keyed(f.main, "key")
		caller.DryRun = true
		before := f.dump()

		edited, err := f.EditLicense(ctx, caller, license.Coupon, 1, service.LicenseChange{Note: new("by the door")})
		require.NoError(t, err)
		require.Equal(t, []any{license.ID, "by the door", int64(2)}, []any{edited.ID, edited.Note, edited.Version})
		same, err := f.EditLicense(ctx, caller, license.ID, 1, service.LicenseChange{Note: new(license.Note)})
		require.NoError(t, err)
		require.Equal(t, license.Version, same.Version)
		company, err := f.EditCompany(ctx, caller, f.acme.ID, f.acme.Version, change{Country: new("de"), Domain: new("free.example")})
		require.NoError(t, err)
		require.Equal(t, []any{"DE", f.acme.Version + 1}, []any{company.Country, company.Version})

		for _, refused := range []struct {
			code licensing.Code
			run  func() error
		}{
			{licensing.CodeInvalidRequest, func() error {
				_, err := f.EditLicense(ctx, caller, license.ID, 0, service.LicenseChange{Email: new("nonsense")})
				return err
			}},
			{licensing.CodeVersionConflict, func() error {
				_, err := f.EditLicense(ctx, caller, license.ID, 7, service.LicenseChange{Note: new("late")})
				return err
			}},
			{licensing.CodeReadOnly, func() error {
				_, err := f.EditLicense(ctx, caller, theirs.ID, 0, service.LicenseChange{Note: new("mine")})
				return err
			}},
			{licensing.CodeInvalidRequest, func() error {
				_, err := f.EditCompany(ctx, caller, f.acme.ID, 0, change{Country: new("ZZZ")})
				return err
			}},
			{licensing.CodeAlreadyExists, func() error {
				_, err := f.EditCompany(ctx, caller, f.acme.ID, 0, change{Domain: new("taken.example")})
				return err
			}},
		} {
			requireCode(t, refused.code, refused.run())
		}
		require.Equal(t, before, f.dump())

		caller.DryRun = false
		edited, err = f.EditLicense(ctx, caller, license.ID, 1, service.LicenseChange{Note: new("by the door")})
		require.NoError(t, err)
		require.False(t, *replayed, "the key is still free")
		require.EqualValues(t, 2, edited.Version)
	})
}
