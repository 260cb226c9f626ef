package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CodeUse is what a vendor's software says of the device that it runs on. The code, a
// key or a coupon, is all the proof that it has.
type CodeUse struct{ Code, Serial, Name string }

// Standing is how a code stands on a device.
type Standing struct {
	Serial string
	Device licensing.Device // the first of what is active; zero where nothing is
	Grants []Grant
}

// Grant is a license of a code, as it is for a device.
type Grant struct {
	License licensing.License
	Product licensing.Product
	State   licensing.State
	Valid   bool // the license runs, and the device is active on it
}

// Valid reports whether the device may be used with a license of the code.
func (x Standing) Valid() bool {
	for _, grant := range x.Grants {
		if grant.Valid {
			return true
		}
	}
	return false
}

// ActivateByCode activates a device with a code, as ActivateDevice does. It fails with
// not_found, code_mistyped, invalid_key, invalid_request, license_not_activatable,
// serial_not_allowed or device_limit_reached, in words that tell nothing but what the
// code's holder may know.
func (s *Service) ActivateByCode(ctx context.Context, c Caller, in CodeUse) (Standing, error) {
	return s.useCode(ctx, c, "activation-create", in, func(tx *store.Tx, c Caller, known KnownCode) error {
		key, licenses, err := lockCode(ctx, tx, c, known)
		if err == nil {
			_, err = s.activateDevice(ctx, tx, c, key, licenses, in.Serial, in.Name)
		}
		return err
	})
}

// DeactivateByCode ends what a device has active with a code. It fails with not_found,
// code_mistyped, invalid_key or device_unknown.
func (s *Service) DeactivateByCode(ctx context.Context, c Caller, in CodeUse) (Standing, error) {
	return s.useCode(ctx, c, "activation-deactivate", in, func(tx *store.Tx, c Caller, known KnownCode) error {
		device, err := activeWith(ctx, tx, known, in.Serial)
		if err != nil {
			return err
		}
		p, err := lockPlace(ctx, tx, c, device)
		if err == nil {
			_, err = s.deactivate(ctx, tx, c, p)
		}
		return err
	})
}

// CheckByCode tells how a code stands on a device, and changes nothing. It fails with
// not_found, code_mistyped or invalid_key.
func (s *Service) CheckByCode(ctx context.Context, c Caller, in CodeUse) (Standing, error) {
	return view(ctx, s, func(tx *store.Tx) (Standing, error) {
		known, err := lookUpCode(ctx, tx, in.Code)
		if err != nil {
			return Standing{}, err
		}
		return s.standing(ctx, tx, c, known, in.Serial)
	})
}

// useCode runs a change for the holder of a code. A repeat is answered from memory to
// whoever has the same code, and to nobody else.
func (s *Service) useCode(ctx context.Context, c Caller, operation string, in CodeUse, fn func(*store.Tx, Caller, KnownCode) error) (Standing, error) {
	c.proof = "code:" + fingerprint(strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(in.Code)))
	out, err := once(ctx, s, c, operation, in, func(tx *store.Tx) (Standing, error) {
		known, err := lookUpCode(ctx, tx, in.Code)
		if err != nil {
			return Standing{}, err
		}
		holder, err := c.onBehalfOf(ctx, tx, known.resellerID())
		if err != nil {
			return Standing{}, err
		}
		if err := fn(tx, holder, known); err != nil {
			return Standing{}, err
		}
		if known, err = lookUpCode(ctx, tx, in.Code); err != nil { // as it is now
			return Standing{}, err
		}
		return s.standing(ctx, tx, c, known, in.Serial)
	})
	return out, forHolder(err)
}

// onBehalfOf is a customer who has proved itself with a code or a link, and acts on what
// a reseller has sold to it.
func (c Caller) onBehalfOf(ctx context.Context, tx *store.Tx, reseller string) (Caller, error) {
	var err error
	if c.Reseller, err = tx.Reseller(ctx, reseller); err != nil {
		return c, err
	}
	c.Visible, c.Token = []string{reseller}, licensing.Token{Name: "customer"}
	return c, nil
}

func fingerprint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func lockCode(ctx context.Context, tx *store.Tx, c Caller, known KnownCode) (licensing.Key, []licensing.License, error) {
	if known.Kind == CodeKey {
		return lockKey(ctx, tx, c, known.Key.ID)
	}
	licenses, err := lockLicenses(ctx, tx, c, []string{known.License.ID})
	return licensing.Key{}, licenses, err
}

// activeWith finds what a device has active by a code: a coupon ends only what it has
// activated itself, not what a key of its license has.
func activeWith(ctx context.Context, tx *store.Tx, known KnownCode, serial string) (licensing.Device, error) {
	if known.Kind == CodeKey {
		devices, err := tx.ActiveDevicesOfKey(ctx, known.Key.ID, serial)
		if err != nil || len(devices) > 0 {
			return append(devices, licensing.Device{})[0], err
		}
	} else {
		device, err := tx.ActiveDevice(ctx, known.License.ID, serial)
		if (err == nil && device.KeyID == "") || (err != nil && !store.IsNotFound(err)) {
			return device, err
		}
	}
	return licensing.Device{}, licensing.Errorf(licensing.CodeDeviceUnknown, "no device with this serial number is active by the code").
		WithHint("there is nothing to deactivate")
}

func (s *Service) standing(ctx context.Context, tx *store.Tx, c Caller, known KnownCode, serial string) (Standing, error) {
	out := Standing{Serial: serial}
	licenses := known.Key.Licenses
	if known.Kind == CodeCoupon {
		licenses = []licensing.License{known.License}
	}
	for _, license := range licenses {
		product, err := tx.Product(ctx, license.ProductID)
		if err != nil {
			return out, err
		}
		grant := Grant{License: license, Product: product, State: license.State(s.today(c))}
		device, err := tx.ActiveDevice(ctx, license.ID, serial)
		switch {
		case store.IsNotFound(err):
		case err != nil:
			return out, err
		default:
			grant.Valid = license.CheckDevices(s.today(c)) == nil
			if out.Device.ID == "" {
				out.Device = device
			}
		}
		out.Grants = append(out.Grants, grant)
	}
	return out, nil
}

// forHolder words a refusal for whoever has nothing but a code: without ids, and
// without advice that only the reseller could follow.
func forHolder(err error) error {
	switch code := licensing.CodeOf(err); code {
	case licensing.CodeNotActivatable:
		return licensing.Errorf(code, "what the code unlocks cannot be used now").
			WithHint("check the code to see why, or ask whoever sold it").Because(err)
	case licensing.CodeSerialNotAllowed:
		return licensing.Errorf(code, "the code is for other devices than this one").WithHint("ask whoever sold it").Because(err)
	case licensing.CodeDeviceLimit:
		return licensing.Errorf(code, "as many devices are active as the code allows").
			WithHint("deactivate a device that is no longer used").Because(err)
	case licensing.CodeDeviceUnknown:
		return licensing.Errorf(code, "the device is not active by the code").WithHint("there is nothing to deactivate").Because(err)
	}
	return err
}
