package licensing

// Extension is a license's next period.
type Extension struct {
	Term   Term
	Period Period
	Anchor int // day of the month that monthly terms return to
}

// Extend computes the period a term adds to a license. It continues from the
// license's end while that is ahead, else from today; fromExpiry continues from
// the end even when that has passed. It fails with license_not_extendable,
// term_not_offered or invalid_term.
func (l License) Extend(t Term, today Date, fromExpiry bool) (Extension, error) {
	if err := l.CheckExtend(today); err != nil {
		return Extension{}, err
	}
	switch t.Kind {
	case TermTrial:
		return Extension{}, Errorf(CodeTermNotOffered, "a license cannot be extended by a trial").WithHint("choose a paid term, such as full:1")
	case TermPerpetual:
		return Extension{}, Errorf(CodeTermNotOffered, "a license cannot be extended into a perpetual one").WithHint("buy a perpetual license instead")
	case TermFull, TermYearly, TermMonthly, TermCalendar, TermUntil:
	}
	if current, err := ParseTerm(l.Term); err == nil && current.Kind == TermCalendar && t.Kind != TermCalendar {
		return Extension{}, Errorf(CodeTermNotOffered, "%s runs by calendar years, and extends to a further 1 January", l.ID).WithHint("choose calendar:1, calendar:2 or calendar:3")
	}
	start := l.EndsOn
	if today.After(start) && !fromExpiry {
		start = today
	}
	anchor := start.Day()
	if start == l.EndsOn && l.onAnchor() {
		anchor = int(l.AnchorDay)
	}
	p, err := t.Period(start, anchor)
	if err != nil {
		return Extension{}, err
	}
	if !p.EndsOn.After(today) {
		return Extension{}, Errorf(CodeInvalidTerm, "the extended license would end on %s, which has passed", p.EndsOn).WithHint("choose a longer term, or leave --from-expiry out")
	}
	return Extension{Term: t, Period: p, Anchor: anchor}, nil
}

// onAnchor reports whether the license ends where its monthly terms return to: on
// the anchor's day, or on the last of a month that is too short for it. After a
// trial or a co-term it may end on any other day, and months count from that one.
func (l License) onAnchor() bool { return l.EndsOn.AddMonths(0, int(l.AnchorDay)) == l.EndsOn }
