package licensing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// TermKind is how a license's end is computed.
type TermKind string

// The kinds of term.
const (
	TermFull      TermKind = "full"      // N times 12 months
	TermYearly    TermKind = "yearly"    // a plan billed by the year
	TermMonthly   TermKind = "monthly"   // a plan billed by the month
	TermCalendar  TermKind = "calendar"  // to 1 January of year(start)+N
	TermTrial     TermKind = "trial"     // N days, free
	TermUntil     TermKind = "until"     // to a date: co-term with another license
	TermPerpetual TermKind = "perpetual" // never ends
)

// TermKinds lists the kinds in the order in which help shows them.
func TermKinds() []TermKind {
	return []TermKind{TermFull, TermYearly, TermMonthly, TermCalendar, TermTrial, TermUntil, TermPerpetual}
}

// DefaultTrialDays is the length of a trial that names none.
const DefaultTrialDays = 30

const (
	furtherTerms = "full:1-3, calendar:1-3, yearly:1-10, monthly:1-120, until:YYYY-MM-DD"
	termHint     = "terms: trial[:30d], " + furtherTerms + ", perpetual"
)

// Term is a kind with its count (years, months or days) or end date.
type Term struct {
	Kind  TermKind
	N     int  // years, months or days; 0 for until and perpetual
	Until Date // only for until
}

type termRange struct{ low, high int }

func termCounts(k TermKind) (termRange, bool) {
	switch k {
	case TermFull, TermCalendar:
		return termRange{1, 3}, true
	case TermYearly:
		return termRange{1, 10}, true
	case TermMonthly:
		return termRange{1, 120}, true
	case TermTrial:
		return termRange{1, 365}, true
	case TermUntil, TermPerpetual:
		return termRange{}, true
	}
	return termRange{}, false
}

// ParseTerm reads "full:1", "calendar:2", "trial:30d", "trial", "monthly:6",
// "yearly:1", "until:2027-06-30" or "perpetual". It fails with invalid_term.
func ParseTerm(s string) (Term, error) {
	kind, arg, hasArg := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ":")
	t := Term{Kind: TermKind(kind)}
	bounds, known := termCounts(t.Kind)
	if !known {
		return Term{}, Errorf(CodeInvalidTerm, "unknown term kind").WithHint(termHint)
	}
	switch t.Kind {
	case TermPerpetual:
		if hasArg {
			return Term{}, Errorf(CodeInvalidTerm, "a perpetual term takes no length").WithHint("write perpetual alone")
		}
		return t, nil
	case TermUntil:
		d, err := ParseDate(arg)
		if err != nil {
			return Term{}, Errorf(CodeInvalidTerm, "until needs a date").WithHint("for example until:2027-06-30")
		}
		t.Until = d
		return t, nil
	case TermTrial:
		if !hasArg {
			arg = strconv.Itoa(DefaultTrialDays)
		}
		arg = strings.TrimSuffix(arg, "d")
	}
	n, err := strconv.Atoi(arg)
	if err != nil || n < bounds.low || n > bounds.high {
		return Term{}, Errorf(CodeInvalidTerm, "a %s term takes a whole number from %d to %d", kind, bounds.low, bounds.high).WithHint(termHint)
	}
	t.N = n
	return t, nil
}

// ParseFurtherTerm reads a term as ParseTerm does, and where it cannot, lists those by
// which a license is extended.
func ParseFurtherTerm(s string) (Term, error) {
	t, err := ParseTerm(s)
	if refusal, ok := errors.AsType[*Error](err); ok && refusal.Hint == termHint {
		err = refusal.WithHint("terms: %s", furtherTerms)
	}
	return t, err
}

// String writes the term as ParseTerm reads it.
func (t Term) String() string {
	switch t.Kind {
	case TermPerpetual:
		return string(t.Kind)
	case TermUntil:
		return "until:" + t.Until.String()
	case TermTrial:
		return fmt.Sprintf("trial:%dd", t.N)
	}
	return fmt.Sprintf("%s:%d", t.Kind, t.N)
}

// Period is when a license is valid: from StartsOn up to but not including
// EndsOn. A perpetual license has no EndsOn.
type Period struct{ StartsOn, EndsOn Date }

// Period computes the dates of a term that begins at start. anchor is the day of
// the month that monthly terms return to after a short month: the day of the
// license's first start. It fails with invalid_term where until is not after start.
func (t Term) Period(start Date, anchor int) (Period, error) {
	p := Period{StartsOn: start}
	switch t.Kind {
	case TermFull, TermYearly:
		p.EndsOn = start.AddYears(t.N)
	case TermMonthly:
		p.EndsOn = start.AddMonths(t.N, anchor)
	case TermCalendar:
		p.EndsOn = NewDate(start.Year()+t.N, 1, 1)
	case TermTrial:
		p.EndsOn = start.AddDays(t.N)
	case TermUntil:
		if !t.Until.After(start) {
			return Period{}, Errorf(CodeInvalidTerm, "the end date %s is not after the start %s", t.Until, start).
				WithHint("choose a later date")
		}
		p.EndsOn = t.Until
	case TermPerpetual:
	default:
		return Period{}, Errorf(CodeInvalidTerm, "unknown term kind").WithHint(termHint)
	}
	if p.EndsOn.Year() > 9999 {
		return Period{}, Errorf(CodeInvalidTerm, "the term ends after the year 9999")
	}
	return p, nil
}
