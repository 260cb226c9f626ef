package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

type use = service.CodeUse

// The vendor's software has a code and nothing else.
func TestUseCode(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		license := f.buyMany(f.main, f.acme.ID, 2)
		support := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Product, in.Term = "care", "full:2" })
		key := f.makeKey(f.main, license.ID, 1)
		_, err = f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{support.ID}})
		require.NoError(t, err)

		before := f.dump()
		got, err := f.CheckByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1"})
		require.NoError(t, err)
		require.False(t, got.Valid())
		require.Empty(t, got.Device.ID)
		require.Equal(t, before, f.dump())

		got, err = f.ActivateByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1", Name: "Reception"})
		require.NoError(t, err)
		require.True(t, got.Valid())
		require.Equal(t, "Reception", got.Device.Name)
		require.Len(t, got.Grants, 2)
		require.Equal(t, []string{"edit", "care"}, []string{got.Grants[0].Product.SKU, got.Grants[1].Product.SKU})
		require.Equal(t, license.EndsOn, got.Grants[0].License.EndsOn)
		events := f.events(got.Device.ID)
		require.Equal(t, "customer", events[0].Actor)
		require.EqualValues(t, f.main.Reseller.ID, events[0].ResellerID)

		_, err = f.ActivateByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-2"})
		requireCode(t, licensing.CodeDeviceLimit, err)
		got, err = f.ActivateByCode(ctx, anyone, use{Code: license.Coupon, Serial: "SN-2"})
		require.NoError(t, err)
		require.Len(t, got.Grants, 1)

		// A coupon ends what it has activated, and leaves a key's device alone.
		_, err = f.DeactivateByCode(ctx, anyone, use{Code: license.Coupon, Serial: "SN-1"})
		requireCode(t, licensing.CodeDeviceUnknown, err)
		got, err = f.DeactivateByCode(ctx, anyone, use{Code: license.Coupon, Serial: "SN-2"})
		require.NoError(t, err)
		require.False(t, got.Valid())
		_, err = f.DeactivateByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1"})
		require.NoError(t, err)
		require.EqualValues(t, 0, f.devices(license.ID))
		require.EqualValues(t, 0, f.devices(support.ID))

		// A year later one of the two has ended: the device is good for the other.
		_, err = f.ActivateByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1"})
		require.NoError(t, err)
		f.at(day(2027, 11, 22))
		got, err = f.CheckByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1"})
		require.NoError(t, err)
		require.Equal(t, []bool{true, false, true}, []bool{got.Valid(), got.Grants[0].Valid, got.Grants[1].Valid})
		require.Equal(t, licensing.StateExpired, got.Grants[0].State)
		f.at(day(2028, 11, 22))
		got, err = f.CheckByCode(ctx, anyone, use{Code: key.Code, Serial: "SN-1"})
		require.NoError(t, err)
		require.False(t, got.Valid())
	})
}

// A refusal tells a stranger nothing: no ids, no names, and the same of every code.
func TestUseCodeRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		license, stock, full := f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, "", 2), f.buyMany(f.main, f.acme.ID, 1)
		bound := f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN-1"}
		})
		f.activate(f.main, activation{License: full.ID, Serial: "SN-0"})
		for name, test := range map[string]struct {
			code licensing.Code
			in   use
		}{
			"unknown key":    {licensing.CodeNotFound, use{Code: "0000-0000-0000-0000", Serial: "SN"}},
			"unknown coupon": {licensing.CodeNotFound, use{Code: "00000000", Serial: "SN"}},
			"mistyped":       {licensing.CodeCodeMistyped, use{Code: swapped(license.Coupon), Serial: "SN"}},
			"no code":        {licensing.CodeInvalidKey, use{Code: license.ID, Serial: "SN"}},
			"no serial":      {licensing.CodeInvalidRequest, use{Code: license.Coupon, Serial: "a b"}},
			"stock":          {licensing.CodeNotActivatable, use{Code: stock.Coupon, Serial: "SN"}},
			"full":           {licensing.CodeDeviceLimit, use{Code: full.Coupon, Serial: "SN"}},
			"another serial": {licensing.CodeSerialNotAllowed, use{Code: bound.Coupon, Serial: "SN"}},
		} {
			before := f.dump()
			caller, _ := keyed(anyone, "key")
			_, err := f.ActivateByCode(ctx, caller, test.in)
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
			var refusal *licensing.Error
			require.ErrorAs(t, err, &refusal)
			for _, secret := range []string{"lic_", "key_", "Acme", "acme", "Main", test.in.Code} {
				require.NotContains(t, refusal.Detail+refusal.Hint, secret, name)
			}
		}
		_, err = f.DeactivateByCode(ctx, anyone, use{Code: license.Coupon, Serial: "SN"})
		requireCode(t, licensing.CodeDeviceUnknown, err)
	})
}

// The idempotency keys of those who have no token are told apart by their codes.
func TestUseCodeTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		mine, others := f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.stranger, f.other.ID, 2)
		caller, replayed := keyed(anyone, "boot")
		first, err := f.ActivateByCode(ctx, caller, use{Code: mine.Coupon, Serial: "SN-1"})
		require.NoError(t, err)
		require.False(t, *replayed)
		again, err := f.ActivateByCode(ctx, caller, use{Code: mine.Coupon, Serial: "SN-1"})
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, first, again)
		_, err = f.ActivateByCode(ctx, caller, use{Code: mine.Coupon, Serial: "SN-2"})
		requireCode(t, licensing.CodeKeyReused, err)

		caller, replayed = keyed(anyone, "boot")
		got, err := f.ActivateByCode(ctx, caller, use{Code: others.Coupon, Serial: "SN-1"})
		require.NoError(t, err)
		require.False(t, *replayed, "another code's request is another's")
		require.Equal(t, others.ID, got.Device.LicenseID)
		owner, replayedToo := keyed(f.vendor, "boot")
		_, err = f.ActivateByCode(ctx, owner, use{Code: others.Coupon, Serial: "SN-1"})
		require.NoError(t, err)
		require.True(t, *replayedToo, "the code is the proof, whatever else a caller has")
	})
}
