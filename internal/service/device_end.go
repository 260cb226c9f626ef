package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// DeactivateDevice ends an activation, so that its place is free for another device. One
// that a key has activated is deactivated on every license of the key. It fails with
// not_found, read_only or device_unknown where the device is not active.
func (s *Service) DeactivateDevice(ctx context.Context, c Caller, id string) (DeviceDetails, error) {
	return write(ctx, s, c, "device-deactivate", id, func(tx *store.Tx) (DeviceDetails, error) {
		device, err := findDevice(ctx, tx, c, id)
		if err != nil {
			return DeviceDetails{}, err
		}
		if err := c.owns(device.ResellerID, "device"); err != nil {
			return DeviceDetails{}, err
		}
		if !device.Active() {
			return DeviceDetails{}, notActive(device)
		}
		place, err := lockPlace(ctx, tx, c, device)
		if err != nil {
			return DeviceDetails{}, err
		}
		devices, err := s.deactivate(ctx, tx, c, place)
		if err != nil {
			return DeviceDetails{}, err
		}
		at := slices.IndexFunc(devices, func(d DeviceDetails) bool { return d.ID == id })
		return devices[at], nil
	})
}

func notActive(device licensing.Device) error {
	return licensing.Errorf(licensing.CodeDeviceUnknown, "%s was deactivated at %s", device.ID, device.DeactivatedAt).
		WithHint("list the devices of its license that are active")
}

// place is what an active device takes up: its license, or those of the key that has
// activated it, and a seat of that key. Everything of it is locked.
type place struct {
	key      licensing.Key // zero where a coupon has activated it
	devices  []licensing.Device
	licenses map[string]licensing.License
}

// lockPlace locks what a device takes up. It fails with device_unknown where that has
// been given up meanwhile.
func lockPlace(ctx context.Context, tx *store.Tx, c Caller, device licensing.Device) (place, error) {
	p := place{licenses: make(map[string]licensing.License)}
	var licenses []licensing.License
	var err error
	if device.KeyID == "" {
		licenses, err = lockLicenses(ctx, tx, c, []string{device.LicenseID})
	} else {
		p.key, licenses, err = lockKey(ctx, tx, c, string(device.KeyID))
	}
	if err != nil {
		return p, err
	}
	for _, license := range licenses {
		p.licenses[license.ID] = license
	}
	now, err := tx.Device(ctx, device.ID)
	if err != nil {
		return p, err
	}
	if !now.Active() {
		return p, notActive(now)
	}
	p.devices = []licensing.Device{now}
	if p.key.ID != "" {
		p.devices, err = tx.ActiveDevicesOfKey(ctx, p.key.ID, device.Serial)
	}
	for _, d := range p.devices {
		if _, ok := p.licenses[d.LicenseID]; !ok { // the key was assigned and used in between
			return p, licensing.Errorf(licensing.CodeVersionConflict, "the key of %s was changed meanwhile", device.ID).WithHint("try again")
		}
	}
	return p, err
}

// deactivate gives a place up.
func (s *Service) deactivate(ctx context.Context, tx *store.Tx, c Caller, p place) ([]DeviceDetails, error) {
	ended := make([]DeviceDetails, len(p.devices))
	for i, device := range p.devices {
		before := device
		device.DeactivatedAt = licensing.At(s.now())
		if err := tx.DeactivateDevice(ctx, device); err != nil {
			return nil, err
		}
		license := p.licenses[device.LicenseID]
		license.Devices--
		ended[i] = DeviceDetails{device, license}
		if err := s.record(ctx, tx, c, "device.deactivated", device.ID, before, device); err != nil {
			return nil, err
		}
	}
	if p.key.ID != "" {
		return ended, tx.CountKeyDevice(ctx, p.key.ID, -1)
	}
	return ended, nil
}
