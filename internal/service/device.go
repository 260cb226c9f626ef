package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// DeviceActivation says which device to activate, and by what: a license or a key.
type DeviceActivation struct {
	License string // id or coupon
	Key     string // id or code
	Serial  string
	Name    string
}

// DeviceDetails is a device with its license.
type DeviceDetails struct {
	licensing.Device

	License licensing.License
}

// ActivateDevice activates a device: on a license, or by a key on every license of it
// that runs; the device of the first is the answer. A serial number that is active
// already stays as it is. It fails with not_found, read_only, invalid_key,
// invalid_request, license_not_activatable, serial_not_allowed or device_limit_reached.
func (s *Service) ActivateDevice(ctx context.Context, c Caller, in DeviceActivation) (DeviceDetails, error) {
	if (in.License == "") == (in.Key == "") {
		return DeviceDetails{}, licensing.Invalid("license", "or key must be given, and not both")
	}
	return write(ctx, s, c, "device-activate", in, func(tx *store.Tx) (DeviceDetails, error) {
		if in.Key == "" {
			license, err := lockLicense(ctx, tx, c, in.License)
			if err != nil {
				return DeviceDetails{}, err
			}
			return first(s.activateDevice(ctx, tx, c, licensing.Key{}, []licensing.License{license}, in.Serial, in.Name))
		}
		key, err := findKey(ctx, tx, c, in.Key)
		if err != nil {
			return DeviceDetails{}, err
		}
		if err := c.owns(key.ResellerID, "key"); err != nil {
			return DeviceDetails{}, err
		}
		key, licenses, err := lockKey(ctx, tx, c, key.ID)
		if err != nil {
			return DeviceDetails{}, err
		}
		return first(s.activateDevice(ctx, tx, c, key, licenses, in.Serial, in.Name))
	})
}

func first(devices []DeviceDetails, err error) (DeviceDetails, error) {
	if err != nil {
		return DeviceDetails{}, err
	}
	return devices[0], nil
}

// lockKey gives a key and the licenses that it unlocks, to be changed: the licenses
// first, in the order in which every use case locks several.
func lockKey(ctx context.Context, tx *store.Tx, c Caller, id string) (licensing.Key, []licensing.License, error) {
	key, err := tx.KeyByID(ctx, id)
	if err != nil {
		return key, nil, err
	}
	details, err := keyDetails(ctx, tx, key)
	if err != nil {
		return key, nil, err
	}
	var refs []string
	for _, license := range details.Licenses {
		refs = append(refs, license.ID)
	}
	licenses, err := lockLicenses(ctx, tx, c, refs)
	if err != nil {
		return key, nil, err
	}
	key, err = tx.KeyForUpdate(ctx, id)
	return key, licenses, err
}

// activateDevice activates a device on those of the licenses that run: all of them, or
// none. They and the key, which is zero where a coupon activates, are locked.
func (s *Service) activateDevice(ctx context.Context, tx *store.Tx, c Caller, key licensing.Key, licenses []licensing.License, serial, name string) ([]DeviceDetails, error) {
	if err := licensing.CheckDevice(serial, name); err != nil {
		return nil, err
	}
	running, err := s.running(c, licenses)
	if err != nil {
		return nil, err
	}
	if key.ID != "" {
		if err := takeKeySeat(ctx, tx, key, running, serial); err != nil {
			return nil, err
		}
	}
	devices := make([]DeviceDetails, len(running))
	for i, license := range running {
		if devices[i], err = s.activateOn(ctx, tx, c, key, license, serial, name); err != nil {
			return nil, err
		}
	}
	return devices, nil
}

// running chooses the licenses on which devices can be. Where there are none it fails
// with license_not_activatable.
func (s *Service) running(c Caller, licenses []licensing.License) ([]licensing.License, error) {
	var running []licensing.License
	refusal := error(licensing.Errorf(licensing.CodeNotActivatable, "the key unlocks no license yet").WithHint("assign a license to the key first"))
	for i, license := range licenses {
		err := s.refuse(c, license, license.CheckDevices(s.today(c)))
		switch {
		case err == nil:
			running = append(running, license)
		case i == 0:
			refusal = err
		}
	}
	if len(running) == 0 {
		return nil, refusal
	}
	return running, nil
}

// takeKeySeat counts a serial number that is new to a key. It fails with
// device_limit_reached.
func takeKeySeat(ctx context.Context, tx *store.Tx, key licensing.Key, licenses []licensing.License, serial string) error {
	active, err := tx.ActiveDevicesOfKey(ctx, key.ID, serial)
	if err != nil || len(active) > 0 {
		return err
	}
	// Where every license has the device by other means, the key activates nothing.
	elsewhere := 0
	for _, license := range licenses {
		if _, err := tx.ActiveDevice(ctx, license.ID, serial); err == nil {
			elsewhere++
		} else if !store.IsNotFound(err) {
			return err
		}
	}
	if elsewhere == len(licenses) {
		return nil
	}
	if key.Devices >= key.Seats {
		return key.SeatsTaken()
	}
	return tx.CountKeyDevice(ctx, key.ID, 1)
}

func (s *Service) activateOn(ctx context.Context, tx *store.Tx, c Caller, key licensing.Key, license licensing.License, serial, name string) (DeviceDetails, error) {
	device, err := tx.ActiveDevice(ctx, license.ID, serial)
	if !store.IsNotFound(err) {
		return DeviceDetails{device, license}, err
	}
	if err := s.refuse(c, license, license.CheckDevice(serial, s.today(c))); err != nil {
		return DeviceDetails{}, err
	}
	if license.ActivatedAt.IsZero() {
		before := license
		license.ActivatedAt = licensing.At(s.now())
		if license, err = s.saveLicense(ctx, tx, c, "license.activated", before, license); err != nil {
			return DeviceDetails{}, err
		}
	}
	device = licensing.Device{
		ID: s.newID(prefixDevice), ResellerID: license.ResellerID, LicenseID: license.ID, KeyID: licensing.Ref(key.ID), Serial: serial, Name: name,
		ActivatedAt: licensing.At(s.now()), CompanyID: license.CompanyID, KeyCode: licensing.Ref(key.Code),
	}
	if err := tx.InsertDevice(ctx, device); err != nil {
		return DeviceDetails{}, err
	}
	license.Devices++
	return DeviceDetails{device, license}, s.record(ctx, tx, c, "device.activated", device.ID, nil, device)
}
