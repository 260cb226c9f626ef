package licensing

import "slices"

// Key is an activation key. Seats of a license's keys never exceed its quantity.
type Key struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	LicenseID  Ref    `db:"license_id"`
	Code       string `db:"code"` // XXXX-XXXX-XXXX-XXXX, unique
	Name       string `db:"name"`
	Seats      int64  `db:"seats"`
	Devices    int64  `db:"devices,readonly"` // active devices, at most Seats
	CreatedAt  Time   `db:"created_at"`
	Seq        int64  `db:"seq,readonly"` // order of insertion, given by the store
}

// AllowedActions lists what may be done with the key on a day, given the licenses
// that it unlocks.
func (k Key) AllowedActions(licenses []License, today Date) []Action {
	allowed := []Action{ActionAssign}
	usable := slices.ContainsFunc(licenses, func(l License) bool { return l.CheckDevices(today) == nil })
	if usable && k.Devices < k.Seats {
		allowed = append(allowed, ActionActivateDevice)
	}
	if k.Devices > 0 {
		allowed = append(allowed, ActionDeactivateDevice)
	}
	return allowed
}

// CheckAssign refuses a license of another company than those that the key unlocks, with
// license_not_assignable: what a key unlocks is one customer's.
func (k Key) CheckAssign(license License, has []License) error {
	for _, l := range has {
		if license.CompanyID != "" && l.CompanyID != "" && license.CompanyID != l.CompanyID {
			return Errorf(CodeNotAssignable, "%s is of another company than %s, which the key unlocks", license.ID, l.ID).
				WithHint("assign it to a key of that company, or generate one")
		}
	}
	return nil
}

// SeatsTaken is the refusal of one device more than the key has seats.
func (k Key) SeatsTaken() error {
	return Errorf(CodeDeviceLimit, "the key has %d seats, and as many devices", k.Seats).
		WithHint("deactivate a device that is no longer used, or activate this one with another key")
}
