package service_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensefile"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestSignLicenseFile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		now := *f.clock.Load()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Name = 2, "Labs" })
		public, err := f.PublicKey(f.main)
		require.NoError(t, err)

		caller, replayed := keyed(f.main, "file")
		made, err := f.SignLicenseFile(ctx, caller, service.FileOrder{License: license.Coupon, Serial: "SN-1", Name: "Lab 1"})
		require.NoError(t, err)
		again, err := f.SignLicenseFile(ctx, caller, service.FileOrder{License: license.Coupon, Serial: "SN-1", Name: "Lab 1"})
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, made.File, again.File)
		zone, err := time.LoadLocation("Europe/Amsterdam")
		require.NoError(t, err)
		got, err := licensefile.Verify([]byte(made.File), public, "", now)
		require.NoError(t, err)
		require.Equal(t, []string{license.ID, license.Coupon, "Labs", "edit", "Editor", "acme", "SN-1"},
			[]string{got.ID, got.Key, got.Name, got.Product, got.ProductName, got.Company, got.Serials[0]})
		require.EqualValues(t, 2, got.Quantity)
		require.True(t, got.EndsOn.Equal(time.Date(2027, 11, 21, 0, 0, 0, 0, zone)), "the day ends where the vendor is")
		require.True(t, got.Issued.Equal(now.Truncate(time.Second)))
		_, err = licensefile.Verify([]byte(made.File), public, "", got.EndsOn)
		require.Error(t, err)

		// Within what there is: another device is another seat, the same one is not.
		require.EqualValues(t, 1, f.devices(license.ID))
		_, err = f.SignLicenseFile(ctx, f.main, service.FileOrder{License: license.ID, Serial: "SN-1"})
		require.NoError(t, err)
		f.activate(f.main, activation{License: license.ID, Serial: "SN-2"})
		_, err = f.SignLicenseFile(ctx, f.main, service.FileOrder{License: license.ID, Serial: "SN-3"})
		requireCode(t, licensing.CodeDeviceLimit, err)
		require.Equal(t, "license.file-issued", f.events(license.ID)[len(f.events(license.ID))-1].Type)

		// By a key, and for who knows it alone.
		support := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Product, in.Quantity = "care", 5 })
		key := f.makeKey(f.main, support.ID, 1)
		made, err = f.SignLicenseFile(ctx, f.main, service.FileOrder{License: support.ID, Key: strings.ToLower(key.Code), Serial: "SN-9", Encrypt: true})
		require.NoError(t, err)
		require.EqualValues(t, key.ID, made.KeyID)
		_, err = licensefile.Verify([]byte(made.File), public, support.Coupon, now)
		require.Error(t, err)
		got, err = licensefile.Verify([]byte(made.File), public, key.Code, now)
		require.NoError(t, err)
		require.Equal(t, key.Code, got.Key)

		// A perpetual one never ends.
		bound := f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"TV-1", "TV-2"}
		})
		made, err = f.SignLicenseFile(ctx, f.main, service.FileOrder{License: bound.ID, Serial: "TV-2"})
		require.NoError(t, err)
		got, err = licensefile.Verify([]byte(made.File), public, "", now.AddDate(300, 0, 0))
		require.NoError(t, err)
		require.Equal(t, []string{"TV-2"}, got.Serials)
	})
}

func TestSignLicenseFileRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license, stock, paused := f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, "", 2), f.buyMany(f.main, f.acme.ID, 2)
		bound := f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"TV-1"}
		})
		below := f.buyMany(f.sub, f.below.ID, 2)
		loose, mixed := f.makeKey(f.main, "", 1), f.makeKey(f.main, license.ID, 1)
		_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: mixed.ID, Licenses: []string{paused.ID}})
		require.NoError(t, err)
		_, err = f.PauseLicense(ctx, f.main, paused.ID)
		require.NoError(t, err)
		for name, test := range map[string]struct {
			code licensing.Code
			in   service.FileOrder
		}{
			"stock":                 {licensing.CodeNotActivatable, service.FileOrder{License: stock.ID, Serial: "SN"}},
			"paused":                {licensing.CodeNotActivatable, service.FileOrder{License: paused.ID, Serial: "SN"}},
			"paused, of a good key": {licensing.CodeNotActivatable, service.FileOrder{License: paused.ID, Key: mixed.ID, Serial: "SN"}},
			"another serial":        {licensing.CodeSerialNotAllowed, service.FileOrder{License: bound.ID, Serial: "TV-2"}},
			"no serial":             {licensing.CodeInvalidRequest, service.FileOrder{License: license.ID}},
			"a key of another":      {licensing.CodeInvalidRequest, service.FileOrder{License: license.ID, Key: loose.ID, Serial: "SN"}},
			"no key":                {licensing.CodeNotFound, service.FileOrder{License: license.ID, Key: "key_none", Serial: "SN"}},
			"no license":            {licensing.CodeNotFound, service.FileOrder{License: "none", Serial: "SN"}},
			"a sub-reseller's":      {licensing.CodeReadOnly, service.FileOrder{License: below.ID, Serial: "SN"}},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.SignLicenseFile(ctx, caller, test.in)
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
		}
	})
}
