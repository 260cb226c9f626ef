package licensing

import "math/big"

// Interval is what a unit price pays for.
type Interval string

// The intervals of a price.
const (
	PerYear  Interval = "year"
	PerMonth Interval = "month"
	Once     Interval = "once" // a perpetual license
	Free     Interval = ""     // a trial
)

// Interval tells which of a product's prices a term is charged by.
func (t Term) Interval() Interval {
	switch t.Kind {
	case TermMonthly:
		return PerMonth
	case TermPerpetual:
		return Once
	case TermTrial:
		return Free
	}
	return PerYear
}

// Periods is how many intervals a line is charged for, as a fraction.
type Periods struct{ Num, Den int64 }

// Periods counts the intervals of a term over its computed period. With
// prorateMonthly the first year of a calendar term costs the months left in it,
// the current one included, over twelve; otherwise calendar years are whole.
// Co-terms cost their days over 365.
func (t Term) Periods(p Period, prorateMonthly bool) Periods {
	switch t.Kind {
	case TermTrial:
		return Periods{0, 1}
	case TermPerpetual:
		return Periods{1, 1}
	case TermUntil:
		return Periods{int64(p.StartsOn.DaysUntil(p.EndsOn)), 365}
	case TermCalendar:
		if prorateMonthly {
			left := 13 - int64(p.StartsOn.Month())
			return Periods{left + 12*int64(t.N-1), 12}
		}
	}
	return Periods{int64(t.N), 1}
}

// MaxQuantity is the most seats, users, devices or channels one license can have.
const MaxQuantity = 1_000_000

// CheckQuantity refuses what is not a whole number from 1 to MaxQuantity with
// invalid_quantity.
func CheckQuantity(n int64) error {
	if n < 1 || n > MaxQuantity {
		return Errorf(CodeInvalidQuantity, "the quantity must be a whole number from 1 to %d", MaxQuantity).
			WithHint("for more, buy several licenses")
	}
	return nil
}

// CreditsFor is what a quantity costs in credits of its product: one for each of it and
// each year that a term begins. A trial costs nothing, and a perpetual license one for
// each of it.
func CreditsFor(t Term, p Period, quantity int64) int64 {
	return quantity * t.years(p)
}

// years counts the years that a term begins.
func (t Term) years(p Period) int64 {
	switch t.Kind {
	case TermTrial:
		return 0
	case TermPerpetual:
		return 1
	case TermMonthly:
		return int64((t.N + 11) / 12)
	case TermUntil:
		n := max(1, p.EndsOn.Year()-p.StartsOn.Year())
		if p.StartsOn.AddYears(n).Before(p.EndsOn) {
			n++
		}
		return int64(n)
	case TermFull, TermYearly, TermCalendar:
	}
	return int64(t.N)
}

// maxAmount keeps sums of many lines inside an int64.
const maxAmount = int64(1) << 53

// LineAmount multiplies a unit price in minor units by quantity and periods, rounding
// half up once; what has a price costs at least one minor unit, or a license could be
// had for nothing day by day. It fails with amount_too_large.
func LineAmount(unit, quantity int64, p Periods) (int64, error) {
	return charge(new(big.Int).Mul(big.NewInt(unit), big.NewInt(quantity)), p)
}

// charge is what is charged of a price for one interval, over so many of them.
func charge(price *big.Int, p Periods) (int64, error) {
	n, den := new(big.Int).Mul(price, big.NewInt(p.Num)), big.NewInt(p.Den)
	n.Mul(n, big.NewInt(2)).Add(n, den)
	n.Div(n, den.Mul(den, big.NewInt(2)))
	if n.CmpAbs(big.NewInt(maxAmount)) > 0 {
		return 0, Errorf(CodeAmountTooLarge, "the price is too large to be charged at once").WithHint("lower the quantity or the term")
	}
	if n.Sign() == 0 && price.Sign() > 0 && p.Num > 0 {
		return 1, nil
	}
	return n.Int64(), nil
}
