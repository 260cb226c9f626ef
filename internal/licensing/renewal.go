package licensing

// RenewalDays is for how many days after its end a license that could not be renewed
// is tried again.
const RenewalDays = 14

// CheckRenewable refuses to renew the license by itself with license_not_renewable:
// what never ends, what nobody has activated, and what has no term of its own to be
// bought again for.
func (l License) CheckRenewable(today Date) error {
	if l.EndsOn.IsZero() {
		return Errorf(CodeNotRenewable, "%s is perpetual: it never ends, so there is nothing to renew", l.ID)
	}
	switch s := l.State(today); s {
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotRenewable, "%s is %s", l.ID, s).WithHint("buy a new license")
	case StateExpired:
		return l.ended(CodeNotRenewable)
	case StatePaused, StateActive, StateAssigned, StateAvailable:
	}
	if l.ActivatedAt.IsZero() {
		return Errorf(CodeNotRenewable, "%s has not been activated, and only licenses in use renew", l.ID).
			WithHint("activate it first; it can be extended at any time")
	}
	return l.CheckOwnTerm()
}

// CheckOwnTerm refuses terms that a license cannot be bought again for, with
// license_not_renewable.
func (l License) CheckOwnTerm() error {
	term, err := ParseTerm(l.Term)
	if err != nil {
		return err
	}
	switch term.Kind {
	case TermTrial:
		return Errorf(CodeNotRenewable, "%s is a trial, and a trial is had once", l.ID).
			WithHint("extend it by a paid term, such as full:1, and switch auto-renew on then")
	case TermUntil:
		return Errorf(CodeNotRenewable, "%s runs to a date that it shares with another license, which has no next", l.ID).
			WithHint("extend it by a term, such as full:1, and switch auto-renew on then")
	case TermFull, TermYearly, TermMonthly, TermCalendar, TermPerpetual:
	}
	return nil
}

func (l License) checkAutoRenewOn(today Date) error {
	if l.AutoRenew {
		return Errorf(CodeNotRenewable, "%s renews already", l.ID)
	}
	return l.CheckRenewable(today)
}

func (l License) checkAutoRenewOff() error {
	if !l.AutoRenew || !l.RefundedAt.IsZero() || !l.DeletedAt.IsZero() {
		return Errorf(CodeNotRenewable, "%s does not renew", l.ID)
	}
	return nil
}

// RenewalDue reports whether the license is to be bought again on a day: from its
// last day on, for RenewalDays after its end, and once a day where it cannot be paid.
// A paused license waits until it is resumed.
func (l License) RenewalDue(today Date) bool {
	switch {
	case !l.AutoRenew || l.EndsOn.IsZero() || l.ActivatedAt.IsZero():
		return false
	case !l.RefundedAt.IsZero() || !l.DeletedAt.IsZero() || !l.PausedAt.IsZero():
		return false
	case !l.RenewalFailedOn.Before(today): // none is before every day
		return false
	}
	return !l.EndsOn.After(today.AddDays(1)) && today.Before(l.RenewedUntil())
}

// RenewedUntil is the first day on which a license that ended is no longer renewed.
func (l License) RenewedUntil() Date { return l.EndsOn.AddDays(RenewalDays) }
