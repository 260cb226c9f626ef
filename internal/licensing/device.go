package licensing

import (
	"slices"
	"strings"
	"unicode"
)

// Device is one activation of a license, by its coupon or one of its keys.
type Device struct {
	ID            string `db:"id"`
	ResellerID    string `db:"reseller_id"`
	LicenseID     string `db:"license_id"`
	KeyID         Ref    `db:"key_id"` // none where the license's own coupon activated it
	Serial        string `db:"serial"` // unique among the active devices of a license
	Name          string `db:"name"`
	ActivatedAt   Time   `db:"activated_at"`
	DeactivatedAt Time   `db:"deactivated_at"`
	SearchText    string `db:"search_text"` // what search looks in; kept by the store

	CompanyID Ref `db:"company_id,readonly"`
	KeyCode   Ref `db:"key_code,readonly"`
}

// MaxDeviceName is the most bytes of a device's name.
const MaxDeviceName = 200

// Active reports whether the device is activated now.
func (d Device) Active() bool { return d.DeactivatedAt.IsZero() }

// AllowedActions lists what may be done with the device on a day, given its license.
func (d Device) AllowedActions(license License, today Date) []Action {
	allowed := []Action{}
	if d.Active() {
		allowed = append(allowed, ActionDeactivate)
		if license.CheckTransfer(today) == nil {
			allowed = append(allowed, ActionTransfer)
		}
	}
	return allowed
}

// CheckDevice refuses what is no serial number or no name of a device, with
// invalid_request.
func CheckDevice(serial, name string) error {
	if err := checkSerial("serial", serial); err != nil {
		return err
	}
	if len(name) > MaxDeviceName || strings.ContainsFunc(name, unicode.IsControl) {
		return Invalid("name", "is longer than %d bytes, or has a control character", MaxDeviceName)
	}
	return nil
}

func checkSerial(field, serial string) error {
	if !isSerial(serial) {
		return Invalid(field, "is empty, too long, or has other characters than letters, digits and signs")
	}
	return nil
}

// CheckDevices refuses devices for a license that does not run, with
// license_not_activatable.
func (l License) CheckDevices(today Date) error {
	switch s := l.State(today); s {
	case StateActive, StateAssigned:
		return nil
	case StateAvailable:
		return Errorf(CodeNotActivatable, "%s belongs to no customer yet", l.ID).
			WithHint("activate it for a customer or assign it to a company first")
	case StatePaused:
		return Errorf(CodeNotActivatable, "%s is paused", l.ID).WithHint("resume it first")
	case StateExpired:
		return l.ended(CodeNotActivatable)
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotActivatable, "%s is %s", l.ID, s).WithHint("use another license")
	}
	return Errorf(CodeInternal, "license in an unknown state")
}

// CheckDevice refuses a serial number that the license is not bound to, with
// serial_not_allowed, and one device more than the quantity, with
// device_limit_reached; and it refuses as CheckDevices does.
func (l License) CheckDevice(serial string, today Date) error {
	if err := l.CheckDevices(today); err != nil {
		return err
	}
	if len(l.Serials) > 0 && !slices.Contains(l.Serials, serial) {
		return Errorf(CodeSerialNotAllowed, "%s is bound to the serial numbers it was bought for, and this is none of them", l.ID).
			WithHint("activate a device that it was bought for, or buy a license for this one")
	}
	return l.checkRoom(today)
}

// checkRoom refuses one device more than the quantity.
func (l License) checkRoom(today Date) error {
	if err := l.CheckDevices(today); err != nil {
		return err
	}
	if l.Devices >= l.Quantity {
		return Errorf(CodeDeviceLimit, "%s has a quantity of %d, and as many devices", l.ID, l.Quantity).
			WithHint("deactivate a device that is no longer used, or buy more")
	}
	return nil
}

// checkDevicesLeft refuses to deactivate where nothing is activated.
func (l License) checkDevicesLeft() error {
	if l.Devices == 0 {
		return Errorf(CodeDeviceUnknown, "%s has no device", l.ID)
	}
	return nil
}

// CheckTransfer refuses to move a device of the license to a new serial number, with
// license_not_transferable.
func (l License) CheckTransfer(today Date) error {
	if l.EndsOn.IsZero() {
		return Errorf(CodeNotTransferable, "%s is perpetual, and such a license can never be transferred", l.ID).
			WithHint("buy a license for the new device; only licenses with an end can be transferred")
	}
	switch s := l.State(today); s {
	case StateActive, StateAssigned:
	case StatePaused:
		return Errorf(CodeNotTransferable, "%s is paused", l.ID).WithHint("resume it first")
	case StateExpired:
		return l.ended(CodeNotTransferable)
	case StateAvailable, StateRefunded, StateDeleted:
		return Errorf(CodeNotTransferable, "%s is %s", l.ID, s).WithHint("use another license")
	}
	if l.Devices == 0 {
		return Errorf(CodeNotTransferable, "%s has no device", l.ID).WithHint("activate the new device")
	}
	return nil
}

// ended is the refusal of what a license that is over cannot do any more.
func (l License) ended(code Code) error {
	refusal := Errorf(code, "%s ended on %s", l.ID, l.EndsOn)
	if strings.HasPrefix(l.Term, string(TermTrial)) {
		return refusal.WithHint("turn the trial into a paid license by extending it")
	}
	return refusal.WithHint("extend it first")
}
