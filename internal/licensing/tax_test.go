package licensing

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTax(t *testing.T) {
	t.Parallel()
	tests := []struct{ net, rate, want int64 }{
		{0, 2100, 0},
		{10000, 0, 0},
		{10000, 2100, 2100},
		{1372499, 1900, 260775}, // 260774.81
		{50, 100, 1},            // 0.5 goes up
		{49, 100, 0},
		{-50, 100, -1}, // and a credit note takes just that back
		{10, 550, 1},   // 5.5% of 10 is 0.55
		{1 << 53, MaxTaxRate, 1 << 53},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, Tax(tt.net, tt.rate), "%d at %d", tt.net, tt.rate)
	}
}

func TestIncludedTax(t *testing.T) {
	t.Parallel()
	tests := []struct{ total, rate, want int64 }{
		{0, 2100, 0},
		{12100, 2100, 2100},
		{12000, 0, 0},
		{12000, 2100, 2083}, // 2082.64
		{10000, 1900, 1597}, // 1596.64
		{200, MaxTaxRate, 100},
		{1, MaxTaxRate, 1}, // half a cent goes up
		{-12000, 2100, -2083},
		{1 << 53, MaxTaxRate, 1 << 52},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, IncludedTax(tt.total, tt.rate), "%d at %d", tt.total, tt.rate)
	}
}

// The tax is never off by more than half a minor unit, whichever way it is reckoned.
func TestTaxIsClose(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		amount := rapid.Int64Range(-1<<53, 1<<53).Draw(rt, "amount")
		rate := rapid.Int64Range(0, MaxTaxRate).Draw(rt, "rate")
		near := func(got, part, whole int64) {
			off := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(amount), big.NewInt(part)), big.NewInt(whole))
			off.Sub(off, new(big.Rat).SetInt64(got)).Abs(off)
			require.LessOrEqual(rt, off.Cmp(big.NewRat(1, 2)), 0)
		}
		near(Tax(amount, rate), rate, taxWhole)
		near(IncludedTax(amount, rate), rate, taxWhole+rate)
		require.Equal(rt, -Tax(amount, rate), Tax(-amount, rate))
		require.Equal(rt, -IncludedTax(amount, rate), IncludedTax(-amount, rate))
	})
}

func TestNetLines(t *testing.T) {
	t.Parallel()
	require.Empty(t, NetLines(nil, 0))
	require.Equal(t, []int64{9917}, NetLines([]int64{12000}, 9917))
	require.Equal(t, []int64{33, 34, 33}, NetLines([]int64{40, 40, 40}, 100))
	require.Equal(t, []int64{0, 0}, NetLines([]int64{0, 0}, 0))
	rapid.Check(t, func(rt *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(0, 1<<50), 1, 20).Draw(rt, "amounts")
		rate := rapid.Int64Range(0, MaxTaxRate).Draw(rt, "rate")
		var total, sum int64
		for _, amount := range amounts {
			total += amount
		}
		net := total - IncludedTax(total, rate)
		lines := NetLines(amounts, net)
		for i, line := range lines {
			sum += line
			require.GreaterOrEqual(rt, line, int64(0))
			require.LessOrEqual(rt, line, amounts[i])
			if total > 0 {
				exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(amounts[i]), big.NewInt(net)), big.NewInt(total))
				require.Negative(rt, exact.Sub(exact, new(big.Rat).SetInt64(line)).Abs(exact).Cmp(big.NewRat(1, 1))-1)
			}
		}
		require.Equal(rt, net, sum)
	})
}
