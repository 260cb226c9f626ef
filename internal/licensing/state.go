package licensing

// State is what a license is now. It is computed, never stored.
type State string

// The states of a license, in the order in which the first that fits is taken.
const (
	StateRefunded  State = "refunded"
	StateDeleted   State = "deleted"
	StatePaused    State = "paused"
	StateExpired   State = "expired"
	StateActive    State = "active"
	StateAssigned  State = "assigned"
	StateAvailable State = "available"
)

// States lists the states in that order.
func States() []State {
	return []State{StateRefunded, StateDeleted, StatePaused, StateExpired, StateActive, StateAssigned, StateAvailable}
}

// State tells what the license is on a day of the vendor's calendar.
func (l License) State(today Date) State {
	switch {
	case !l.RefundedAt.IsZero():
		return StateRefunded
	case !l.DeletedAt.IsZero():
		return StateDeleted
	case !l.PausedAt.IsZero():
		return StatePaused
	case l.expired(today):
		return StateExpired
	case !l.ActivatedAt.IsZero():
		return StateActive
	case l.CompanyID != "":
		return StateAssigned
	}
	return StateAvailable
}

func (l License) expired(today Date) bool {
	return !l.EndsOn.IsZero() && !today.Before(l.EndsOn)
}

// Action is something that may be done with a license, or with an invoice.
type Action string

// The actions.
const (
	ActionExtend           Action = "extend"
	ActionUpgrade          Action = "upgrade" // to a larger quantity, or another edition
	ActionPause            Action = "pause"
	ActionResume           Action = "resume"
	ActionGenerateKey      Action = "generate-key"
	ActionAssignKey        Action = "assign-key"
	ActionActivate         Action = "activate"
	ActionLink             Action = "link"
	ActionActivateDevice   Action = "activate-device"
	ActionDeactivateDevice Action = "deactivate-device"
	ActionFile             Action = "file"
	ActionTransfer         Action = "transfer"
	ActionInvoice          Action = "invoice"
	ActionEdit             Action = "edit"
	ActionDelete           Action = "delete"
	ActionAssign           Action = "assign" // stock: to a company; a key: to a further license
	ActionAutoRenewOn      Action = "auto-renew-on"
	ActionAutoRenewOff     Action = "auto-renew-off"
)

// The actions of devices alone.
const (
	ActionDeactivate Action = "deactivate"
)

// AllowedActions lists what may be done with the license on a day.
func (l License) AllowedActions(today Date) []Action {
	checks := []struct {
		action Action
		err    error
	}{
		{ActionExtend, l.CheckExtend(today)},
		{ActionUpgrade, l.CheckUpgrade(today)},
		{ActionPause, l.CheckPause(today)},
		{ActionResume, l.CheckResume(today)},
		{ActionGenerateKey, l.CheckGenerate(today)},
		{ActionAssignKey, l.CheckGenerate(today)},
		{ActionActivate, l.CheckActivate(today)},
		{ActionLink, l.CheckActivate(today)},
		{ActionActivateDevice, l.checkRoom(today)},
		{ActionDeactivateDevice, l.checkDevicesLeft()},
		{ActionFile, l.CheckDevices(today)},
		{ActionTransfer, l.CheckTransfer(today)},
		{ActionInvoice, l.CheckInvoice()},
		{ActionEdit, l.CheckEdit(today)},
		{ActionDelete, l.CheckDelete(today)},
		{ActionAssign, l.CheckAssign(l.Quantity, today)},
		{ActionAutoRenewOn, l.checkAutoRenewOn(today)},
		{ActionAutoRenewOff, l.checkAutoRenewOff()},
	}
	allowed := []Action{}
	for _, c := range checks {
		if c.err == nil {
			allowed = append(allowed, c.action)
		}
	}
	return allowed
}

// CheckExtend refuses with license_not_extendable what has no end, or is over for good.
func (l License) CheckExtend(today Date) error {
	if l.EndsOn.IsZero() {
		return Errorf(CodeNotExtendable, "%s is perpetual: it never ends, so it cannot be extended", l.ID)
	}
	switch s := l.State(today); s {
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotExtendable, "%s is %s", l.ID, s).WithHint("buy a new license")
	case StatePaused, StateExpired, StateActive, StateAssigned, StateAvailable:
	}
	return nil
}

// CheckPause refuses with license_not_pausable what is not running.
func (l License) CheckPause(today Date) error {
	switch s := l.State(today); s {
	case StateActive, StateAssigned, StateAvailable:
		return nil
	case StatePaused:
		return Errorf(CodeNotPausable, "%s is paused already", l.ID).WithHint("resume it to run it again")
	case StateExpired:
		return Errorf(CodeNotPausable, "%s ended on %s", l.ID, l.EndsOn).WithHint("extend it first")
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotPausable, "%s is %s", l.ID, s)
	}
	return Errorf(CodeInternal, "license in an unknown state")
}

// CheckResume refuses with license_not_resumable what is not paused.
func (l License) CheckResume(today Date) error {
	if s := l.State(today); s != StatePaused {
		return Errorf(CodeNotResumable, "%s is %s, not paused", l.ID, s)
	}
	return nil
}

// CheckGenerate refuses keys for a license that cannot run, with license_not_usable.
func (l License) CheckGenerate(today Date) error {
	switch s := l.State(today); s {
	case StateActive, StateAssigned, StateAvailable, StatePaused:
	case StateExpired:
		return Errorf(CodeLicenseNotUsable, "%s ended on %s", l.ID, l.EndsOn).WithHint("extend it first")
	case StateRefunded, StateDeleted:
		return Errorf(CodeLicenseNotUsable, "%s is %s", l.ID, s)
	}
	if l.KeySeats >= l.Quantity {
		return l.SeatsExceeded()
	}
	return nil
}

// SeatsExceeded is the refusal of more key seats than the license has left.
func (l License) SeatsExceeded() error {
	return Errorf(CodeSeatsExceeded, "%s has a quantity of %d, and %d seats are given to keys already", l.ID, l.Quantity, l.KeySeats).
		WithHint("at most %d more seats fit", l.Quantity-l.KeySeats)
}

// CheckInvoice refuses with license_without_company or nothing_to_invoice.
func (l License) CheckInvoice() error {
	if l.CompanyID == "" {
		return Errorf(CodeLicenseWithoutComp, "%s belongs to no company", l.ID).WithHint("only licenses of a company can be invoiced")
	}
	switch {
	case !l.RefundedAt.IsZero():
		return Errorf(CodeNothingToInvoice, "%s is %s", l.ID, StateRefunded)
	case !l.DeletedAt.IsZero():
		return Errorf(CodeNothingToInvoice, "%s is %s", l.ID, StateDeleted)
	case l.Billing == BillingFree:
		return Errorf(CodeNothingToInvoice, "%s is free", l.ID)
	case l.Billing != BillingUnbilled:
		return Errorf(CodeNothingToInvoice, "%s is %s already", l.ID, l.Billing)
	}
	return nil
}
