package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestTransferDevice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license, second := f.buyMany(f.main, f.acme.ID, 1), f.buyMany(f.main, f.acme.ID, 2)
		old := f.activate(f.main, activation{License: license.ID, Serial: "SN-1", Name: "Reception"})
		f.at(day(2026, 11, 23))
		moved, err := f.TransferDevice(ctx, f.main, service.Transfer{License: license.Coupon, FromSerial: "SN-1", ToSerial: "SN-2"})
		require.NoError(t, err, "also where every seat is taken")
		require.Equal(t, []string{"SN-2", "Reception", license.ID}, []string{moved.Serial, moved.Name, moved.LicenseID})
		require.EqualValues(t, 1, f.devices(license.ID))
		gone, err := f.Device(ctx, f.main, old.ID)
		require.NoError(t, err)
		require.False(t, gone.Active())
		events := f.events(license.ID)
		require.Equal(t, "license.transferred", events[len(events)-1].Type)
		require.Contains(t, part(t, events[len(events)-1], "before"), `"serial":"SN-1"`)
		require.Contains(t, part(t, events[len(events)-1], "after"), `"serial":"SN-2"`)

		// By a key, on each of its licenses.
		third := f.buyMany(f.main, f.acme.ID, 2)
		key := f.makeKey(f.main, second.ID, 2)
		_, err = f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{third.ID}})
		require.NoError(t, err)
		f.activate(f.main, activation{Key: key.ID, Serial: "SN-1"})
		moved, err = f.TransferDevice(ctx, f.main, service.Transfer{License: third.ID, FromSerial: "SN-1", ToSerial: "SN-2"})
		require.NoError(t, err)
		require.Equal(t, third.ID, moved.LicenseID)
		for _, id := range []string{second.ID, third.ID} {
			list, err := f.Devices(ctx, f.main, service.DeviceQuery{License: id, State: "active"}, service.Page{Limit: 10})
			require.NoError(t, err)
			require.Len(t, list.Rows, 1)
			require.Equal(t, "SN-2", list.Rows[0].Serial)
			require.EqualValues(t, key.ID, list.Rows[0].KeyID)
		}
		used, err := f.Key(ctx, f.main, key.ID)
		require.NoError(t, err)
		require.EqualValues(t, 1, used.Devices)
	})
}

func TestTransferRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license, paused, bare := f.buyMany(f.main, f.acme.ID, 3), f.buyMany(f.main, f.acme.ID, 3), f.buyMany(f.main, f.acme.ID, 3)
		expired := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-11-22" })
		forever := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "perpetual" })
		below := f.buyMany(f.sub, f.below.ID, 2)
		for _, in := range []activation{
			{License: license.ID, Serial: "SN-1"},
			{License: license.ID, Serial: "SN-2"},
			{License: paused.ID, Serial: "SN-1"},
			{License: expired.ID, Serial: "SN-1"},
			{License: forever.ID, Serial: "SN-1"},
		} {
			f.activate(f.main, in)
		}
		f.activate(f.sub, activation{License: below.ID, Serial: "SN-1"})
		_, err := f.PauseLicense(ctx, f.main, paused.ID)
		require.NoError(t, err)
		// A key that unlocks what can be transferred and what cannot.
		key := f.makeKey(f.main, bare.ID, 1)
		other := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "perpetual" })
		_, err = f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{other.ID}})
		require.NoError(t, err)
		f.activate(f.main, activation{Key: key.ID, Serial: "SN-K"})
		f.at(day(2026, 11, 22))
		for name, test := range map[string]struct {
			code licensing.Code
			in   service.Transfer
		}{
			"perpetual":        {licensing.CodeNotTransferable, service.Transfer{License: forever.ID, FromSerial: "SN-1", ToSerial: "SN-9"}},
			"paused":           {licensing.CodeNotTransferable, service.Transfer{License: paused.ID, FromSerial: "SN-1", ToSerial: "SN-9"}},
			"over":             {licensing.CodeNotTransferable, service.Transfer{License: expired.ID, FromSerial: "SN-1", ToSerial: "SN-9"}},
			"one of a key's":   {licensing.CodeNotTransferable, service.Transfer{License: bare.ID, FromSerial: "SN-K", ToSerial: "SN-9"}},
			"unknown":          {licensing.CodeDeviceUnknown, service.Transfer{License: license.ID, FromSerial: "SN-8", ToSerial: "SN-9"}},
			"taken":            {licensing.CodeSerialInUse, service.Transfer{License: license.ID, FromSerial: "SN-1", ToSerial: "SN-2"}},
			"itself":           {licensing.CodeInvalidRequest, service.Transfer{License: license.ID, FromSerial: "SN-1", ToSerial: "SN-1"}},
			"no serial":        {licensing.CodeInvalidRequest, service.Transfer{License: license.ID, FromSerial: "SN-1", ToSerial: "a b"}},
			"no license":       {licensing.CodeNotFound, service.Transfer{License: "none", FromSerial: "SN-1", ToSerial: "SN-9"}},
			"a sub-reseller's": {licensing.CodeReadOnly, service.Transfer{License: below.ID, FromSerial: "SN-1", ToSerial: "SN-9"}},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.TransferDevice(ctx, caller, test.in)
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
		}
	})
}
