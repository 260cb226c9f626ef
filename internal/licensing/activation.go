package licensing

// CheckActivate refuses to activate the license for a customer where that was done
// already or cannot be done now, with license_not_activatable.
func (l License) CheckActivate(today Date) error {
	switch s := l.State(today); s {
	case StateAssigned, StateAvailable:
		return nil
	case StateActive:
		return Errorf(CodeNotActivatable, "%s was activated at %s", l.ID, l.ActivatedAt).
			WithHint("it is ready for use: activate devices on it, or transfer one that was replaced")
	case StatePaused:
		return Errorf(CodeNotActivatable, "%s is paused", l.ID).WithHint("resume it first")
	case StateExpired:
		return l.ended(CodeNotActivatable)
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotActivatable, "%s is %s", l.ID, s).WithHint("use another license")
	}
	return Errorf(CodeInternal, "license in an unknown state")
}

// CheckCustomer refuses to activate the license for another company than the one it
// is assigned to, with license_not_activatable.
func (l License) CheckCustomer(company Ref) error {
	if l.CompanyID != "" && l.CompanyID != company {
		return Errorf(CodeNotActivatable, "%s is assigned to another company", l.ID).
			WithHint("activate it for that company, by its registered e-mail address")
	}
	return nil
}
