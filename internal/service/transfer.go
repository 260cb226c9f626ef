package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Transfer says which device of a license is replaced by which.
type Transfer struct {
	License    string // id or coupon
	FromSerial string
	ToSerial   string
}

// TransferDevice moves an active device of a license with an end to a new serial number,
// in the same seat; where a key has activated it, on every license of the key. It fails
// with not_found, read_only, invalid_request, license_not_transferable, device_unknown
// or serial_in_use.
func (s *Service) TransferDevice(ctx context.Context, c Caller, in Transfer) (DeviceDetails, error) {
	return write(ctx, s, c, "license-transfer", in, func(tx *store.Tx) (DeviceDetails, error) {
		license, err := findLicense(ctx, tx, c, in.License)
		if err != nil {
			return DeviceDetails{}, err
		}
		if err := c.owns(license.ResellerID, "license"); err != nil {
			return DeviceDetails{}, err
		}
		if err := in.check(); err != nil {
			return DeviceDetails{}, err
		}
		if err := s.refuse(c, license, license.CheckTransfer(s.today(c))); err != nil {
			return DeviceDetails{}, err
		}
		device, err := tx.ActiveDevice(ctx, license.ID, in.FromSerial)
		if store.IsNotFound(err) {
			return DeviceDetails{}, licensing.Errorf(licensing.CodeDeviceUnknown, "%s has no active device with the serial number to transfer from", license.ID).
				WithHint("list its devices, or activate the new one")
		}
		if err != nil {
			return DeviceDetails{}, err
		}
		moved, err := s.transfer(ctx, tx, c, device, in.ToSerial)
		if err != nil {
			return DeviceDetails{}, err
		}
		at := slices.IndexFunc(moved, func(d DeviceDetails) bool { return d.LicenseID == license.ID })
		return moved[at], nil
	})
}

func (in Transfer) check() error {
	if in.FromSerial == in.ToSerial {
		return licensing.Invalid("to_serial", "is the same as from_serial")
	}
	return licensing.CheckDevice(in.ToSerial, "")
}

// transfer ends what a device has and begins it again under another serial number.
func (s *Service) transfer(ctx context.Context, tx *store.Tx, c Caller, device licensing.Device, serial string) ([]DeviceDetails, error) {
	p, err := lockPlace(ctx, tx, c, device)
	if err != nil {
		return nil, err
	}
	if err := s.checkTransfer(ctx, tx, c, p, serial); err != nil {
		return nil, err
	}
	now := licensing.At(s.now())
	moved := make([]DeviceDetails, len(p.devices))
	for i, from := range p.devices {
		license, ended, to := p.licenses[from.LicenseID], from, from
		ended.DeactivatedAt = now
		to.ID, to.Serial, to.ActivatedAt = s.newID(prefixDevice), serial, now
		if err := tx.DeactivateDevice(ctx, ended); err != nil {
			return nil, err
		}
		if err := tx.InsertDevice(ctx, to); err != nil {
			return nil, err
		}
		moved[i] = DeviceDetails{to, license}
		if err := s.record(ctx, tx, c, "license.transferred", license.ID, from, to); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// checkTransfer refuses a place one of whose licenses stays where it is, and a serial
// number that is active there already.
func (s *Service) checkTransfer(ctx context.Context, tx *store.Tx, c Caller, p place, serial string) error {
	for _, device := range p.devices {
		license := p.licenses[device.LicenseID]
		if err := s.refuse(c, license, license.CheckTransfer(s.today(c))); err != nil {
			return err
		}
		if _, err := tx.ActiveDevice(ctx, license.ID, serial); !store.IsNotFound(err) {
			return serialActive(err, license)
		}
	}
	if p.key.ID == "" {
		return nil
	}
	active, err := tx.ActiveDevicesOfKey(ctx, p.key.ID, serial)
	if err == nil && len(active) > 0 {
		return serialActive(nil, p.licenses[p.devices[0].LicenseID])
	}
	return err
}

func serialActive(cause error, license licensing.License) error {
	if cause != nil {
		return cause
	}
	return licensing.Errorf(licensing.CodeSerialInUse, "the serial number to transfer to is active on %s already", license.ID).
		WithHint("deactivate the device that was replaced, instead of transferring it")
}
