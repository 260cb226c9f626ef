package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// KeyAssignment says which licenses a key is to unlock.
type KeyAssignment struct {
	Key      string   // id or code
	Licenses []string // ids or coupons
}

// AssignKey lets a key unlock licenses beside those that it has, all of them or none:
// the key's seats count against the quantity of each. A license that it has already
// stays as it is. It fails with not_found, read_only, invalid_key, license_not_usable,
// license_not_assignable or seats_exceed_quantity.
func (s *Service) AssignKey(ctx context.Context, c Caller, in KeyAssignment) (KeyDetails, error) {
	return write(ctx, s, c, "key-assign", in, func(tx *store.Tx) (KeyDetails, error) {
		key, err := findKey(ctx, tx, c, in.Key)
		if err != nil {
			return KeyDetails{}, err
		}
		if err := c.owns(key.ResellerID, "key"); err != nil {
			return KeyDetails{}, err
		}
		licenses, err := lockLicenses(ctx, tx, c, in.Licenses)
		if err != nil {
			return KeyDetails{}, err
		}
		return s.assignKey(ctx, tx, c, key.ID, licenses)
	})
}

// assignKey lets a key unlock licenses, which are locked.
func (s *Service) assignKey(ctx context.Context, tx *store.Tx, c Caller, key string, licenses []licensing.License) (KeyDetails, error) {
	locked, err := tx.KeyForUpdate(ctx, key)
	if err != nil {
		return KeyDetails{}, err
	}
	details, err := keyDetails(ctx, tx, locked)
	if err != nil {
		return details, err
	}
	for _, license := range licenses {
		if slices.ContainsFunc(details.Licenses, func(l licensing.License) bool { return l.ID == license.ID }) {
			continue
		}
		if err := details.CheckAssign(license, details.Licenses); err != nil {
			return details, err
		}
		if err := s.takeSeats(ctx, tx, c, &license, details.Seats); err != nil {
			return details, err
		}
		if err := tx.AddKeyLicense(ctx, details.Key, license.ID, licensing.At(s.now())); err != nil {
			return details, err
		}
		if details.LicenseID == "" {
			details.LicenseID = licensing.Ref(license.ID)
		}
		details.Licenses = append(details.Licenses, license)
		if err := s.record(ctx, tx, c, "key.assigned", key, nil, keyLicense{
			KeyID: key, LicenseID: licensing.Ref(license.ID), CompanyID: license.CompanyID, Seats: details.Seats,
		}); err != nil {
			return details, err
		}
	}
	return details, nil
}

// keyLicense is what the audit log keeps of an assignment.
type keyLicense struct {
	KeyID     string        `db:"key_id"`
	LicenseID licensing.Ref `db:"license_id"`
	CompanyID licensing.Ref `db:"company_id"`
	Seats     int64         `db:"seats"`
}

// lockLicenses gives licenses of the caller to be changed, each once, in the order in
// which every use case locks several: by id. It fails with not_found or read_only.
func lockLicenses(ctx context.Context, tx *store.Tx, c Caller, refs []string) ([]licensing.License, error) {
	var named []string
	for _, ref := range refs {
		license, err := findLicense(ctx, tx, c, ref)
		if err != nil {
			return nil, err
		}
		named = append(named, license.ID)
	}
	byID := make(map[string]licensing.License)
	for _, id := range slices.Sorted(slices.Values(named)) {
		if _, done := byID[id]; done {
			continue
		}
		license, err := lockLicense(ctx, tx, c, id)
		if err != nil {
			return nil, err
		}
		byID[id] = license
	}
	var locked []licensing.License
	for _, id := range named { // as they were named
		if license, ok := byID[id]; ok {
			locked = append(locked, license)
			delete(byID, id)
		}
	}
	return locked, nil
}
