package service_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

type activation = service.DeviceActivation

func (f *fixture) activate(c service.Caller, in activation) service.DeviceDetails {
	f.t.Helper()
	device, err := f.ActivateDevice(f.t.Context(), c, in)
	require.NoError(f.t, err, in)
	return device
}

// devices is how many a license has: in its row, and counted.
func (f *fixture) devices(license string) int64 {
	f.t.Helper()
	kept, err := f.License(f.t.Context(), f.main, license)
	require.NoError(f.t, err)
	list, err := f.Devices(f.t.Context(), f.main, service.DeviceQuery{License: license, State: "active"}, service.Page{Limit: 500})
	require.NoError(f.t, err)
	require.Len(f.t, list.Rows, int(kept.Devices), "the license counts its devices")
	return kept.Devices
}

func TestActivateDevice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, f.acme.ID, 2)
		first := f.activate(f.main, activation{License: license.Coupon, Serial: "SN-1", Name: "Reception"})
		require.Equal(t, []string{license.ID, "SN-1", "Reception"}, []string{first.LicenseID, first.Serial, first.Name})
		require.Equal(t, licensing.StateActive, first.License.State(f.Today(f.main)), "the first device activates the license")
		require.Equal(t, first.ID, f.activate(f.main, activation{License: license.ID, Serial: "SN-1"}).ID, "the same device again")
		require.Len(t, f.events(first.ID), 1)
		f.at(day(2026, 11, 22))
		f.activate(f.main, activation{License: license.ID, Serial: "SN-2"})
		kept, err := f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Equal(t, first.ActivatedAt, kept.ActivatedAt)
		require.Equal(t, []string{"license.added", "license.activated"}, kinds(f.events(license.ID)))
		require.EqualValues(t, 2, f.devices(license.ID))

		_, err = f.ActivateDevice(ctx, f.main, activation{License: license.ID, Serial: "SN-3"})
		requireCode(t, licensing.CodeDeviceLimit, err)
		ended, err := f.DeactivateDevice(ctx, f.main, first.ID)
		require.NoError(t, err)
		require.False(t, ended.Active())
		_, err = f.DeactivateDevice(ctx, f.main, first.ID)
		requireCode(t, licensing.CodeDeviceUnknown, err)
		f.activate(f.main, activation{License: license.ID, Serial: "SN-3"})
		require.EqualValues(t, 2, f.devices(license.ID))
		all, err := f.Devices(ctx, f.main, service.DeviceQuery{Company: f.acme.ID}, service.Page{Limit: 10})
		require.NoError(t, err)
		require.Len(t, all.Rows, 3, "what was deactivated stays in the list")
		require.Equal(t, []string{"device.activated", "device.deactivated"}, kinds(f.events(first.ID)))
		require.EqualValues(t, f.acme.ID, f.events(first.ID)[1].CompanyID)
	})
}

func kinds(events []licensing.Event) []string {
	var all []string
	for _, e := range events {
		all = append(all, e.Type)
	}
	return all
}

// A key activates on every license that it unlocks and that runs, and has a seat for
// each device.
func TestActivateDeviceByKey(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		software, support := f.buyMany(f.main, f.acme.ID, 5), f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Quantity = "care", 3
		})
		short := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Term = 3, "until:2026-11-22" })
		key := f.makeKey(f.main, software.ID, 2)
		_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{support.ID, short.ID}})
		require.NoError(t, err)
		f.at(day(2026, 11, 22))
		byHand := f.activate(f.main, activation{License: support.ID, Serial: "SN-0"})

		first := f.activate(f.main, activation{Key: key.Code, Serial: "SN-1"})
		require.Equal(t, software.ID, first.LicenseID)
		require.EqualValues(t, key.ID, first.KeyID)
		require.Equal(t, []int64{1, 2, 0}, []int64{f.devices(software.ID), f.devices(support.ID), f.devices(short.ID)})
		f.activate(f.main, activation{Key: key.ID, Serial: "SN-0"}) // is active on one of them already
		require.Equal(t, []int64{2, 2}, []int64{f.devices(software.ID), f.devices(support.ID)})
		used, err := f.Key(ctx, f.main, key.ID)
		require.NoError(t, err)
		require.EqualValues(t, 2, used.Devices)
		_, err = f.ActivateDevice(ctx, f.main, activation{Key: key.ID, Serial: "SN-2"})
		requireCode(t, licensing.CodeDeviceLimit, err)
		require.Equal(t, first.ID, f.activate(f.main, activation{Key: key.ID, Serial: "SN-1"}).ID)

		_, err = f.DeactivateDevice(ctx, f.main, first.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{1, 1}, []int64{f.devices(software.ID), f.devices(support.ID)}, "everywhere that the key has it")
		f.activate(f.main, activation{Key: key.ID, Serial: "SN-2"})
		still, err := f.Device(ctx, f.main, byHand.ID)
		require.NoError(t, err)
		require.True(t, still.Active())

		// One license that is full refuses the key as a whole.
		full := f.buyMany(f.main, f.acme.ID, 1)
		other := f.makeKey(f.main, software.ID, 1)
		_, err = f.AssignKey(ctx, f.main, service.KeyAssignment{Key: other.ID, Licenses: []string{full.ID}})
		require.NoError(t, err)
		f.activate(f.main, activation{License: full.ID, Serial: "SN-9"})
		before := f.dump()
		_, err = f.ActivateDevice(ctx, f.main, activation{Key: other.ID, Serial: "SN-3"})
		requireCode(t, licensing.CodeDeviceLimit, err)
		require.Equal(t, before, f.dump())
	})
}

func TestActivateDeviceRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license, stock, paused := f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, "", 2), f.buyMany(f.main, f.acme.ID, 2)
		expired := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-11-22" })
		bound := f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN-1", "SN-2"}
		})
		below, others := f.buyMany(f.sub, f.below.ID, 2), f.buyMany(f.stranger, f.other.ID, 2)
		loose, ended := f.makeKey(f.main, "", 1), f.makeKey(f.main, expired.ID, 1)
		_, err := f.PauseLicense(ctx, f.main, paused.ID)
		require.NoError(t, err)
		f.activate(f.main, activation{License: bound.ID, Serial: "SN-1"})
		f.at(day(2026, 11, 22))
		for name, test := range map[string]struct {
			code licensing.Code
			in   activation
		}{
			"neither":          {licensing.CodeInvalidRequest, activation{Serial: "SN"}},
			"both":             {licensing.CodeInvalidRequest, activation{License: license.ID, Key: loose.ID, Serial: "SN"}},
			"no serial":        {licensing.CodeInvalidRequest, activation{License: license.ID}},
			"no such serial":   {licensing.CodeInvalidRequest, activation{License: license.ID, Serial: "a b"}},
			"a name of lines":  {licensing.CodeInvalidRequest, activation{License: license.ID, Serial: "SN", Name: "a\nb"}},
			"no license":       {licensing.CodeNotFound, activation{License: "none", Serial: "SN"}},
			"no key":           {licensing.CodeNotFound, activation{Key: "key_none", Serial: "SN"}},
			"a stranger's":     {licensing.CodeNotFound, activation{License: others.ID, Serial: "SN"}},
			"a sub-reseller's": {licensing.CodeReadOnly, activation{License: below.ID, Serial: "SN"}},
			"stock":            {licensing.CodeNotActivatable, activation{License: stock.ID, Serial: "SN"}},
			"paused":           {licensing.CodeNotActivatable, activation{License: paused.ID, Serial: "SN"}},
			"over":             {licensing.CodeNotActivatable, activation{License: expired.ID, Serial: "SN"}},
			"key of one over":  {licensing.CodeNotActivatable, activation{Key: ended.Code, Serial: "SN"}},
			"key of none":      {licensing.CodeNotActivatable, activation{Key: loose.Code, Serial: "SN"}},
			"another serial":   {licensing.CodeSerialNotAllowed, activation{License: bound.ID, Serial: "SN-3"}},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.ActivateDevice(ctx, caller, test.in)
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
		}
	})
}

// However many devices are activated at once, by a coupon or by keys, there are never
// more of them than the quantity, and never more of a key than its seats.
func TestActivateAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license, second := f.buyMany(f.main, f.acme.ID, 7), f.buyMany(f.main, f.acme.ID, 7)
		key := f.makeKey(f.main, second.ID, 4)
		_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{license.ID}})
		require.NoError(t, err)
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		var full atomic.Int64
		var group errgroup.Group
		for i := range 24 {
			group.Go(func() error {
				serial := fmt.Sprintf("SN-%d", i/2) // each of them twice, by the same means
				var err error
				switch i / 2 % 3 {
				case 0:
					_, err = f.ActivateDevice(ctx, f.main, activation{Key: key.ID, Serial: serial})
				case 1:
					_, err = f.ActivateByCode(ctx, anyone, service.CodeUse{Code: key.Code, Serial: serial})
				default:
					_, err = f.ActivateByCode(ctx, anyone, service.CodeUse{Code: license.Coupon, Serial: serial})
				}
				if licensing.CodeOf(err) == licensing.CodeDeviceLimit {
					full.Add(1)
					return nil
				}
				return err
			})
		}
		require.NoError(t, group.Wait())
		used, err := f.Key(ctx, f.main, key.ID)
		require.NoError(t, err)
		require.LessOrEqual(t, used.Devices, int64(4))
		require.EqualValues(t, 7, f.devices(license.ID), "what there is room for is activated")
		require.Equal(t, used.Devices, f.devices(second.ID))
		require.NotZero(t, full.Load())
	})
}

// A device is deactivated once, and its place given back once.
func TestDeactivateAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, f.acme.ID, 5)
		key := f.makeKey(f.main, license.ID, 5)
		f.activate(f.main, activation{Key: key.ID, Serial: "SN-0"})
		device := f.activate(f.main, activation{Key: key.ID, Serial: "SN-1"})
		var done atomic.Int64
		var group errgroup.Group
		for range 6 {
			group.Go(func() error {
				_, err := f.DeactivateDevice(ctx, f.main, device.ID)
				if err == nil {
					done.Add(1)
				} else if licensing.CodeOf(err) != licensing.CodeDeviceUnknown {
					return err
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 1, done.Load())
		require.EqualValues(t, 1, f.devices(license.ID))
		used, err := f.Key(ctx, f.main, key.ID)
		require.NoError(t, err)
		require.EqualValues(t, 1, used.Devices)
	})
}
