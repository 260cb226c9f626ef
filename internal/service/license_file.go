package service

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/resell-cli/resell/internal/licensefile"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// FileOrder says which license file to make.
type FileOrder struct {
	License string // id or coupon
	Key     string // id or code; empty where the license's own coupon activates the device
	Serial  string
	Name    string
	Encrypt bool // so that only who knows the code, the key or coupon, can read it
}

// FileDetails is a license file, the code of it, and the device that it is for.
type FileDetails struct {
	DeviceDetails

	File   string
	Code   string
	Issued licensing.Time
}

// SignLicenseFile makes the signed license file of a device, with which a program runs
// without a network. The device is activated for it, so that there are no more files than
// the quantity allows; one that is active already stays as it is. It fails as
// ActivateDevice does, and with invalid_request where the key does not unlock the license.
func (s *Service) SignLicenseFile(ctx context.Context, c Caller, in FileOrder) (FileDetails, error) {
	return write(ctx, s, c, "license-file", in, func(tx *store.Tx) (FileDetails, error) {
		license, err := findLicense(ctx, tx, c, in.License)
		if err != nil {
			return FileDetails{}, err
		}
		if err := c.owns(license.ResellerID, "license"); err != nil {
			return FileDetails{}, err
		}
		key, licenses, err := lockForFile(ctx, tx, c, license.ID, in.Key)
		if err != nil {
			return FileDetails{}, err
		}
		at := slices.IndexFunc(licenses, func(l licensing.License) bool { return l.ID == license.ID })
		if err := s.refuse(c, licenses[at], licenses[at].CheckDevices(s.today(c))); err != nil { // whatever else the key unlocks
			return FileDetails{}, err
		}
		devices, err := s.activateDevice(ctx, tx, c, key, licenses, in.Serial, in.Name)
		if err != nil {
			return FileDetails{}, err
		}
		device := devices[slices.IndexFunc(devices, func(d DeviceDetails) bool { return d.LicenseID == license.ID })]
		out := FileDetails{DeviceDetails: device, Code: license.Coupon, Issued: licensing.At(s.now())}
		if key.ID != "" {
			out.Code = key.Code
		}
		if out.File, err = s.signFile(c, out, in.Encrypt); err != nil {
			return out, err
		}
		return out, s.record(ctx, tx, c, "license.file-issued", license.ID, nil, device.Device)
	})
}

// lockForFile locks a license, and where a key is named the key and all that it unlocks.
func lockForFile(ctx context.Context, tx *store.Tx, c Caller, license, ref string) (licensing.Key, []licensing.License, error) {
	if ref == "" {
		licenses, err := lockLicenses(ctx, tx, c, []string{license})
		return licensing.Key{}, licenses, err
	}
	key, err := findKey(ctx, tx, c, ref)
	if err != nil {
		return key, nil, err
	}
	if err := c.owns(key.ResellerID, "key"); err != nil {
		return key, nil, err
	}
	key, licenses, err := lockKey(ctx, tx, c, key.ID)
	if err == nil && !slices.ContainsFunc(licenses, func(l licensing.License) bool { return l.ID == license }) {
		err = licensing.Invalid("key", "does not unlock the license").WithHint("assign the license to the key first")
	}
	return key, licenses, err
}

func (s *Service) signFile(c Caller, d FileDetails, encrypt bool) (string, error) {
	private, err := signingKey(c.Vendor)
	if err != nil {
		return "", err
	}
	secret := ""
	if encrypt {
		secret = d.Code
	}
	l := d.License
	file, err := licensefile.Sign(private, licensefile.License{
		ID: l.ID, Key: d.Code, Name: l.Name, Product: l.ProductSKU, ProductName: l.ProductName, Company: string(l.CompanyName),
		Quantity: l.Quantity, Serials: []string{d.Serial}, StartsOn: s.midnightOf(c, l.StartsOn), EndsOn: s.midnightOf(c, l.EndsOn),
		Issued: d.Issued.Time,
	}, secret)
	return string(file), err
}

// midnightOf is the instant at which a date begins for the vendor, in its time zone; zero
// for no date.
func (s *Service) midnightOf(c Caller, d licensing.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, s.zone(c.Vendor.TimeZone))
}

// PublicKey is what license files are verified with. It is no secret.
func (s *Service) PublicKey(c Caller) (ed25519.PublicKey, error) {
	private, err := signingKey(c.Vendor)
	if err != nil {
		return nil, err
	}
	return ed25519.PublicKey(private[ed25519.SeedSize:]), nil
}

func signingKey(vendor licensing.Vendor) (ed25519.PrivateKey, error) {
	seed, err := hex.DecodeString(vendor.SigningKey)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("the vendor's signing key is not %d bytes in hex", ed25519.SeedSize)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
