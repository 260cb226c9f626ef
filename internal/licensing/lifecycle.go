package licensing

// Active is how many of a license are in use on a day: its quantity while it is
// active, else 0.
func (l License) Active(today Date) int64 {
	if l.State(today) == StateActive {
		return l.Quantity
	}
	return 0
}

// Available is how many of a license can be sold on, on a day: its quantity while
// it is stock, else 0.
func (l License) Available(today Date) int64 {
	if l.State(today) == StateAvailable {
		return l.Quantity
	}
	return 0
}

// CheckEdit refuses with license_not_editable what is over for good.
func (l License) CheckEdit(today Date) error {
	switch s := l.State(today); s {
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotEditable, "%s is %s, and stays as it was", l.ID, s).
			WithHint("write what you have to say into the note of its company")
	case StatePaused, StateExpired, StateActive, StateAssigned, StateAvailable:
	}
	return nil
}

// CheckDelete refuses with license_not_deletable what was ever activated, or is gone
// already.
func (l License) CheckDelete(today Date) error {
	switch s := l.State(today); s {
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotDeletable, "%s is %s already", l.ID, s).WithHint("there is nothing left to delete")
	case StatePaused, StateExpired, StateActive, StateAssigned, StateAvailable:
	}
	if !l.ActivatedAt.IsZero() || l.Devices > 0 {
		return l.used()
	}
	return nil
}

// CheckUnused refuses with license_not_deletable a license that has had a device.
func (l License) CheckUnused(hadDevice bool) error {
	if hadDevice {
		return l.used()
	}
	return nil
}

// used is the refusal to delete what a customer has used.
func (l License) used() error {
	return Errorf(CodeNotDeletable, "%s has been activated, and only a license that never was can be deleted", l.ID).
		WithHint("pause it, which stops it at once; or refund its order %s while its refund window is open, which returns the money", l.OrderNumber)
}
