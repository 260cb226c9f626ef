package licensing

import "math/big"

// Rates of tax are hundredths of a percent: 2100 is 21%.
const (
	taxWhole   = 100 * 100
	MaxTaxRate = taxWhole // 100%
)

// CheckTaxRate refuses, with invalid_request, a rate that is not from 0 to MaxTaxRate.
func CheckTaxRate(field string, rate int64) error {
	if rate < 0 || rate > MaxTaxRate {
		return Invalid(field, "must be from 0 to %d hundredths of a percent", MaxTaxRate)
	}
	return nil
}

// Tax is what a rate adds to a net amount, in minor units, rounded half up once. Of an
// amount below zero it is the exact opposite of what it is above.
func Tax(net, rate int64) int64 { return proportion(net, rate, taxWhole) }

// IncludedTax is the tax that is part of a total, in minor units: what is charged does
// not depend on the rate, and the net amount is what the tax leaves of it. Rounded half
// up once, as Tax is.
func IncludedTax(total, rate int64) int64 { return proportion(total, rate, taxWhole+rate) }

// NetLines takes the tax out of lines whose amounts include it, so that they add up to
// net: a line's net amount is what it adds to the sum up to it, taken in proportion and
// rounded. No line is off by a whole minor unit.
func NetLines(amounts []int64, net int64) []int64 {
	var total int64
	for _, amount := range amounts {
		total += amount
	}
	lines := make([]int64, len(amounts))
	var sum, before int64
	for i, amount := range amounts {
		sum += amount
		upTo := net
		if sum != total {
			upTo = proportion(sum, net, total)
		}
		lines[i], before = upTo-before, upTo
	}
	return lines
}

// proportion is amount × part / whole, rounded half up, away from zero on either side of it.
// The product may be larger than an int64; whole is above zero.
func proportion(amount, part, whole int64) int64 {
	n := new(big.Int).Mul(big.NewInt(amount), big.NewInt(part))
	negative := n.Sign() < 0
	n.Abs(n).Mul(n, big.NewInt(2)).Add(n, big.NewInt(whole))
	n.Div(n, new(big.Int).Mul(big.NewInt(whole), big.NewInt(2)))
	if negative {
		n.Neg(n)
	}
	return n.Int64()
}
