package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// DeviceQuery chooses devices; empty fields choose nothing out. State is "active" or
// "deactivated".
type DeviceQuery struct{ License, Company, Key, Serial, State, Search string }

func deviceFilter(ctx context.Context, tx *store.Tx, c Caller, q DeviceQuery) (store.DeviceFilter, error) {
	f := store.DeviceFilter{Resellers: c.Visible, Serial: q.Serial, Search: q.Search}
	if q.State != "" {
		active := q.State == "active"
		f.Active = &active
	}
	var err error
	if f.CompanyID, err = findCompanyID(ctx, tx, c, q.Company); err != nil {
		return f, err
	}
	if q.License != "" {
		license, err := findLicense(ctx, tx, c, q.License)
		if err != nil {
			return f, err
		}
		f.LicenseID = license.ID
	}
	if q.Key != "" {
		key, err := findKey(ctx, tx, c, q.Key)
		if err != nil {
			return f, err
		}
		f.KeyID = key.ID
	}
	return f, nil
}

// Devices lists devices, those that were activated last first. It fails with not_found
// or invalid_key where the query names what does not exist.
func (s *Service) Devices(ctx context.Context, c Caller, q DeviceQuery, p Page) (Listing[DeviceDetails], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[DeviceDetails], error) {
		f, err := deviceFilter(ctx, tx, c, q)
		if err != nil {
			return Listing[DeviceDetails]{}, err
		}
		return list(c, "devices", q, p, func(x DeviceDetails) string { return x.ID }, func(p store.Page) ([]DeviceDetails, error) {
			devices, err := tx.Devices(ctx, f, p)
			if err != nil {
				return nil, err
			}
			return withLicense(ctx, tx, devices...)
		})
	})
}

// Device gives a device by its id. It fails with not_found.
func (s *Service) Device(ctx context.Context, c Caller, id string) (DeviceDetails, error) {
	return view(ctx, s, func(tx *store.Tx) (DeviceDetails, error) {
		device, err := findDevice(ctx, tx, c, id)
		if err != nil {
			return DeviceDetails{}, err
		}
		return first(withLicense(ctx, tx, device))
	})
}

func findDevice(ctx context.Context, tx *store.Tx, c Caller, id string) (licensing.Device, error) {
	device, err := tx.Device(ctx, id)
	if err == nil && !c.reads(device.ResellerID) {
		err = store.ErrNotFound
	}
	return found(device, err, named("device", id))
}

func withLicense(ctx context.Context, tx *store.Tx, devices ...licensing.Device) ([]DeviceDetails, error) {
	ids := make([]string, len(devices))
	for i, device := range devices {
		ids[i] = device.LicenseID
	}
	licenses, err := tx.LicensesByID(ctx, ids)
	all := make([]DeviceDetails, len(devices))
	for i, device := range devices {
		all[i] = DeviceDetails{device, licenses[device.LicenseID]}
	}
	return all, err
}
